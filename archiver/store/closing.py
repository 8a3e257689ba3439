"""The end of a visit: each thread is judged, its comments settled, and what the command prints is gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, select, update

from archiver.items import Extraction
from archiver.store import settle
from archiver.store.database import Database
from archiver.store.schema import (
    article,
    article_revision,
    comment,
    comment_revision,
    comment_state,
    quote,
    reading,
    request,
    sighting,
    thread,
    visit,
)
from archiver.store.seals import seal

Outcome = Literal["stored", "refused", "missing", "failed", "not_article", "listed"]
"""`listed`: a feed, a sitemap or a section page, read for the articles that it leads to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedThread:
    """What a visit found of one thread. `gone` and `back` count the comments whose state changed in it."""

    platform: str
    id: str
    state: str
    claimed: int | None
    collected: int
    completeness: str
    reason: str | None
    new: int = 0
    edited: int = 0
    gone: int = 0
    back: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedVisit:
    """What a visit came to. `url` is the article's address, or the one asked for where there is no article."""

    visit_id: int
    url: str
    outcome: Outcome
    reason: str | None
    article_id: int | None = None
    title: str | None = None
    quotes: int = 0
    threads: tuple[ClosedThread, ...] = ()

    @property
    def completeness(self) -> str:
        """Of all threads together: one that is incomplete makes the whole so, then one of unknown completeness."""
        found = {each.completeness for each in self.threads}
        return next((word for word in ("incomplete", "unknown") if word in found), "complete")


def close_visit(
    database: Database, visit_id: int, *, now: datetime, outcome: Outcome | None = None, reason: str | None = None
) -> ClosedVisit:
    """Judges what a visit read, and ends it. Requests that are still open are given up, with `reason`.

    Without `outcome` it follows from the request for the article's own page. A second call is harmless, and gives
    the same again.
    """
    with database.write() as conn:
        ended = conn.execute(select(visit.c.ended).where(visit.c.id == visit_id).with_for_update()).scalar_one()
        if ended is None:
            judge_visit(conn, visit_id, now=now, outcome=outcome, reason=reason)
            seal(conn, visit, visit_id)
        return _report(conn, visit_id)


def close_finished(database: Database, *, now: datetime) -> int:
    """Ends the visits that have nothing left to ask for and were not ended, for a process was killed just then: how
    many they were."""
    open_ones = request.c.state.in_(("pending", "leased"))
    waits = select(request.c.id).where(request.c.visit_id == visit.c.id, open_ones).exists()
    with database.read() as conn:
        left = conn.scalars(select(visit.c.id).where(visit.c.ended.is_(None), ~waits).order_by(visit.c.id)).all()
    for visit_id in left:
        close_visit(database, visit_id, now=now)
    return len(left)


def why_nothing(found: Extraction) -> str:
    """Why a page is no article's: what kept it from being read, else what it lacks."""
    return " ".join(found.problems).rstrip(".") or "neither an article nor a thread in it"


def judge_visit(conn: Connection, visit_id: int, *, now: datetime, outcome: Outcome | None, reason: str | None) -> None:
    """The same within a transaction of the caller's, once: a second call judges readings by what no longer is there."""
    _give_up_open(conn, visit_id, reason or "not asked before the visit was closed")
    if outcome is None:
        outcome, reason = _outcome(conn, visit_id)
    for reading_id in conn.scalars(select(reading.c.id).where(reading.c.visit_id == visit_id)).all():
        settle.settle(conn, reading_id, now=now)
        conn.execute(delete(sighting).where(sighting.c.reading_id == reading_id))
    conn.execute(update(visit).where(visit.c.id == visit_id).values(ended=now, outcome=outcome, reason=reason))


def _give_up_open(conn: Connection, visit_id: int, reason: str) -> None:
    mine = (request.c.visit_id == visit_id) & request.c.state.in_(("pending", "leased"))
    error = func.coalesce(request.c.error, reason)  # what went wrong before says more than that time ran out
    conn.execute(update(request).where(mine).values(state="failed", leased_until=None, error=error))


def _outcome(conn: Connection, visit_id: int) -> tuple[Outcome, str | None]:
    """From the request for the article's own page: it failed, held nothing, or was stored."""
    own = (request.c.visit_id == visit_id) & request.c.platform.is_(None)
    row = conn.execute(
        select(request.c.state, request.c.error, request.c.purpose).where(own).order_by(request.c.id)
    ).first()
    if row is None or row.state != "done":
        return "failed", row.error if row else None
    if row.purpose == "listing":
        return "listed", None
    stored = conn.execute(select(visit.c.article_id, visit.c.reason).where(visit.c.id == visit_id)).one()
    if stored.article_id is None:
        return "not_article", "neither an article nor a thread in it"
    return "stored", stored.reason


def _report(conn: Connection, visit_id: int) -> ClosedVisit:
    row = conn.execute(
        select(
            visit, article.c.url.label("article_url"), article_revision.c.title, article_revision.c.id.label("state")
        )
        .outerjoin_from(visit, article, article.c.id == visit.c.article_id)
        .outerjoin(article_revision, (article_revision.c.article_id == article.c.id) & article_revision.c.is_current)
        .where(visit.c.id == visit_id)
    ).one()
    quotes = select(func.count()).select_from(quote).where(quote.c.article_revision_id == row.state)
    return ClosedVisit(
        visit_id=visit_id,
        url=row.article_url or row.url,
        outcome=row.outcome,
        reason=row.reason,
        article_id=row.article_id,
        title=row.title,
        quotes=conn.execute(quotes).scalar_one(),
        threads=tuple(_report_thread(conn, each) for each in _readings(conn, visit_id)),
    )


def _readings(conn: Connection, visit_id: int) -> list[Any]:
    columns = select(reading, thread.c.platform, thread.c.native_id, thread.c.state).join_from(reading, thread)
    return list(conn.execute(columns.where(reading.c.visit_id == visit_id).order_by(reading.c.id)))


def _report_thread(conn: Connection, row: Any) -> ClosedThread:
    of_thread = select(comment.c.id).where(comment.c.thread_id == row.thread_id)
    changes = (
        select(comment_revision.c.change, func.count())
        .where(comment_revision.c.visit_id == row.visit_id, comment_revision.c.comment_id.in_(of_thread))
        .group_by(comment_revision.c.change)
    )
    words: Counter[str] = Counter({row[0]: row[1] for row in conn.execute(changes)})
    gone, back = _gone_and_back(conn, row.id)
    return ClosedThread(
        platform=row.platform,
        id=row.native_id,
        state=row.state,
        claimed=row.claimed,
        collected=row.collected,
        completeness=row.completeness,
        reason=row.reason,
        new=words["first"],
        edited=words["edited"],
        gone=gone,
        back=back,
    )


def _gone_and_back(conn: Connection, reading_id: int) -> tuple[int, int]:
    """How many comments went in a reading, and how many came back. One that was never seen otherwise did not go, nor
    did one of which the site now says why it went."""
    earlier = comment_state.alias("earlier")
    before = (
        select(earlier.c.state)
        .where(earlier.c.comment_id == comment_state.c.comment_id, earlier.c.id < comment_state.c.id)
        .order_by(earlier.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    went = comment_state.c.gone_after.is_not(None) & (func.coalesce(before, "visible") == "visible")
    changed = select(
        func.count().filter(comment_state.c.state != "visible", went),
        func.count().filter(comment_state.c.state == "visible"),
    ).where(comment_state.c.reading_id == reading_id)
    gone, back = conn.execute(changed).one()
    return gone, back
