"""One reading judged: its rows as values for `archiver.threads.close`, and the answer written back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from sys import intern
from typing import Any, cast

from sqlalchemy import Connection, Row, RowMapping, Select

from archiver.items import CommentState, Source, ThreadState
from archiver.store import again, judging
from archiver.store.dialect import chunks
from archiver.threads import drift, zones
from archiver.threads.close import close
from archiver.threads.values import Before, Claim, Closed, Member, Place, Reading, Settled

_SOURCES: tuple[Source, ...] = ("api", "markup", "feed")
"""Who knows best comes first."""

SOME = 1000
"""Rows that are read, and written, at a time: a thread may have a hundred thousand comments."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """Where a reading saw a comment, and what the platform said of it there."""

    places: tuple[Place, ...] = ()
    state: CommentState | None = None


_NOWHERE = _Seen()


def settle(conn: Connection, reading_id: int, *, now: datetime) -> Closed:
    """Judges a reading and settles every comment of its thread."""
    row = conn.execute(judging.READING, {"reading": reading_id}).mappings().one()
    pages = conn.execute(judging.PAGES, {"reading": reading_id}).mappings().all()
    before = _reading_before(conn, row)
    comments = list(_few_at_a_time(conn, judging.COMMENTS, {"thread": row["thread_id"]}))
    members = _members(comments, _sightings(conn, reading_id), before)
    closed = close(members, _as_reading(conn, row, pages, before))
    _write_reading(conn, row, closed, _thread_state(pages), now)
    for some in chunks(list(zip(comments, members, closed.comments, strict=True)), SOME):
        _write_comments(conn, row, some)
    _touch_seen(conn, reading_id)
    _find_parents(conn, row["thread_id"])
    return closed


def _reading_before(conn: Connection, row: RowMapping) -> RowMapping | None:
    """The last reading of the thread that was read to its end; where there is none, the last that was closed.

    Of one that missed something nothing follows, so that it does not stand between two that missed nothing.
    """
    return conn.execute(judging.BEFORE, {"thread": row["thread_id"]}).mappings().first()


def _few_at_a_time(conn: Connection, statement: Select[Any], asked: Mapping[str, Any]) -> Iterator[Row[Any]]:
    """The rows, not all of them twice in memory: once as they came and once as we read them."""
    return iter(conn.execute(statement, asked, execution_options={"yield_per": SOME}))


def _sightings(conn: Connection, reading_id: int) -> Mapping[int, _Seen]:
    rows = _few_at_a_time(conn, judging.SIGHTINGS, {"reading": reading_id})
    return {comment_id: _seen(list(group)) for comment_id, group in groupby(rows, lambda row: row.comment_id)}


def _seen(sights: Sequence[Row[Any]]) -> _Seen:
    """State: of the source that knows best, the page that came last: a comment may be deleted while pages are read."""
    best = max(sights, key=lambda each: (-_SOURCES.index(each.source), each.at, each.id))
    places = tuple(
        Place(
            source=cast(Source, intern(each.source)),
            page_number=each.page_number,
            newest_first=each.newest_first,
            index=each.place,
        )
        for each in sights
    )
    return _Seen(places=places, state=cast(CommentState, intern(best.state)))


def _members(
    comments: Sequence[Row[Any]], sightings: Mapping[int, _Seen], before: RowMapping | None
) -> Sequence[Member]:
    return [_member(each, sightings.get(each.id, _NOWHERE), before) for each in comments]


def _member(row: Row[Any], seen: _Seen, before: RowMapping | None) -> Member:
    lifted = row.published_rule in zones.RULES  # what was inferred then is no evidence now
    return Member(
        id=row.native_id,
        parent_id=row.parent_native_id,
        kind=row.kind,
        state=row.state,
        depth=row.printed_depth,
        position=row.position,
        published=None if lifted else row.published,
        published_local=row.published_local,
        published_precision=row.published_precision,
        last_seen=_last_seen(row, before),
        sources=_same(frozenset((*row.sources, *(place.source for place in seen.places)))),
        places=seen.places,
        seen_state=seen.state,
    )


@cache
def _same(sources: frozenset[Source]) -> frozenset[Source]:
    """One object for all sets of the same sources."""
    return sources


def _last_seen(row: Row[Any], before: RowMapping | None) -> datetime | None:
    """In terms of readings: a comment that the last one saw was seen at its end, on whatever page it stood."""
    if row.last_reading_id is None:
        return None
    if before is not None and row.last_reading_id == before["id"]:
        return cast(datetime, before["at"])
    return cast(datetime, row.last_seen)


def _as_reading(conn: Connection, row: RowMapping, pages: Sequence[RowMapping], before: RowMapping | None) -> Reading:
    failed = conn.execute(judging.FAILED, {"visit": row["visit_id"], "thread": row["thread_id"]}).all()
    return Reading(
        at=row["at"],
        claims=tuple(
            Claim(claimed=each["claimed"], kinds=each["claimed_kinds"]) for each in pages if each["claimed"] is not None
        ),
        gaps=tuple(dict.fromkeys(each["gap"] for each in pages if each["gap"])),
        failures=tuple(_failure(each) for each in failed if each.needed),
        sources=_read_whole({each["source"] for each in pages}, failed),
        drift=_drift(conn, row, pages),
        thread_state=_thread_state(pages),
        before=None
        if before is None
        else Before(
            at=before["at"],
            claimed=before["claimed"],
            collected=before["collected"],
            read_to_end=before["read_to_end"],
        ),
    )


def _drift(conn: Connection, row: RowMapping, pages: Sequence[RowMapping]) -> str | None:
    """Told by the pages themselves only where no count tells it."""
    uncounted = all(page["claimed"] is None for page in pages)
    many = sum(page["source"] == "markup" for page in pages) > 1
    return drift.moved(again.pages(conn, row["id"], "markup")) if uncounted and many else None


def _failure(row: Any) -> str:
    what = f"{row.purpose} did not come" if row.times == 1 else f"{row.purpose} did not come {row.times} times"
    return f"{what}: {row.error}"


def _read_whole(sources: Iterable[Source], failed: Sequence[Any]) -> frozenset[Source]:
    """The sources whose pages were all read. A feed never is: it shows the newest comments only."""
    broken: set[Source] = {"feed"}
    for each in failed:
        broken |= {"api"} if each.purpose == "api" else set() if each.purpose == "feed" else {"api", "markup"}
    return frozenset(sources) - broken


def _thread_state(pages: Sequence[RowMapping]) -> ThreadState:
    """What the source that knows best says, the last page of it; `unknown` where none says anything."""
    told = [page for page in pages if page["state"] != "unknown"]
    best = max(told, key=lambda page: (-_SOURCES.index(page["source"]), page["id"]), default=None)
    return "unknown" if best is None else best["state"]


def _write_reading(conn: Connection, row: RowMapping, closed: Closed, state: ThreadState, now: datetime) -> None:
    verdict = {
        "row": row["id"],
        "new_closed": now,
        "new_claimed": closed.claimed,
        "new_collected": closed.collected,
        "new_completeness": closed.completeness,
        "new_reason": closed.reason,
        "new_read_to_end": closed.read_to_end,
        "new_thread_state": state,
    }
    conn.execute(judging.CLOSE, verdict)
    if state != "unknown":
        conn.execute(judging.THREAD_STATE, {"thread": row["thread_id"], "now": state})


def _write_comments(conn: Connection, row: RowMapping, settled: Sequence[tuple[Row[Any], Member, Settled]]) -> None:
    """Only the comments of which something changed."""
    present = [(old, _columns(old, member, each)) for old, member, each in settled]
    rows = [
        {f"new_{name}": value for name, value in new.items()} | {"row": old.id}
        for old, new in present
        if any(getattr(old, name) != value for name, value in new.items())
    ]
    if rows:
        conn.execute(judging.SETTLE, rows)
    changes = [_state_row(old, each, row) for old, _, each in settled if each.changed]
    if changes:
        conn.execute(judging.STATES, changes)


def _columns(old: Row[Any], member: Member, each: Settled) -> dict[str, Any]:
    lifted = each.published is not None
    return {
        "position": each.position,
        "depth": each.depth,
        "state": each.state,
        "gone_after": _gone_after(old, each) if each.changed else old.gone_after,
        "gone_before": each.gone_before if each.changed else old.gone_before,
        "published": each.published if lifted else old.published,
        "published_rule": each.published_rule if lifted else old.published_rule,
        "sources": sorted(member.sources, key=_SOURCES.index),
    }


def _gone_after(old: Row[Any], each: Settled) -> datetime | None:
    """The capture that last showed it, where a reading did; `Settled` has the end of that reading."""
    return None if each.gone_after is None else cast(datetime, old.last_seen)


def _state_row(old: Row[Any], each: Settled, row: RowMapping) -> dict[str, Any]:
    return {
        "comment_id": old.id,
        "reading_id": row["id"],
        "state": each.state,
        "at": row["at"],
        "gone_after": _gone_after(old, each),
        "gone_before": each.gone_before,
    }


def _touch_seen(conn: Connection, reading_id: int) -> None:
    """Every comment that this reading saw was last seen in it, unless a later capture is known already."""
    conn.execute(judging.LAST_SEEN, {"reading": reading_id})


def _find_parents(conn: Connection, thread_id: int) -> None:
    """Points replies to the comments that they answer, however late those came."""
    conn.execute(judging.REPLIES, {"thread": thread_id})
    conn.execute(judging.TOPS, {"thread": thread_id})
