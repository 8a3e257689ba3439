"""Who wrote a post: not the one it speaks to, not the rank, and nobody left out for having no profile."""

from __future__ import annotations

from collections.abc import Callable

from archiver.items import Comment
from tests.pages.threads.pages import NAMES, WORDS, comments_of

URL = "https://board.example/topic/77/late-ferries"


def _posts(
    head: Callable[[int], str], words: Callable[[int], str] = lambda number: WORDS[number]
) -> tuple[Comment, ...]:
    posts = (
        f"<li class='post' id='p{500 + number}'><div class='head'>{head(number)} <span class='when'>"
        f"March {number + 3}, 2020 9:1{number} am</span></div><div class='content'><p>{words(number)}</p></div></li>"
        for number in range(6)
    )
    return comments_of(f"<ul class='posts'>{''.join(posts)}</ul>", url=URL, before="<h1>Late ferries</h1>")


def _link(number: int, name: str = "") -> str:
    return f"<a class='username' href='/user/{number}'>{name or NAMES[number]}</a>"


def test_a_person_who_is_spoken_to_is_not_the_author() -> None:
    def words(number: int) -> str:
        other = NAMES[(number + 1) % 6]
        return f"<a class='mention-user' href='/user/x'>@{other}</a></p><p>{WORDS[number]}"

    found = _posts(lambda number: f"<a class='bold' href='/user/{number}'>{NAMES[number]}</a>", words)
    assert [comment.author for comment in found] == list(NAMES)


def test_a_rank_is_no_name() -> None:
    ranks = ("Member", "The Evil Gardener", "Ferry Captain", "Member", "Old Hand", "Landlubber")
    found = _posts(
        lambda number: (
            f"<dl><dt><strong>{NAMES[number]}</strong></dt>"
            f"<dd class='usertitle'><strong>{ranks[number]}</strong></dd></dl>"
        )
    )
    assert [comment.author for comment in found] == list(NAMES)


def test_a_guest_without_profile_is_named_in_another_place() -> None:
    def head(number: int) -> str:
        name = NAMES[number] if number in (2, 5) else _link(number)
        return f"<div class='desk'>{name}</div><div class='phone'><b>{NAMES[number]}</b></div>"

    assert [comment.author for comment in _posts(head)] == list(NAMES)


def test_a_class_name_of_the_person_does_not_hide_the_place() -> None:
    def head(number: int) -> str:
        own = ("qz", "wyk", "lbh", "ntx", "eew", "tru")[number]
        return (
            f"<p class='tagline'><a class='author id-{own} may' href='/user/{number}'>{NAMES[number]}</a> 5 points</p>"
        )

    assert [comment.author for comment in _posts(head)] == list(NAMES)


def test_of_several_lines_the_first_is_the_name() -> None:
    def head(number: int) -> str:
        return f"<div class='author'><div>{NAMES[number]}</div><div>Section Leader</div><div>1{number}</div></div>"

    assert [comment.author for comment in _posts(head)] == list(NAMES)
