"""Reading the archive: iterators of values, in the order in which people read, whatever the size of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, Connection, Row, RowMapping, Select, func, select

from archiver.errors import NotArchived
from archiver.items import Capture, CommentState
from archiver.pages.urls import clean
from archiver.store.dialect import short
from archiver.store.frontier import follow_up_of
from archiver.store.rows import ArticleRow, CaptureRow, CommentRow, FlagRow, LinkRow, QuoteRow, ThreadRow
from archiver.store.schema import (
    article,
    article_revision,
    article_url,
    author,
    capture,
    comment,
    comment_revision,
    flag,
    link,
    quote,
    reading,
    request,
    thread,
    visit,
)

BATCH = 1000
"""Rows that are held at a time."""


COMMENTS = (
    comment.join(thread)
    .join(article)
    .join(comment_revision, (comment_revision.c.comment_id == comment.c.id) & comment_revision.c.is_current)
    .outerjoin(author)
)
COMMENT_COLUMNS = (
    article.c.url.label("article_url"),
    thread.c.platform,
    thread.c.native_id.label("thread"),
    comment.c.native_id.label("id"),
    comment.c.parent_native_id.label("parent_id"),
    author.c.native_id.label("author_id"),
    *(comment_revision.c[name] for name in ("author", "author_url", "text", "html", "links")),
    *(comment.c[name] for name in ("parent_rule", "depth", "position", "kind", "state", "published")),
    *(comment.c[name] for name in ("published_local", "published_raw", "published_precision", "published_rule")),
    *(comment.c[name] for name in ("title", "permalink", "score", "number", "first_seen", "last_seen")),
    *(comment.c[name] for name in ("gone_after", "gone_before", "sources")),
)
"""The fields of `CommentRow`."""


_THREAD_COLUMNS = (
    article.c.url.label("article_url"),
    thread.c.platform,
    thread.c.native_id.label("thread"),
    comment.c.native_id.label("comment_id"),
)


def find_article(conn: Connection, url: str) -> int:
    """The id of the article at an address. Raises `NotArchived`."""
    whole = [url] if "://" in url else [f"https://{url}", f"http://{url}"]
    for candidate in dict.fromkeys([*whole, *map(clean, whole)]):
        found = conn.scalar(select(article_url.c.article_id).where(article_url.c.url == short(candidate)))
        if found is not None:
            return int(found)
    raise NotArchived(url, "is not in this archive")


def articles(conn: Connection, *, url: str | None = None, at: datetime | None = None) -> Iterator[ArticleRow]:
    """All articles, as they came into the archive; or the one at `url`. With `at` as they stood at that time, or as
    they were first read where that was later."""
    names = (
        *("title", "deck", "authors", "dateline", "published", "published_local", "published_raw"),
        *("published_precision", "modified", "text", "html", "language", "section", "tags"),
        *("licence_url", "licence_text", "image_credit"),
    )
    state = (article_revision.c.article_id == article.c.id) & _is_current(at)
    wanted = select(article.c.url, article.c.first_seen, article.c.last_seen, *(article_revision.c[n] for n in names))
    wanted = wanted.outerjoin_from(article, article_revision, state).order_by(article.c.id)
    for row in _stream(conn, _of_article(conn, wanted, url)):
        values = row._asdict() | {name: tuple(getattr(row, name) or ()) for name in ("authors", "tags")}
        yield ArticleRow(**values | {name: getattr(row, name) or "" for name in ("text", "html")})


def _is_current(at: datetime | None) -> Any:
    if at is None:
        return article_revision.c.is_current
    own = article_revision.alias("own")
    then = func.coalesce(func.max(own.c.id).filter(own.c.seen <= at), func.min(own.c.id))
    return article_revision.c.id == select(then).where(own.c.article_id == article.c.id).scalar_subquery()


def threads(conn: Connection, *, url: str | None = None) -> Iterator[ThreadRow]:
    """All threads, article by article; or those of one article."""
    columns = (
        article.c.url.label("article_url"),
        thread.c.platform,
        thread.c.native_id.label("id"),
        thread.c.state,
        thread.c.confidence,
        *(reading.c[name] for name in ("claimed", "collected", "completeness", "reason")),
        reading.c.at.label("read_at"),
    )
    wanted = select(*columns).join_from(article, thread).outerjoin(reading, reading.c.id == last_reading())
    for row in _stream(conn, _of_article(conn, wanted.order_by(article.c.id, thread.c.id), url)):
        yield ThreadRow(**row._asdict())


def comments(
    conn: Connection, *, url: str | None = None, platform: str | None = None, state: CommentState | None = None
) -> Iterator[CommentRow]:
    """All comments in reading order, thread by thread. `state` picks those that are now `visible`, `deleted`, …"""
    wanted = select(*COMMENT_COLUMNS).select_from(COMMENTS)
    if platform is not None:
        wanted = wanted.where(thread.c.platform == platform)
    if state is not None:
        wanted = wanted.where(comment.c.state == state)
    order = (article.c.id, thread.c.id, comment.c.position.is_(None), comment.c.position, comment.c.id)
    for row in _stream(conn, _of_article(conn, wanted.order_by(*order), url)):
        yield comment_row(row._asdict())


def quotes(conn: Connection, *, url: str | None = None) -> Iterator[QuoteRow]:
    """The quotations of the articles' present states, in the order of the text."""
    columns = (
        article.c.url.label("article_url"),
        quote.c.span_start.label("start"),
        quote.c.span_end.label("end"),
        *(quote.c[name] for name in ("text", "kind", "speaker", "speaker_mention", "cue", "addressee")),
        *(quote.c[name] for name in ("repaired", "rule", "confidence", "repeats", "url")),
    )
    state = (article_revision.c.article_id == article.c.id) & article_revision.c.is_current
    wanted = select(*columns).join_from(article, article_revision, state).join(quote)
    for row in _stream(conn, _of_article(conn, wanted.order_by(article.c.id, quote.c.number), url)):
        yield QuoteRow(**row._asdict())


