"""When a comment in JSON was written, whatever shape an API gives its times.

ISO 8601, seconds to nanoseconds since 1970, .NET dates and ticks, `20150304091200`, `[2015, 3, 4, 9, 12]`, an object
around any of them (`{"$date": …}`, `{"seconds": …}`, PHP's and JavaScript's dates), and printed words: 'vor 3 Tagen'.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from archiver.items import Moment
from archiver.pages import dates
from archiver.pages.threads import times, words

_ZONE_NAMED: Final = re.compile(r"(?i:(?<![a-z])(?:gmt|utc)(?![a-z]))|(?<=[a-z])(?:GMT|Gmt|UTC|Utc)(?![a-z])")
_UTC: Final = frozenset(("utc", "gmt", "z", "etc/utc", "etc/gmt", "+00:00", "+0000"))
_DIGITS: Final = re.compile(r"\d{9,19}(?:\.\d+)?")
_COMPACT: Final = re.compile(
    r"((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))((?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"
)
_DOT_NET: Final = re.compile(r"[/\\]*Date\((-?\d{1,15})(?:[+-]\d{4})?\)[/\\]*")
_ZONE_ID: Final = re.compile(r"\[[\w/+-]+\]$")
_CTIME: Final = re.compile(r"(?:\w{3},? )?(\w{3} +\d{1,2}) (\d{1,2}:\d\d:\d\d)((?: [A-Z]{3,4}| [+-]\d{4})?) (\d{4})")
_SHORT_AGO: Final = re.compile(r"\d{1,3} ?(?:s|secs?|m|mins?|h|hrs?|d|w|wks?|mo|y|yrs?)", re.IGNORECASE)
_NOT_THE_TIME: Final = frozenset(
    ("nanoseconds", "nanos", "nanosecond", "microseconds", "micros", "timezonetype", "offset")
)
_NAMES_OF_ZONE: Final = frozenset(("timezone", "tz", "zone", "timezoneid"))
_TICKS_BEFORE_1970: Final = 621_355_968_000_000_000
_TICKS: Final = range(628_000_000_000_000_000, 662_000_000_000_000_000)
"""Tenths of a microsecond since the year 1, as .NET counts: 1991 to 2098."""
_UNITS: Final = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3), (3e8, 1.0))
"""Numbers above the first are counted in so many a second: nanoseconds, microseconds, milliseconds, seconds."""
_MAX_LEVELS: Final = 3
_MAX_RAW: Final = 200
_SLACK: Final = {"day": 1, "month": 31, "year": 366}
_ZONES_APART: Final = timedelta(hours=27)
_FINE: Final = ("second", "minute", "hour")


@dataclass(frozen=True, slots=True)
class Basis:
    """What words need to be read as a time: the moment of the capture, and the page's languages (BCP 47)."""

    at: datetime | None = None
    languages: tuple[str, ...] = ()


def moment_of(told: Iterable[tuple[str, Any]], basis: Basis) -> Moment | None:
    """The time that the members of an object tell, given by name in the order of trust; None where none tells any.

    The first is taken, unless another tells the same more exactly: an instant beside '2 hours ago'. What is printed as
    a time and cannot be read keeps its words.
    """
    best: Moment | None = None
    for name, value in told:
        one = _read(name, value, basis, _MAX_LEVELS)
        if one is not None and (best is None or (_rank(one) < _rank(best) and _may_be_same(best, one))):
            best = one
    return best


def in_one_order(moments: Sequence[Moment | None], basis: Basis) -> list[Moment | None]:
    """The times of one thread, with '10/8/12' read in the order that those of them show which leave no doubt."""
    day_first = dates.order_of(one.raw for one in moments if one)
    if day_first is None:
        return list(moments)
    return [
        _from_words(one.raw, one.rule.partition(",")[0], basis, day_first)
        if one is not None and ("undecided" in one.rule or "from the language" in one.rule)
        else one
        for one in moments
    ]


def _rank(moment: Moment) -> int:
    """How exactly a time is told, the best first: an instant, a local clock, a day, words that were not read."""
    if moment.utc is not None:
        return 0 if "counted" not in moment.rule else 2
    if moment.local is not None:
        return 1 if moment.precision in _FINE else 3
    return 4


