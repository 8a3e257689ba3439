"""What each comment says: its lines without author, time, labels and what returns in every record."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.authors import Name
from archiver.pages.threads.marks import BODY, kind_of, marks_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Line, Record, best_slot
from archiver.pages.threads.written import Printed

_DIGITS: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"\w+")
_LONG_WORD: Final = re.compile(r"\w{4}")
_COUNTS: Final = re.compile(r"\W*(?:\d+ likes?|\d+ shares?|re:.{0,100} by)(?:\W+\d+ shares?)?\W*")
_EDITED: Final = re.compile(r"\W*(?:edited|last edited|geändert)\b")
_RE_BY: Final = re.compile(r"re:.{0,100}\bby\W*")
_LABEL_BEFORE: Final = re.compile(r"^\W*(?:says?|said|wrote|writes|schreibt|sagt|at|on|am|um)\b\W*", re.IGNORECASE)
_LABEL_LINE: Final = re.compile(r"\W*(?:says|said|wrote|posted|comment|by|at|on|am|um|um uhr|uhr)\b")
_CUT: Final = "\x00"
_SEPARATORS: Final = " \t|·•–—"
_CUT_OFF: Final = " .…"
_LEAST_REPEATED: Final = 40
"""Letters of a text that is there twice: short ones ('No! No!') are repeated on purpose."""
_EDGE: Final = 6
_MAX_FURNITURE: Final = 120


@dataclass(slots=True)
class Body:
    """The text of one comment: kept pieces of lines, and the element that holds all of them, if one does."""

    lines: list[tuple[Line, str]] = field(default_factory=list)
    element: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)


def find_bodies(
    page: Outline, records: list[Record], names: list[Name | None], printed: list[Printed | None]
) -> list[Body]:
    """For each record its text."""
    furniture = _furniture(records)
    cuts = [_cuts(name, one, record) for name, one, record in zip(names, printed, records, strict=True)]
    kept = [
        _kept_lines(record, cut, name, furniture) or _lines_of_body(page, record, cut)
        for record, cut, name in zip(records, cuts, names, strict=True)
    ]
    _drop_furniture_beside_labels(kept, cuts)
    slots = _slots(page, records, kept, cuts)
    filled = sum(map(bool, kept))
    best = best_slot(slots, lambda slot, found: _worth(slot, found, filled)) if filled else None
    if best is None:
        return [Body(_once(lines)) for lines in kept]
    chosen = _narrowed(page, slots, slots[best[1]], filled)
    usual = sum(part.share for part in chosen.values()) / len(chosen)
    return [_body(page, lines, chosen.get(number), usual) for number, lines in enumerate(kept)]


@dataclass(slots=True)
class _Part:
    """An element in a record: how much of the kept words it holds, and whether it holds author or time."""

    element: int
    share: float
    holds_label: bool


def _furniture(records: list[Record]) -> set[str]:
    """Short lines, numbers masked, that stand in half of the records."""
    if len(records) < 4:
        return set()
    often: Counter[str] = Counter()
    for record in records:
        often.update({_DIGITS.sub("#", line.text) for line in record.lines if line.end - line.begin < 12})
    return {text for text, count in often.items() if count >= 0.5 * len(records) and len(text) < _MAX_FURNITURE}


def _cuts(name: Name | None, printed: Printed | None, record: Record) -> dict[int, list[str]]:
    """Line → words that are known to be author or time."""
    found: dict[int, list[str]] = {}
    if printed:
        found.setdefault(printed.line.number, []).append(printed.raw)
        if printed.clock:
            found.setdefault(record.lines[printed.clock[0]].number, []).append(printed.clock[1])
    if name:
        found.setdefault(name.line, []).append(name.name)
    return found


def _kept_lines(
    record: Record, cuts: dict[int, list[str]], name: Name | None, furniture: set[str]
) -> list[tuple[Line, str]]:
    kept, count = [], len(record.lines)
    for place, line in enumerate(record.lines):
        if furniture and (place < _EDGE or place >= count - _EDGE) and _DIGITS.sub("#", line.text) in furniture:
            continue
        near = place < 5 or place >= count - 4
        if line.number in cuts:
            text = _without_labels(line, cuts[line.number], near)
        elif near and (_is_label(line) or (name and place < 4 and line.text == name.name)):
            continue
        else:
            text = line.text
        if text:
            kept.append((line, text))
    return kept


def _once(lines: list[tuple[Line, str]]) -> list[tuple[Line, str]]:
    """A page may hold a text twice, shortened and whole: then the second time alone."""
    texts = [text for _, text in lines]
    half = next((place for place in range(1, len(texts)) if texts[place] == texts[0]), 0)
    if not half or len(texts) < 2 * half or sum(map(len, texts[:half])) < _LEAST_REPEATED:
        return lines
    same = texts[half : 2 * half - 1] == texts[: half - 1]
    return lines[half:] if same and texts[2 * half - 1].startswith(texts[half - 1].rstrip(_CUT_OFF)) else lines


def _lines_of_body(page: Outline, record: Record, cuts: dict[int, list[str]]) -> list[tuple[Line, str]]:
    """A comment may say nothing but 'Author comment', or the same as all others: where all lines look like labels,
    those that stand in an element named as the body are what it says."""
    kept = []
    for line in record.lines:
        element = page.owners[line.begin]
        while element > record.unit and not marks_of(page.classes[element]) & BODY:
            element = page.parents[element]
        if element > record.unit and line.number not in cuts:
            kept.append((line, line.text))
    return kept


def _drop_furniture_beside_labels(kept: list[list[tuple[Line, str]]], cuts: list[dict[int, list[str]]]) -> None:
    """What is left of the line with author and time ('in reply to #1') is furniture too, where it returns."""
    if len(kept) < 4:
        return
    rests = [
        {_DIGITS.sub("#", text) for line, text in lines if line.number in cut}
        for lines, cut in zip(kept, cuts, strict=True)
    ]
    often = Counter(text for found in rests for text in found)
    for number, lines in enumerate(kept):
        kept[number] = [
            (line, text)
            for line, text in lines
            if line.number not in cuts[number] or 2 * often[_DIGITS.sub("#", text)] < len(kept)
        ]


def _is_label(line: Line) -> bool:
    if len(line.text) >= 110:
        return False
    lower = line.lower
    if _COUNTS.fullmatch(lower):
        return True
    return len(lower) < 60 and (words.LABEL.fullmatch(lower) is not None or _EDITED.match(lower) is not None)


def _without_labels(line: Line, cuts: list[str], near: bool) -> str:
    """What is left of a line without author and time: empty where it is only labels."""
    text = line.text
    for cut in cuts:
        at = text.find(cut)
        at = at if at >= 0 else text.lower().find(cut.lower())
        if at >= 0:
            text = f"{text[:at]} {_CUT} {text[at + len(cut) :]}"
    left = " ".join(text.replace(_CUT, " ").split())
    lower, count = left.lower(), len(_WORD.findall(left))
    if (
        words.LABEL.fullmatch(lower)
        or _RE_BY.fullmatch(lower)
        or (len(left) < 14 and not _LONG_WORD.search(left))
        or (count <= 3 and len(left) < 30)
    ):
        return ""
    parts = [part.strip(_SEPARATORS) for part in text.split(_CUT)]
    parts = [part for part in parts if _WORD.search(part) and not words.LABEL.fullmatch(part.lower())]
    longest = _LABEL_BEFORE.sub("", max(parts, key=len)) if parts else ""
    if near and len(_WORD.findall(longest)) <= 3 and _LABEL_LINE.match(longest.lower()):
        return ""
    return longest


def _slots(
    page: Outline, records: list[Record], kept: list[list[tuple[Line, str]]], cuts: list[dict[int, list[str]]]
) -> dict[str, dict[int, _Part]]:
    """Kinds of element that stand once in a record, with their share of the words."""
    slots: dict[str, dict[int, _Part]] = {}
    for number, record in enumerate(records):
        sums = _RunningWords(kept[number])
        if not sums.total:
            continue
        labels = [page.line_begins[line] for line in cuts[number]]
        seen: dict[str, int] = {}
        for element in record.elements:
            begin, end = page.begins[element], page.ends[element]
            if end <= begin:
                continue
            kind = kind_of(page.tags[element], page.classes[element])
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] == 1:
                holds = any(begin <= label < end for label in labels)
                slots.setdefault(kind, {})[number] = _Part(element, sums.within(begin, end) / sums.total, holds)
        for kind, times in seen.items():
            if times > 1 and not _is_body(kind):
                slots[kind].pop(number, None)
    return {kind: found for kind, found in slots.items() if found}


class _RunningWords:
    """Words of kept lines that lie between two chunks."""

    def __init__(self, lines: list[tuple[Line, str]]) -> None:
        self._begins = [line.begin for line, _ in lines]
        self._ends = [line.end for line, _ in lines]
        self._words = [0]
        for _, text in lines:
            self._words.append(self._words[-1] + max(len(text.split()), len(text) // 12, 1))
        self.total = self._words[-1]

    def within(self, begin: int, end: int) -> int:
        low, high = bisect_left(self._begins, begin), bisect_right(self._ends, end)
        return max(0, self._words[high] - self._words[low]) if high > low else 0


def _is_body(kind: str) -> bool:
    return bool(marks_of(kind.partition(".")[2]) & BODY)


def _worth(kind: str, found: Mapping[int, _Part], filled: int) -> float | None:
    if len(found) < 0.85 * filled or sum(part.holds_label for part in found.values()) > 0.15 * len(found):
        return None
    share = sum(part.share for part in found.values()) / len(found)
    named = _is_body(kind)
    if share < (0.45 if named else 0.75):
        return None
    return share + (0.25 if named else 0) + (0.05 if "." in kind[:-1] else 0)


def _narrowed(
    page: Outline, slots: Mapping[str, Mapping[int, _Part]], chosen: Mapping[int, _Part], filled: int
) -> Mapping[int, _Part]:
    """A smaller element within, if it is named as the body: that leaves signatures and user panels out."""
    top = sum(part.share for part in chosen.values()) / len(chosen)
    for kind, found in slots.items():
        if found is chosen or not _is_body(kind) or len(found) < 0.95 * filled:
            continue
        if any(part.holds_label for part in found.values()):
            continue
        if sum(part.share for part in found.values()) / len(found) < 0.6 * top:
            continue
        pairs = [(chosen[number].element, part.element) for number, part in found.items() if number in chosen]
        if pairs and all(outer < inner <= page.lasts[outer] for outer, inner in pairs):
            chosen = found
    return chosen


def _body(page: Outline, lines: list[tuple[Line, str]], part: _Part | None, usual: float) -> Body:
    if part is None or part.share <= max(0.2, 0.5 * usual):
        return Body(_once(lines))
    begin, end = page.begins[part.element], page.ends[part.element]
    within = [(line, text) for line, text in lines if line.begin >= begin and line.end <= end]
    return Body(_once(within), part.element)
