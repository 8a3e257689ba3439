"""The address of each comment: links or ids that differ in every record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.marks import is_numbered, kind_of, masked
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Record, best_slot

_NOT_THE_COMMENT: Final = re.compile(r"body|content|text|meta|avatar|img|user|author")
_LINK_NAME: Final = re.compile(r"perma|date|time|link|count|number")
_FIELDS: Final = frozenset(("input", "form", "label"))
_DIGITS: Final = re.compile(r"\d+")
_MAX_ID_ELEMENTS: Final = 40
_MAX_BEFORE: Final = 4

_Slot = tuple[str, str, str]
"""`href` or `id`, the pattern of the value, the kind of element."""


def find_permalinks(page: Outline, records: list[Record]) -> list[str | None]:
    """For each record an address or `#fragment` of its own, as the page gives it, or None."""
    slots: dict[_Slot, dict[int, str]] = {}
    for number, record in enumerate(records):
        for element in record.elements:
            if page.tags[element] == "a" and (href := page.hrefs.get(element)):
                lower = href.lower()
                if words.PERMALINK.search(lower) and not words.NOT_PERMALINK.search(lower):
                    slots.setdefault(_link_slot(page, element, href), {}).setdefault(number, href)
        for element in _elements_with_ids(page, record):
            anchor = page.anchors[element]
            if (
                anchor
                and page.tags[element] not in _FIELDS
                and is_numbered(anchor)
                and not words.NOT_ANCHOR.search(anchor.lower())
            ):
                slots.setdefault(("id", masked(anchor), page.tags[element]), {}).setdefault(number, f"#{anchor}")
    best = best_slot(slots, lambda slot, found: _worth(slot, found, len(records)))
    ids = {slot: found for slot, found in slots.items() if slot[0] == "id"}
    best_id = best_slot(ids, lambda slot, found: _worth(slot, found, len(records)))
    chosen = slots[best[1]] if best else {}
    otherwise = ids[best_id[1]] if best_id else {}
    return [chosen.get(number) or otherwise.get(number) for number in range(len(records))]


def _link_slot(page: Outline, element: int, href: str) -> _Slot:
    pattern = masked(href.rsplit("#", 1)[1]) if "#" in href else masked(href)[-40:]
    return "href", pattern, kind_of(page.tags[element], page.classes[element])


def _elements_with_ids(page: Outline, record: Record) -> list[int]:
    """The unit, empty `<a name>` just before it, the first elements in it, the member."""
    before: list[int] = []
    element = record.unit - 1
    while element > 0 and page.begins[element] == page.ends[element] and len(before) < _MAX_BEFORE:
        if page.tags[element] == "a":
            before.append(element)
        element -= 1
    return [record.unit, *before, *record.elements[:_MAX_ID_ELEMENTS], record.member]


def _are_shown_twice(ids: list[str]) -> bool:
    """Whether some ids stand twice: two elements have one only where a page shows a comment in two lists."""
    times = Counter(ids)
    return max(times.values()) == 2 and 2 * len(times) > len(ids) + 1


def _worth(slot: _Slot, found: Mapping[int, str], count: int) -> float | None:
    values = list(found.values())
    how, pattern, kind = slot
    if len(set(values)) < 0.9 * len(values) and not (how == "id" and _are_shown_twice(values)):
        return None
    value = 2 * len(values) / count
    if how == "href":
        value += 0.9 if any("#" in href for href in values) else 0.5
    if words.COMMENT_NAME.search(pattern) or words.POST_NAME.search(pattern):
        value += 0.3
    if _NOT_THE_COMMENT.search(pattern):
        value -= 0.3
    if _LINK_NAME.search(kind):
        value += 0.2
    if how == "id" and sum(map(len, _DIGITS.findall(" ".join(values)))) < 4 * len(values):
        value -= 0.25  # counted on this page only: the site's own numbers are longer
    return value
