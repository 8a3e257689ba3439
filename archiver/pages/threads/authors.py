"""Who wrote each comment: the place that holds a short, changing name in most records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from archiver.pages.threads import times, words
from archiver.pages.threads.marks import is_profile, kind_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Line, Record, best_slot
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.written import Printed

_MAX_NAME: Final = 60
_SAMPLE: Final = 40
"""Records from which a place is judged: they are enough in a thread of thousands."""
_MAX_PRINTED: Final = 70
_MAX_LONG_NAME: Final = 300
_EDGES: Final = " \t|·•-–—,:;@()[]¶"
_QUOTED: Final = re.compile(r"([\"'])(.*)\1")
_OPEN_EDGES: Final = " \t|·•-–—,:;@(["
_URL_BEFORE: Final = re.compile(r"https?://\S+\s+(?=\S)")
_NUMBER_BEFORE: Final = re.compile(r"^\W*#?\d{1,4}(?:[.):]\s*|\s+)(?=[^\W\d])")
_WORD_BEHIND: Final = re.compile(r"\s+(?:at|on|am|um|posted|le|el|via .{2,20}|,|-|–|—|\||@)\s*$", re.IGNORECASE)
_STATUS_BEHIND: Final = re.compile(
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|guest|gast|author|op)\)\s*$", re.IGNORECASE
)
_NO_LETTER: Final = re.compile(r"[\W\d]+")
_NAME_CLASS: Final = re.compile(r"(?:^|\s)fn(?:\s|$)")
_LEAST: Final = 1.2
_LEAST_ALONE: Final = 2.5

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
            slots.setdefault(_slot(page, element), {}).setdefault(number, (element, text))
    best = best_slot(slots, lambda slot, found: _worth(page, records, slot, found))
    if best and best[0] < (_LEAST if len(records) > 1 else _LEAST_ALONE):
        best = None
    chosen = slots[best[1]] if best else {}
    return [
        (_from_slot(page, record, chosen.get(number), best[1], f"{len(chosen)} of {len(records)}") if best else None)
        or _from_lines(signs, record, printed[number])
        or _from_class(page, record)
        for number, record in enumerate(records)
    ]


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
        if is_profile(page.hrefs.get(element, "")):
            link = "profile"
        elif "nofollow" in (node.get("rel") or ""):
            link = "external"
    return (
        kind_of(page.tags[element], page.classes[element]),
        kind_of(page.tags[parent], page.classes[parent]) if parent >= 0 else "",
        link,
        node.get("itemprop") or node.get("property") or "",
    )


def _worth(page: Outline, records: list[Record], slot: _Slot, found: Mapping[int, tuple[int, str]]) -> float | None:
    """How much a place looks like the one that names the author; None where it cannot be."""
    count, many = len(records), len(found)
    own = slot[0].partition(".")[2]
    if count > 3 and many < 0.4 * count and not words.SURE_AUTHOR_NAME.search(own):
        return None
    sample = list(found.items())[:_SAMPLE]
    names = [clean_name(text) for _, (_, text) in sample]
    if 2 * sum(bool(name) and is_name(name) for name in names) < len(names):
        return None
    value = 2 * many / count + _worth_of_markup(slot)
    value -= max(0.0, sum(map(len, names)) / len(names) - 22) / 25
    value -= sum(times.PRINTED.search(name.lower()) is not None for name in names) / len(names)
    if many >= 4:
        different = len(set(names)) / len(names)
        value += 0.3 * different - (1.2 if different < 0.15 else 0)
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
    elif words.LIKELY_AUTHOR_NAME.search(parent):
        value = 0.6
    value += {"cite": 0.8, "b": 0.35, "strong": 0.35, "a": 0.15}.get(tag, 0.0)
    value += {"profile": 0.9, "external": 0.6}.get(link, 0.0)
    if words.NOT_AUTHOR_NAME.search(own) and not words.SURE_AUTHOR_NAME.search(own):
        value -= 0.8
    return value


def is_name(text: str) -> bool:
    """Whether the words may be somebody's name: no role, no label, no number, no date."""
    lower = text.lower()
    return not (
        words.ROLE.fullmatch(lower)
        or words.LABEL.fullmatch(lower)
        or _NO_LETTER.fullmatch(text)
        or times.PRINTED.fullmatch(lower)
    )


