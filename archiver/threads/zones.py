"""From the clock that a page prints to UTC, where the thread itself tells the zone.

A theme prints 'January 15, 2016 at 12:42 pm' and no zone; the comment feed gives ten of those comments in UTC. That
leaves some of the world's time zones, and the fixed offset, as what the site may be set to. Where all that are left
agree on a clock, its moment is known; where nearly all do, it is likely, and the rule says so; where they do not, as
in winter for a thread whose feed speaks of summer, it stays a clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from archiver.threads.values import Member

RULE = "printed clock, zone told by other comments of the thread"
LIKELY_RULE = "printed clock, zone likely from other comments of the thread"
RULES = frozenset({RULE, LIKELY_RULE})

LIKELY = 0.8
"""The share of the zones that fit which must agree."""

_FINE = ("minute", "second")
_QUARTER = timedelta(minutes=15)


def lift(members: Sequence[Member]) -> Mapping[str, tuple[datetime, str]]:
    """UTC times for comments that have none, by id, each with the rule that gave it."""
    if not any(map(_lacks_utc, members)):
        return {}
    told = {
        (member.published_local, offset)
        for member in members
        if member.published and member.published_local
        if (offset := _offset(member.published, member.published_local)) is not None
    }
    candidates = _zones_that_fit(told) if told and not any(map(_contradicts, members)) else ()
    lifted: dict[str, tuple[datetime, str]] = {}
    known: dict[datetime, tuple[timedelta, str] | None] = {}
    for member in members:
        local = member.published_local
        if candidates and local is not None and _lacks_utc(member):
            hour = local.replace(minute=local.minute // 15 * 15, second=0, microsecond=0)
            if hour not in known:
                known[hour] = _agreed(candidates, hour)
            agreed = known[hour]
            if agreed is not None:
                offset, rule = agreed
                lifted[member.id] = ((local - offset).replace(tzinfo=UTC), rule)
    return lifted


def _lacks_utc(member: Member) -> bool:
    """Whether only a clock is known of it, and that to the minute."""
    fine = member.published_local is not None and member.published_precision in _FINE
    return fine and member.published is None


def _contradicts(member: Member) -> bool:
    """Whether a printed clock is another day's than the moment that is known: then its words were not understood, as
    where '2.1.2016' means the first of February, and the clocks of the other comments are worth nothing either."""
    if member.published is None or member.published_local is None or member.published_precision not in _FINE:
        return False
    return _offset(member.published, member.published_local) is None


def _offset(utc: datetime, local: datetime) -> timedelta | None:
    """The zone's offset, to the quarter of an hour; None where the two clocks do not differ by such a one."""
    difference = local.replace(second=0) - utc.astimezone(UTC).replace(tzinfo=None, second=0)
    rounded = round(difference / _QUARTER) * _QUARTER
    close = abs(difference - rounded) <= timedelta(minutes=1)
    return rounded if close and abs(rounded) <= timedelta(hours=14) else None


def _zones_that_fit(told: Iterable[tuple[datetime, timedelta]]) -> Sequence[tzinfo]:
    """The time zones in which every clock that is known stood as it was printed. None fits a site that was moved."""
    seen = sorted(told)
    zones: Iterable[tzinfo] = (*_all_zones(), *(timezone(offset) for offset in {offset for _, offset in seen}))
    return [zone for zone in zones if all(offset in _offsets(zone, local) for local, offset in seen)]


def _agreed(zones: Sequence[tzinfo], local: datetime) -> tuple[timedelta, str] | None:
    """The offset that all zones, or nearly all, give a clock, with the rule; None where they differ too much."""
    votes = Counter(offset for zone in zones for offset in _offsets(zone, local))
    (offset, most), *others = votes.most_common()
    if not others:
        return offset, RULE
    return (offset, LIKELY_RULE) if most >= LIKELY * votes.total() else None


def _offsets(zone: tzinfo, local: datetime) -> set[timedelta]:
    """One offset, or two for a clock that stood so twice that day."""
    found = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return {offset for offset in found if offset is not None}


@cache
def _all_zones() -> Sequence[ZoneInfo]:
    """The world's time zones with a city; `Etc/` and the like add nothing that the fixed offset does not say."""
    return tuple(ZoneInfo(name) for name in sorted(available_timezones()) if name.partition("/")[0] in _CONTINENTS)


_CONTINENTS = frozenset(
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"]
)
