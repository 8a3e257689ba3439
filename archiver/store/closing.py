"""The end of a visit: each thread is judged, its comments settled, and what the command prints is gathered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, func, select, update

from archiver.items import Extraction
from archiver.store import again, derived, outbox, revisits, settle
from archiver.store.database import Database
from archiver.store.outbox import Wanted
from archiver.store.revisits import Paces
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
from archiver.threads.revisits import DEFAULT_MANNERS, Manners

Outcome = Literal["stored", "refused", "missing", "failed", "not_article", "listed"]
"""`listed`: a feed, a sitemap or a section page, read for the articles that it leads to; or what a site tells."""

_READINGS = (
    select(reading, *(thread.c[name] for name in ("platform", "native_id", "state", "confidence")))
    .join_from(reading, thread)
    .where(reading.c.visit_id == bindparam("visit"))
    .order_by(reading.c.id)
)
_FORGET_SIGHTINGS = delete(sighting).where(sighting.c.reading_id == bindparam("reading"))
_END = (
    update(visit)
    .where(visit.c.id == bindparam("visit"))
    .values(ended=bindparam("now"), outcome=bindparam("how"), reason=bindparam("why"))
)
_GIVE_UP = (
    update(request)
    .where(request.c.visit_id == bindparam("visit"), request.c.state.in_(("pending", "leased")))
    .values(
        state="failed",
        leased_until=None,
        # What went wrong before says more than that time ran out.
        error=func.coalesce(request.c.error, bindparam("why", type_=request.c.error.type)),
    )
)
_OWN_REQUEST = (
    select(request.c.state, request.c.error, request.c.purpose)
    .where(request.c.visit_id == bindparam("visit"), request.c.platform.is_(None))
    .order_by(request.c.id)
)
_STORED = select(visit.c.article_id, visit.c.reason).where(visit.c.id == bindparam("visit"))
_QUOTES = select(func.count(quote.c.id)).where(quote.c.article_revision_id == article_revision.c.id).scalar_subquery()
_VISIT = (
    select(visit, article.c.url.label("article_url"), article_revision.c.title, _QUOTES.label("quotes"))
    .outerjoin_from(visit, article, article.c.id == visit.c.article_id)
    .outerjoin(article_revision, (article_revision.c.article_id == article.c.id) & article_revision.c.is_current)
    .where(visit.c.id == bindparam("visit"))
)
_CHANGES = (
    select(comment_revision.c.change, func.count())
    .join_from(comment_revision, comment)
    .where(comment_revision.c.visit_id == bindparam("visit"), comment.c.thread_id == bindparam("thread"))
    .group_by(comment_revision.c.change)
)
_EARLIER = comment_state.alias("earlier")
_STATE_BEFORE = (
    select(_EARLIER.c.state)
    .where(_EARLIER.c.comment_id == comment_state.c.comment_id, _EARLIER.c.id < comment_state.c.id)
    .order_by(_EARLIER.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_WENT = comment_state.c.gone_after.is_not(None) & (func.coalesce(_STATE_BEFORE, "visible") == "visible")
_GONE_AND_BACK = select(
    func.count().filter(comment_state.c.state != "visible", _WENT),
    func.count().filter(comment_state.c.state == "visible"),
).where(comment_state.c.reading_id == bindparam("reading"))


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
    confidence: float = 1.0
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
    database: Database,
    visit_id: int,
    *,
    now: datetime,
    outcome: Outcome | None = None,
    reason: str | None = None,
    manners: Manners = DEFAULT_MANNERS,
    paces: Paces = MappingProxyType({}),
    wanted: Wanted | None = None,
) -> ClosedVisit:
    """Judges what a visit read, ends it, and puts down when its article is looked at again, and who is to be told of
    what it changed. Requests that are still open are given up, with `reason`.

    Without `outcome` it follows from the request for the article's own page. A second call is harmless, and gives
    the same again.
    """
    with database.write() as conn:
        ended = conn.execute(select(visit.c.ended).where(visit.c.id == visit_id).with_for_update()).scalar_one()
        if ended is None:
            judge_visit(conn, visit_id, now=now, outcome=outcome, reason=reason)
            seal(conn, visit, visit_id)
            revisits.plan(conn, visit_id, now=now, manners=manners, paces=paces)
            outbox.queue(conn, visit_id, wanted, now=now)
        return _report(conn, visit_id)


def close_finished(database: Database, *, now: datetime, wanted: Wanted | None = None) -> int:
    """Ends the visits that have nothing left to ask for and were not ended, for a process was killed just then: how
    many they were."""
    open_ones = request.c.state.in_(("pending", "leased"))
    waits = select(request.c.id).where(request.c.visit_id == visit.c.id, open_ones).exists()
    with database.read() as conn:
        left = conn.scalars(select(visit.c.id).where(visit.c.ended.is_(None), ~waits).order_by(visit.c.id)).all()
    for visit_id in left:
        close_visit(database, visit_id, now=now, wanted=wanted)
    return len(left)


def close_overdue(
    database: Database, *, now: datetime, manners: Manners = DEFAULT_MANNERS, wanted: Wanted | None = None
) -> int:
    """Ends the visits whose deadline has passed, with what they have read: how many they were."""
    overdue = select(visit.c.id).where(visit.c.ended.is_(None), visit.c.deadline <= now).order_by(visit.c.id)
    with database.read() as conn:
        left = conn.scalars(overdue).all()
    for visit_id in left:
        close_visit(database, visit_id, now=now, manners=manners, wanted=wanted)
    return len(left)


def why_nothing(found: Extraction) -> str:
    """Why a page is no article's: what kept it from being read, else what it lacks."""
    return " ".join(found.problems).rstrip(".") or "neither an article nor a thread in it"