def _from_slot(page: Outline, record: Record, found: tuple[int, str] | None, slot: _Slot, share: str) -> Name | None:
    """The name in the usual place; there it may be of any length."""
    element = found[0] if found and is_name(clean_name(found[1])) else _first_in(page, record, slot)
    if element is None:
        return None
    name = clean_name(page.text(page.begins[element], page.ends[element]))
    if not name or (len(name) > 12 and words.LABEL.fullmatch(name.lower())):
        return None
    return Name(name, page.line_of[page.begins[element]], f"recurring {slot[0].rstrip('.')} in {share}", element)


def _first_in(page: Outline, record: Record, slot: _Slot) -> int | None:
    for element in record.elements:
        if page.begins[element] < page.ends[element] and _slot(page, element) == slot:
            text = page.text(page.begins[element], page.ends[element])
            return element if len(text) <= _MAX_LONG_NAME and not words.ACTION.fullmatch(text.lower()) else None
    return None


def _from_lines(signs: Signs, record: Record, printed: Printed | None) -> Name | None:
    """'Ann says:', 'Posted by Ann on 3 May': the name is what is left of such a line near an edge of the record."""
    lines = record.lines
    places = [*range(min(4, len(lines))), *range(max(4, len(lines) - 3), len(lines))]
    for place in places:
        line = lines[place]
        if len(line.text) > 130:
            continue
        says = words.SAYS.search(line.lower) is not None
        if says or (printed is not None and printed.place == place and line.number in signs.times):
            name = _name_in(line, says)
            if name:
                return Name(name, line.number, "words of a line")
    return None


def _name_in(line: Line, says: bool) -> str | None:
    date = times.PRINTED.search(line.lower)
    if date and not says and date.start() < 3 and len(line.text) - date.end() < 3:
        return None
    name = clean_name(line.text)
    if not name and date and date.start() < 3:
        name = clean_name(line.text[date.end() :])
    if name and len(name) <= _MAX_NAME and len(name.split()) <= 7 and not words.LABEL.fullmatch(name.lower()):
        return name
    return None


def _from_class(page: Outline, record: Record) -> Name | None:
    for element in record.elements:
        begin, end = page.begins[element], page.ends[element]
        if end <= begin or page.size(begin, end) > 8:
            continue
        if page.tags[element] == "cite" or words.SURE_AUTHOR_NAME.search(page.classes[element].lower()):
            name = clean_name(page.text(begin, end))
            if name and len(name) < _MAX_NAME and not words.LABEL.fullmatch(name.lower()):
                return Name(name, page.line_of[begin], "class of an element", element)
    return None


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """A name without what is printed around it: dates, 'says', 'posted by', numbers, '(not verified)'."""
    text = _URL_BEFORE.sub("", " ".join(text.split()))
    date = times.PRINTED.search(words.lowered(text))
    if date:
        text = f"{text[: date.start()]} {text[date.end() :]}" if date.start() < 3 else text[: date.start()]
    text = words.BY_BEFORE_NAME.sub("", _NUMBER_BEFORE.sub("", text))
    text = words.SAYS_AFTER_NAME.sub("", _WORD_BEHIND.sub("", text.strip(_OPEN_EDGES)))
    text = _WORD_BEHIND.sub("", _STATUS_BEHIND.sub("", text).strip(_EDGES)).strip(_EDGES)
    quoted = _QUOTED.fullmatch(text)
    return quoted[2].strip(_EDGES) if quoted else text