def _may_be_same(one: Moment, other: Moment) -> bool:
    first, second = one.utc or one.local, other.utc or other.local
    if first is None or second is None:
        return True
    slack = _ZONES_APART + timedelta(days=_SLACK.get(one.precision or "", 0))
    return abs(first.replace(tzinfo=None) - second.replace(tzinfo=None)) <= slack


def _read(name: str, value: object, basis: Basis, levels: int) -> Moment | None:
    rule = f"member {name}"
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_number(value, rule)
    if isinstance(value, str):
        return _in_zone(_from_string(value.strip(), rule, basis), _ZONE_NAMED.search(name) is not None)
    if isinstance(value, list):
        return _from_parts(value, rule)
    if isinstance(value, Mapping) and levels:
        zone = next((one for key, one in value.items() if _letters(key) in _NAMES_OF_ZONE), None)
        inner = _moment_within(value, name, basis, levels - 1)
        return _in_zone(inner, isinstance(zone, str) and zone.lower() in _UTC)
    return None


def _moment_within(value: Mapping[str, Any], name: str, basis: Basis, levels: int) -> Moment | None:
    """The most exact of the times in an object that is one time, told in several ways."""
    read = (
        _read(f"{name}.{key}", one, basis, levels) for key, one in value.items() if _letters(key) not in _NOT_THE_TIME
    )
    return min((one for one in read if one is not None), key=_rank, default=None)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _from_number(value: float, rule: str) -> Moment | None:
    raw = str(value)
    if isinstance(value, int):
        if found := _COMPACT.fullmatch(raw):
            return _from_compact(found, rule)
        if value in _TICKS:
            return _from_epoch((value - _TICKS_BEFORE_1970) / 1e7, raw, f"{rule}, ticks")
    unit = next((unit for least, unit in _UNITS if value > least), None)
    return None if unit is None else _from_epoch(value / unit, raw, rule)


def _from_epoch(seconds: float, raw: str, rule: str) -> Moment | None:
    moment = dates.from_epoch(seconds, rule)
    return replace(moment, raw=raw) if moment.utc else None


def _from_compact(found: re.Match[str], rule: str) -> Moment | None:
    day, clock = found[1], found[2]
    moment = dates.from_iso(f"{day}T{clock}" if clock else day, rule)
    return replace(moment, raw=found[0]) if moment else None


def _from_string(value: str, rule: str, basis: Basis) -> Moment | None:
    if not value or len(value) > _MAX_RAW:
        return None
    if found := _COMPACT.fullmatch(value):
        return _from_compact(found, rule)
    if _DIGITS.fullmatch(value):
        moment = _from_number(float(value) if "." in value else int(value), rule)
        return replace(moment, raw=value) if moment else None
    if found := _DOT_NET.fullmatch(value):
        return _from_epoch(int(found[1]) / 1000, value, rule)
    exact = dates.from_iso(_ZONE_ID.sub("", value), rule) or dates.from_http_date(value, rule)
    return replace(exact, raw=value) if exact else _from_words(value, rule, basis, None)


def _from_words(value: str, rule: str, basis: Basis, day_first: bool | None) -> Moment | None:
    said = value
    if found := _CTIME.fullmatch(value):
        said = f"{found[1]} {found[4]} {found[2]}{found[3]}"
    elif _SHORT_AGO.fullmatch(value):
        said = f"{value} ago"
    moment = dates.from_words(said, at=basis.at, languages=basis.languages, rule=rule, day_first=day_first)
    if moment.utc or moment.local or "relative" in moment.rule or times.find(words.lowered(said)):
        return replace(moment, raw=value)
    return None


def _in_zone(moment: Moment | None, is_utc: bool) -> Moment | None:
    """`date_gmt` says the zone by its name, and so does a zone beside the time."""
    if moment is None or not is_utc:
        return moment
    return dates.with_offset(moment, timedelta(), "UTC by its name")


def _from_parts(value: list[Any], rule: str) -> Moment | None:
    """`[2015, 3, 4, 9, 12, 0]`, as Java writes a date without a zone."""
    whole = all(isinstance(part, int) and not isinstance(part, bool) for part in value)
    if not (whole and 3 <= len(value) <= 7 and 1990 <= value[0] < 2100):
        return None
    year, month, day, *clock = (f"{part:02d}" for part in value[:6])
    moment = dates.from_iso(f"{year}-{month}-{day}" + (f"T{':'.join(clock)}" if clock else ""), rule)
    return replace(moment, raw=json.dumps(value)) if moment else None
