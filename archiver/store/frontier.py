"""The frontier: every request that is to be made, kept in the archive, so that a crash forgets nothing.

A request is pending, then leased by whoever makes it, then done or failed. A lease that ran out is pending again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, and_, bindparam, case, func, insert, or_, select, update

from archiver.items import FollowUp, request_key
from archiver.pages.urls import clean
from archiver.store import schema
from archiver.store.dialect import Prepared, chunks, ignore, short
from archiver.store.hosts import host_of
from archiver.store.schema import request, visit

Purpose = Literal["article", "listing", "probe", "next page", "api", "replies", "feed"]
"""What a request is for. A `listing` is a feed, a sitemap or a section page that leads to articles; a `probe` asks a
site for the newest comments on all its pages."""

_UNFINISHED = select(visit.c.id).where(visit.c.key == bindparam("asked"), visit.c.ended.is_(None)).order_by(visit.c.id)
_GO_ON = (
    update(visit).where(visit.c.id == bindparam("row")).values(run_id=bindparam("of_run"), deadline=bindparam("until"))
)
_OF_ADDRESS = (
    select(schema.article_url.c.article_id).where(schema.article_url.c.url == bindparam("asked")).scalar_subquery()
)
_VISIT = insert(visit).values(article_id=_OF_ADDRESS).returning(visit.c.id)
_REQUEST = insert(request)
_LISTINGS = Prepared(request, ignore)
_FOLLOW_UPS = Prepared(
    request,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["visit_id", "key"],
        set_={name: insert.excluded[name] for name in ("thread_id", "thread_native_id", "needed", "context")},
        where=request.c.thread_id.is_(None) & request.c.platform.is_not(None),
    ),
)
_END = (
    update(request)
    .where(request.c.id == bindparam("row"))
    .values(state=bindparam("how"), error=bindparam("why"), leased_until=None)
)
_PENDING = (
    select(func.count())
    .select_from(request)
    .where(request.c.visit_id == bindparam("visit"), request.c.state.in_(("pending", "leased")))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Leased:
    """A request that is ours to make until the lease runs out."""

    request_id: int
    visit_id: int
    url: str
    begun_at: str = ""
    """The address that the visit was begun with; empty: this one."""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    follow_up: FollowUp | None = None
    """None for the article's own page."""
    purpose: Purpose = "article"
    steps: int | None = None
    """Of a listing: how many steps away further listings may be; None: as its site's rules say."""
    attempts: int = 1
    """How often it was taken up, this time included."""

    @property
    def is_own_page(self) -> bool:
        """Whether the visit is about this page: the article's own, or the listing that it began with."""
        return self.follow_up is None and self.steps is None


def add_visit(
    conn: Connection,
    *,
    url: str,
    run_id: int | None,
    now: datetime,
    deadline: datetime | None = None,
    purpose: Literal["article", "listing", "probe"] = "article",
) -> int:
    """The id of a visit with its first request. An unfinished visit of the same address is gone on with instead."""
    key = short(url)
    found: int | None = conn.scalar(_UNFINISHED, {"asked": key})
    if found is not None:
        conn.execute(_GO_ON, {"row": found, "of_run": run_id, "until": deadline})
        return found
    values = {"run_id": run_id, "url": url, "key": key, "started": now, "deadline": deadline}
    visit_id = int(conn.execute(_VISIT, values | {"asked": key}).scalar_one())
    conn.execute(_REQUEST, [_row(visit_id, now, url) | {"purpose": purpose}])
    return visit_id


def take_up(conn: Connection, *, host: str | None = None, run_id: int) -> None:
    """Makes the unfinished visits to a host's articles (None: to all) this run's own. Listings stay with the rules they
    began by."""
    left = request.c.state.in_(("pending", "leased")) & (request.c.purpose != "listing")
    asked = select(request.c.visit_id).where(left, *(() if host is None else (request.c.host == host,)))
    conn.execute(update(visit).where(visit.c.ended.is_(None), visit.c.id.in_(asked)).values(run_id=run_id))


def add_listings(conn: Connection, *, visit_id: int, listings: Iterable[tuple[str, int]], now: datetime) -> None:
    """Further listings that a listing leads to, such as the parts of a sitemap index, each with the steps left."""
    rows = [_row(visit_id, now, url) | {"purpose": "listing", "context": {"steps": steps}} for url, steps in listings]
    if rows:
        conn.execute(_LISTINGS(conn), rows)


def new_addresses(conn: Connection, urls: Sequence[str]) -> list[str]:
    """Those that belong to no article, that no visit is under way to, and that no visit found to hold no article."""
    names = {url: {short(url), short(clean(url))} for url in urls}
    settled = visit.c.ended.is_(None) | visit.c.outcome.in_(("not_article", "missing"))
    known: set[str] = set()
    for some in chunks(sorted(set().union(*names.values()))):
        known |= set(conn.scalars(select(schema.article_url.c.url).where(schema.article_url.c.url.in_(some))))
        known |= set(conn.scalars(select(visit.c.key).where(visit.c.key.in_(some), settled)))
    return [url for url, both in names.items() if not both & known]


def add_follow_ups(
    conn: Connection, *, visit_id: int, follow_ups: Mapping[str, tuple[FollowUp, int]], now: datetime
) -> None:
    """Puts follow-ups, by key, each with the thread's row, into the frontier. One that is known stays as it is.

    Only one that a rebuild has cut from its thread is tied to it again, as it is asked for today.
    """
    rows = [
        _row(visit_id, now, follow_up.url)
        | {
            "key": short(key),
            "method": follow_up.method,
            "headers": [list(pair) for pair in follow_up.headers],
            "body": follow_up.body,
            "needed": follow_up.needed,
            "thread_id": thread_id,
            "platform": follow_up.platform,
            "thread_native_id": follow_up.thread_id,
            "purpose": follow_up.purpose,
            "context": dict(follow_up.context),
        }
        for key, (follow_up, thread_id) in follow_ups.items()
    ]
    if rows:
        conn.execute(_FOLLOW_UPS(conn), rows)


