"""The columns of a flat export, one comment a row: what each holds, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, literal_column, select

from archiver.exports.printed import as_text
from archiver.exports.stream import FIRST, LAST, Stream, ranges
from archiver.store.read import last_reading
from archiver.store.schema import (
    article,
    article_revision,
    author,
    comment,
    comment_revision,
    flag,
    link,
    reading,
    thread,
)
from archiver.store.views import latest_comment, thread_summary


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One column. `foreign` marks words that come from a site: they may be anything, even a spreadsheet's formula."""

    name: str
    comment: str
    source: Any
    foreign: bool = False


def _of(name: str, source: Any, *, foreign: bool = False) -> Field:
    """A column that `latest_comment` has as well."""
    return Field(name=name, comment=latest_comment.c[name].comment or "", source=source, foreign=foreign)


def _verdict(name: str) -> Field:
    """A column of the thread's last reading."""
    text = thread_summary.c[name].comment or ""
    return Field(name=name, comment=text, source=reading.c[name], foreign=name == "reason")


def _more(name: str, source: Any, comment: str, *, foreign: bool = False) -> Field:
    return Field(name=name, comment=comment, source=source, foreign=foreign)


aimed = comment.alias("aimed")
raised = (
    select(func.aggregate_strings(flag.c.kind, ","))
    .where(flag.c.comment_id == comment.c.id)
    .correlate(comment)
    .scalar_subquery()
)
_ANSWERS = (link.c.comment_id == comment.c.id) & (link.c.method == literal_column("'answers'"))

HEAD = (
    _of("article_url", article.c.url, foreign=True),
    _more("article_title", article_revision.c.title, "Headline of the article.", foreign=True),
    _of("platform", thread.c.platform),
    _more("thread", thread.c.native_id, "The system's own name for the thread; else the address.", foreign=True),
)
BODY = (
    _of("native_id", comment.c.native_id, foreign=True),
    _of("parent_native_id", comment.c.parent_native_id, foreign=True),
    _more("answers", aimed.c.native_id, "Id of the comment that it answers, found by its words.", foreign=True),
    _more("answers_name", link.c.target_name, "Whom it answers, by the name printed there.", foreign=True),
    _more("answers_rule", link.c.rule, "How that was found; the page itself does not tell."),
    _more("answers_confidence", link.c.confidence, "How sure that is, from 0 to 1."),
    _of("depth", comment.c.depth),
    _of("position", comment.c.position),
    _of("kind", comment.c.kind),
    _of("state", comment.c.state),
    _of("author", comment_revision.c.author, foreign=True),
    _more("author_id", author.c.native_id, "The account's id in the system.", foreign=True),
    _of("author_url", comment_revision.c.author_url, foreign=True),
    _of("published", comment.c.published),
    _of("published_local", comment.c.published_local),
    _more("published_raw", comment.c.published_raw, "The time as printed.", foreign=True),
    _more("score", comment.c.score, "Likes minus dislikes at the last reading that showed them."),
    _of("text", comment_revision.c.text, foreign=True),
    _of("html", comment_revision.c.html, foreign=True),
    _of("permalink", comment.c.permalink, foreign=True),
    _more("flags", raised, "Suspicions: spam, duplicate or campaign, comma separated."),
    _of("first_seen", comment.c.first_seen),
    _of("last_seen", comment.c.last_seen),
    _of("gone_after", comment.c.gone_after),
    _of("gone_before", comment.c.gone_before),
)
TAIL = (_verdict("claimed"), _verdict("collected"), _verdict("completeness"), _verdict("reason"))

FIELDS = (*HEAD, *BODY, *TAIL)
"""All columns in order: what the thread and its article say stands at both ends, the comment between."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Some comments of one thread, and the cells that they have in common."""

    head: tuple[Any, ...]
    rows: Sequence[tuple[Any, ...]]
    tail: tuple[Any, ...]


def flat(conn: Connection, url: str | None) -> Iterator[Part]:
    """All comments, or those of one article, in reading order; every cell as it is printed."""
    threads, comments = Stream(conn, _threads()), Stream(conn, _comments())
    for first, last in ranges(conn, url):
        for batch in threads.batches(first, last):
            for own, *cells in batch:
                head, tail = tuple(cells[: len(HEAD)]), tuple(cells[len(HEAD) :])
                yield from (Part(head=head, rows=rows, tail=tail) for rows in comments.batches(own, own))


def _threads() -> Select[Any]:
    present = (article_revision.c.article_id == article.c.id) & article_revision.c.is_current
    return (
        select(thread.c.id, *_printed(HEAD), *_printed(TAIL))
        .join_from(article, thread)
        .outerjoin(article_revision, present)
        .outerjoin(reading, reading.c.id == last_reading())
        .where(article.c.id.between(FIRST, LAST))
        .order_by(article.c.id, thread.c.id)
    )


def _comments() -> Select[Any]:
    worded = (comment_revision.c.comment_id == comment.c.id) & comment_revision.c.is_current
    return (
        select(*_printed(BODY))
        .join_from(comment, comment_revision, worded)
        .outerjoin(author, author.c.id == comment.c.author_id)
        .outerjoin(link, _ANSWERS)
        .outerjoin(aimed, aimed.c.id == link.c.target_comment_id)
        .where(comment.c.thread_id.between(FIRST, LAST))
        .order_by(comment.c.thread_id, *in_reading_order())
    )


def _printed(fields: Sequence[Field]) -> list[Any]:
    return [as_text(field.source).label(field.name) for field in fields]


def in_reading_order() -> tuple[Any, ...]:
    """Comments that have no place yet come last."""
    return comment.c.position.is_(None), comment.c.position, comment.c.id
