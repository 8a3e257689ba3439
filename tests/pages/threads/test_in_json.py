"""A thread in the answer of an unknown API is told by the shape and the names of its objects."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.pages import threads
from archiver.pages.page import Page
from archiver.pages.threads import in_json
from tests.pages.threads.pages import NAMES, WORDS, page_of, replies

FLAT: dict[str, Any] = {
    "total": 40,
    "next": "/api/comments?page=2",
    "comments": [
        {"id": n + 1, "body": WORDS[n], "author": {"name": NAMES[n], "id": 70 + n}, "created_at": 1425372000 + n * 60,
         "parent_id": n or None, "likes": n}
        for n in range(4)
    ],
}  # fmt: skip


def _answer(document: Any) -> Page:
    body = json.dumps(document).encode()
    return Page(url="https://api.example/api/comments?page=1", body=body, content_type="application/json")


def test_fields_are_mapped_by_name() -> None:
    (thread,) = threads.of(_answer(FLAT))
    assert [comment.text for comment in thread.comments] == list(WORDS[:4])
    assert [comment.author for comment in thread.comments] == list(NAMES[:4])
    assert [comment.author_id for comment in thread.comments] == ["70", "71", "72", "73"]
    assert [comment.score for comment in thread.comments] == [0, 1, 2, 3]
    assert replies(thread.comments) == [None, 0, 1, 2]
    assert thread.comments[0].published is not None
    assert thread.comments[3].locator == "/comments/3"


def test_the_count_and_the_next_page_are_told() -> None:
    (thread,) = threads.of(_answer(FLAT))
    assert thread.source == "api"
    assert thread.claimed == 40
    assert [follow_up.url for follow_up in thread.follow_ups] == ["https://api.example/api/comments?page=2"]


def test_replies_nested_in_comments_and_wrapped_objects() -> None:
    def node(number: int, *below: Any) -> dict[str, Any]:
        data = {"uuid": f"u{number}", "text": f"<p>{WORDS[number]}</p>", "username": NAMES[number],
                "date": f"2015-03-0{number + 1}T09:00:00Z", "replies": list(below)}  # fmt: skip
        return {"kind": "t1", "data": data}

    (thread,) = threads.of(_answer({"discussion": {"items": [node(0, node(1, node(2))), node(3)]}}))
    assert [comment.text for comment in thread.comments] == list(WORDS[:4])
    assert replies(thread.comments) == [None, 0, 1, None]


@pytest.mark.parametrize(
    "document",
    [
        {"articles": [{"slug": "late", "excerpt": "x", "content": "y", "author": "z", "date": "2015-03-03"}]},
        {"tags": ["a", "b"], "count": 2},
        [],
        "text",
        {"user": {"name": "Ada", "created": "2015-03-03", "bio": "x"}},
    ],
)
def test_what_is_no_comment_gives_no_thread(document: Any) -> None:
    assert threads.of(_answer(document)) == ()


def test_broken_json_gives_no_thread() -> None:
    page = Page(url="https://api.example/c", body=b'{"comments": [', content_type="application/json")
    assert in_json.find(page) == ()


def test_the_state_in_a_script_of_the_page_is_read() -> None:
    script = f"<script>window.__STATE__ = {json.dumps({'page': FLAT})};</script>"
    (thread,) = threads.of(page_of(script))
    assert thread.source == "markup"
    assert len(thread.comments) == 4


def test_deep_nesting_is_no_danger() -> None:
    document: Any = {"body": "x", "author": "y"}
    for _ in range(400):
        document = {"comments": [document]}
    assert len(threads.of(_answer(document))) <= 1
