"""The pages of a reading in the order in which they were read, and the request for one of them once more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from archiver.items import Source
from archiver.store import frontier
from archiver.store.schema import capture, comment, reading, reading_page, request, sighting
from archiver.threads import drift
from archiver.threads.drift import ReadPage

AGAIN = " again"
"""Ends the key of a request for a page that the visit has read already."""

_PAGING = ("article", "next page", "api")
"""What such pages are asked for; answers to one comment are no pages of the thread."""

_MANY = (
    select(reading.c.id, reading.c.thread_id, reading_page.c.source)
    .join_from(reading, reading_page)
    .where(
        reading.c.visit_id == bindparam("visit"),
        reading.c.closed.is_(None),
        reading_page.c.source.in_(("markup", "api")),
    )
    .group_by(reading.c.id, reading.c.thread_id, reading_page.c.source)
    .having(func.count() > 1)
)
_OTHERS = request.alias("others")
_THREAD = (
    select(func.max(_OTHERS.c.thread_id))
    .where(
        _OTHERS.c.visit_id == bindparam("visit"),
        _OTHERS.c.platform == request.c.platform,
        _OTHERS.c.thread_native_id == request.c.thread_native_id,
    )
    .scalar_subquery()
)
_TIE = (
    update(request)
    .where(
        request.c.visit_id == bindparam("visit"),
        request.c.thread_id.is_(None),
        request.c.key.like(f"%{AGAIN}"),
        request.c.platform.is_not(None),
    )
    .values(thread_id=_THREAD)
)
_PAGES = (
    select(reading_page.c.capture_id, reading_page.c.claimed, capture.c.url.label("page_url"), *request.c)
    .join_from(reading_page, capture)
    .join(request, request.c.id == capture.c.request_id)
    .where(
        reading_page.c.reading_id == bindparam("reading"),
        reading_page.c.source == bindparam("of_source"),
        request.c.purpose.in_(_PAGING),
    )
    .order_by(reading_page.c.id)
)
_SHOWN = (
    select(sighting.c.capture_id, comment.c.native_id, comment.c.published, comment.c.published_local)
    .join_from(sighting, comment)
    .where(sighting.c.reading_id == bindparam("reading"))
    .order_by(sighting.c.capture_id, sighting.c.place)
)
_COUNTED = select(func.count(), func.count().filter(comment.c.kind.in_(("pingback", "trackback")))).where(
    comment.c.id.in_(select(sighting.c.comment_id).where(sighting.c.reading_id == bindparam("reading")))
)
_CLAIMS = select(reading_page.c.claimed, reading_page.c.claimed_kinds).where(
    reading_page.c.reading_id == bindparam("reading"), reading_page.c.claimed.is_not(None)
)
_NEVER_SHOWN = (
    select(reading.c.claimed - reading.c.collected)
    .where(reading.c.thread_id == bindparam("thread"), reading.c.read_to_end, reading.c.claimed.is_not(None))
    .order_by(reading.c.at.desc(), reading.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    page: ReadPage
    request: Any


def pages(conn: Connection, reading_id: int, source: Source) -> Sequence[ReadPage]:
    """The pages of one source, in the order in which they were read."""
    return [each.page for each in _asked(conn, reading_id, source)]


def ask(conn: Connection, visit_id: int, *, now: datetime) -> None:
    """Asks once more for a page of each thread in which comments may have moved while its pages were read."""
    for row in conn.execute(_MANY, {"visit": visit_id}).all():
        _ask(conn, visit_id, row.id, row.thread_id, row.source, now)


def tie(conn: Connection, visit_id: int) -> None:
    """Ties such requests to their thread, from which a rebuild has cut them: no page asks for them."""
    conn.execute(_TIE, {"visit": visit_id})


def _ask(conn: Connection, visit_id: int, reading_id: int, thread_id: int, source: Source, now: datetime) -> None:
    claimed, collected = _counts(conn, reading_id)
    never_shown = _never_shown(conn, thread_id)
    if claimed is not None and claimed - collected <= never_shown:
        return  # as `drift` says, too; but then all pages would have to be loaded first
    asked = _asked(conn, reading_id, source)
    pages = [each.page for each in asked]
    wanted = drift.ask_again(pages, claimed=claimed, collected=collected, never_shown=never_shown)
    if wanted is None:
        return
    own = next(each for each in asked if each.page is wanted)
    # The article's own page is asked for as another page of the thread: its thread alone is read then.
    like = own if own.request["platform"] else next((each for each in asked if each.request["platform"]), None)
    follow_up = frontier.follow_up_of(like.request) if like else None
    if follow_up is not None:
        again = replace(follow_up, url=wanted.url)
        frontier.add_follow_ups(
            conn, visit_id=visit_id, follow_ups={f"{again.key}{AGAIN}": (again, thread_id)}, now=now
        )


def _asked(conn: Connection, reading_id: int, source: Source) -> Sequence[_Asked]:
    rows = conn.execute(_PAGES, {"reading": reading_id, "of_source": source}).mappings().all()
    shown = _shown(conn, reading_id) if len(rows) > 1 else {}
    return [_Asked(page=_page(row, shown.get(row["capture_id"], ())), request=row) for row in rows]


def _page(row: Any, shown: Sequence[Any]) -> ReadPage:
    times = [each.published or each.published_local for each in shown]
    newest = max((time.replace(tzinfo=None) for time in times if time is not None), default=None)
    ids = tuple(each.native_id for each in shown)
    return ReadPage(url=row["page_url"], ids=ids, newest=newest, claimed=row["claimed"])


def _shown(conn: Connection, reading_id: int) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in conn.execute(_SHOWN, {"reading": reading_id}):
        found[row.capture_id].append(row)
    return found


def _counts(conn: Connection, reading_id: int) -> tuple[int | None, int]:
    """The highest count that a page claims, pingbacks among it, and how many comments were seen."""
    collected, pings = conn.execute(_COUNTED, {"reading": reading_id}).one()
    claims = conn.execute(_CLAIMS, {"reading": reading_id})
    told = [row.claimed + (0 if row.claimed_kinds == "all" else pings) for row in claims]
    return max(told, default=None), collected


def _never_shown(conn: Connection, thread_id: int) -> int:
    """How many comments the site counted and did not show, at the last reading that was read to its end."""
    return conn.scalar(_NEVER_SHOWN, {"thread": thread_id}) or 0
