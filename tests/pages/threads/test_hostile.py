"""Whatever a page is made of, reading it ends soon and raises nothing."""

from __future__ import annotations

import time

import pytest

from archiver.pages import threads
from archiver.pages.page import Page
from tests.pages.threads.pages import NAMES, WORDS, item, page_of


def _many(count: int) -> str:
    items = "".join(
        f"<li class='comment' id='comment-{n}'><cite>{NAMES[n % 6]}</cite> <span>March {n % 28 + 1}, 2015</span>"
        f"<p>{WORDS[n % 6]}</p></li>"
        for n in range(count)
    )
    return f"<div id='comments'><ol>{items}</ol></div>"


def _deep(depth: int) -> str:
    opened = "".join(
        f"<div class='comment' id='comment-{n}'><b class='author'>{NAMES[n % 6]}</b> March 3, 2015<p>{WORDS[n % 6]}</p>"
        for n in range(depth)
    )
    return opened + "</div>" * depth


def test_ten_thousand_comments() -> None:
    (thread,) = threads.find(page_of(_many(10_000)))
    assert len(thread.comments) == 10_000


def test_a_reply_a_thousand_levels_deep() -> None:
    (thread,) = threads.find(page_of(_deep(600)))
    assert len(thread.comments) == 600
    assert thread.comments[599].parent_id == thread.comments[598].id


@pytest.mark.parametrize(
    "source",
    [
        b"\x00\x00<li class=comment>\x00</li>" * 50,
        b"<li class='comment'><b>\xff\xfe</b>" * 200,
        b"<o:p class='comment'><fb:like class='comment'>3 May 2012</fb:like>" * 50,
        b"<div class='comment " + b"x " * 5000 + b"'>3 May 2012, by Ann</div>" * 3,
        b"<table>" * 300 + b"<tr class=comment><td>Ann, 3 May 2012" * 50,
        b"</li></ul></div>" * 1000,
        b"<!-- <li class='comment'> -->" * 500,
    ],
)
def test_broken_markup(source: bytes) -> None:
    threads.of(Page(url="https://news.example/x", body=source, content_type="text/html"))


def test_reading_takes_time_in_proportion_to_the_page() -> None:
    def seconds(count: int) -> float:
        page = page_of(_many(count))
        assert page.root is not None
        start = time.process_time()
        threads.find(page)
        return time.process_time() - start

    seconds(500)
    assert seconds(8000) < 14 * max(seconds(1000), 0.01) + 1


def test_an_address_that_is_none() -> None:
    assert threads.find(page_of("".join(item(n) for n in range(6)), url="")) is not None
