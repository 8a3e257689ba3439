"""Whom each comment answers, by whatever means the page shows it.

For the whole thread one of: a level in class names (`depth-2`), nesting of elements, indentation by style or spacer;
the first that tells anything. What names a parent ('in reply to', `data-parent`) is true of one comment and overrules
that; a quote of an earlier post counts only where nothing else tells a parent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.marks import kind_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Record
from archiver.pages.threads.references import References

_LISTS: Final = frozenset(("ul", "ol", "dl", "blockquote"))
_INDENTED: Final = re.compile(r"(?:margin|padding)-left\s*:\s*(\d+(?:\.\d+)?)\s*(?:px|r?em|ex|ch|pt|%)?", re.IGNORECASE)
_MAX_INDENTS: Final = 12
_LEVEL_ELEMENTS: Final = 12


@dataclass(slots=True)
class Parent:
    """The number of the record that is answered, and how it was found."""

    record: int
    rule: str


def find_parents(
    page: Outline, cut: Cut, records: list[Record], permalinks: list[str | None], numbers: list[int | None]
) -> list[Parent | None]:
    """For each record the one it answers, or None at the top."""
    parents = (
        _by_layer(cut)
        or _by_level(page, cut, records)
        or _by_nesting(page, cut, records)
        or _by_indent(page, records)
        or [None] * len(records)
    )
    references = References(page, records, permalinks, numbers)
    for number in range(len(records)):
        named = references.named(number) or (None if parents[number] else references.quoted(number))
        if named:
            parents[number] = Parent(*named)
    return _without_circles(parents)


def _without_circles(parents: list[Parent | None]) -> list[Parent | None]:
    """Hostile markup can name parents in a circle: whoever closes one stands at the top."""
    done: set[int] = set()
    for start in range(len(parents)):
        way: set[int] = set()
        number = start
        while number not in done and (parent := parents[number]) is not None:
            way.add(number)
            if parent.record in way:
                parents[number] = None
                break
            number = parent.record
        done |= way
    return parents


def _by_layer(cut: Cut) -> list[Parent | None] | None:
    """In a thread of posts with comments below them, the post above."""
    if not cut.layers:
        return None
    parents: list[Parent | None] = []
    post: int | None = None
    for number, layer in enumerate(cut.layers):
        parents.append(Parent(post, "comment below a post") if layer and post is not None else None)
        post = post if layer else number
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
