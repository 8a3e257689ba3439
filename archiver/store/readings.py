"""A page of a thread as rows: the thread, this visit's reading of it, and what the page claims."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from archiver.items import ThreadPage
from archiver.store.dialect import Prepared, ignore, short
from archiver.store.schema import reading, reading_page, sighting, thread

_THREAD = (
    select(thread.c.id)
    .where(
        thread.c.article_id == bindparam("of_article"),
        thread.c.platform == bindparam("of_platform"),
        thread.c.native_id == bindparam("named"),
    )
    .with_for_update()
)
"""The lock lets two workers save pages of one thread only one after the other. SQLite has one writer anyway."""

_NEW_THREAD = Prepared(thread, ignore)
_CONFIDENCE = select(thread.c.confidence).where(thread.c.id == bindparam("row"))
_SURER = (
    update(thread)
    .where(thread.c.id == bindparam("row"), thread.c.confidence < bindparam("now"))
    .values(confidence=bindparam("now"))
)
_COLUMNS = (reading.c.id, reading.c.closed, reading.c.started, reading.c.at)
_READING = select(*_COLUMNS).where(
    reading.c.visit_id == bindparam("of_visit"), reading.c.thread_id == bindparam("of_thread")
)
_NEW_READING = insert(reading).returning(*_COLUMNS)
_LONGER = (
    update(reading).where(reading.c.id == bindparam("row")).values(started=bindparam("first"), at=bindparam("last"))
)
_FORGET = [
    delete(table).where(
        table.c.reading_id == bindparam("of_reading"),
        table.c.capture_id.is_not_distinct_from(bindparam("of_capture", type_=table.c.capture_id.type)),
    )
    for table in (reading_page, sighting)
]
_CLAIMS = insert(reading_page)
_CLAIMED = select(reading_page.c.id, reading_page.c.comments, reading_page.c.gap).where(
    reading_page.c.reading_id == bindparam("of_reading"), reading_page.c.capture_id == bindparam("of_capture")
)
_MORE = (
    update(reading_page)
    .where(reading_page.c.id == bindparam("row"))
    .values(comments=bindparam("shown"), gap=bindparam("why"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """Where a thread page belongs. `closed` is a reading that was judged already: a late page changes nothing in it."""

    thread_id: int
    reading_id: int
    closed: bool


def thread_row(
    conn: Connection, page: ThreadPage, *, article_id: int, addresses: Collection[str], article_url: str, at: datetime
) -> int:
    """The thread's row. A thread that is named by an address of its article stays one thread under all of them."""
    native_id = short(article_url if page.id in addresses else page.id)
    mine = {"of_article": article_id, "of_platform": page.platform, "named": native_id}
    found = conn.scalar(_THREAD, mine)
    if found is None:
        new = {"article_id": article_id, "platform": page.platform, "native_id": native_id, "state": page.state}
        new |= {"first_seen": at, "evidence": list(page.evidence), "confidence": page.confidence}
        conn.execute(_NEW_THREAD(conn), new)
        found = conn.execute(_THREAD, mine).scalar_one()
    return int(found)


def confidence_of(conn: Connection, thread_id: int) -> float:
    """How sure the surest reading of the thread was."""
    return float(conn.execute(_CONFIDENCE, {"row": thread_id}).scalar_one())


def raise_confidence(conn: Connection, thread_id: int, confidence: float) -> None:
    """The thread was read with this confidence; a lower one than before changes nothing."""
    conn.execute(_SURER, {"row": thread_id, "now": confidence})


def reading_row(conn: Connection, *, thread_id: int, visit_id: int, at: datetime, came: bool = True) -> Read:
    """The visit's reading of the thread, begun where this is its first page.

    It lasts from its first capture to its last: a page that did not come makes it no longer.
    """
    row = conn.execute(_READING, {"of_visit": visit_id, "of_thread": thread_id}).one_or_none()
    if row is None:
        new = {"visit_id": visit_id, "thread_id": thread_id, "started": at, "at": at, "collected": 0}
        row = conn.execute(_NEW_READING, new).one()
    elif came and row.closed is None and not row.started <= at <= row.at:
        conn.execute(_LONGER, {"row": row.id, "first": min(row.started, at), "last": max(row.at, at)})
    return Read(thread_id=thread_id, reading_id=row.id, closed=row.closed is not None)


def save_claims(conn: Connection, page: ThreadPage, *, reading_id: int, capture_id: int | None) -> None:
    """What the page claims, in place of what the same capture was read to claim before; its sightings are emptied.

    `capture_id` is None for what a platform says of a page that did not come.
    """
    for statement in _FORGET:
        conn.execute(statement, {"of_reading": reading_id, "of_capture": capture_id})
    claims = {
        "reading_id": reading_id,
        "capture_id": capture_id,
        "source": page.source,
        "extractor": page.extractor,
        "claimed": page.claimed,
        "claimed_kinds": page.claimed_kinds,
        "gap": page.gap,
        "state": page.state,
        "comments": len(page.comments),
    }
    conn.execute(_CLAIMS, claims)


def add_claims(conn: Connection, page: ThreadPage, *, reading_id: int, capture_id: int) -> int:
    """What a further piece of the same capture shows, added to what the capture claims: how many comments the pieces
    before it showed."""
    row = conn.execute(_CLAIMED, {"of_reading": reading_id, "of_capture": capture_id}).one_or_none()
    if row is None:
        save_claims(conn, page, reading_id=reading_id, capture_id=capture_id)
        return 0
    conn.execute(_MORE, {"row": row.id, "shown": row.comments + len(page.comments), "why": row.gap or page.gap})
    return int(row.comments)
