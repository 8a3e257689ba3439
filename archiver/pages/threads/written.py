"""When each comment was written: the place that prints a time in most records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from archiver.items import Moment
from archiver.pages import dates
from archiver.pages.threads import times, words
from archiver.pages.threads.marks import kind_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Line, Record, best_slot
from archiver.pages.threads.signs import Signs

_EDGE_LINES = 4
_LEAST_SHARE = 0.15
"""A place that prints a time in fewer records has the days that people write about."""
_MOST = 0.6
_MANY = 4
_HAS_CLOCK = re.compile(r"\d[:h]\d\d|ago|[ap]m\b")
_TITLED: Final = frozenset(("abbr", "span", "time", "a", "div"))
_Slot = tuple[str, str]


@dataclass(slots=True)
class Printed:
    """A time in a record: the line, its place among the record's lines, and what is printed."""

    line: Line
    place: int
    raw: str
    lines: int
    """How many lines the record has."""
    clock: tuple[int, str] | None = None
    """The place and words of a clock on the next line."""

    @property
    def text(self) -> str:
        return f"{self.raw} {self.clock[1]}" if self.clock else self.raw


def find_times(page: Outline, signs: Signs, records: list[Record]) -> list[Printed | None]:
    """For each record the time it prints, or None."""
    slots: dict[_Slot, dict[int, Printed]] = {}
    for number, record in enumerate(records):
        for place, line in enumerate(record.lines):
            if line.number in signs.times and (printed := _printed(record, place)):
                slots.setdefault(_slot(page, line), {}).setdefault(number, printed)
    several, count = len(slots) > 1, len(records)
    best = best_slot(slots, lambda slot, found: _worth(slot, found, count) + (_order(found) if several else 0))
    chosen = slots[best[1]] if best else {}
    if len(chosen) < _LEAST_SHARE * count:
        chosen = {}
    if count >= _MANY and 2 * len(chosen) <= count and _are_in_markup(page, records):
        return [None] * count
    return [chosen.get(number) or _at_edge(signs, record) for number, record in enumerate(records)]


def _are_in_markup(page: Outline, records: list[Record]) -> bool:
    """Whether most records have a time that a script would print: then the few printed ones are part of the words."""
    told = sum(_from_markup(page, record, None) is not None for record in records)
    return told > _MOST * len(records)


def _printed(record: Record, place: int) -> Printed | None:
    line = record.lines[place]
    found = times.PRINTED.search(line.lower) or times.CLOCK_ALONE.search(line.lower)
    if found is None:
        return None
    raw = line.text[found.start() : found.end()].strip(" ,-|–·")
    printed = Printed(line, place, raw, len(record.lines))
    if not _HAS_CLOCK.search(found[0]):
        printed.clock = _clock_below(record, place + 1)
    return printed


def _clock_below(record: Record, place: int) -> tuple[int, str] | None:
    """Some pages print the clock as a line of its own."""
    if place >= len(record.lines):
        return None
    line = record.lines[place]
    clock = times.CLOCK_ALONE.search(line.lower)
    if clock is None or len(line.text) >= clock.end() - clock.start() + 12:
        return None
    return place, line.text[clock.start() : clock.end()].strip()


def _slot(page: Outline, line: Line) -> _Slot:
    owner = page.owners[line.begin]
    parent = page.parents[owner]
    return (
        kind_of(page.tags[owner], page.classes[owner]),
        kind_of(page.tags[parent], page.classes[parent]) if parent >= 0 else "",
    )


def _worth(slot: _Slot, found: Mapping[int, Printed], count: int) -> float:
    """How much a place looks like the one that says when the comment was written."""
    many = len(found)
    at_edge = sum(one.place < _EDGE_LINES or one.place >= one.lines - 3 for one in found.values()) / many
    named = words.DATE_NAME.search(" ".join(slot)) is not None
    length = sum(len(one.line.text) for one in found.values()) / many
    with_date = sum(times.CLOCK_ALONE.fullmatch(one.raw.lower()) is None for one in found.values()) / many
    with_clock = sum(_HAS_CLOCK.search(one.text.lower()) is not None for one in found.values()) / many
    late = sum(one.place for one in found.values()) / many
    return 2 * many / count + at_edge + 0.5 * named - length / 200 + with_date + 0.3 * with_clock - 0.02 * late


