"""How deep each record stands, where the page shows it by a number, a name or a distance from the edge."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from lxml.html import HtmlElement

from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Record

Levels = list[float]
"""By record; only their order tells anything."""

_REPLY_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:reply|replies|child|children|sub-?comment|nested|indent|indented|answer|antwort|subordinate)(?=$|[\s_-])"
)
_DOTTED: Final = re.compile(r"\W{0,2}(\d{1,5}(?:\.\d{1,3})*)\.?(?=[\s)\]]|$)")
_LENGTH: Final = r"(-?\d+(?:\.\d+)?)\s*(?:px|r?em|ex|ch|pt|%|vw)?"
_INDENTED: Final = re.compile(
    rf"(?:(?:margin|padding)-(?:left|inline-start)|(?<![-\w])left|--[\w-]*(?:depth|level|indent)[\w-]*)\s*:\s*{_LENGTH}"
    rf"|(?:margin|padding)\s*:(?:\s*-?[\w.%]+){{3}}\s+{_LENGTH}",
    re.IGNORECASE,
)
_INDENTING_NAME: Final = re.compile(r"(?:^|\s)(?:m[ls]|p[ls]|(?:margin|padding)-(?:left|start))-(\d{1,3})(?=\s|$)")
"""Of the usual style sheets (`ml-4`); not those of some widths of the window only (`lg:ml-4`)."""
_WIDTH: Final = re.compile(r"(?<![-\w])width\s*:\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
_SPACER_SOURCE: Final = re.compile(
    r"spacer|blank|trans(?:parent)?\b|pixel|clear|dot\b|indent|(?:^|/)(?:s|1x1|px)\.(?:gif|png)", re.IGNORECASE
)
_SPACER_NAME: Final = re.compile(r"indent|spacer|\bind\b|\btab\b|offset")
_DIGITS: Final = re.compile(r"\d+")
_MAX_DEPTHS: Final = 20
_FIRST: Final = 12
_NEAR: Final = 8
"""A spacer stands among the first elements of a record."""
_MAX_BEFORE: Final = 2
"""Words before the box that is indented: a number, a bullet."""


def by_number(page: Outline, cut: Cut, records: list[Record]) -> Levels | None:
    """Level classes (`depth-2`) or attributes (`aria-level`): of nearly all records, or of those that are not at the
    top."""
    readers: list[Callable[[int], int | None]] = [lambda element: _in_class(page, element)]
    if page.levels:
        readers.append(lambda element: _in_attribute(page, element))
    for read in readers:
        nearest: dict[int, int | None] = {}
        around = [_nearest(page, cut.root, record.member, read, nearest) for record in records]
        if around[0] is None and (levels := _told(around, 0.0)):
            return levels
        inside = [
            level if level is not None else _first(read, record.elements[:_FIRST])
            for level, record in zip(around, records, strict=True)
        ]
        if levels := _told(inside, 0.8):
            return levels
    return None


def by_name(page: Outline, records: list[Record]) -> Levels | None:
    """Two levels, where replies have a name that the first record lacks: `comment`, `comment comment--indented`."""
    names = [f"{page.classes[record.member]} {page.classes[record.unit]}".lower() for record in records]
    levels: Levels = [1.0 if _REPLY_NAME.search(name) else 0.0 for name in names]
    return levels if not levels[0] and any(levels) else None


def by_dots(records: list[Record]) -> Levels | None:
    """Printed numbers such as '12' and '12.1', which count on."""
    numbers = [_dotted(record) for record in records]
    known = [number for number in numbers if number is not None]
    if len(known) < len(records) or len(set(known)) < len(known) or known != sorted(known):
        return None
    above = {number[:-1] for number in known} - {()}
    return [float(len(number)) for number in known] if above and above.issubset(known) else None


def by_indent(page: Outline, cut: Cut, records: list[Record]) -> Levels | None:
    """Distance from the edge: margins and paddings, spacers, blanks before the text, or narrower boxes."""
    for indents in (
        _margins(page, cut, records),
        [_spacers(page, record) for record in records],
        [_blanks(page, record) for record in records],
        [-_width(page, record) for record in records],
    ):
        if 1 < len(set(indents)) <= _MAX_DEPTHS and indents[0] == min(indents):
            return indents
    return None


def _first(read: Callable[[int], int | None], elements: Iterable[int]) -> int | None:
    return next((level for element in elements if (level := read(element)) is not None), None)


def _told(levels: list[int | None], least: float) -> Levels | None:
    """The levels, if enough are known and they differ; unknown ones are at the top."""
    known = [level for level in levels if level is not None]
    if not known or len(known) < least * len(levels):
        return None
    top = min(known) - (0 if least else 1)
    found = [float(top if level is None else level) for level in levels]
    return found if len(set(found)) > 1 else None


def _nearest(
    page: Outline, root: int, element: int, read: Callable[[int], int | None], known: dict[int, int | None]
) -> int | None:
    """The level of an element, or of the nearest that holds it within the thread. `known` remembers the way up."""
    way: list[int] = []
    level: int | None = None
    while element > root and level is None:
        if element in known:
            level = known[element]
            break
        way.append(element)
        level = read(element)
        element = page.parents[element]
    known.update(dict.fromkeys(way, level))
    return level


def _in_class(page: Outline, element: int) -> int | None:
    found = words.LEVEL_NAME.search(page.classes[element].lower()) if page.classes[element] else None
    return int(found[1][:4]) if found else None


def _in_attribute(page: Outline, element: int) -> int | None:
    value = page.levels.get(element, "")
    if not value.isdecimal() or len(value) >= 5:
        return None
    is_heading = page.tags[element][0] == "h" or page.elements[element].get("role") == "heading"
    return None if is_heading else int(value)


def _dotted(record: Record) -> tuple[int, ...] | None:
    for line in record.lines[:3]:
        if found := _DOTTED.match(line.text):
            return tuple(int(part) for part in found[1].split("."))
    return None


def _margins(page: Outline, cut: Cut, records: list[Record]) -> Levels:
    """Margins and paddings around each record together, and those of the first box in it that has any; the box holds
    the record's first words, for that of the text alone is a matter of looks."""
    total: dict[int, float] = {}
    found = []
    for record in records:
        way, element = [], record.unit
        while element > cut.root and element not in total:
            way.append(element)
            element = page.parents[element]
        for within in reversed(way):
            total[within] = total.get(page.parents[within], 0.0) + _length(page, within)
        size = page.size(record.begin, record.end)
        lengths = (
            _length(page, element)
            for element in record.elements[:_FIRST]
            if element != record.unit
            and 2 * page.size(page.begins[element], page.ends[element]) > size
            and page.size(record.begin, page.begins[element]) <= _MAX_BEFORE
        )
        found.append(total.get(record.unit, 0.0) + next(filter(None, lengths), 0.0))
    return found


