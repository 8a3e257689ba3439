"""Quotation marks of one paragraph in pairs; where one was lost, what it must have enclosed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archiver.pages.quotes.marks import Mark

_SENTENCE: Final = re.compile(r"(?<=[.!?…])[’”\"'»)\]]*\s+(?=[“\"‘'«„(\[]?[A-ZÀ-ÞА-Я0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|St|Jr|Sr|No|vs|Inc|Corp|Co|Ltd|bzw|ca|Nr|"
    r"Mme|[A-Z])|\b[A-Z]\.[A-Z])\.$"
)
_ATTRIBUTION: Final = re.compile(
    r"[,.!?…](?=\s+(?:[^\W\d_][\w.’'-]*\s){0,4}(?:said|says|told|added|asked|wrote|replied|continued|sagte|sagt|"
    r"erklärte|dijo|a dit|ha detto)\b)"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """What two marks enclose, from `start` to `end`; an empty sign for a mark that the page does not have."""

    start: int
    end: int
    opening: str
    closing: str
    rule: str = "marks"
    repaired: bool = False
    confidence: float = 1.0


def pair(
    text: str, start: int, end: int, marks: Sequence[Mark], *, single: bool = False, goes_on: bool, continued: bool
) -> list[Pair]:
    """The quotations of the paragraph `text[start:end]`, outermost only.

    `single`: single marks are the outer ones. `goes_on`: the paragraph before left its quotation open. `continued`:
    the next one begins with an opening mark, as is the custom where a quotation runs over several paragraphs. The time
    taken is in proportion to the marks.
    """
    pairing = _Pairing(text, start, end, marks, single)
    found = pairing.pairs(goes_on, continued)
    return [one for one in found if any(c.isalnum() for c in text[one.start : one.end])]


class _Pairing:
    """One pass over the marks. At most one quotation is open; marks inside it are counted, not paired."""

    def __init__(self, text: str, start: int, end: int, marks: Sequence[Mark], single: bool) -> None:
        self.text, self.start, self.end = text, start, end
        self.marks, self.single = marks, single
        self.balances = _balances(marks)
        self.found: list[Pair] = []
        self.open: Mark | None = None
        self.depth = 0
        self.closer: int | None = None
        self.searched = 0
        self.sentence: int | None = None

    def pairs(self, goes_on: bool, continued: bool) -> list[Pair]:
        for number, mark in enumerate(self.marks):
            if self.open is None:
                self._outside(number, mark, goes_on)
            elif self.open.family == "single":
                if number == self.closer:
                    self._close(self.open, mark)
            elif mark.family == self.open.family:
                self._inside(number, mark, self.open)
        if self.open is not None:
            self._left_open(self.open, continued)
        return self.found

    def _outside(self, number: int, mark: Mark, goes_on: bool) -> None:
        if mark.family == "single":
            self.closer = (
                _closer_of_single(self.text, self.marks, number, self.single) if mark.role == "opens" else None
            )
            self.open = mark if self.closer is not None else None
        elif mark.role == "opens" or (mark.role == "either" and number + 1 < len(self.marks)):
            self.open, self.depth = mark, 0
        else:
            self._opening_lost(mark, goes_on)

    def _inside(self, number: int, mark: Mark, opening: Mark) -> None:
        if mark.role != "opens":
            if self.depth:
                self.depth -= 1
            else:
                self._close(opening, mark)
        elif self.balances[number] < 0 and not _ends_sentence(self.text, self.start, mark.start):
            self.depth += 1
        else:
            self._closing_lost(opening, mark)

    def _close(self, opening: Mark, closing: Mark) -> None:
        self.found.append(Pair(opening.end, closing.start, opening.sign, closing.sign))
        self.open = None

    def _opening_lost(self, closing: Mark, goes_on: bool) -> None:
        """A closing mark with nothing open: its quotation began with the paragraph, or a sentence behind the last."""
        if not self.found:
            rule = "goes on from the paragraph before" if goes_on else "opening mark lost at the start of the paragraph"
            begin = (
                self.start
                + len(self.text[self.start : closing.start])
                - len(self.text[self.start : closing.start].lstrip())
            )
            self.found.append(Pair(begin, closing.start, "", closing.sign, rule, not goes_on, 0.9 if goes_on else 0.8))
            return
        behind = self._sentence_behind_last(closing)
        if behind is not None and len(self.text[behind : closing.start].split()) > 1:
            rule = "opening mark lost at the start of a sentence"
            self.found.append(Pair(behind, closing.start, "", closing.sign, rule, True, 0.6))

    def _sentence_behind_last(self, closing: Mark) -> int | None:
        """Where the first sentence begins between the last quotation and a mark; each stretch is looked at once."""
        last = self.found[-1]
        if self.searched < last.end:
            self.searched, self.sentence = last.end + len(last.closing), None
        if self.sentence is None:
            sentences = _sentences(self.text, self.searched, closing.start)
            self.sentence = sentences[0] if sentences else None
        self.searched = max(self.searched, closing.start)
        return self.sentence

    def _closing_lost(self, opening: Mark, following: Mark) -> None:
        """Another opening mark while one is open: the first ended where someone is named, or with its last sentence."""
        attribution = _ATTRIBUTION.search(self.text, opening.end, following.start)
        sentences = _sentences(self.text, opening.end, following.start)
        end = attribution.end() if attribution else sentences[-1] if sentences else following.start
        end = opening.end + len(self.text[opening.end : end].rstrip())
        self.found.append(
            Pair(opening.end, end, opening.sign, "", "closing mark lost before the next quotation", True, 0.6)
        )
        self.open, self.depth = following, 0

    def _left_open(self, opening: Mark, continued: bool) -> None:
        rule = "goes on in the next paragraph" if continued else "closing mark lost at the end of the paragraph"
        end = self.start + len(self.text[self.start : self.end].rstrip())
        self.found.append(Pair(opening.end, end, opening.sign, "", rule, not continued, 0.95 if continued else 0.8))


def _balances(marks: Sequence[Mark]) -> list[int]:
    """For each mark, how many of its family from it on open, less those that close."""
    sums: dict[str, int] = {}
    balances = []
    for mark in reversed(marks):
        sums[mark.family] = sums.get(mark.family, 0) + (1 if mark.role == "opens" else -1)
        balances.append(sums[mark.family])
    return balances[::-1]


def _closer_of_single(text: str, marks: Sequence[Mark], number: int, outer: bool) -> int | None:
    """Which mark closes a single one: before the next that opens, a mark behind punctuation first, then one that is no
    possessive (`the players’ union`)."""
    weak = possessive = None
    for later in range(number + 1, len(marks)):
        mark = marks[later]
        if mark.role == "opens" and (mark.family == "single" or not outer):
            break
        if mark.family != "single" or mark.role == "opens":
            continue
        if mark.strong:
            return later if weak is None or not outer else weak
        if (
            text[mark.start - 1] in "sz"
            and text[mark.end : mark.end + 1] == " "
            and text[mark.end + 1 : mark.end + 2].islower()
        ):
            possessive = later if possessive is None else possessive
        elif weak is None:
            weak = later
    return weak if weak is not None else possessive


def _ends_sentence(text: str, start: int, position: int) -> bool:
    before = text[max(start, position - 8) : position].rstrip(" \t\u00a0’'")
    return before.endswith((".", "!", "?", "…", ","))


def _sentences(text: str, start: int, end: int) -> list[int]:
    """Where sentences begin between two places, the first place left out."""
    return [
        found.end()
        for found in _SENTENCE.finditer(text, start, end)
        if not _ABBREVIATED.search(text[max(start, found.start() - 12) : found.start()]) and found.end() < end
    ]
