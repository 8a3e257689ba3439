"""What stands between marks, paragraph by paragraph, before anybody knows of what kind it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from archiver.items import Quote
from archiver.pages.quotes import marks
from archiver.pages.quotes.kinds import is_nickname
from archiver.pages.quotes.pairs import Pair, pair


def marked(text: str, language: str) -> tuple[list[tuple[int, int]], list[list[Quote]]]:
    """The paragraphs of a text, and what stands between marks in each: nicknames are told, nothing else yet."""
    lines = list(marks.paragraphs(text))
    return lines, [[_quote(text, one) for one in pairs] for pairs in _pairs(text, lines, language)]


def _pairs(text: str, lines: Sequence[tuple[int, int]], language: str) -> Iterator[list[Pair]]:
    habit = marks.habit_of(text, language)
    found = [(start, end, marks.find(text, start, end, habit)) for start, end in lines]
    goes_on = False
    for (start, end, here), following in zip_longest(found, found[1:]):
        continued = following is not None and _begins_with_opening(text, following[0], following[2])
        pairs = pair(text, start, end, here, single=habit.single, goes_on=goes_on, continued=continued)
        goes_on = bool(pairs) and not pairs[-1].closing and continued
        yield pairs


def _begins_with_opening(text: str, start: int, here: list[marks.Mark]) -> bool:
    return bool(here) and here[0].role == "opens" and not text[start : here[0].start].strip()


def _quote(text: str, one: Pair) -> Quote:
    return Quote(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        kind="nickname" if is_nickname(text, one) else "direct",
        marks=(one.opening, one.closing),
        repaired=one.repaired,
        rule=one.rule,
        confidence=one.confidence,
    )
