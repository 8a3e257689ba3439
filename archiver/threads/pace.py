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
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

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
    """A thread, the hours since the last look at it, and the pace that it is held to at least.

    `most` is how many looks it can take in the time ahead: no more than there are new comments, where its site tells
    of them. `slower` is how many times slower than all others it is looked at.
    """

    since: float
    outlook: Outlook
    least: float
    most: float = math.inf
    slower: float = 1.0

    def held_to(self, pace: float) -> Waiting:
        """The same, looked at no faster than at a pace."""
        return Waiting(self.since, self.outlook, pace, self.most, self.slower)

    def due_below(self, bounds: Bounds) -> float:
        """The pace below which it falls due within the next `AHEAD` hours; infinite where it does at any."""
        hours = self.since + AHEAD
        if hours <= bounds.shortest:
            return 0.0
        return math.inf if hours > bounds.longest else self.outlook.expected(hours) * hours / self.slower

    def looks(self, pace: float, bounds: Bounds) -> float:
        """How many looks at it fall due within the next `AHEAD` hours; one that is overdue is one."""
        every = bounds.hold(self.outlook.worth_after(max(pace, self.least) * self.slower))
        first = every - self.since
        return 0.0 if first >= AHEAD else min(1 + (AHEAD - max(first, 0.0)) / every, self.most)


def pace_for(threads: Iterable[Waiting], looks: float, least: float, bounds: Bounds) -> float:
    """The lowest pace from `least` on at which no more looks than these fall due in the time ahead, to a hundredth.

    Each thread is weighed once: sorted by the pace up to which it falls due, only the first ones matter.
    """
    ranked = [(each.due_below(bounds), each) for each in threads]
    ranked = sorted(((pace, each) for pace, each in ranked if pace > max(least, each.least)), key=itemgetter(0))
    low, due, near = least, 0.0, list[Waiting]()
    while ranked and due <= looks:
        pace, each = ranked.pop()
        due += min(each.most, 1.0)
        near.append(each)
        low = max(least, pace) if due > looks else least
    if low >= HIGHEST:
        return HIGHEST
    high = low
    while high < HIGHEST and _looks(near, high, bounds) > looks:
        low, high = high, high * 2
    while high > low * 1.01:
        middle = math.sqrt(low * high)
        fits = _looks(near, middle, bounds) <= looks
        low, high = (low, middle) if fits else (middle, high)
    return high


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
