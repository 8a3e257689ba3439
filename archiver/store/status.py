"""What is here, what is missing of it, and what is still to be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, case, func, select, text

from archiver.items import CERTAIN
from archiver.store import outbox, schema
from archiver.store.looks import upcoming
from archiver.store.read import last_reading
from archiver.store.rows import FailedVisit, Incomplete, Looks, OpenVisit, Status
from archiver.store.schema import (
    article,
    article_revision,
    capture,
    comment,
    quote,
    reading,
    request,
    revisit,
    thread,
    visit,
)
from archiver.store.tables.comments import GONE
from archiver.store.tables.observed import INCOMPLETE, NOT_STORED, PAST

MOST_LOOKS = 100
"""How many of the next looks are named."""


def status(conn: Connection, *, now: datetime) -> Status:
    """The numbers and lists that `archiver status` prints."""
    past = select(article_revision.c.id).where(text(PAST))
    return Status(
        articles=_count(conn, article),
        threads=_count(conn, thread),
        comments=_count(conn, comment),
        gone=_count(conn, comment, text(GONE)),
        quotes=_count(conn, quote) - _count(conn, quote, quote.c.article_revision_id.in_(past)),
        captures=_count(conn, capture),
        incomplete=_incomplete(conn),
        failed=_failed(conn),
        open=open_visits(conn),
        looks=_looks(conn, now),
        messages=outbox.outgoing(conn),
    )


def _looks(conn: Connection, now: datetime) -> Looks:
    planned = _count(conn, revisit, revisit.c.due_at.is_not(None))
    due = _count(conn, revisit, revisit.c.due_at <= now)
    return Looks(
        due=due,
        later=planned - due,
        let_go=_count(conn, revisit) - planned,
        next=upcoming(conn, limit=MOST_LOOKS),
    )


def _count(conn: Connection, table: FromClause, *conditions: Any) -> int:
    return conn.execute(select(func.count()).select_from(table).where(*conditions)).scalar_one()


def _incomplete(conn: Connection) -> tuple[Incomplete, ...]:
    """Two statements, for only the first finds its rows by an index."""
    wanted = (
        select(
            article.c.url.label("article_url"),
            thread.c.platform,
            reading.c.claimed,
            reading.c.collected,
            reading.c.reason,
            thread.c.confidence,
        )
        .join_from(reading, thread)
        .join(article)
        .where(reading.c.id == last_reading())
        .order_by(article.c.id, thread.c.id)
    )
    unsure = (thread.c.confidence < CERTAIN) & (reading.c.completeness != "incomplete")
    rows = [*conn.execute(wanted.where(text(INCOMPLETE))), *conn.execute(wanted.where(unsure))]
    return tuple(Incomplete(**row._mapping) for row in rows)


def _failed(conn: Connection) -> tuple[FailedVisit, ...]:
    """Of each address only the last visit counts: what was stored since is no failure."""
    later = visit.alias("later")
    after = (later.c.key == visit.c.key) & (later.c.id > visit.c.id) & later.c.ended.is_not(None)
    wanted = select(visit.c.url, visit.c.outcome, visit.c.reason, visit.c.ended).where(
        text(NOT_STORED), ~select(later.c.id).where(after).exists()
    )
    return tuple(FailedVisit(**row._mapping) for row in conn.execute(wanted.order_by(visit.c.id)))


def open_visits(conn: Connection, *, run_id: int | None = None) -> tuple[OpenVisit, ...]:
    """Visits with requests still to be made; those of one run, where given."""
    host = schema.host
    free_at = case((host.c.not_before > request.c.due_at, host.c.not_before), else_=request.c.due_at)
    wanted = (
        select(
            visit.c.url,
            visit.c.article_id.is_not(None).label("stored"),
            func.count().label("waiting"),
            func.min(free_at).label("due"),
            func.max(request.c.error).label("error"),
        )
        .join_from(visit, request)
        .outerjoin(host, host.c.host == request.c.host)
        .where(visit.c.ended.is_(None), request.c.state.in_(("pending", "leased")))
        .group_by(visit.c.id, visit.c.url, visit.c.article_id)
        .order_by(visit.c.id)
    )
    rows = conn.execute(wanted if run_id is None else wanted.where(visit.c.run_id == run_id))
    return tuple(OpenVisit(**row._mapping) for row in rows)
