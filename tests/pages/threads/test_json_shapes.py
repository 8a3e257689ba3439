"""Answers of unknown APIs, and state in scripts, in the shapes in which comments travel: six comments, one tree."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archiver.items import ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page
from tests.pages.threads.pages import ARTICLE, NAMES, WORDS, replies

TREE = [None, 0, 1, 0, None, 4]
DEPTHS = [0, 1, 2, 1, 0, 1]
ORDER = range(6)


def _when(number: int) -> str:
    return f"2021-03-{number + 3:02}T09:1{number}:00Z"


def _parent(number: int) -> int | None:
    parent = TREE[number]
    return None if parent is None else 500 + parent


def _nested(number: int, inner: str, wrap: Any) -> dict[str, Any]:
    below = [_nested(other, inner, wrap) for other in ORDER if TREE[other] == number]
    own = {"id": f"c{number}", "body": WORDS[number], "user": {"name": NAMES[number]}, "created_at": _when(number)}
    return own | {inner: wrap(below)}


def _roots(inner: str, wrap: Any = list) -> list[dict[str, Any]]:
    return [_nested(number, inner, wrap) for number in ORDER if TREE[number] is None]


SHAPES: dict[str, Any] = {
    "flat with parent ids": {
        "comments": [
            {"id": 500 + n, "parentId": _parent(n), "author": NAMES[n], "text": WORDS[n], "date": _when(n)}
            for n in ORDER
        ]
    },
    "names in words": {
        "payload": {
            "page": [
                {
                    "comment_id": 500 + n,
                    "parent_comment_ref": _parent(n),
                    "commenting_user": NAMES[n],
                    "commentText": f"<p>{WORDS[n]}</p>",
                    "createdTimestamp": 1614762600 + n * 86400,
                }
                for n in ORDER
            ]
        }
    },
    "replies in comments": {"thread": _roots("replies")},
    "replies in pages of replies": {"items": _roots("replies", lambda below: {"total": len(below), "comments": below})},
    "edges and nodes": {
        "data": {
            "story": {
                "comments": {
                    "edges": [
                        {"node": root}
                        for root in _roots("replies", lambda below: {"edges": [{"node": one} for one in below]})
                    ]
                }
            }
        }
    },
    "objects by id": {
        "comments": {
            f"-Kx{'abcdef'[n]}": {
                "text": WORDS[n],
                "name": NAMES[n],
                "ts": 0,
                "timestamp": 1614762600000 + n * 86400000,
                "parent": None if TREE[n] is None else f"-Kx{'abcdef'[TREE[n]]}",  # type: ignore[index]
            }
            for n in ORDER
        }
    },
    "hits of a search engine": {
        "hits": {
            "total": 6,
            "hits": [
                {
                    "_id": str(500 + n),
                    "_source": {"message": WORDS[n], "nick": NAMES[n], "posted": _when(n), "reply_to": _parent(n)},
                }
                for n in ORDER
            ],
        }
    },
    "accounts apart, by id": {
        "authors": {f"u{n}@x.example": {"displayName": NAMES[n], "id": f"u{n}@x.example"} for n in ORDER},
        "content": [
            {
                "content": {
                    "bodyHtml": f"<p>{WORDS[n]}</p>",
                    "authorId": f"u{n}@x.example",
                    "createdAt": 1614762600 + n * 86400,
                    "id": str(500 + n),
                    "parentId": str(_parent(n) or ""),
                }
            }
            for n in ORDER
        ],
    },
    "resources with relations": {
        "data": [
            {
                "type": "comments",
                "id": str(500 + n),
                "attributes": {"body": WORDS[n], "createdAt": _when(n)},
                "relationships": {
                    "author": {"data": {"type": "users", "id": str(n + 1)}},
                    "parent": {"data": None if TREE[n] is None else {"type": "comments", "id": str(_parent(n))}},
                },
            }
            for n in ORDER
        ],
        "included": [{"type": "users", "id": str(n + 1), "attributes": {"name": NAMES[n]}} for n in ORDER],
    },
    "flat with depths": {
        "comments": [
            {"key": f"k{n}", "level": DEPTHS[n], "dname": NAMES[n], "raw": WORDS[n], "ctime": _when(n)} for n in ORDER
        ]
    },
}


def _is_right(thread: ThreadPage) -> None:
    comments = sorted(thread.comments, key=lambda comment: WORDS.index(comment.text))
    assert [comment.text for comment in comments] == list(WORDS)
    assert [comment.author for comment in comments] == list(NAMES)
    assert all(comment.published for comment in comments)
    assert replies(tuple(comments)) == TREE


@pytest.mark.parametrize("shape", SHAPES)
def test_an_answer_is_read_by_its_shape(shape: str) -> None:
    body = json.dumps(SHAPES[shape]).encode()
    (thread,) = threads.of(Page(url="https://api.example/c", body=body, content_type="application/json"))
    _is_right(thread)
    assert thread.source == "api"


CARRIERS = {
    "typed script": "<script type='application/json' id='__NEXT_DATA__'>{state}</script>",
    "assigned": "<script>window.analytics = []; window.__STATE__ = {state};\nrender(1)</script>",
    "parsed string": "<script>window.__STATE__ = JSON.parse({string});</script>",
    "parsed quoted string": "<script>var app = JSON.parse('{quoted}');</script>",
    "attribute": "<div id='app' data-page=\"{escaped}\"></div>",
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_page_carries_its_thread_as_data(carrier: str) -> None:
    state = json.dumps({"props": {"pageProps": SHAPES["flat with parent ids"]}})
    carried = (
        CARRIERS[carrier]
        .replace("{state}", state)
        .replace("{string}", json.dumps(state))
        .replace("{quoted}", state.replace("'", "\\'"))
        .replace("{escaped}", state.replace('"', "&quot;"))
    )
    body = f"<html><body>{ARTICLE}<div id='root'></div>{carried}</body></html>".encode()
    (thread,) = threads.of(Page(url="https://news.example/ferries", body=body, content_type="text/html"))
    _is_right(thread)
    assert thread.source == "markup"


def test_a_comment_that_is_gone_needs_no_words() -> None:
    comments = [
        {"id": n + 1, "text": "" if n == 2 else WORDS[n], "isDeleted": n == 2, "account": {"name": NAMES[n]}}
        | {"createdAt": _when(n), "inReplyToCommentId": 3 if n == 3 else None}
        for n in ORDER
    ]
    body = json.dumps({"total": 6, "data": comments}).encode()
    (thread,) = threads.of(Page(url="https://api.example/c", body=body, content_type="application/json"))
    assert [comment.state for comment in thread.comments] == ["visible"] * 2 + ["deleted"] + ["visible"] * 3
    assert thread.comments[3].parent_id == "3"
