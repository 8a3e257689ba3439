"""From the clock that a page prints to UTC, where the thread itself tells the zone.

A theme prints 'January 15, 2016 at 12:42 pm' and no zone; the comment feed gives ten of those comments in UTC. The
difference is the site's offset. It is applied to other comments of the thread only near a comment that shows it,
for sites change to summer time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from archiver.threads.values import Member

REACH = timedelta(days=60)
"""How far from a comment whose offset is known the same offset is taken to hold."""

RULE = "printed clock, offset told by other comments of the thread"

_FINE = ("minute", "second")
_QUARTER = timedelta(minutes=15)


def lift(members: Sequence[Member]) -> Mapping[str, tuple[datetime, str]]:
    """UTC times for comments that have none, by id, each with the rule that gave it."""
    offsets = sorted(
        (member.published_local, offset)
        for member in members
        if member.published
        and member.published_local
        and (offset := _offset(member.published, member.published_local)) is not None
    )
    if not offsets:
        return {}
    lifted = {}
    for member in members:
        local = member.published_local
        if member.published is None and local is not None and member.published_precision in _FINE:
            offset = _nearest(offsets, local)
            if offset is not None:
                lifted[member.id] = ((local - offset).replace(tzinfo=UTC), RULE)
    return lifted


def _offset(utc: datetime, local: datetime) -> timedelta | None:
    """The zone's offset, to the quarter of an hour; None where the two clocks do not differ by such a one."""
    difference = local.replace(second=0) - utc.astimezone(UTC).replace(tzinfo=None, second=0)
    rounded = round(difference / _QUARTER) * _QUARTER
    return (
        rounded if abs(difference - rounded) <= timedelta(minutes=1) and abs(rounded) <= timedelta(hours=14) else None
    )


def _nearest(offsets: Sequence[tuple[datetime, timedelta]], local: datetime) -> timedelta | None:
    at = bisect_left(offsets, (local, timedelta.min))
    near = min(offsets[max(0, at - 1) : at + 1], key=lambda known: abs(known[0] - local))
    return near[1] if abs(near[0] - local) <= REACH else None
