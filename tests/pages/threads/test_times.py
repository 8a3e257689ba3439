"""Times are found on lines that print one, in many languages, and never within a paragraph."""

from __future__ import annotations

import pytest

from archiver.pages.threads import times
from tests.pages.threads.pages import NAMES, WORDS, comments_of

PRINTED = {
    "Ann on 3 May 2012 at 9:15 pm": "3 May 2012 at 9:15 pm",
    "March 3rd, 2015 | Reply": "March 3rd, 2015",
    "Gepostet am 24. Juli 2012 um 19:58 Uhr": "24. Juli 2012 um 19:58 Uhr",
    "24.07.2012, 19:58": "24.07.2012, 19:58",
    "2012-07-24 19:58:02": "2012-07-24 19:58:02",
    "Le 3 février 2015 à 14:05": "3 février 2015 à 14:05",
    "2 hours ago": "2 hours ago",
    "vor 3 Stunden": "vor 3 Stunden",
    "11:43pm On Apr 23": "11:43pm On Apr 23",
    "Aug 9, 2012 9:38 AM EDT": "Aug 9, 2012 9:38 AM EDT",
    "2015年3月3日": "2015年3月3日",
}


@pytest.mark.parametrize("line", PRINTED)
def test_a_printed_time_is_found_whole(line: str) -> None:
    found = times.find(line.lower())
    assert found is not None
    assert line[found.start() : found.end()] == PRINTED[line]


def test_the_words_of_a_time_are_told_without_what_is_around_them() -> None:
    assert times.printed_in("Ann — 09. Aug, 2012 at 4:27 pm #") == "09. Aug, 2012 at 4:27 pm"
    assert times.printed_in("Ann was here") is None


@pytest.mark.parametrize("line", ["It may well be", "", "chapter 12", "I sat down by the sea, and the tide was low"])
def test_words_are_no_times(line: str) -> None:
    assert times.find(line) is None


def test_a_paragraph_prints_no_time() -> None:
    assert times.find("on 3 may 2012 " + "the ferry was late again and nobody knew why " * 4) is None


def test_the_day_on_which_somebody_joined_is_told_from_the_day_of_the_post() -> None:
    found = times.find("joined: 3 may 2012")
    assert found is not None
    assert times.is_of_another_event("joined: 3 may 2012", found, "")
    alone = times.find("3 may 2012")
    assert alone is not None
    assert times.is_of_another_event("3 may 2012", alone, "registered")
    assert not times.is_of_another_event("3 may 2012", alone, "ann")


URL = "https://board.example/topic/77/late-ferries"


def _post(number: int, *, panel: str = "", time: str = "", words: str = "") -> str:
    return (
        f"<li class='post' id='p{500 + number}'><dl class='panel'><dt><a class='username' href='/user/{number}'>"
        f"{NAMES[number]}</a></dt><dd>Posts: 1{number}</dd>{panel}</dl><p class='author'>Message no. {number} in this "
        f"topic by <b>{NAMES[number]}</b> {time}</p><div class='content'><p>{words}{WORDS[number]}</p></div></li>"
    )


def test_the_time_of_a_post_has_a_clock_and_the_day_on_a_panel_has_none() -> None:
    days = ("May 15, 2019", "Oct 05, 2011", "Feb 08, 2018", "Oct 05, 2011", "Jun 04, 2015", "Mar 03, 2018")
    posts = "".join(
        _post(
            number,
            panel=f"<dd>Here since {days[number]}</dd><dd>Landing</dd><dd>Reply</dd>",
            time=f"» 2{number} Aug 2019 1:4{number} am",
        )
        for number in range(6)
    )
    found = comments_of(f"<ul class='posts'>{posts}</ul>", url=URL, before="<h1>Late ferries</h1>")
    assert [comment.published_raw for comment in found] == [f"2{number} Aug 2019 1:4{number} am" for number in range(6)]


def test_days_that_people_write_about_are_not_when_they_wrote() -> None:
    posts = "".join(
        _post(
            number,
            time=f"<span class='timeago' title='2024-04-1{number}T10:58:44.000Z'></span>",
            words="</p><p>25 April 2023, in the evening.</p><p>" if number < 3 else "",
        )
        for number in range(6)
    )
    found = comments_of(f"<ul class='posts'>{posts}</ul>", url=URL, before="<h1>Late ferries</h1>")
    assert [comment.published_raw for comment in found] == [f"2024-04-1{number}T10:58:44.000Z" for number in range(6)]
