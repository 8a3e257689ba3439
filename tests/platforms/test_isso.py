"""How a page names its Isso thread, and answers that are none."""

from __future__ import annotations

import pytest

from archiver.items import FollowUp
from archiver.pages.page import Page
from archiver.platforms import Candidate, isso

URL = "https://harbour.example/notes/bridge.html"


def asked(body: str, url: str = URL) -> list[str]:
    page = Page(url=url, body=body.encode(), content_type="text/html")
    return [follow_up.url for candidate in isso.detect(page) for follow_up in isso.extract(page, candidate).follow_ups]


SECTION = '<section id="isso-thread"></section>'


@pytest.mark.parametrize(
    ("script", "service"),
    [
        ('<script data-isso="https://c.example/isso/" src="x.js"></script>', "https://c.example/isso"),
        ('<script data-isso="//c.example" src="x.js"></script>', "https://c.example"),
        ('<script data-isso="/isso" src="x.js"></script>', "https://harbour.example/isso"),
        ('<script src="https://c.example/js/embed.min.js"></script>', "https://c.example"),
    ],
)
def test_the_service(script: str, service: str) -> None:
    assert asked(script + SECTION) == [f"{service}/?uri=%2Fnotes%2Fbridge.html"]


def test_the_thread_is_named_by_the_page_or_by_its_path() -> None:
    script = '<script data-isso="//c.example"></script>'
    assert asked(script + '<div id="isso-thread" data-isso-id="n 42&x"></div>') == ["https://c.example/?uri=n%2042%26x"]
    assert asked(script + SECTION, "https://a.example/caf%C3%A9/?x=1#y") == [
        "https://c.example/?uri=%2Fcaf%25C3%25A9%2F"
    ]


def test_a_page_that_only_counts_carries_no_thread() -> None:
    assert asked('<script data-isso="//c.example"></script><a href="/x#isso-thread">Comments</a>') == []


@pytest.mark.parametrize(
    ("status", "body", "gap"),
    [
        (500, b"{}", "Isso answered 500 and no comments"),
        (200, b"[]", "Isso answered 200 and no comments"),
        (200, b"<html>", "Isso answered 200 and no comments"),
        (200, b'{"replies": [1, {}, {"id": "x"}], "total_replies": "many"}', None),
        (0, b"", "Isso answered 0 and no comments"),
    ],
)
def test_answers_that_are_none(status: int, body: bytes, gap: str | None) -> None:
    follow_up = FollowUp(url="https://c.example/?uri=x", platform="isso", thread_id="x", purpose="api")
    page = Page(url=follow_up.url, body=body, status=status, content_type="application/json", follow_up=follow_up)
    found = isso.extract(page, Candidate(thread_id="x", context={"service": "https://c.example", "page": URL}))
    assert (found.gap, found.comments) == (gap, ())


def test_older_versions_count_only_the_comments_on_top() -> None:
    body = b'{"total_replies": 1, "replies": [{"id": 1, "total_replies": 2, "replies": [{"id": 2}, {"id": 3}]}]}'
    follow_up = FollowUp(url="https://c.example/?uri=x", platform="isso", thread_id="x", purpose="api")
    page = Page(url=follow_up.url, body=body, content_type="application/json", follow_up=follow_up)
    assert isso.extract(page, Candidate(thread_id="x", context={})).claimed == 3
