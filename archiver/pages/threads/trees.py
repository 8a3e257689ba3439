"""The fitted part: a sum of small decision trees over the measures of a cut.

`model.json` is made by `benchmarks/fit_threads.py` and names its measures, so that it can be read and a stale one is
noticed. A tree is a list of nodes: `[measure, threshold, node if not above, node if above]`, or `[value]` at a leaf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


class Trees:
    def __init__(self, base: float, trees: Sequence[Sequence[Node]]) -> None:
        self._base = base
        self._first, self._others = _compiled(trees[:_FIRST]), _compiled(trees[_FIRST:])

    def value(self, measures: Sequence[float]) -> float:
        """How much a cut with these measures looks like the thread: about 1 for the right one, 0 for anything else."""
        total = self._first(self._base, measures)
        return total if total < _HOPELESS else self._others(total, measures)


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
    return Trees(float(described["base"]), trees)


@cache
def fitted() -> Trees:
    """The model that this package carries."""
    source = resources.files(__package__).joinpath("model.json").read_bytes()
    return from_description(msgspec.json.decode(source))
