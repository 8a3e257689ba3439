"""A page that is read in pieces tells what it tells when it is read at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archiver.api import extract_page
from archiver.items import Comment, Extraction, FollowUp
from archiver.pages import page as pages
from archiver.pages import pieces
from archiver.pages.page import Page
from archiver.platforms import read_in_pieces

URL = "https://news.example/harbour/ferry"
PROSE = "".join(f"<p>On day {day} the board put the question of the ferry off once more.</p>" for day in range(9))
SENTENCE = "the ferry was late again and nobody of us on the quay knew why it had not come before dark"
WORDS = SENTENCE.split()
WORDPRESS = '<meta name="generator" content="WordPress 6.5">'


def page_with(thread: str, head: str = "") -> Page:
    body = (
        f'<!doctype html><html lang="en"><head><title>The ferry</title>{head}<script>if (1 < 2) "<li>"</script></head>'
        f"<body><nav><ul><li>Home<li>News</ul></nav><article><h1>The ferry</h1>{PROSE}</article>{thread}"
        f'<form id="commentform" action="/wp-comments-post.php"><textarea name="comment"><li></textarea></form>'
        f"<!-- <ol><li> --></body></html>"
    )
    return Page(url=URL, body=body.encode(), content_type="text/html; charset=utf-8")


def words(number: int) -> str:
    """What nobody else says."""
    return " ".join(WORDS[number * step * step % len(WORDS)] for step in range(2, 14)).capitalize() + f" {number}."


def remark(number: int) -> str:
    return (
        f'<div class="comment-author vcard"><b class="fn">Reader {number % 17}</b></div>'
        f'<a href="{URL}#comment-{number}"><time datetime="2016-01-15T12:{number % 60:02d}:00+00:00">then</time></a>'
        f'<div class="comment-content"><p>{words(number)}</p></div>'
    )


def nested(count: int) -> str:
    """Every third comment has an answer, in a list within."""

    def one(number: int, depth: int, inner: str = "") -> str:
        parity = "even" if number % 2 else "odd alt"
        own = f'<div id="div-comment-{number}" class="comment-body">{remark(number)}</div>{inner}'
        return f'<li id="comment-{number}" class="comment {parity} depth-{depth}">{own}</li>'

    answers = {number: f'<ul class="children">{one(number + 1, 2)}</ul>' for number in range(1, count, 3)}
    tops = (one(number, 1, answers.get(number, "")) for number in range(1, count + 1) if number - 1 not in answers)
    return f'<div id="comments"><h2>{count} comments</h2><ol class="comment-list">{"".join(tops)}</ol></div>'


def flat(count: int) -> str:
    """A theme that puts answers behind what they answer, and ends no element."""
    rows = (
        f'<li id="comment-{number}" class="comment depth-{2 if number % 3 == 2 else 1}">{remark(number)}'
        for number in range(1, count + 1)
    )
    return f'<div id="comments"><h2>{count} comments</h2><ol class="commentlist">{"".join(rows)}</ol></div>'


def by_hand(count: int) -> str:
    """No system that anybody knows: three elements a comment."""
    rows = (
        f'<dt class="who"><a name="c{number}" href="{URL}#c{number}">Reader {number % 17}</a></dt>'
        f'<dd class="when">{number % 28 + 1:02d}.01.2016 12:{number % 60:02d}</dd>'
        f'<dd class="what">{words(number)}</dd>'
        for number in range(1, count + 1)
    )
    return f'<div class="talk"><h3>What readers say</h3><dl>{"".join(rows)}</dl></div>'


def isso(count: int) -> Page:
    told = [
        {
            "id": n,
            "parent": n - 1 if n % 3 == 0 else None,
            "text": f'<p>Remark "{n}" [of] many {{</p>',
            "created": 1e9 + n,
        }
        for n in range(1, count + 1)
    ]
    follow_up = FollowUp(url="https://isso.example/?uri=x", platform="isso", thread_id="/x", purpose="api")
    body = json.dumps({"a]": ['"'], "total_replies": count, "hidden_replies": 0, "replies": told}).encode()
    return Page(url=follow_up.url, body=body, content_type="application/json", follow_up=follow_up)


CASES: dict[str, Callable[[], Page]] = {
    "nested": lambda: page_with(nested(400), WORDPRESS),
    "flat": lambda: page_with(flat(400), WORDPRESS),
    "by hand": lambda: page_with(by_hand(400)),
    "api": lambda: isso(400),
}


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> Callable[[Page], Page]:
    """Makes a page one that is read in pieces of some dozens of comments."""

    def small(page: Page) -> Page:
        monkeypatch.setattr(pages, "MAX_AT_ONCE", len(page.body) * 2 // 3)
        monkeypatch.setattr(pieces, "SIZE", len(page.body) // 8)
        cut = replace(page)
        assert cut.cut is not None
        assert cut.too_large is None
        assert len(cut.cut.slices) > 3
        return cut

    return small


def told(found: Extraction) -> dict[str, Any]:
    [thread] = found.threads
    return {
        "article": found.article and (found.article.title, found.article.text),
        "thread": (thread.platform, thread.id, thread.state, thread.claimed, thread.newest_first, thread.gap),
        "follow-ups": [each.url for each in thread.follow_ups],
        "problems": found.problems,
    }


def bare(comment: Comment) -> Comment:
    """Without what counts the comments of a page: 'the name in 51 of 51'."""
    return replace(comment, locator=None, confidence=1, found_by={})


@pytest.mark.parametrize("case", CASES)
def test_in_pieces_a_page_tells_the_same_as_whole(case: str, in_pieces: Callable[[Page], Page]) -> None:
    page = CASES[case]()
    whole = extract_page(page)
    cut = extract_page(in_pieces(page))
    assert told(cut) == told(whole)
    assert len(cut.comments) == 400
    assert [bare(each) for each in cut.comments] == [bare(each) for each in whole.comments]


@pytest.mark.parametrize("case", CASES)
def test_a_locator_from_a_piece_is_that_of_the_whole_page_or_none(case: str, in_pieces: Callable[[Page], Page]) -> None:
    page = CASES[case]()
    right = {each.id: each.locator for each in extract_page(page).comments}
    found = {each.id: each.locator for each in extract_page(in_pieces(page)).comments}
    assert {name: place for name, place in found.items() if place is not None}.items() <= right.items()
    if case != "by hand":  # there places are counted out from the root
        assert None not in found.values()


def test_only_some_comments_are_held_at_a_time(in_pieces: Callable[[Page], Page]) -> None:
    counts = [len(found.comments) for found in read_in_pieces(in_pieces(CASES["nested"]()))]
    assert sum(counts) == 400
    assert max(counts) < 100


def test_a_piece_without_comments_is_told_of(in_pieces: Callable[[Page], Page]) -> None:
    page = page_with(nested(300).replace("</ol>", "<li class='comment even depth-1'></li>" * 4000 + "</ol>"), WORDPRESS)
    [thread] = extract_page(in_pieces(page)).threads
    assert len(thread.comments) == 300
    assert thread.gap == "no comments were found in a part of the page"


UNCUT = (
    b"<p>" + b"words " * 90_000,
    b"<b>" * 90_000,
    b'{"a": "' + b"x" * 500_000,
    b"[" * 500_000,
    b"<!--" * 90_000,
)


@pytest.mark.parametrize("body", UNCUT)
def test_what_no_run_of_elements_makes_large_is_not_cut(body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MAX_AT_ONCE", len(body) // 2)
    page = Page(url=URL, body=body)
    assert page.cut is None
    assert "more than" in (page.too_large or "")
