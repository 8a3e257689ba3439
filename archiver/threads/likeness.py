"""How much two looks speak for one comment: a sum of evidence from words, author, time, parent and place.

For pages that show no id. The numbers are weights of evidence, added up as in a vote: what is worth `ENOUGH` together
makes two looks one comment. They were set with generated histories (`benchmarks/identity.py`) that say the truth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log
from typing import Final, Literal

from archiver.items import Comment, Precision
from archiver.threads.merge import digest

ENOUGH: Final = 2.0

_SAME_WORDS, _OTHER_WORDS = 6.0, -2.0
_SAME_AUTHOR, _OTHER_AUTHOR = 1.0, -3.0
_SAME_PARENT, _OTHER_PARENT = 1.5, -1.5
_SAME_NEIGHBOUR = 1.0
_TIMES: Final = {"same": 4.0, "may be": 0.5, "shifted": 0.5, "unknown": 0.0, "other": -9.0}

_SLACK: Final[Mapping[Precision | None, timedelta]] = {
    "second": timedelta(minutes=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
    None: timedelta(days=366),
}
"""How far a time of that precision may be off: '3 days ago' was more than three days ago, and less than four."""
_FINE: Final = ("second", "minute")
_ZONES: Final = timedelta(hours=14)
"""How far a clock without a zone may be from UTC."""
_TOKEN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[^\W_]+")
"""A word; where words are written without blanks between them, a character."""

Neighbours = tuple[str | None, str | None]
"""The nearest comments before and behind that are recognised already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What tells a comment from others where its id does not. `digest` is that of its words and author."""

    id: str
    """Lasting for a comment that is stored; only good within its page for one that was just read."""
    author: str | None
    text: str
    digest: str
    published: datetime | None = None
    published_local: datetime | None = None
    published_precision: Precision | None = None
    parent: str | None = None

    @property
    def minute(self) -> datetime | None:
        """The printed time, or UTC, where either is told to the minute."""
        time = self.published_local or self.published
        return time.replace(second=0, microsecond=0) if time and self.published_precision in _FINE else None


def look_of(comment: Comment) -> Look:
    """How a comment looks that was just read."""
    return Look(
        id=comment.id,
        author=comment.author,
        text=comment.text,
        digest=digest(comment),
        published=comment.published,
        published_local=comment.published_local,
        published_precision=comment.published_precision,
        parent=comment.parent_id,
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The words of many texts, and how much it means that two texts share one: little for a word of many."""

    of: Mapping[str, Counter[str]]
    """By text."""
    weights: Mapping[str, float]

    @classmethod
    def read(cls, looks: Iterable[Look]) -> Words:
        of = {text: Counter(_TOKEN.findall(text.casefold())) for text in {look.text: None for look in looks}}
        spread = Counter(word for counted in of.values() for word in counted)
        return cls(of, {word: log(1 + len(of) / times) for word, times in spread.items()})

    def similarity(self, one: str, other: str) -> float:
        """From 0 for nothing in common to 1 for the same words in whatever order (Dice, weighted by rarity)."""
        mine, theirs = self.of[one], self.of[other]
        if mine == theirs:
            return 1.0
        whole = self._weight(mine) + self._weight(theirs)
        return 2 * self._weight(mine & theirs) / whole if whole else 0.0

    def _weight(self, counted: Counter[str]) -> float:
        return sum(times * self.weights[word] for word, times in counted.items())


def evidence(shown: Look, known: Look, similarity: float, beside: Neighbours, stored_beside: Neighbours) -> float:
    """What speaks for the two being one comment, less what speaks against it. `shown.parent` is a lasting id."""
    words = _OTHER_WORDS + (_SAME_WORDS - _OTHER_WORDS) * similarity
    neighbours = sum(here == there for here, there in zip(beside, stored_beside, strict=True))
    time = _TIMES[times(shown, known)]
    return words + _author(shown, known) + time + _parent(shown, known) + _SAME_NEIGHBOUR * neighbours


def _author(shown: Look, known: Look) -> float:
    if not shown.author or not known.author:
        return 0.0
    return _SAME_AUTHOR if _folded(shown.author) == _folded(known.author) else _OTHER_AUTHOR


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _parent(shown: Look, known: Look) -> float:
    if shown.parent is None and known.parent is None:
        return 0.0
    return _SAME_PARENT if shown.parent == known.parent else _OTHER_PARENT


def times(one: Look, other: Look) -> Literal["same", "may be", "shifted", "unknown", "other"]:
    """What two printed times say of each other. `shifted`: by whole hours, as where a site changes its zone."""
    pairs = ((one.published_local, other.published_local), (one.published, other.published))
    apart = next((abs(mine - theirs) for mine, theirs in pairs if mine and theirs), None)
    slack = _SLACK[one.published_precision] + _SLACK[other.published_precision]
    if apart is None:
        mine, theirs = _either(one), _either(other)
        if mine is None or theirs is None:
            return "unknown"
        return "may be" if abs(mine - theirs) <= slack + _ZONES else "other"
    if apart > slack:
        hours = timedelta(hours=round(apart / timedelta(hours=1)))
        is_zone = one.minute and other.minute and hours <= _ZONES and abs(apart - hours) < timedelta(minutes=1)
        return "shifted" if is_zone else "other"
    return "same" if one.minute and other.minute else "may be"


def _either(look: Look) -> datetime | None:
    return look.published_local or (look.published.replace(tzinfo=None) if look.published else None)


def alike(words: Words, text: str, holders: Mapping[str, Sequence[Look]], most: int) -> Sequence[Look]:
    """Those that share most with a text, at most so many. `holders` are the looks that hold a word."""
    found: dict[str, Look] = {}
    shared: dict[str, float] = {}
    for word in sorted(words.of[text], key=lambda each: (len(holders.get(each, ())), each))[:_RAREST]:
        for look in holders.get(word, ())[:_HOLDERS]:
            found[look.id] = look
            shared[look.id] = shared.get(look.id, 0.0) + words.weights[word]
    return [found[name] for name in sorted(found, key=lambda each: -shared[each])[:most]]


_RAREST: Final = 40
"""How many words of a comment, the rarest first, are looked for in others."""
_HOLDERS: Final = 200
"""How many comments that hold a word are looked at."""
