"""What is stored, row by row, in words that hold in every archive: no row numbers, but what they stand for.

Two readings of the same captures are the same when these are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from archiver.store import schema as s

Key = tuple[Any, ...]

_PARENT, _SEEN_IN = s.comment.alias("parent"), s.reading.alias("seen_in")
_THREAD = (s.thread.c.platform, s.thread.c.native_id)
_COMMENT = (*_THREAD, s.comment.c.native_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """How one table is read: the columns that name a row, and those that tell something."""

    table: str
    keys: int
    wanted: Select[Any]


def _all_but(table: Table, *names: str) -> list[ColumnElement[Any]]:
    return [column for column in table.c if column.name not in ("id", *names)]


def _contents(
    table: Table, keys: tuple[ColumnElement[Any], ...], told: list[ColumnElement[Any]], joined: Any
) -> Contents:
    named = [column.label(f"key_{number}") for number, column in enumerate(keys)]
    return Contents(table=str(table.name), keys=len(keys), wanted=select(*named, *told).select_from(joined))


_THREADS = s.article.join(s.thread)
_COMMENTS = _THREADS.join(s.comment, s.comment.c.thread_id == s.thread.c.id)

OF_ARTICLE = (
    _contents(s.article, (s.article.c.url,), _all_but(s.article, "url"), s.article),
    _contents(s.article_url, (s.article_url.c.url,), [s.article_url.c.origin], s.article.join(s.article_url)),
    _contents(s.visit, (s.visit.c.id,), _all_but(s.visit, "article_id", "run_id", "seal"), s.article.join(s.visit)),
    _contents(
        s.article_revision,
        (s.article_revision.c.capture_id,),
        _all_but(s.article_revision, "article_id", "capture_id"),
        s.article.join(s.article_revision),
    ),
    _contents(
        s.quote,
        (s.article_revision.c.capture_id, s.quote.c.number),
        _all_but(s.quote, "article_revision_id", "number"),
        s.article.join(s.article_revision).join(s.quote),
    ),
    _contents(s.thread, _THREAD, _all_but(s.thread, "article_id", "platform", "native_id"), _THREADS),
    _contents(
        s.reading,
        (*_THREAD, s.reading.c.visit_id),
        _all_but(s.reading, "visit_id", "thread_id"),
        _THREADS.join(s.reading, s.reading.c.thread_id == s.thread.c.id),
    ),
    _contents(
        s.reading_page,
        (*_THREAD, s.reading.c.visit_id, s.reading_page.c.capture_id),
        _all_but(s.reading_page, "reading_id", "capture_id"),
        _THREADS.join(s.reading, s.reading.c.thread_id == s.thread.c.id).join(s.reading_page),
    ),
    _contents(
        s.comment,
        _COMMENT,
        [
            *_all_but(s.comment, "thread_id", "native_id", "author_id", "parent_id", "last_reading_id"),
            s.author.c.key.label("author_id"),
            _PARENT.c.native_id.label("parent_id"),
            _SEEN_IN.c.visit_id.label("last_reading_id"),
        ],
        _COMMENTS.outerjoin(s.author, s.author.c.id == s.comment.c.author_id)
        .outerjoin(_PARENT, _PARENT.c.id == s.comment.c.parent_id)
        .outerjoin(_SEEN_IN, _SEEN_IN.c.id == s.comment.c.last_reading_id),
    ),
    _contents(
        s.comment_state,
        (*_COMMENT, s.reading.c.visit_id),
        _all_but(s.comment_state, "comment_id", "reading_id"),
        _COMMENTS.join(s.comment_state).join(s.reading, s.reading.c.id == s.comment_state.c.reading_id),
    ),
    _contents(
        s.comment_revision,
        (*_COMMENT, s.comment_revision.c.capture_id),
        _all_but(s.comment_revision, "comment_id", "capture_id"),
        _COMMENTS.join(s.comment_revision),
    ),
    _contents(
        s.score,
        (*_COMMENT, s.reading.c.visit_id),
        [s.score.c.score],
        _COMMENTS.join(s.score).join(s.reading, s.reading.c.id == s.score.c.reading_id),
    ),
)
"""The tables that belong to articles, as they are read for one of them."""

AUTHORS = _contents(
    s.author,
    (s.author.c.platform, s.author.c.site, s.author.c.key),
    _all_but(s.author, "platform", "site", "key"),
    s.author,
)


def article_ids(conn: Connection) -> dict[int, str]:
    """All articles, each with its address."""
    return {row.id: row.url for row in conn.execute(select(s.article.c.id, s.article.c.url).order_by(s.article.c.id))}


def rows(conn: Connection, contents: Contents, article_id: int | None) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    """The rows of a table, of one article where `article_id` is given: what names each, and what it tells."""
    wanted = contents.wanted if article_id is None else contents.wanted.where(s.article.c.id == article_id)
    for row in conn.execute(wanted).mappings():
        values = {str(name): value for name, value in row.items()}
        yield tuple(values.pop(f"key_{number}") for number in range(contents.keys)), values
