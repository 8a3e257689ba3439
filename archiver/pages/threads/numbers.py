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
_LEAST_SHARE: Final = 0.8


def find_numbers(records: list[Record]) -> list[int | None]:
    """For each record its number; None for all where no place in the records counts up (or down) by one."""
    slots: dict[tuple[int, int], dict[int, int]] = {}
    for number, record in enumerate(records):
        for form, pattern in enumerate(_FORMS):
            for place in (*range(_EDGE_LINES), -1, -2):
                line = record.lines[place] if -len(record.lines) <= place < len(record.lines) else None
                found = pattern.search(line.lower) if line and len(line.lower) < 120 else None
                if found:
                    slots.setdefault((form, place), {})[number] = int(found[1])
    best = best_slot(slots, lambda _, found: _worth(found, len(records)))
    chosen = slots[best[1]] if best else {}
    return [chosen.get(number) for number in range(len(records))]


def _worth(found: Mapping[int, int], count: int) -> float | None:
    if count < 2 or len(found) < _LEAST_SHARE * count or len(set(found.values())) < len(found):
        return None
    ordered = [value for _, value in sorted(found.items())]
    if sorted(ordered)[-1] - sorted(ordered)[0] > 3 * count:
        return None
    if sum(after - before in (1, -1) for before, after in pairwise(ordered)) >= _LEAST_SHARE * (len(ordered) - 1):
        return len(found) / count + 0.5
    return len(found) / count
