"""The statements behind the nested export: articles, and what belongs to one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from archiver.exports.columns import in_reading_order
from archiver.exports.printed import as_text
from archiver.exports.stream import FIRST, LAST
from archiver.store.read import last_reading
from archiver.store.schema import (
    article,
    article_revision,
    author,
    comment,
    comment_revision,
    flag,
    link,
    quote,
    reading,
    thread,
)

_PRESENT = (article_revision.c.article_id == article.c.id) & article_revision.c.is_current
_WORDED = (comment_revision.c.comment_id == comment.c.id) & comment_revision.c.is_current

LISTS = frozenset({"authors", "tags", "media", "links", "sources"})
"""Columns that are JSON already."""


def articles() -> Select[Any]:
    """The articles of a range of ids."""
    state = (
        *("title", "deck", "authors", "dateline", "published", "published_local", "published_raw", "modified"),
        *("text", "html", "language", "section", "tags", "licence_url", "licence_text", "image_credit", "media"),
    )
    columns = (article.c.url, *(article_revision.c[name] for name in state), article.c.first_seen, article.c.last_seen)
    wanted = select(article.c.id, *_printed(*columns)).outerjoin_from(article, article_revision, _PRESENT)
    return wanted.where(article.c.id.between(FIRST, LAST)).order_by(article.c.id)


def quotes() -> Select[Any]:
    """The quotes of a range of articles, in the order of the text."""
    names = (
        "text",
        "kind",
        "speaker",
        "speaker_mention",
        "cue",
        "addressee",
        "repeats",
        "url",
        "span_start",
        "span_end",
        "rule",
        "confidence",
    )
    wanted = select(*(quote.c[name] for name in names)).join_from(article, article_revision, _PRESENT).join(quote)
    return wanted.where(article.c.id.between(FIRST, LAST)).order_by(article.c.id, quote.c.number)


def threads() -> Select[Any]:
    """The threads of a range of articles, with the verdict of their last reading."""
    verdict = ("claimed", "collected", "completeness", "reason", "at")
    about = ("platform", "native_id", "state", "confidence")
    columns = (*(thread.c[name] for name in about), *(reading.c[name] for name in verdict))
    wanted = select(thread.c.id, *_printed(*columns)).outerjoin_from(thread, reading, reading.c.id == last_reading())
    return wanted.where(thread.c.article_id.between(FIRST, LAST)).order_by(thread.c.id)


def links() -> Select[Any]:
    """What the comments of a range of threads refer to."""
    aimed = comment.alias("aimed")
    spans = ("span_start", "span_end", "target_start", "target_end", "similarity", "confidence")
    columns = (
        comment.c.native_id.label("comment"),
        *(link.c[name] for name in ("method", "target")),
        aimed.c.native_id.label("target_comment"),
        *(link.c[name] for name in ("target_name", "rule", *spans)),
    )
    wanted = select(*columns).join_from(comment, link, link.c.comment_id == comment.c.id)
    wanted = wanted.outerjoin(aimed, aimed.c.id == link.c.target_comment_id)
    return wanted.where(comment.c.thread_id.between(FIRST, LAST)).order_by(link.c.id)


def flags() -> Select[Any]:
    """Suspicions about the comments of a range of threads."""
    columns = (comment.c.native_id.label("comment"), flag.c.kind, flag.c.rule, flag.c.score)
    wanted = select(*columns).join_from(comment, flag)
    return wanted.where(comment.c.thread_id.between(FIRST, LAST)).order_by(flag.c.id)


def comments() -> Select[Any]:
    """The comments of a range of threads, in reading order."""
    before = ("native_id", "parent_native_id", "depth", "position", "kind", "state")
    times = ("published", "published_local", "published_raw", "published_precision")
    after = ("permalink", "title", "score", "number", "first_seen", "last_seen", "gone_after", "gone_before", "sources")
    columns = (
        *(comment.c[name] for name in before),
        comment_revision.c.author,
        author.c.native_id.label("author_id"),
        comment_revision.c.author_url,
        *(comment.c[name] for name in times),
        *(comment_revision.c[name] for name in ("text", "html", "links")),
        *(comment.c[name] for name in after),
    )
    wanted = select(*_printed(*columns)).join_from(comment, comment_revision, _WORDED).outerjoin(author)
    mine = comment.c.thread_id.between(FIRST, LAST)
    return wanted.where(mine).order_by(comment.c.thread_id, *in_reading_order())


def _printed(*columns: Any) -> tuple[Any, ...]:
    return tuple(as_text(column).label(column.name) for column in columns)