def judge_visit(conn: Connection, visit_id: int, *, now: datetime, outcome: Outcome | None, reason: str | None) -> None:
    """The same within a transaction of the caller's, once: a second call judges readings by what no longer is there."""
    _give_up_open(conn, visit_id, reason or "not asked before the visit was closed")
    again.tie(conn, visit_id)
    if outcome is None:
        outcome, reason = _outcome(conn, visit_id)
    for row in conn.execute(_READINGS, {"visit": visit_id}).all():
        settle.settle(conn, row.id, now=now)
        conn.execute(_FORGET_SIGHTINGS, {"reading": row.id})
    derived.derive(conn, visit_id)
    conn.execute(_END, {"visit": visit_id, "now": now, "how": outcome, "why": reason})


def _give_up_open(conn: Connection, visit_id: int, reason: str) -> None:
    conn.execute(_GIVE_UP, {"visit": visit_id, "why": reason})


def _outcome(conn: Connection, visit_id: int) -> tuple[Outcome, str | None]:
    """From the request for the article's own page: it failed, held nothing, or was stored."""
    row = conn.execute(_OWN_REQUEST, {"visit": visit_id}).first()
    if row is None or row.state != "done":
        return "failed", row.error if row else None
    if row.purpose in ("listing", "probe"):
        return "listed", None
    stored = conn.execute(_STORED, {"visit": visit_id}).one()
    if stored.article_id is None:
        return "not_article", "neither an article nor a thread in it"
    return "stored", stored.reason


def _report(conn: Connection, visit_id: int) -> ClosedVisit:
    row = conn.execute(_VISIT, {"visit": visit_id}).one()
    return ClosedVisit(
        visit_id=visit_id,
        url=row.article_url or row.url,
        outcome=row.outcome,
        reason=row.reason,
        article_id=row.article_id,
        title=row.title,
        quotes=row.quotes,
        threads=tuple(_report_thread(conn, each) for each in conn.execute(_READINGS, {"visit": visit_id}).all()),
    )


def _report_thread(conn: Connection, row: Any) -> ClosedThread:
    changes = conn.execute(_CHANGES, {"visit": row.visit_id, "thread": row.thread_id})
    words: Counter[str] = Counter({each[0]: each[1] for each in changes})
    gone, back = _gone_and_back(conn, row.id)
    return ClosedThread(
        platform=row.platform,
        id=row.native_id,
        state=row.state,
        confidence=row.confidence,
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
    gone, back = conn.execute(_GONE_AND_BACK, {"reading": reading_id}).one()
    return gone, back
