"""The records of the chosen cut, each with its elements and its lines: what the fields are read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.words import lowered

_MAX_ELEMENTS: Final = 4000
"""A record with more is no comment; its fields are read from the first of them."""

Found = TypeVar("Found")
Slot = TypeVar("Slot")


@dataclass(slots=True)
class Line:
    """The part of a line that lies in a record."""

    number: int
    begin: int
    end: int
    text: str
    lower: str


@dataclass(slots=True)
class Record:
    """One comment, as a range of chunks."""

    begin: int
    end: int
    unit: int
    member: int
    elements: list[int] = field(default_factory=list)
    """Those that lie wholly in it, in document order."""
    lines: list[Line] = field(default_factory=list)


def records_of(page: Outline, cut: Cut) -> list[Record]:
    """The records in document order."""
    found = []
    for place, (begin, end) in enumerate(cut.spans):
        record = Record(begin, end, cut.units[place], cut.members[place])
        low, high = _reach(page, cut, place)
        for element in range(low, min(high, low + _MAX_ELEMENTS)):
            if page.begins[element] > end:
                break
            if page.begins[element] >= begin and page.ends[element] <= end:
                record.elements.append(element)
        record.lines = lines_between(page, begin, end)
        found.append(record)
    return found


def _reach(page: Outline, cut: Cut, place: int) -> tuple[int, int]:
    """The range of elements in which those of a record lie."""
    units, unit = cut.units, cut.units[place]
    following = units[place + 1] if place + 1 < len(units) else len(page.tags)
    if cut.mode == "start":
        return unit, following
    if cut.mode == "end":
        begin = cut.spans[0][0]
        first = page.owners[begin] if begin < len(page.chunks) else unit
        return (page.lasts[units[place - 1]] + 1 if place else min(first, unit)), page.lasts[unit] + 1
    return unit, min(page.lasts[unit] + 1, following) if following > unit else page.lasts[unit] + 1


def lines_between(page: Outline, begin: int, end: int) -> list[Line]:
    """The lines from one chunk to another, cut at both ends."""
    found, chunk = [], begin
    while chunk < end:
        number = page.line_of[chunk]
        stop = min(page.line_begins[number + 1], end)
        whole = chunk == page.line_begins[number] and stop == page.line_begins[number + 1]
        text = page.lines[number] if whole else page.text(chunk, stop)
        lower = page.lower_lines[number] if whole else lowered(text)
        found.append(Line(number, chunk, stop, text, lower))
        chunk = stop
    return found


def best_slot(
    slots: Mapping[Slot, Mapping[int, Found]], score: Callable[[Slot, Mapping[int, Found]], float | None]
) -> tuple[float, Slot] | None:
    """The slot with the highest score; the first of equals. A slot is a place that recurs: the same kind of element
    in many records. It maps the number of a record to what stands there; a score of None rules it out."""
    best: tuple[float, Slot] | None = None
    for slot, found in slots.items():
        value = score(slot, found)
        if value is not None and (best is None or value > best[0]):
            best = (value, slot)
    return best