def lease(
    conn: Connection,
    *,
    now: datetime,
    for_seconds: float,
    limit: int,
    run_id: int | None = None,
    visits: Collection[int] | None = None,
    not_at: Collection[str] = (),
) -> list[Leased]:
    """Up to `limit` requests that are due, oldest visit first; of one run or of some visits, where given; none of the
    hosts `not_at`.

    Two who lease at the same time never get the same request. A host that asked us to wait is left alone.
    """
    due = or_(
        and_(request.c.state == "pending", request.c.due_at <= now),
        and_(request.c.state == "leased", request.c.leased_until <= now),
    )
    waiting = select(schema.host.c.host).where(schema.host.c.not_before > now)
    wanted = select(request.c.id).join(visit).where(due, visit.c.ended.is_(None), request.c.host.not_in(waiting))
    if run_id is not None:
        wanted = wanted.where(visit.c.run_id == run_id)
    if visits is not None:
        wanted = wanted.where(request.c.visit_id.in_(visits))
    if not_at:
        wanted = wanted.where(request.c.host.not_in(not_at))
    wanted = wanted.order_by(request.c.visit_id, request.c.id).limit(limit)
    taken = (
        update(request)
        .where(request.c.id.in_(wanted.with_for_update(skip_locked=True, of=request)))
        .values(state="leased", leased_until=now + timedelta(seconds=for_seconds), attempts=request.c.attempts + 1)
        .returning(request)
    )
    rows = [row._mapping for row in conn.execute(taken)]
    begun = select(visit.c.id, visit.c.url).where(visit.c.id.in_({row["visit_id"] for row in rows}))
    addresses = {row.id: row.url for row in conn.execute(begun)} if rows else {}
    return sorted((_leased(row, addresses[row["visit_id"]]) for row in rows), key=lambda each: each.request_id)


def done(conn: Connection, request_id: int) -> None:
    """The answer is stored. A second call is harmless."""
    conn.execute(_END, {"row": request_id, "how": "done", "why": None})


def postpone(conn: Connection, request_id: int, *, until: datetime, error: str) -> None:
    """Pending again, and not due before `until`."""
    later = {"state": "pending", "leased_until": None, "due_at": until, "error": error}
    conn.execute(update(request).where(request.c.id == request_id).values(later))


def give_up(conn: Connection, request_id: int, *, error: str) -> None:
    """The answer will not come in this visit; what that means for the thread is said when the visit is closed."""
    conn.execute(_END, {"row": request_id, "how": "failed", "why": error})


def release_expired(conn: Connection, *, now: datetime) -> int:
    """Frees the requests whose lease ran out; how many they were. `lease` does without."""
    return _release(conn, request.c.leased_until <= now)


def release_leases(conn: Connection) -> int:
    """Frees every lease: for the only writer of an archive, who knows that nobody else is at work."""
    return _release(conn)


def pending(conn: Connection, visit_id: int) -> int:
    """How many requests of a visit are neither done nor failed."""
    return int(conn.execute(_PENDING, {"visit": visit_id}).scalar_one())


def next_due(conn: Connection, *, run_id: int) -> datetime | None:
    """When the next pending request of a run may be sent; None where there is none."""
    free_at = case((schema.host.c.not_before > request.c.due_at, schema.host.c.not_before), else_=request.c.due_at)
    waiting = (
        select(func.min(free_at)).join_from(request, visit).outerjoin(schema.host, schema.host.c.host == request.c.host)
    )
    open_ones = waiting.where(request.c.state == "pending", visit.c.ended.is_(None), visit.c.run_id == run_id)
    found: datetime | None = conn.scalar(open_ones)
    return found


def _row(visit_id: int, now: datetime, url: str) -> dict[str, Any]:
    """A request for a page by its address."""
    return {
        "visit_id": visit_id,
        "key": short(request_key("GET", url)),
        "state": "pending",
        "due_at": now,
        "attempts": 0,
        "host": host_of(url),
        "url": url,
        "method": "GET",
        "headers": [],
        "body": b"",
        "needed": True,
        "thread_id": None,
        "platform": None,
        "thread_native_id": None,
        "purpose": "article",
        "context": {},
    }


def _leased(row: RowMapping, begun_at: str) -> Leased:
    headers = tuple((name, value) for name, value in row["headers"])
    return Leased(
        request_id=row["id"],
        visit_id=row["visit_id"],
        url=row["url"],
        begun_at=begun_at,
        method=row["method"],
        headers=headers,
        body=row["body"],
        follow_up=follow_up_of(row),
        purpose=row["purpose"],
        steps=row["context"].get("steps") if row["purpose"] == "listing" else None,
        attempts=row["attempts"],
    )


def follow_up_of(row: RowMapping | dict[str, Any]) -> FollowUp | None:
    """The follow-up that a row of `request` holds; None for the article's own page."""
    if row["platform"] is None:
        return None
    return FollowUp(
        url=row["url"],
        platform=row["platform"],
        thread_id=row["thread_native_id"],
        purpose=row["purpose"],
        method=row["method"],
        headers=tuple((name, value) for name, value in row["headers"]),
        body=row["body"],
        context=row["context"],
        needed=row["needed"],
    )


def _release(conn: Connection, *conditions: Any) -> int:
    leased = update(request).where(request.c.state == "leased", *conditions)
    return conn.execute(leased.values(state="pending", leased_until=None)).rowcount