def _length(page: Outline, element: int) -> float:
    found = _INDENTED.search(page.elements[element].get("style") or "")
    if found:
        return float(found[1] or found[2])
    classed = _INDENTING_NAME.search(page.classes[element]) if page.classes[element] else None
    return float(classed[1]) if classed else 0.0


def _spacers(page: Outline, record: Record) -> float:
    """Widths of empty cells and pictures before the text; one for each that has none. A cell with a picture counts as
    the picture, which is a spacer only if it looks like one: others are of people."""
    total = 0.0
    for element in (record.unit, *record.elements[:_NEAR]):
        if page.ends[element] > record.begin:
            continue
        tag, name, node = page.tags[element], page.classes[element].lower(), page.elements[element]
        is_spacer = _SPACER_NAME.search(name) is not None
        is_empty_cell = tag == "td" and not name and page.lasts[element] == element
        if is_spacer or is_empty_cell or (tag == "img" and not name and _is_spacer_picture(node)):
            width = node.get("width") or ""
            total += float(width[:6]) if width.isdecimal() else float(is_spacer or tag == "td")
    return total


def _is_spacer_picture(node: HtmlElement) -> bool:
    if node.get("alt"):
        return False
    return node.get("height") in ("0", "1") or _SPACER_SOURCE.search(node.get("src") or "") is not None


def _blanks(page: Outline, record: Record) -> float:
    """No-break spaces before the first word."""
    text = page.elements[record.unit].text or ""
    return float(text[: len(text) - len(text.lstrip())].count("\xa0"))


def _width(page: Outline, record: Record) -> float:
    for element in (record.unit, *record.elements[:3]):
        node = page.elements[element]
        found = _WIDTH.search(node.get("style") or "") or (
            _DIGITS.match(node.get("width") or "") if page.tags[element] in ("table", "div", "td") else None
        )
        if found:
            return float(found[found.lastindex or 0])
    return 0.0
