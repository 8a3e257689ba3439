"""The fitted part: a sum of small decision trees over the measures of a cut, and what its scores mean.

`model.json` is made by `benchmarks/fit_threads.py` and names its measures, so that it can be read and a stale one is
noticed. A tree is a list of nodes: `[measure, threshold, node if not above, node if above]`, or `[value]` at a leaf.
The sum of all trees is the logarithm of the odds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from typing import Any, Literal

import msgspec

from archiver.pages.threads.measures import NAMES

_FIRST = 60
_HOPELESS = -2.5
"""What so many trees give less than this is not looked at by the others: they are small corrections."""

Node = tuple[int, float, int, int]
"""Measure (-1 at a leaf), threshold or value, the node to go on with."""

Kind = Literal["named", "unnamed", "forum"]
"""Whether the page is a forum, and if not, whether a word for comments is in a class, an id or a heading near."""


@dataclass(frozen=True, slots=True)
class Odds:
    """From the score of a page's best cut to the share of right threads at such a score: a logistic curve, moved to and
    fro by what kind of page it is."""

    slope: float
    named: float
    unnamed: float
    forum: float

    def confidence(self, score: float, kind: Kind) -> float:
        """How likely a cut is the thread. Between 0 and 1."""
        moved = self.named if kind == "named" else self.unnamed if kind == "unnamed" else self.forum
        return 1 / (1 + exp(-self.slope * score - moved))


class Trees:
    def __init__(self, trees: Sequence[Sequence[Node]], odds: Odds) -> None:
        self.odds = odds
        self._first, self._others = _compiled(trees[:_FIRST]), _compiled(trees[_FIRST:])

    def value(self, measures: Sequence[float]) -> float:
        """How much a cut with these measures looks like the thread: about 1 for the right one, 0 for anything else."""
        total = self._first(0.0, measures)
        if total >= _HOPELESS:
            total = self._others(total, measures)
        return 1 / (1 + exp(-total))


def _compiled(trees: Sequence[Sequence[Node]]) -> Callable[[float, Sequence[float]], float]:
    """Trees as one Python function, which adds what they give to a sum: faster than walking them by half."""
    lines = [f" total += {_expression(tree)}" for tree in trees]
    source = "\n".join(["def value(total, m):", *lines, " return total"])
    names: dict[str, Callable[[float, Sequence[float]], float]] = {}
    exec(source, names)  # noqa: S102 - it is made of the numbers of a model, and of nothing else
    return names["value"]


def _expression(tree: Sequence[Node], at: int = 0) -> str:
    measure, value, low, high = tree[at]
    if measure < 0:
        return f"{value!r}"
    return f"({_expression(tree, low)} if m[{measure}] <= {value!r} else {_expression(tree, high)})"


def from_description(described: dict[str, Any]) -> Trees:
    """The trees of a description as in `model.json`. Raises `KeyError` for a measure that is not measured."""
    numbers = {name: number for number, name in enumerate(NAMES)}
    trees = [
        tuple((numbers[n[0]], float(n[1]), n[2], n[3]) if len(n) > 1 else (-1, float(n[0]), 0, 0) for n in tree)
        for tree in described["trees"]
    ]
    return Trees(trees, Odds(**described["odds"]))


@cache
def fitted() -> Trees:
    """The model that this package carries."""
    source = resources.files(__package__).joinpath("model.json").read_bytes()
    return from_description(msgspec.json.decode(source))