def _order(found: Mapping[int, Printed]) -> float:
    """Comments run one way in time; the days on which people joined do not."""
    moments = (dates.from_words(one.raw, rule="") for _, one in sorted(found.items()))
    times_told = (moment.local or moment.utc for moment in moments)
    known = [told.replace(tzinfo=None) for told in times_told if told]
    if len(known) < 4:
        return 0.0
    up = sum(before <= after for before, after in pairwise(known))
    down = sum(before >= after for before, after in pairwise(known))
    share = max(up, down) / (len(known) - 1)
    return 0.4 if share >= 0.85 else -0.5 if share < 0.7 else 0.0


def _at_edge(signs: Signs, record: Record) -> Printed | None:
    """Any time near the edge of a record that has none in the usual place."""
    lines = len(record.lines)
    for place, line in enumerate(record.lines):
        near_edge = place <= _EDGE_LINES or place >= lines - 3
        if near_edge and line.number in signs.times and (printed := _printed(record, place)):
            return printed
    return None


def read_times(
    page: Outline, records: list[Record], printed: list[Printed | None], at: datetime | None, languages: tuple[str, ...]
) -> list[Moment | None]:
    """The times as moments: from an attribute where the markup has one (it says the zone), else from the words."""
    day_first = dates.order_of(one.text for one in printed if one)
    return [
        _from_record(page, record, one, at, languages, day_first) for record, one in zip(records, printed, strict=True)
    ]


def _from_record(
    page: Outline,
    record: Record,
    printed: Printed | None,
    at: datetime | None,
    languages: tuple[str, ...],
    day_first: bool | None,
) -> Moment | None:
    """What the markup tells, unless a clock is printed and it tells no more than that day."""
    told = _from_markup(page, record, printed)
    if printed is None or (told and told.precision != "day"):
        return told
    read = _from_print(printed, at, languages, day_first)
    if told and not (read.local and told.local and read.local.date() == told.local.date()):
        return told
    return read


def _from_print(one: Printed, at: datetime | None, languages: tuple[str, ...], day_first: bool | None) -> Moment:
    return dates.from_words(one.text, at=at, languages=languages, rule="printed", day_first=day_first)


def _from_markup(page: Outline, record: Record, printed: Printed | None) -> Moment | None:
    """The `datetime` (or `title`) of the element that prints the time; without a printed time, of the first that has
    one."""
    for element in record.elements:
        if printed and not _touches(page, element, printed.line):
            continue
        moment = _told_by(page, element)
        if moment and moment.precision not in ("year", "month"):
            return replace(moment, raw=printed.text if printed else moment.raw)
    return None


def _told_by(page: Outline, element: int) -> Moment | None:
    """The time in an element's `datetime`, or in its `title` where that is one: '2 hours ago' often has it there."""
    node = page.elements[element]
    if value := node.get("datetime"):
        return dates.from_iso(value, "datetime attribute")
    title = node.get("title") if page.tags[element] in _TITLED else None
    if not title or len(title) > times.MAX_LINE:
        return None
    found = dates.from_iso(title, "title attribute")
    if found is None and times.PRINTED.fullmatch(title.strip().lower()):
        read = dates.from_words(title, rule="title attribute")
        found = read if read.utc or read.local else None
    return found


def _touches(page: Outline, element: int, line: Line) -> bool:
    """Whether an element lies in a line, or holds its end."""
    begin, end = page.begins[element], page.ends[element]
    return begin <= line.end - 1 < end or line.begin <= begin < line.end