def links(conn: Connection, *, url: str | None = None) -> Iterator[LinkRow]:
    """What comments refer to, thread by thread, in the order in which the comments were written."""
    aimed = comment.alias("aimed")
    columns = (
        *_THREAD_COLUMNS,
        aimed.c.native_id.label("target_id"),
        *(link.c[name] for name in ("method", "target", "target_name", "rule", "target_start", "target_end")),
        link.c.span_start.label("start"),
        link.c.span_end.label("end"),
        *(link.c[name] for name in ("similarity", "confidence")),
    )
    wanted = select(*columns).select_from(
        article.join(thread).join(comment).join(link, link.c.comment_id == comment.c.id)
    )
    wanted = wanted.outerjoin(aimed, aimed.c.id == link.c.target_comment_id)
    for row in _stream(conn, _of_article(conn, wanted.order_by(article.c.id, thread.c.id, link.c.id), url)):
        yield LinkRow(**row._asdict())


def flags(conn: Connection, *, url: str | None = None) -> Iterator[FlagRow]:
    """Suspicions, thread by thread, in the order in which the comments were written."""
    columns = (*_THREAD_COLUMNS, flag.c.kind, flag.c.rule, flag.c.score)
    wanted = select(*columns).select_from(article.join(thread).join(comment).join(flag))
    for row in _stream(conn, _of_article(conn, wanted.order_by(article.c.id, thread.c.id, flag.c.id), url)):
        yield FlagRow(**row._asdict())


def captures(conn: Connection, *, url: str | None = None) -> Iterator[CaptureRow]:
    """All captures in the order in which they came; or those of one article."""
    wanted = (
        select(capture, article.c.url.label("article_url"), request)
        .join_from(capture, visit)
        .outerjoin(article, article.c.id == visit.c.article_id)
        .outerjoin(request, request.c.id == capture.c.request_id)
        .order_by(capture.c.id)
        .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)  # capture and request share names of columns
    )
    for row in _stream(conn, _of_article(conn, wanted, url)):
        yield _capture(row._mapping)


def comment_row(values: dict[str, Any]) -> CommentRow:
    """A row of `COMMENT_COLUMNS` as a value."""
    return CommentRow(**values | {"links": tuple(values["links"]), "sources": tuple(values["sources"])})


def last_reading() -> Any:
    """The last closed reading of the thread in the surrounding statement."""
    own = reading.alias("own")
    closed = (own.c.thread_id == thread.c.id) & own.c.closed.is_not(None)
    return select(func.max(own.c.id)).where(closed).correlate(thread).scalar_subquery()


def _of_article(conn: Connection, wanted: Select[Any], url: str | None) -> Select[Any]:
    return wanted if url is None else wanted.where(article.c.id == find_article(conn, url))


def _stream(conn: Connection, wanted: Select[Any]) -> Iterator[Row[Any]]:
    return iter(conn.execute(wanted, execution_options={"yield_per": BATCH}))


def capture_of(row: RowMapping, prefix: str = "") -> Capture:
    """The capture that the columns of a row tell of, where their names begin with `prefix`."""
    return Capture(
        url=row[f"{prefix}url"],
        method=row[f"{prefix}method"],
        status=row[f"{prefix}status"],
        at=row[f"{prefix}at"],
        content_type=row[f"{prefix}content_type"],
        file=row[f"{prefix}warc_file"],
        offset=row[f"{prefix}warc_offset"],
        length=row[f"{prefix}warc_length"],
        record_id=row[f"{prefix}record_id"],
        sha256=row[f"{prefix}sha256"],
        robots=row[f"{prefix}robots"],
        fidelity=row[f"{prefix}fidelity"],
    )


def _capture(row: RowMapping) -> CaptureRow:
    asked = {name.removeprefix("request_"): value for name, value in row.items() if name.startswith("request_")}
    return CaptureRow(
        id=row["capture_id"],
        visit_id=row["capture_visit_id"],
        article_url=row["article_url"],
        capture=capture_of(row, "capture_"),
        follow_up=follow_up_of(asked) if asked["id"] is not None else None,
        purpose=asked["purpose"],
    )
