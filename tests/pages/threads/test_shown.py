"""A thread that a page carries as data in its scripts is shown on the page too: that part is no article."""

from __future__ import annotations

import json

from archiver.pages import threads
from archiver.pages.page import Page
from tests.pages.threads.pages import ARTICLE, NAMES, WORDS

POSTS = [
    {
        "id": f"q{number}",
        "body": f"<p>{WORDS[number]}</p>",
        "author": NAMES[number],
        "createdAt": f"2020-03-0{number + 1}T09:00:00Z",
    }
    for number in range(6)
]


def _page(shown: str) -> Page:
    data = f'<script type="application/json">{json.dumps({"comments": POSTS})}</script>'
    source = f"<html><body><div class='story'>{ARTICLE}</div>{shown}{data}</body></html>"
    return Page(url="https://news.example/a", body=source.encode(), content_type="text/html; charset=utf-8")


def test_the_box_that_shows_the_thread_is_named() -> None:
    shown = "".join(f"<div><i>{NAMES[number]}</i><div><p>{WORDS[number]}</p></div></div>" for number in range(6))
    page = _page(f"<section id='talk'><h3>{NAMES[0]} and others</h3>{shown}</section>")
    (thread,) = threads.of(page)
    assert [comment.text for comment in thread.comments] == list(WORDS)
    assert thread.regions == ('//*[@id="talk"]',)


def test_a_thread_that_is_not_shown_has_no_place() -> None:
    (thread,) = threads.of(_page("<section id='talk'>Loading</section>"))
    assert thread.regions == ()


def test_data_behind_the_end_of_the_page_is_read() -> None:
    data = f'<script type="application/json">{json.dumps({"comments": POSTS})}</script>'
    source = f"<html><body><div class='story'>{ARTICLE}</div></body></html></html></div>{data}</body></html>"
    page = Page(url="https://news.example/a", body=source.encode(), content_type="text/html; charset=utf-8")
    (thread,) = threads.of(page)
    assert len(thread.comments) == len(POSTS)
