"""Passages that a text shares with earlier ones: word for word, cut short, or with a word changed here and there.

Runs of four words are looked up in an index of the sources and extended to both sides over small differences. Quotation
marks are no condition: a quarter of the people who quote leave them out. Linear in the length of the text, but for
the few places that an index entry names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archiver.threads.links.words import Words

RUN: Final = 4
"""Words that must stand together unchanged for a passage to be noticed."""

REMEMBERED: Final = 60_000
"""Runs of words that a generation holds: those of some fifteen hundred comments, in 20 MiB."""

_OF_TEXT: Final = 6
"""Runs that a text takes the memory of, itself: a thread may consist of comments of four words."""

AT_MOST: Final = 4
"""Places of one run that are remembered: the earliest, where the words come from."""

MIN_WORDS, MIN_LONG_WORDS, MIN_SIMILARITY = 7, 3, 0.75
"""What a passage must have: words in common, those of four letters and more, and the share in common."""

_DIFFERENCES: Final = ((1, 1), (1, 0), (0, 1), (2, 2), (2, 1), (1, 2), (2, 0), (0, 2), (3, 3))
"""Words that may differ at one place: in the text, in the source. The smallest that leads on is taken: to one word more
in common than differ."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Spans are in characters. `similarity` is the share of words in common, from 0 to 1."""

    start: int
    end: int
    source: int
    """Which source, in the order in which they were added."""
    source_start: int
    source_end: int
    words: int
    similarity: float


@dataclass(frozen=True, slots=True)
class _Match:
    """Half-open ranges of words."""

    begin: int
    end: int
    source: int
    source_begin: int
    source_end: int
    common: int


class Sources:
    """Texts that later ones may quote. Add them in the order in which they were written.

    The latest are remembered, in two generations: when the younger is full it becomes the older, and what that held is
    forgotten. So a thread of a hundred thousand comments needs no more memory than one of some thousand.
    """

    def __init__(self) -> None:
        self._count = 0
        self._young, self._old = _Generation(), _Generation()

    def add(self, words: Words) -> None:
        if self._young.is_full:
            self._young, self._old = _Generation(), self._young
        self._young.add(self._count, words)
        self._count += 1

    def passages(self, words: Words) -> Iterator[Passage]:
        """What `words` shares with the sources, in order, without overlap: of several sources the longest match,
        then the earliest source."""
        free = 0
        old, young = self._old.places, self._young.places
        known = [(at, run) for at, run in enumerate(_runs(words)) if run in young or run in old]
        for at, run in known:
            if at < free:
                continue
            places = [*old.get(run, ()), *young.get(run, ())]
            matches = [self._extended(words, at, source, begin, free) for source, begin in places]
            best = max(matches, key=lambda match: (match.common, -match.source))
            if _is_passage(words, best):
                yield self._passage(words, best)
            free = best.end

    def _extended(self, words: Words, at: int, source: int, source_at: int, free: int) -> _Match:
        ours, theirs = words.forms, self._text(source).forms
        reach = 2 * len(ours)
        end, source_end, after = _alike(ours[at + RUN :], theirs[source_at + RUN : source_at + RUN + reach])
        ahead = theirs[max(source_at - reach, 0) : source_at]
        begin, source_begin, before = _alike(ours[free:at][::-1], ahead[::-1])
        return _Match(
            at - begin,
            at + RUN + end,
            source,
            source_at - source_begin,
            source_at + RUN + source_end,
            RUN + after + before,
        )

    def _passage(self, words: Words, match: _Match) -> Passage:
        start, end = words.place(match.begin, match.end)
        source_start, source_end = self._text(match.source).place(match.source_begin, match.source_end)
        return Passage(
            start=start,
            end=end,
            source=match.source,
            source_start=source_start,
            source_end=source_end,
            words=match.common,
            similarity=_similarity(match),
        )

    def _text(self, source: int) -> Words:
        return self._young.texts.get(source) or self._old.texts[source]


class _Generation:
    """Some texts, by their number, and where each run of words stands in them: number and place."""

    def __init__(self) -> None:
        self.texts: dict[int, Words] = {}
        self.places: dict[tuple[str, ...], list[tuple[int, int]]] = {}

    @property
    def is_full(self) -> bool:
        return len(self.places) + _OF_TEXT * len(self.texts) >= REMEMBERED

    def add(self, number: int, words: Words) -> None:
        self.texts[number] = words
        for at, run in enumerate(_runs(words)):
            places = self.places.setdefault(run, [])
            if len(places) < AT_MOST:
                places.append((number, at))


def shared(text: str, source: str) -> list[Passage]:
    """The passages that a text shares with one source."""
    sources = Sources()
    sources.add(Words(source))
    return list(sources.passages(Words(text)))


def _runs(words: Words) -> Iterator[tuple[str, ...]]:
    return zip(*(words.forms[ahead:] for ahead in range(RUN)), strict=False)


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int, int]:
    """How far two texts go on alike: words of the one, of the other, and how many of them are in common. The last word
    is always one in common."""
    i = j = common = end = their_end = 0
    while i < len(ours) and j < len(theirs):
        if ours[i] == theirs[j]:
            i, j, common = i + 1, j + 1, common + 1
            end, their_end = i, j
            continue
        for skip, their_skip in _DIFFERENCES:
            at, their_at = i + skip, j + their_skip
            if at >= len(ours) or their_at >= len(theirs) or ours[at] != theirs[their_at]:
                continue
            needed = max(skip, their_skip) + 1
            again = ours[at : at + needed]
            if len(again) == needed and again == theirs[their_at : their_at + needed]:
                i, j = at, their_at
                break
        else:
            break
    return end, their_end, common


def _is_passage(words: Words, match: _Match) -> bool:
    long = sum(len(form) > 3 for form in words.forms[match.begin : match.end])
    return match.common >= MIN_WORDS and long >= MIN_LONG_WORDS and _similarity(match) >= MIN_SIMILARITY


def _similarity(match: _Match) -> float:
    return match.common / max(match.end - match.begin, match.source_end - match.source_begin)
