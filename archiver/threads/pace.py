"""How soon a look at a thread is worth its request, and how soon so that looks fit a budget. Pure, in hours.

Comments come fast at first and slowly later: at age a, the part F(a) = a / (a + 6) of all that a thread will ever get
has come. What was seen by then tells how many are to come, beside a weak belief in few. A look is worth it once the
comments that are expected since the last one, times the hours since then, reach the *pace*: so long they will have
waited together. A lively thread is looked at often, an old one seldom, and a quiet one is not forgotten.

F is the shape of news sites. For slower places it is right enough: how high it reaches follows what is seen. Measured
beside other policies and in four worlds: `python -m benchmarks.revisits`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HALF = 6.0
"""Hours after which half of a thread's comments have come."""

BELIEF = (0.5, 0.1)
"""What counts as seen of every thread beforehand: so many comments in such a part of its life."""

AHEAD = 1.0
"""Hours for which a pace is set; then it is set anew."""

SAVED = 3.0
"""Hours of a budget that can be saved up."""

HIGHEST = 1e9
"""The pace at which no look is worth it any more."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be expected of a thread after the last look at it.

    `reach` is its age then and `HALF` together. `pull` says how many comments: `pull * x / ((x + reach) * reach)`
    within the next x hours.
    """

    reach: float
    pull: float

    @classmethod
    def of(cls, age: float, seen: int) -> Outlook:
        """Of a thread that had `seen` comments when it was `age` hours old."""
        comments, part = BELIEF
        whole = (comments + seen) / (part + age / (age + HALF))
        return cls(age + HALF, whole * HALF)

    def expected(self, hours: float) -> float:
        """Comments within so many hours after the last look."""
        return self.pull * hours / ((hours + self.reach) * self.reach)

    def worth_after(self, pace: float) -> float:
        """Hours after which comments times waiting reach `pace`, in comment hours: the root of a quadratic."""
        scale = pace * self.reach / self.pull
        return scale / 2 * (1 + math.sqrt(1 + 4 * self.reach / scale))


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """The shortest and the longest time between two looks, in hours."""

    shortest: float
    longest: float

    def hold(self, hours: float) -> float:
        return min(max(hours, self.shortest), self.longest)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thread, the hours since the last look at it, and the pace that it is held to at least."""

    since: float
    outlook: Outlook
    least: float

    def looks(self, pace: float, bounds: Bounds) -> float:
        """How many looks at it fall due within the next `AHEAD` hours; one that is overdue is one."""
        every = bounds.hold(self.outlook.worth_after(max(pace, self.least)))
        first = every - self.since
        return 0.0 if first >= AHEAD else 1 + (AHEAD - max(first, 0.0)) / every


def pace_for(threads: Iterable[Waiting], looks: float, least: float, bounds: Bounds) -> float:
    """The lowest pace from `least` on at which no more looks than these fall due in the time ahead, to a twentieth."""
    low = high = least
    near = _due(threads, low, bounds)
    while high < HIGHEST and _looks(near, high, bounds) > looks:
        low, high = high, high * 4
        near = _due(near, low, bounds)
    while high > low * 1.05:
        middle = math.sqrt(low * high)
        fits = _looks(near, middle, bounds) <= looks
        low, high = (low, middle) if fits else (middle, high)
    return high


def _due(threads: Iterable[Waiting], pace: float, bounds: Bounds) -> Sequence[Waiting]:
    """Those that fall due at a pace: none of the others does at a higher one."""
    return [each for each in threads if each.looks(pace, bounds)]


def _looks(threads: Iterable[Waiting], pace: float, bounds: Bounds) -> float:
    return sum(each.looks(pace, bounds) for each in threads)


def saved_up(looks: Iterable[float], a_day: float) -> float:
    """How many looks a budget allows at once, after `looks` (hours ago, the earliest first).

    It grows steadily, up to what `SAVED` hours give, or to one look.
    """
    an_hour = a_day / 24
    most = max(an_hour * SAVED, 1.0)
    left, before = most, None
    for ago in looks:
        if before is not None:
            left = min(left + (before - ago) * an_hour, most)
        left, before = left - 1, ago
    return left if before is None else min(left + before * an_hour, most)
