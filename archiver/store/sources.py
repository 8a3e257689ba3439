"""Which capture each row of an article was read from, and where in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from archiver.items import Capture
from archiver.store.dialect import chunks
from archiver.store.read import capture_of, find_article
from archiver.store.schema import article_revision, capture, comment, comment_revision, quote, thread


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where one row comes from. `locator` is an XPath or a JSON pointer into the page; None where the rules that
    `found_by` names tell the place."""

    kind: str
    id: str
    words: str
    """The beginning of what it says."""
    capture_id: int
    locator: str | None = None
    extractor: str | None = None
    found_by: Mapping[str, str] = field(default_factory=dict, hash=False)


def sources(conn: Connection, url: str) -> tuple[Source, ...]:
    """The article at `url`, its quotes and its comments in their present state, in that order.

    Raises `NotArchived`.
    """
    article_id = find_article(conn, url)
    return (*_article(conn, article_id), *_quotes(conn, article_id), *_comments(conn, article_id))


def captures_by_id(conn: Connection, ids: set[int]) -> Mapping[int, Capture]:
    """The captures with these ids."""
    wanted = (select(capture).where(capture.c.id.in_(some)) for some in chunks(sorted(ids)))
    return {row["id"]: capture_of(row) for each in wanted for row in conn.execute(each).mappings()}


def _article(conn: Connection, article_id: int) -> list[Source]:
    state = article_revision.c
    wanted = select(state.id, state.title, state.capture_id, state.extractor, state.found_by)
    rows = conn.execute(wanted.where(state.article_id == article_id, state.is_current))
    return [
        Source(
            kind="article",
            id=str(article_id),
            words=row.title or "",
            capture_id=row.capture_id,
            extractor=row.extractor,
            found_by=row.found_by,
        )
        for row in rows
    ]


def _quotes(conn: Connection, article_id: int) -> list[Source]:
    state = (article_revision.c.article_id == article_id) & article_revision.c.is_current
    columns = ("number", "text", "span_start", "span_end", "rule")
    wanted = select(*(quote.c[name] for name in columns), article_revision.c.capture_id)
    rows = conn.execute(wanted.join_from(quote, article_revision).where(state).order_by(quote.c.number))
    return [_quote(row) for row in rows]


def _quote(row: Any) -> Source:
    return Source(
        kind="quote",
        id=str(row.number + 1),
        words=row.text,
        capture_id=row.capture_id,
        locator=f"characters {row.span_start} to {row.span_end} of the article's text",
        found_by={"quote": row.rule},
    )


def _comments(conn: Connection, article_id: int) -> list[Source]:
    words = comment_revision.c
    wanted = (
        select(comment.c.native_id, words.text, words.capture_id, words.locator, words.extractor, words.found_by)
        .join_from(comment_revision, comment)
        .join(thread)
        .where(thread.c.article_id == article_id, words.is_current)
        .order_by(thread.c.id, comment.c.position, comment.c.id)
    )
    return [
        Source(
            kind="comment",
            id=row.native_id,
            words=row.text,
            capture_id=row.capture_id,
            locator=row.locator,
            extractor=row.extractor,
            found_by=row.found_by,
        )
        for row in conn.execute(wanted)
    ]
