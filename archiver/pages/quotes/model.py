"""The fitted part: a sum of weights over the features of a choice, each feature a name that says what it sees.

`weights/<choice>.txt` has a weight and a feature a line; `benchmarks/fit_quotes.py` writes them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import TypeAlias

Weights: TypeAlias = Mapping[str, float]


@cache
def weights(choice: str, language: str) -> Weights:
    """The weights for one kind of choice: `speaker`, `pronoun` or `quotation`.

    What a language needs more or less of than others is added from a file of its own, `<choice>.<language>.txt`.
    """
    known = _read(f"{choice}.txt")
    for feature, weight in _read(f"{choice}.{language}.txt").items():
        known[feature] = known.get(feature, 0.0) + weight
    return known


def _read(name: str) -> dict[str, float]:
    file = files("archiver.pages.quotes").joinpath("weights", name)
    text = file.read_text("utf-8") if file.is_file() else ""
    pairs = (line.split(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for weight, feature in pairs}


def score(known: Weights, features: Iterable[str]) -> float:
    """The sum of the weights of some features; a feature without a weight counts nothing."""
    return sum(map(known.get, features, repeat(0.0)))  # several times faster than a loop: this is the innermost one


def probabilities(scores: Sequence[float]) -> list[float]:
    """How likely each of several choices is, by their scores; they sum to 1."""
    top = max(scores, default=0.0)
    powers = [math.exp(one - top) for one in scores]
    total = sum(powers)
    return [one / total for one in powers]
