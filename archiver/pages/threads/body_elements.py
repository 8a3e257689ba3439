"""The element that holds what each comment says: it recurs, and leaves user's panels and signatures out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archiver.pages.threads import times
from archiver.pages.threads.marks import BODY, is_numbered, kind_of, marks_of, masked
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Line, Record, best_slot

_OFTEN_BESIDE: Final = 0.4
"""Of the records whose body has most of the words."""
_FEW_WORDS: Final = 3
_NUMBER_BEHIND: Final = "#_-"
_LEAST_SHARE: Final = 0.05

Lines = list[tuple[Line, str]]
"""Lines of a record with what is kept of each."""


def in_elements(
    page: Outline, records: list[Record], kept: list[Lines], cuts: list[dict[int, list[str]]]
) -> list[tuple[Lines, int | None]]:
    """For each record the lines that stand in the element of its body, and that element; all lines where there is none.
    `cuts`: the lines that hold author or time."""
    slots = _slots(page, records, kept, cuts)
    filled = sum(map(bool, kept))
    best = best_slot(slots, lambda slot, found: _worth(slot, found, filled)) if filled else None
    if best is None:
        return [(lines, None) for lines in kept]
    chosen = _narrowed(page, slots, best[1], filled)
    usual = sum(part.share for part in chosen.values()) / len(chosen)
    beside = _beside(page, kept, chosen, usual)
    return [_held(page, lines, chosen.get(number), usual, beside) for number, lines in enumerate(kept)]


@dataclass(slots=True)
class _Part:
    """An element in a record: how much of the kept words it holds, and whether it holds author or time."""

    element: int
    share: float
    holds_label: bool
    is_sure: bool = False
    """Named as the body, and the only one of its kind in the record: then it is the body however much else is kept."""


def _slots(
    page: Outline, records: list[Record], kept: list[Lines], cuts: list[dict[int, list[str]]]
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
            for kind in _kinds(page, element):
                seen[kind] = seen.get(kind, 0) + 1
                if seen[kind] == 1:
                    holds = any(begin <= label < end for label in labels)
                    slots.setdefault(kind, {})[number] = _Part(element, sums.within(begin, end) / sums.total, holds)
        for kind, count in seen.items():
            if count == 1 and _is_body(kind):
                slots[kind][number].is_sure = True
            elif count > 1 and not _is_body(kind):
                slots[kind].pop(number, None)
    return {kind: found for kind, found in slots.items() if found}


def _kinds(page: Outline, element: int) -> list[str]:
    """The kind of an element, and its id without the number (`post_message_77`) where that names a body."""
    tag, anchor = page.tags[element], page.anchors[element]
    kinds = [kind_of(tag, page.classes[element])]
    named = f"#{tag}.{masked(anchor).rstrip(_NUMBER_BEHIND)}" if anchor and is_numbered(anchor) else ""
    return [*kinds, named] if named and _is_body(named) else kinds


class _RunningWords:
    """Words of kept lines that lie between two chunks."""

    def __init__(self, lines: Lines) -> None:
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
    tag, _, names = kind.partition(".")
    return bool((marks_of(names) | (marks_of(tag) if "-" in tag else 0)) & BODY)


def _worth(kind: str, found: Mapping[int, _Part], filled: int) -> float | None:
    if len(found) < 0.85 * filled or sum(part.holds_label for part in found.values()) > 0.15 * len(found):
        return None
    share = sum(part.share for part in found.values()) / len(found)
    named = _is_body(kind)
    if share < (0.45 if named else 0.75):
        return None
    return share + (0.25 if named else 0) + (0.05 if "." in kind[:-1] else 0)


def _narrowed(page: Outline, slots: Mapping[str, Mapping[int, _Part]], best: str, filled: int) -> Mapping[int, _Part]:
    """A smaller element within, if it is named as the body: that leaves signatures and user panels out. Within one that
    is named so itself an id tells only which part is not quoted."""
    chosen = slots[best]
    top = sum(part.share for part in chosen.values()) / len(chosen)
    for kind, found in slots.items():
        if found is chosen or not _is_body(kind) or len(found) < 0.95 * filled:
            continue
        if kind.startswith("#") and _is_body(best):
            continue
        if any(part.holds_label for part in found.values()):
            continue
        if sum(part.share for part in found.values()) / len(found) < 0.6 * top:
            continue
        pairs = [(chosen[number].element, part.element) for number, part in found.items() if number in chosen]
        if pairs and all(outer < inner <= page.lasts[outer] for outer, inner in pairs):
            chosen = found
    return chosen


def _held(page: Outline, lines: Lines, part: _Part | None, usual: float, beside: set[str]) -> tuple[Lines, int | None]:
    if part is None:
        return lines, None
    within = _within(page, lines, part)
    if _is_little(part, usual) and not (within and _is_beside_panel(page, lines, within, beside)):
        return lines, None
    return within, part.element


def _is_beside_panel(page: Outline, lines: Lines, within: Lines, beside: set[str]) -> bool:
    """Whether what stands beside a short post is what the user's panel says: there it holds more than the post does."""
    others = [line for line, text in lines if (line, text) not in within]
    unusual = sum(len(line.text.split()) for line in others if _kind_of_line(page, line) not in beside)
    few = max(_FEW_WORDS, sum(len(text.split()) for _, text in within))
    return unusual <= few and any(times.is_about_member(line.lower) for line in others)


def _is_little(part: _Part, usual: float) -> bool:
    """Whether the words may stand elsewhere in this record."""
    return part.share <= (_LEAST_SHARE if part.is_sure else max(0.2, 0.5 * usual))


def _within(page: Outline, lines: Lines, part: _Part) -> Lines:
    begin, end = page.begins[part.element], page.ends[part.element]
    return [(line, text) for line, text in lines if line.begin >= begin and line.end <= end]


def _beside(page: Outline, kept: list[Lines], chosen: Mapping[int, _Part], usual: float) -> set[str]:
    """Kinds of element that often hold lines beside the body where it has most of the words: the user's panel, the
    title. Beside a short post they hold more than it does."""
    found: Counter[str] = Counter()
    full = [number for number, part in chosen.items() if not _is_little(part, usual)]
    for number in full:
        within = _within(page, kept[number], chosen[number])
        found.update({_kind_of_line(page, line) for line, text in kept[number] if (line, text) not in within})
    return {kind for kind, count in found.items() if count >= max(2, _OFTEN_BESIDE * len(full))}


def _kind_of_line(page: Outline, line: Line) -> str:
    owner = page.owners[line.begin]
    parent = page.parents[owner]
    return f"{kind_of(page.tags[parent], page.classes[parent])} {kind_of(page.tags[owner], page.classes[owner])}"
