"""What Isso serves: a page with its widget, whose comments come from an API that shows few replies at once.

Isso keeps one level of replies: what answers a reply hangs on the reply's root.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tests.site import news
from tests.site.answers import Answer
from tests.site.stories import Remark, Story

CONFIG = {
    "reply-to-self": False,
    "require-email": False,
    "require-author": False,
    "reply-notifications": False,
    "gravatar": False,
    "feed": True,
}
DELETED, ACCEPTED = 4, 1


def page(story: Story, base: str) -> Answer:
    """The article with the widget, whose thread is named by the page's path."""
    widget = f"""<h2>Comments</h2>
<script data-isso="{base}/isso/" data-isso-lang="en" data-isso-max-comments-nested="2" async
 src="{base}/isso/js/embed.min.js"></script>
<section id="isso-thread"><noscript>Javascript needs to be activated to view comments.</noscript></section>"""
    return news.page(story, base, below=widget)


def thread(stories: Sequence[Story], query: Mapping[str, str]) -> Answer:
    """`GET /isso/?uri=PATH`, with `limit`, `nested_limit`, `offset` and `parent` as the widget sends them."""
    uri = query.get("uri")
    if not uri:
        return Answer("<title>400 Bad Request</title>\n<p>missing uri query</p>", status=400)
    found = next((story for story in stories if story.path == uri and story.system == "isso"), None)
    comments = found.comments if found else ()
    parent = int(query["parent"]) if query.get("parent") else None
    level = [comment for comment in comments if comment.parent == parent]
    offset = int(query.get("offset", "0"))
    shown = level[offset:][: int(query.get("limit", len(level)))]
    return _json(
        {
            "id": parent,
            "total_replies": len(comments) if parent is None else len(level),
            "hidden_replies": len(level) - offset - len(shown),
            "replies": [_with_replies(comment, comments, query) for comment in shown]
            if parent is None
            else [_comment(comment) for comment in shown],
            "config": CONFIG,
        }
    )


def count(stories: Sequence[Story], body: bytes) -> Answer:
    """`POST /isso/count` with a list of paths. Deleted comments are not counted."""
    said = {story.path: sum(not c.deleted for c in story.comments) for story in stories if story.system == "isso"}
    return _json([said.get(uri, 0) for uri in json.loads(body)])


def _with_replies(comment: Remark, comments: Sequence[Remark], query: Mapping[str, str]) -> dict[str, Any]:
    replies = [reply for reply in comments if reply.parent == comment.id]
    shown = replies[: int(query.get("nested_limit", len(replies)))]
    return _comment(comment) | {
        "total_replies": len(replies),
        "hidden_replies": len(replies) - len(shown),
        "replies": [_comment(reply) for reply in shown],
    }


def _comment(comment: Remark) -> dict[str, Any]:
    return {
        "id": comment.id,
        "parent": comment.parent,
        "created": _seconds(comment.at),
        "modified": None,
        "mode": DELETED if comment.deleted else ACCEPTED,
        "text": "<p></p>" if comment.deleted else comment.text,
        "author": comment.author,
        "website": comment.url or None,
        "likes": comment.likes,
        "dislikes": comment.dislikes,
        "notification": 0,
        "hash": _fingerprint(comment.author),
    }


def _fingerprint(author: str | None) -> str:
    return (author or "nobody").encode().hex()[:12].ljust(12, "0")


def _seconds(at: datetime) -> float:
    return at.astimezone(UTC).timestamp()


def _json(value: object) -> Answer:
    headers = [("Access-Control-Allow-Credentials", "true"), ("Access-Control-Expose-Headers", "X-Set-Cookie, Date")]
    return Answer(json.dumps(value), content_type="application/json", headers=headers)
