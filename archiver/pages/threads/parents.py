"""Whom each comment answers, by whatever means the page shows it.

In this order: a link or attribute that names the parent ('in reply to', `data-parent`); a level in a class name
(`depth-2`); nesting of elements; indentation by style or spacer. A later means is used only where the earlier ones say
nothing of the whole thread. What names a parent is true of one comment and overrules the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.marks import COMMENT, kind_of, marks_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Record

_LISTS: Final = frozenset(("ul", "ol", "dl", "blockquote"))
_INDENTED: Final = re.compile(r"(?:margin|padding)-left\s*:\s*(\d+(?:\.\d+)?)\s*(?:px|r?em|ex|ch|pt|%)?", re.IGNORECASE)
_PARENT_ATTRIBUTES: Final = (
    "data-parent-id",
    "data-parent",
    "data-parentid",
    "data-comment-parent",
    "data-parent-comment-id",
)
_PARENT_IN_ID: Final = re.compile(r"wpd-comm-(\d+)_(\d+)")
_ID_NUMBER: Final = re.compile(r"\d{2,}")
_MAX_INDENTS: Final = 12
_LEVEL_ELEMENTS: Final = 12
_ID_ELEMENTS: Final = 15


@dataclass(slots=True)
class Parent:
    """The number of the record that is answered, and how it was found."""

    record: int
    rule: str


def find_parents(page: Outline, cut: Cut, records: list[Record], permalinks: list[str | None]) -> list[Parent | None]:
    """For each record the one it answers, or None at the top."""
    found = _by_level(page, cut, records) or _by_nesting(page, cut, records) or _by_indent(page, records)
    parents = found or [None] * len(records)
    for number, parent in _named(page, records, permalinks).items():
        parents[number] = parent
    return parents


def _by_level(page: Outline, cut: Cut, records: list[Record]) -> list[Parent | None] | None:
    """Level classes, where four of five records carry one and they differ."""
    levels = [_level(page, cut, record) for record in records]
    known = [level for level in levels if level is not None]
    if len(known) < 0.8 * len(records) or len(set(known)) < 2:
        return None
    top = min(known)
    return _stacked([top if level is None else level for level in levels], "level class")


def _level(page: Outline, cut: Cut, record: Record) -> int | None:
    for element in (record.member, record.unit):
        while element > cut.root:
            if found := words.LEVEL_NAME.search(page.classes[element].lower()):
                return int(found[1])
            element = page.parents[element]
    for element in record.elements[:_LEVEL_ELEMENTS]:
        if found := words.LEVEL_NAME.search(page.classes[element].lower()):
            return int(found[1])
    return None


def _stacked(levels: list[float] | list[int], rule: str) -> list[Parent | None]:
    """The nearest earlier record of a lower level is the parent."""
    open_records: list[int] = []
    parents: list[Parent | None] = []
    for number, level in enumerate(levels):
        while open_records and levels[open_records[-1]] >= level:
            open_records.pop()
        parents.append(Parent(open_records[-1], rule) if open_records else None)
        open_records.append(number)
    return parents


def _by_nesting(page: Outline, cut: Cut, records: list[Record]) -> list[Parent | None] | None:
    """The depth of the *member*, for the unit of a lone reply reaches up to the level of its parent. A pair counts if
    the one holds the other, if a list or something named after nesting lies between, or if the reply lies in an element
    of the same kind as one that holds both."""
    parents = _stacked([page.depths[record.member] for record in records], "nesting")
    for number, parent in enumerate(parents):
        if parent is None:
            continue
        child, above = records[number].member, records[parent.record]
        if page.holds(above.member, child):
            continue
        common = page.above(above.member, child)
        unrelated = common <= cut.root and page.parents[above.unit] > cut.root
        if unrelated or not (_has_nesting_between(page, child, common) or _repeats(page, child, common, cut.root)):
            parents[number] = None
    answered = [parent.record if parent else None for parent in parents]
    if len(answered) > 2 and all(record == 0 for record in answered[1:]):
        return None  # the first post of a forum in a wrapper of its own
    return parents if any(parents) else None


def _has_nesting_between(page: Outline, element: int, above: int) -> bool:
    element = page.parents[element]
    while element > above:
        if page.tags[element] in _LISTS or words.NESTING_NAME.search(
            f"{page.classes[element]} {page.anchors[element]}".lower()
        ):
            return True
        element = page.parents[element]
    return False


def _repeats(page: Outline, element: int, common: int, root: int) -> bool:
    """Whether a class name around the element, below the common ancestor, is found again around both."""
    inner: set[str] = set()
    element = page.parents[element]
    while element > common:
        inner.add(kind_of(page.tags[element], page.classes[element]))
        element = page.parents[element]
    while element >= root:
        kind = kind_of(page.tags[element], page.classes[element])
        if kind in inner and not kind.endswith("."):
            return True
        element = page.parents[element]
    return False


def _by_indent(page: Outline, records: list[Record]) -> list[Parent | None] | None:
    indents = [_indent(page, record) for record in records]
    levels = sorted(set(indents))
    if not 1 < len(levels) <= _MAX_INDENTS or indents[0] != levels[0]:
        return None
    return _stacked(indents, "indentation")


def _indent(page: Outline, record: Record) -> float:
    """Margin or padding of the first element that has one; the width of an empty cell or spacer before the text."""
    for element in (record.unit, *record.elements[:10]):
        node = page.elements[element]
        if found := _INDENTED.search(node.get("style") or ""):
            return float(found[1])
        if page.tags[element] in ("td", "img") and element <= record.unit + 8 and not page.classes[element]:
            width = node.get("width") or ""
            if width.isdecimal() and page.begins[element] == page.ends[element]:
                return float(width[:6])
    return 0.0


def _named(page: Outline, records: list[Record], permalinks: list[str | None]) -> dict[int, Parent]:
    """Parents that a record names by id."""
    by_id = _records_by_id(page, records, permalinks)
    found: dict[int, Parent] = {}
    for number, record in enumerate(records):
        for element in (record.unit, *record.elements):
            parent = _named_by(page, element, by_id, number)
            if parent is not None:
                found[number] = parent
                break
    return found


def _records_by_id(page: Outline, records: list[Record], permalinks: list[str | None]) -> dict[str, int]:
    by_id: dict[str, int] = {}
    for number, record in enumerate(records):
        names = [(permalinks[number] or "").rsplit("#", 1)[-1], page.anchors[record.unit], page.anchors[record.member]]
        for element in record.elements[:_ID_ELEMENTS]:
            anchor = page.anchors[element]
            if anchor and (marks_of(anchor) & COMMENT or words.POST_NAME.search(anchor.lower())):
                names.append(anchor)
        for name in names:
            if numbers := _ID_NUMBER.findall(name):
                by_id.setdefault(numbers[-1], number)
    return by_id


def _named_by(page: Outline, element: int, by_id: dict[str, int], number: int) -> Parent | None:
    node = page.elements[element]
    for attribute in _PARENT_ATTRIBUTES:
        value = (node.get(attribute) or "").strip("# ")
        if value in by_id and by_id[value] != number:
            return Parent(by_id[value], attribute)
    if (found := _PARENT_IN_ID.search(page.anchors[element])) and by_id.get(found[2], number) != number:
        return Parent(by_id[found[2]], "id")
    href = page.hrefs.get(element)
    if href and "#" in href and page.begins[element] < len(page.chunks):
        numbers = _ID_NUMBER.findall(href.rsplit("#", 1)[1])
        line = page.lower_lines[page.line_of[page.begins[element]]]
        if numbers and by_id.get(numbers[-1], number) < number and words.IN_REPLY_TO.search(line[:120]):
            return Parent(by_id[numbers[-1]], "in reply to")
    return None
