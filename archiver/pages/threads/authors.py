"""Who wrote each comment: the place that holds a short, changing name in most records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from archiver.pages.threads import times, words
from archiver.pages.threads.marks import is_profile, kind_of, names_of
from archiver.pages.threads.name_lines import MAX_NAME, framed_names, name_in_lines
from archiver.pages.threads.names import clean_name, is_name
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Record, best_slot, lines_between
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.written import Printed

_SAMPLE: Final = 40
"""Records from which a place is judged: they are enough in a thread of thousands."""
_MAX_PRINTED: Final = 70
_MAX_LONG_NAME: Final = 300
_NAME_CLASS: Final = re.compile(r"(?:^|\s)fn(?:\s|$)")
_LEAST: Final = 1.2
_LEAST_ALONE: Final = 2.5
_LEAST_SHARED: Final = 2
_BESIDE_LINK: Final = 2
"""Words that may stand beside a linked name: 'Ann replied:'."""
_LEAST_REST: Final = 2
"""Records with a time, but without a name in the usual place, for which another place is looked for."""
_SURELY_TELLING: Final = 0.6
_OF_ONE: Final = 1.2
"""Taken off where all say the same: a label, or somebody alone."""
_TELLING: Final = 0.3
"""Of markup that is worth less the words of a line know better who wrote."""

_Slot = tuple[str, str, str, str]
"""Kind of the element, of its parent, kind of link, microdata property."""


@dataclass(slots=True)
class Name:
    """An author as a record names them. `element` is None where the name was cut out of a line."""

    name: str
    line: int
    rule: str
    element: int | None = None


def find_authors(
    page: Outline, signs: Signs, records: list[Record], printed: list[Printed | None]
) -> list[Name | None]:
    """For each record the author, or None."""
    slots: dict[_Slot, dict[int, tuple[int, str]]] = {}
    for number, record in enumerate(records):
        for element, text in _short_elements(page, record):
            for slot in _slots(page, element):
                slots.setdefault(slot, {}).setdefault(number, (element, text))
    worths = {slot: _worth(page, records, slot, found, len(records)) for slot, found in slots.items()}
    best = best_slot(slots, lambda slot, _: worths[slot])
    if best and best[0] < (_LEAST if len(records) > 1 else _LEAST_ALONE):
        best = None
    framed = framed_names(records, printed)
    if best and _is_told_better(best[1], slots[best[1]], framed):
        best = None
    chosen = _completed(slots, worths, best[1], len(records)) if best else {}
    rest = [number for number, time in enumerate(printed) if time and number not in chosen]
    if best and len(rest) >= _LEAST_REST:
        chosen |= _of_the_rest(page, records, slots, rest)
    return [
        (_from_slot(page, record, chosen, number, best[1], f"{len(chosen)} of {len(records)}") if best else None)
        or (Name(*framed[number], "what changes in a line") if number in framed else None)
        or (None if len(framed) > len(records) / 2 else _from_lines(signs, record, printed[number]))
        or _from_class(page, record)
        for number, record in enumerate(records)
    ]


def _is_told_better(slot: _Slot, found: Mapping[int, tuple[int, str]], framed: Mapping[int, tuple[str, int]]) -> bool:
    """Whether lines name others, and the place says little for itself: no telling markup, or one word for all."""
    of_one = len({text for _, text in found.values()}) == 1
    alike = sum(number in found and clean_name(found[number][1]) == name for number, (name, _) in framed.items())
    says_little = of_one or _worth_of_markup(slot) < _TELLING
    return says_little and len(framed) > len(found) / 2 > alike


def _completed(
    slots: Mapping[_Slot, Mapping[int, tuple[int, str]]], worths: Mapping[_Slot, float | None], best: _Slot, count: int
) -> dict[int, tuple[int, str]]:
    """The names in the best place, and where a record has none there, those in other places that name the same person
    in all other records (a guest has no profile, a moderator's name a colour)."""
    found = dict(slots[best])
    if len(found) == count:
        return found
    for slot in sorted((slot for slot in slots if worths[slot] is not None), key=lambda slot: -(worths[slot] or 0)):
        other = slots[slot]
        shared = [number for number in other if number in slots[best]]
        if len(shared) >= _LEAST_SHARED and all(
            clean_name(other[number][1]) == clean_name(slots[best][number][1]) for number in shared
        ):
            found = {**other, **found}
    return found


def _of_the_rest(
    page: Outline,
    records: list[Record],
    slots: Mapping[_Slot, Mapping[int, tuple[int, str]]],
    rest: list[int],
) -> dict[int, tuple[int, str]]:
    """The names of the records that have none in the usual place, where these share another: replies often look unlike
    what they answer."""
    left = {
        slot: {number: found[number] for number in rest if number in found}
        for slot, found in slots.items()
        if _worth_of_markup(slot) >= _SURELY_TELLING
    }
    best = best_slot(
        {slot: found for slot, found in left.items() if found},
        lambda slot, found: _worth(page, records, slot, found, len(rest)),
    )
    return left[best[1]] if best and best[0] >= _LEAST_ALONE else {}


def _short_elements(page: Outline, record: Record) -> list[tuple[int, str]]:
    found = []
    for element in record.elements:
        begin, end = page.begins[element], page.ends[element]
        if begin < end <= begin + 8 and page.words[end] - page.words[begin] <= 12:
            text = page.chunks[begin].strip() if end - begin == 1 else page.text(begin, end)
            if 0 < len(text) <= _MAX_PRINTED and not _is_action(text):
                found.append((element, text))
    return found


@lru_cache(maxsize=4096)
def _is_action(text: str) -> bool:
    return words.ACTION.fullmatch(text.lower()) is not None


def _slot(page: Outline, element: int) -> _Slot:
    parent, node = page.parents[element], page.elements[element]
    link = ""
    if page.tags[element] == "a":
        href = page.hrefs.get(element, "")
        if is_profile(href):
            link = "profile"
        elif href.startswith("mailto:"):
            link = "mail"
        elif "nofollow" in (node.get("rel") or ""):
            link = "external"
    return (
        kind_of(page.tags[element], page.classes[element]),
        kind_of(page.tags[parent], page.classes[parent]) if parent >= 0 else "",
        link,
        (node.get("itemprop") or node.get("property") or "") if element in page.microdata else "",
    )


def _slots(page: Outline, element: int) -> list[_Slot]:
    """The place, and the same without the class names that may be of this one person (`id-t2_ann`)."""
    slot = _slot(page, element)
    named = next(filter(words.SURE_AUTHOR_NAME.fullmatch, names_of(page.classes[element])), None)
    short = (f"{page.tags[element]}.{named}", *slot[1:]) if named else slot
    return [slot] if short == slot else [slot, short]


def _worth(
    page: Outline, records: list[Record], slot: _Slot, found: Mapping[int, tuple[int, str]], count: int
) -> float | None:
    """How much a place looks like the one that names the author of `count` records; None where it cannot be."""
    many = len(found)
    own = slot[0].partition(".")[2]
    if count > 3 and many < 0.4 * count and not words.SURE_AUTHOR_NAME.search(own):
        return None
    sample = list(found.items())[:_SAMPLE]
    names = [clean_name(text) for _, (_, text) in sample]
    if 2 * sum(bool(name) and is_name(name) for name in names) < len(names):
        return None
    value = 2 * many / count + _worth_of_markup(slot)
    value -= max(0.0, sum(map(len, names)) / len(names) - 22) / 25
    value -= sum(times.first_in(name.lower()) is not None or "://" in name for name in names) / len(names)
    different = len(set(names))
    if many >= 3 and (different == 1 or different < 0.15 * len(names)):
        value -= _OF_ONE
    if many >= 4:
        value += 0.3 * different / len(names)
    away = sum(
        min(page.begins[element] - records[number].begin, records[number].end - page.begins[element])
        for number, (element, _) in sample
    )
    return value - min(0.6, 0.04 * away / len(sample))


def _worth_of_markup(slot: _Slot) -> float:
    (tag, _, own), (_, _, parent), (_, _, link, microdata) = slot[0].partition("."), slot[1].partition("."), slot
    value = 0.0
    if _NAME_CLASS.search(own) or microdata in ("author", "name", "creator"):
        value = 1.6
    elif words.SURE_AUTHOR_NAME.search(own):
        value = 1.4
    elif words.SURE_AUTHOR_NAME.search(parent):
        value = 1.1
    elif words.LIKELY_AUTHOR_NAME.search(own):
        value = 0.8
    elif words.LIKELY_AUTHOR_NAME.search(parent) and not words.NOT_AUTHOR_NAME.search(parent):
        value = 0.6
    value += {"cite": 0.8, "b": 0.35, "strong": 0.35, "a": 0.15}.get(tag, 0.0)
    value += {"profile": 0.9, "external": 0.6, "mail": 0.6}.get(link, 0.0)
    if words.NOT_AUTHOR_NAME.search(own) and not words.SURE_AUTHOR_NAME.search(own):
        value -= 0.8
    if words.MENTION_NAME.search(own) or words.MENTION_NAME.search(parent):
        value -= 2
    return value


def _from_slot(
    page: Outline, record: Record, chosen: Mapping[int, tuple[int, str]], number: int, slot: _Slot, share: str
) -> Name | None:
    """The name in the usual place; there it may be of any length. Where that is a link and this record has none, its
    name stands in what is around the link elsewhere."""
    found = chosen.get(number)
    element = found[0] if found and is_name(clean_name(found[1])) else _first_in(page, record, slot)
    if element is None and slot[0].startswith("a."):
        element = _around_link(page, record, chosen)
    if element is None:
        return None
    name = _first_name(page, page.begins[element], page.ends[element])
    if not name or (len(name) > 12 and words.LABEL.fullmatch(name.lower())):
        return None
    return Name(name, page.line_of[page.begins[element]], f"recurring {slot[0].rstrip('.')} in {share}", element)


def _first_name(page: Outline, begin: int, end: int) -> str:
    """The name in an element; where it prints several lines (name, rank, badges), the first that may be one."""
    names = [clean_name(line.text) for line in lines_between(page, begin, end)]
    return next((name for name in names if name and is_name(name)), clean_name(page.text(begin, end)))


def _first_in(page: Outline, record: Record, slot: _Slot) -> int | None:
    for element in record.elements:
        if page.begins[element] < page.ends[element] and slot in _slots(page, element):
            text = page.text(page.begins[element], page.ends[element])
            return element if len(text) <= _MAX_LONG_NAME and not words.ACTION.fullmatch(text.lower()) else None
    return None


def _around_link(page: Outline, record: Record, chosen: Mapping[int, tuple[int, str]]) -> int | None:
    """The element without a link in this record that stands where the linked names of other records do."""
    link, _ = next(iter(chosen.values()))
    linked = page.parents[link]
    beside = page.size(page.begins[linked], page.ends[linked]) - page.size(page.begins[link], page.ends[link])
    if beside > _BESIDE_LINK:
        return None
    place = _slot(page, linked)
    for element in record.elements:
        begin, end = page.begins[element], page.ends[element]
        if (
            begin < end <= begin + 4
            and _slot(page, element) == place
            and page.linked_words[begin] == page.linked_words[end]
        ):
            return element if is_name(clean_name(page.text(begin, end))) else None
    return None


def _from_lines(signs: Signs, record: Record, printed: Printed | None) -> Name | None:
    found = name_in_lines(signs, record, printed)
    return Name(*found, "words of a line") if found else None


def _from_class(page: Outline, record: Record) -> Name | None:
    for element in record.elements:
        begin, end = page.begins[element], page.ends[element]
        if end <= begin or page.size(begin, end) > 8:
            continue
        if page.tags[element] == "cite" or words.SURE_AUTHOR_NAME.search(page.classes[element].lower()):
            name = clean_name(page.text(begin, end))
            if name and len(name) < MAX_NAME and not words.LABEL.fullmatch(name.lower()):
                return Name(name, page.line_of[begin], "class of an element", element)
    return None
