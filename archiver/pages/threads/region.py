"""What of a page belongs to its thread, heading and form included: no part of the article."""

from __future__ import annotations

import re
from typing import Final

from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.places import Places, outermost
from archiver.pages.threads.signs import Signs

_PAGE: Final = frozenset(("html", "body", "main", "article"))
_WORDS_BEFORE: Final = 40
"""Of a heading, a hint how to behave, a link to the form."""
_WORDS_AFTER: Final = 120
"""Of a form and its rules."""
_HEADING_LINES: Final = 4
_ENTRY: Final = re.compile(
    r"(?:^|\s)(?:h?entry|h-entry|(?:entry|post|article)[-_]?(?:content|body|title)|storycontent)(?=\s|$)", re.IGNORECASE
)
"""What the markup calls an article and its parts."""


def region_of(page: Outline, signs: Signs, cut: Cut, places: Places) -> tuple[str, ...]:
    """XPaths of the elements that are the thread: one box where it has one, else each of its parts."""
    begin, end = cut.spans[0][0], max(span[1] for span in cut.spans)
    box = _box(page, signs, cut, begin, end)
    if box >= 0:
        return (places.of(box),)
    begin = _with_heading(page, signs, begin)
    parts = outermost(page, 0, begin, end)
    return places.of_all([*parts, *_forms_behind(page, signs, end)])


def _box(page: Outline, signs: Signs, cut: Cut, begin: int, end: int) -> int:
    """The highest element that holds all records and hardly anything else; -1 where there is none."""
    found, element, entry = -1, cut.root, _entry_before(page, cut, begin)
    while element >= 0 and page.tags[element] not in _PAGE and not page.holds(element, entry):
        before = page.size(page.begins[element], begin)
        after = page.size(min(end, page.ends[element]), page.ends[element])
        holds_title = signs.title_at > 0 and page.begins[element] <= signs.title_at < page.ends[element]
        if before > _WORDS_BEFORE or after > _WORDS_AFTER or holds_title:
            break
        if page.begins[element] <= begin and page.ends[element] >= end:
            found = element
        element = page.parents[element]
    return found


def _entry_before(page: Outline, cut: Cut, begin: int) -> int:
    """The last element before the first record that is the article or a part of it, however few words that has: a
    picture, a video; -1 where there is none."""
    first = min(cut.units)
    return next((n for n in range(first - 1, 0, -1) if page.ends[n] <= begin and _ENTRY.search(page.classes[n])), -1)


def _with_heading(page: Outline, signs: Signs, begin: int) -> int:
    """Where the heading of comments just before the first record begins."""
    if begin >= len(page.chunks):
        return begin
    line = page.line_of[begin]
    for near in range(line - 1, max(-1, line - 1 - _HEADING_LINES), -1):
        if near in signs.heading_lines:
            return page.line_begins[near]
    return begin


def _forms_behind(page: Outline, signs: Signs, end: int) -> list[int]:
    """Comment forms behind the last record, the outer ones only."""
    found: list[int] = []
    for form in signs.forms:
        if page.begins[form] >= end and not (found and page.holds(found[-1], form)) and page.tags[form] not in _PAGE:
            found.append(form)
    return found
