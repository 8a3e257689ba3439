"""Names are found where the theme puts them: with and without a link, in a line with other words, in any language."""

from __future__ import annotations

import pytest

from archiver.pages.threads.names import clean_name, is_name
from tests.pages.threads.pages import NAMES, WORDS, comments_of


def _post(number: int, head: str, foot: str = "") -> str:
    text = f"<div class='content'><p>{WORDS[number]}</p></div>"
    return f"<div class='comment' id='comment-{100 + number}'>{head}{text}{foot}</div>"


def _thread(posts: str) -> str:
    return f"<div id='comments'><h3>6 comments</h3>{posts}</div>"


FRAMES = {
    "cs": "Napsal uživatel {name}{guest} dne {day} Červen, 2008 - 11:36.",
    "ru": "{name} оставил(а) этот комментарий в 17:38 {day}.05.2008:",
    "en": "Posted on 2004-08-{day} 10:22:00 by {name}",
    "id": "Oleh {name} pada {day} Agustus 2008 pukul 15:20",
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=list(FRAMES))
def test_a_name_is_what_changes_in_the_line_of_the_time(frame: str) -> None:
    posts = ""
    for number, name in enumerate(NAMES):
        line = frame.format(name=name, day=10 + number, guest=" (bez ověření)" * (number % 2))
        title = f"<h3><a href='#comment-{100 + number}'>{WORDS[number][:20]}</a></h3>"
        posts += _post(number, title, f"<div class='submitted'>{line}</div>")
    assert [comment.author for comment in comments_of(_thread(posts))] == list(NAMES)


def test_a_label_before_the_name_on_the_line_above_the_time() -> None:
    posts = "".join(
        f"<a name='reply_{700 + number}'></a><table class='list'><tr><td class='postbody'><p>"
        f"<b>Lähettäjä</b>:&nbsp;{name}<br>Päivämäärä:&nbsp;2{number}.8.2019 21:08:52<br><br>{WORDS[number]}</p>"
        "</td></tr></table>"
        for number, name in enumerate(NAMES)
    )
    comments = comments_of(posts, url="https://board.example/forum/read.php?i=700")
    assert [comment.author for comment in comments] == list(NAMES)
    assert comments[2].text.endswith(WORDS[2])


def test_a_name_without_a_link_stands_where_the_linked_ones_do() -> None:
    def name(number: int) -> str:
        plain = NAMES[number]
        return plain if number % 2 else f"<a href='http://n{number}.example' rel='external nofollow'>{plain}</a>"

    posts = "".join(
        _post(number, f"<h6>{name(number)}</h6><span class='when'>{number + 3}. Oktober 2008</span>")
        for number in range(6)
    )
    assert [comment.author for comment in comments_of(_thread(posts))] == list(NAMES)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Ann (of the harbour)", "Ann (of the harbour)"),
        ("Comment by Ann (of the harbour) on February 26, 2007", "Ann (of the harbour)"),
        ("Ann (author)", "Ann"),
        ("[Ann]", "Ann"),
        ("Posted by: at September 22, 2004 03:16 PM", ""),
        ("Ann Post author", "Ann"),
        ("Ann Beitragsautor", "Ann"),
        ("訪客 於 2013/12/28 10:28", "訪客"),
    ],
)
def test_what_is_printed_around_a_name_is_no_part_of_it(printed: str, name: str) -> None:
    assert clean_name(printed) == name


def test_a_clock_is_no_name() -> None:
    assert not is_name("06:23 PM")


def test_where_place_and_line_agree_the_place_names_all() -> None:
    """The line of one post is too long to be told by its frame."""
    long_name = "Eda " + "of the harbour and the old town " * 4 + "Quist"
    names = [*NAMES[:4], long_name, NAMES[5]]
    posts = "".join(
        _post(
            number,
            f"<h4>({number + 1}) By <a href='/timeline?u={number}'>{name}</a> on 2016-01-1{number} 16:14:00</h4>",
        )
        for number, name in enumerate(names)
    )
    assert [comment.author for comment in comments_of(_thread(posts))] == names


def test_where_a_line_names_the_others_a_role_is_a_name() -> None:
    names = ("Ada Fern", "admin", "Cleo Marsh", "Dov Hale", "Eda Quist", "Guest")
    posts = "".join(
        _post(number, f"<h6>({number + 1}) By {name} on 2016-01-1{number} 11:28:00</h6>")
        for number, name in enumerate(names)
    )
    assert [comment.author for comment in comments_of(_thread(posts))] == list(names)
