"""The fitted part: a sum of small decision trees over the measures of a cut.

`model.json` is made by `benchmarks/fit_threads.py` and names its measures, so that it can be read and a stale one is
noticed. A tree is a list of nodes: `[measure, threshold, node if not above, node if above]`, or `[value]` at a leaf.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from archiver.pages.threads.measures import NAMES

_FIRST = 30
_HOPELESS = 0.1
"""What so many trees give less than this is not looked at by the others: they are small corrections."""

Node = tuple[int, float, int, int]
"""Measure (-1 at a leaf), threshold or value, the node to go on with."""


@dataclass(frozen=True, slots=True)
class Trees:
    base: float
    trees: tuple[tuple[Node, ...], ...]

    def value(self, measures: Sequence[float]) -> float:
        """How much a cut with these measures looks like the thread: about 1 for the right one, 0 for anything else."""
        total = self.base
        for number, tree in enumerate(self.trees):
            if number == _FIRST and total < _HOPELESS:
                break
            measure, value, low, high = tree[0]
            while measure >= 0:
                measure, value, low, high = tree[low if measures[measure] <= value else high]
            total += value
        return total


def from_description(described: dict[str, Any]) -> Trees:
    """The trees of a description as in `model.json`. Raises `KeyError` for a measure that is not measured."""
    numbers = {name: number for number, name in enumerate(NAMES)}
    trees = [
        tuple((numbers[n[0]], float(n[1]), n[2], n[3]) if len(n) > 1 else (-1, float(n[0]), 0, 0) for n in tree)
        for tree in described["trees"]
    ]
    return Trees(float(described["base"]), tuple(trees))


@cache
def fitted() -> Trees:
    """The model that this package carries."""
    source = resources.files(__package__).joinpath("model.json").read_bytes()
    return from_description(msgspec.json.decode(source))
