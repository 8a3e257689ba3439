"""Times as pages tell them: ISO attributes, seconds since 1970, RFC 822 dates of feeds, printed words of any language.

All functions give a `Moment` and depend on nothing but their arguments: 'two hours ago' counts from `at`, the time of
the capture, and stays unread without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from math import isfinite

from archiver.items import Moment, Precision
from archiver.pages import printed_dates

MAX_PRINTED = 160
"""Longer text is a paragraph that mentions a date, not a date."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ISO = re.compile(
    r"(?P<date>\d{4}(?:-?\d{2}(?:-?\d{2})?)?)"
    r"(?:[T ]+(?P<clock>\d{1,2}(?::?\d{2}(?::?\d{2}(?:[.,]\d+)?)?)?)\s*(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE | re.ASCII,
)
_DATE_FORMATS: dict[int, tuple[str, Precision]] = {4: ("%Y", "year"), 6: ("%Y%m", "month"), 8: ("%Y%m%d", "day")}
_CLOCK_PRECISIONS: dict[int, Precision] = {2: "hour", 4: "minute", 6: "second"}

_RFC_822 = re.compile(
    r"(?!.*\d\s?[ap]\.?m)\s*(?:[a-z]{3,9},\s*)?\d{1,2}[ -][a-z]{3,9}[ -]\d{2,4}\s+\d{1,2}:\d\d(?::\d\d)?", re.IGNORECASE
)


def from_iso(raw: str, rule: str) -> Moment | None:
    """A machine-readable time (`datetime`, JSON-LD, APIs): UTC with an offset, local without; None if it is none."""
    found = _ISO.fullmatch(raw.strip())
    if found is None:
        return None
    digits = found["date"].replace("-", "")
    clock = (found["clock"] or "").replace(":", "")
    whole, _, fraction = clock.replace(",", ".").partition(".")
    whole = whole.zfill(2) if len(whole) == 1 else whole
    precision: Precision = _CLOCK_PRECISIONS[len(whole)] if whole and len(whole) in _CLOCK_PRECISIONS else "day"
    try:
        form, coarse = _DATE_FORMATS[len(digits)]
        day = datetime.strptime(digits, form)  # noqa: DTZ007 - the zone is added below, where the page tells one
        time = day + _clock(whole) + timedelta(seconds=float(f"0.{fraction or 0}"))
        utc = _in_utc(time, _iso_offset(found["zone"])) if found["zone"] else None
    except (KeyError, ValueError, OverflowError):
        return None
    if not whole:
        precision = coarse
    return Moment(raw=raw, utc=utc, local=None if utc else time, precision=precision, rule=rule)


def from_epoch(seconds: float, rule: str) -> Moment:
    """Seconds since 1970 in UTC, fractions kept to the microsecond. Milliseconds are the caller's to divide."""
    raw = str(int(seconds)) if isfinite(seconds) and seconds == int(seconds) else repr(seconds)
    try:
        utc = _EPOCH + timedelta(microseconds=round(seconds * 1_000_000))
    except (OverflowError, ValueError):
        return Moment(raw=raw, rule=rule)
    return Moment(raw=raw, utc=utc, precision="second", rule=rule)


def from_http_date(raw: str, rule: str) -> Moment | None:
    """An RFC 822 or 2822 date, as in a feed's `pubDate`: UTC, or local where no zone is given; None if it is none."""
    if not _RFC_822.match(raw):
        return None  # the library takes 'February 1, 2016 11:14 pm' for one, and drops the 'pm'
    try:
        time = parsedate_to_datetime(raw)
        if time.tzinfo is not None or raw.rstrip().endswith("-0000"):
            return Moment(
                raw=raw, utc=time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC), precision="second", rule=rule
            )
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Moment(raw=raw, local=time, precision="second", rule=rule)


def from_words(
    raw: str,
    *,
    at: datetime | None = None,
    languages: Iterable[str] = (),
    rule: str,
    day_first: bool | None = None,
    thorough: bool = True,
) -> Moment:
    """A printed date of any language; what cannot be read keeps `raw` and no time.

    `languages` are BCP 47 tags of the page. '10/8/12' is read only where something tells the order: `day_first` (see
    `order_of`), a printed weekday, a number above twelve, or a language that has but one order ('en' alone has two).
    A date without a year is the last such day before `at`. The rule says so where either was needed. Without
    `thorough` only the common forms are tried: for lines that may be anything.
    """
    read = _from_words(raw, at, tuple(languages), day_first, thorough)
    return replace(read, rule=f"{rule}, {read.rule}" if read.rule else rule)


@lru_cache(maxsize=1024)
def _from_words(
    raw: str, at: datetime | None, languages: tuple[str, ...], day_first: bool | None, thorough: bool
) -> Moment:
    words = " ".join(raw.split())
    if not words or len(words) > MAX_PRINTED:
        return Moment(raw=raw)
    found = (
        from_iso(words, "")
        or printed_dates.relative(words, at)
        or printed_dates.absolute(words, at, languages, day_first)
        or (printed_dates.by_library(words, at, languages) if thorough else None)
    )
    return replace(found, raw=raw) if found else Moment(raw=raw)


def order_of(printed: Iterable[str]) -> bool | None:
    """Whether a page prints the day before the month, told by those of its dates that leave no doubt; None: nothing
    decides, or they disagree."""
    decided = {order for raw in printed if (order := printed_dates.order(raw)) is not None}
    return decided.pop() if len(decided) == 1 else None


def with_offset(moment: Moment, offset: timedelta, rule: str) -> Moment:
    """The same time in UTC, once the page's zone is known (`offset` is local minus UTC). A moment that is in UTC
    already, unread, or no finer than a day comes back as it is. `local` stays: it is what the page printed."""
    if moment.utc or moment.local is None or moment.precision in ("day", "month", "year"):
        return moment
    try:
        utc = _in_utc(moment.local, offset)
    except OverflowError:
        return moment
    return replace(moment, utc=utc, rule=f"{moment.rule}, {rule}" if moment.rule else rule)


def _in_utc(local: datetime, offset: timedelta) -> datetime:
    return (local - offset).replace(tzinfo=UTC)


def _clock(digits: str) -> timedelta:
    """`124200` as time of day. Raises `ValueError` for a clock that does not exist; 24:00 is the next midnight."""
    hours, minutes, seconds = (int(digits[i : i + 2] or 0) for i in (0, 2, 4))
    time = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 60 or time > timedelta(days=1):
        raise ValueError(digits)
    return time


def _iso_offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset
