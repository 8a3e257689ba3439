"""The number that a page prints beside each comment: '#12', '12.', '(12)'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from archiver.pages.threads.records import Record, best_slot

_FORMS: Final = (
    re.compile(r"(?:^|\s|\()#\s?(\d{1,6})\b"),
    re.compile(r"^\W*\(?(\d{1,6})[.):]?(?=\s|$)"),
    re.compile(r"^(?:comment|post|reply|kommentar|beitrag|no\.?|nr\.?)\s*(?:#|no\.?|nr\.?)?\s*(\d{1,6})\b"),
)
_EDGE_LINES: Final = 3
_MAX_LINE: Final = 120
_LEAST_SHARE: Final = 0.8

_Slot = tuple[int, int]
"""The form of the number, and its line counted from the first or (negative) the last."""


def find_numbers(records: list[Record]) -> list[int | None]:
    """For each record its number; None for all where no place in the records counts up (or down) by one."""
    slots: dict[_Slot, dict[int, int]] = {}
    for number, record in enumerate(records):
        for form, pattern in enumerate(_FORMS):
            for place in (*range(_EDGE_LINES), -1, -2):
                line = record.lines[place] if -len(record.lines) <= place < len(record.lines) else None
                found = pattern.search(line.lower[:_MAX_LINE]) if line else None
                if found:
                    slots.setdefault((form, place), {})[number] = int(found[1])
    best = best_slot(slots, lambda _, found: _worth(found, len(records)))
    if best is None:
        return [None] * len(records)
    return _completed(slots, best[1], len(records))


def _completed(slots: Mapping[_Slot, Mapping[int, int]], best: _Slot, count: int) -> list[int | None]:
    """The numbers of the best place. A record that has none there (a title stands above it) may print the one that
    counts on from its neighbour's on another line."""
    numbers: list[int | None] = [slots[best].get(record) for record in range(count)]
    ordered = [value for value in numbers if value is not None]
    step = 1 if ordered[-1] >= ordered[0] else -1
    for record, number in enumerate(numbers):
        if number is not None:
            continue
        before = numbers[record - 1] if record else None
        after = numbers[record + 1] if record + 1 < count else None
        expected = {before + step} if before is not None else set()
        expected |= {after - step} if after is not None else set()
        printed = (found.get(record) for (form, _), found in slots.items() if form == best[0])
        numbers[record] = next((value for value in printed if value in expected), None)
    return numbers


def _worth(found: Mapping[int, int], count: int) -> float | None:
    if count < 2 or len(found) < _LEAST_SHARE * count or len(set(found.values())) < len(found):
        return None
    ordered = [value for _, value in sorted(found.items())]
    if sorted(ordered)[-1] - sorted(ordered)[0] > 3 * count:
        return None
    if sum(after - before in (1, -1) for before, after in pairwise(ordered)) >= _LEAST_SHARE * (len(ordered) - 1):
        return len(found) / count + 0.5
    return len(found) / count
