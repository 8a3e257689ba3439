"""What somebody wrote, without what a board prints around and into it."""

from __future__ import annotations

from collections.abc import Callable

from archiver.items import Comment
from tests.pages.threads.pages import NAMES, WORDS, comments_of

URL = "https://board.example/topic/77/late-ferries"


def _posts(inner: Callable[[int], str]) -> tuple[Comment, ...]:
    posts = (
        f"<li class='post' id='p{500 + number}'><div class='head'><a class='username' href='/user/{number}'>"
        f"{NAMES[number]}</a> <span class='when'>March {number + 3}, 2020 9:1{number} am</span></div>"
        f"{inner(number)}</li>"
        for number in range(6)
    )
    return comments_of(f"<ul class='posts'>{''.join(posts)}</ul>", url=URL, before="<h1>Late ferries</h1>")


def test_a_long_preview_of_an_earlier_post_is_no_part_of_a_short_answer() -> None:
    def inner(number: int) -> str:
        preview = (
            f"<div class='parent'><p>{' '.join(WORDS)}</p><p>{' '.join(WORDS[::-1])}</p></div>" if number == 4 else ""
        )
        return f"{preview}<div class='content'><p>{WORDS[number]}</p></div>"

    assert [comment.text for comment in _posts(inner)] == list(WORDS)


def test_signatures_are_left_out_however_long() -> None:
    def inner(number: int) -> str:
        lines = "".join(f"<p>{line[::-1]}</p>" for line in WORDS[:number])
        return f"<div class='entry-content'><div>{WORDS[number]}</div><div class='entry__signature'>{lines}</div></div>"

    assert [comment.text for comment in _posts(inner)] == list(WORDS)


def test_a_signature_that_is_all_there_is_stays() -> None:
    found = _posts(lambda number: f"<div class='signature'>{WORDS[number]}</div>")
    assert [comment.text for comment in found] == list(WORDS)


def test_what_one_presses_to_see_more_is_no_text() -> None:
    def inner(number: int) -> str:
        quote = f"<blockquote>{WORDS[5 - number]}<div><a>Click to expand...</a></div></blockquote>"
        return f"<div class='content'>{quote}<p>{WORDS[number]}</p></div>"

    assert [comment.text for comment in _posts(inner)] == [
        f"{WORDS[5 - number]}\n{WORDS[number]}" for number in range(6)
    ]


def test_a_subject_line_is_part_of_a_comment_unless_it_repeats_another() -> None:
    subjects = ("Always late", "Since the spring", "Nine a week", "Re: Nine a week", "Form letters", "More than I got")

    def inner(number: int) -> str:
        return f"<h5 class='title'>{subjects[number]}</h5><div class='content'><p>{WORDS[number]} {WORDS[0]}</p></div>"

    found = _posts(inner)
    assert found[1].text == f"Since the spring\n{WORDS[1]} {WORDS[0]}"
    assert found[3].text == f"{WORDS[3]} {WORDS[0]}"


def test_an_id_names_the_body_where_no_class_does() -> None:
    def inner(number: int) -> str:
        return (
            f"<table><tr><td>Registered User<br>Posts: {number}7</td><td><div id='post_message_{900 + number}'>"
            f"{WORDS[number]}</div></td></tr></table><div>View Public Profile of {NAMES[number]}</div>"
        )

    found = _posts(inner)
    assert [comment.text for comment in found] == list(WORDS)


def test_a_quoted_post_is_kept_though_an_id_names_the_words_below_it_alone() -> None:
    def inner(number: int) -> str:
        quote = f"<blockquote>{WORDS[0]}</blockquote>" if number == 3 else ""
        return f"<div class='post-body'>{quote}<p id='post_body_{900 + number}'>{WORDS[number]}</p></div>"

    assert _posts(inner)[3].text == f"{WORDS[0]}\n{WORDS[3]}"


def test_a_custom_element_is_named_by_its_tag() -> None:
    def inner(number: int) -> str:
        more = (
            f"<div>Read what others say about {NAMES[number]} at length, in {number} other places of this board</div>"
        )
        return f"<forum-post-text-body><div><p>{WORDS[number]}</p></div></forum-post-text-body>{more}"

    assert [comment.text for comment in _posts(inner)] == list(WORDS)
