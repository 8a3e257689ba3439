"""Whether a comment is spam: an offer of money, or a sum of weights that can be read, of its signs and words.

The weights are fitted by `benchmarks/fit_spam.py` on comments that are not in the project. Each comment's sum becomes a
score between 0 and 1; what weighed most is the flag's explanation. Offers of money are a rule of their own: the weights
come from comments under music videos, where other offers are made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any, Final, Self

from archiver.threads.flags.signs import signs_of, words_of

WEIGHTS: Final = Path(__file__).with_name("spam.json")

THRESHOLD: Final = 0.4
"""The score from which a comment is flagged."""

OFFER: Final = 0.95
"""The score of an offer of money."""

_TOLD: Final = 3
"""Signs and words that explain a flag."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`bias` is the sum of a comment that shows nothing."""

    bias: float
    signs: Mapping[str, float]
    words: Mapping[str, float]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        return cls(values["bias"], values["signs"], values["words"])


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What makes a comment look like spam, in words, and how strongly, from 0 to 1."""

    rule: str
    score: float


def suspicion(text: str) -> Suspicion | None:
    """What makes a comment look like spam; None where nothing does."""
    if offers_money(text):
        return Suspicion("an offer of money", OFFER)
    found = score(text)
    return Suspicion(why(text), found) if found >= THRESHOLD else None


def offers_money(text: str) -> bool:
    """Whether somebody says what is earned at home: by the hour, or with a link to where."""
    signs = signs_of(text)
    paid = "money by the hour, day or month" in signs or {"a sum of money", "a link"} <= set(signs)
    return paid and "earning at home or online" in signs


@cache
def weights() -> Weights:
    """Those that come with the archiver."""
    return Weights.of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def score(text: str, by: Weights | None = None) -> float:
    """How sure it is that a comment is spam, from 0 to 1."""
    by = by or weights()
    return 1 / (1 + exp(-min(max(by.bias + sum(_found(text, by).values()), -30), 30)))


def why(text: str, by: Weights | None = None) -> str:
    """What speaks most for it: 'money by the hour, day or month; a link; "home"'."""
    by = by or weights()
    found = sorted(_found(text, by).items(), key=lambda each: -each[1])
    return "; ".join(name if name in by.signs else f'"{name}"' for name, weight in found[:_TOLD] if weight > 0)


def _found(text: str, by: Weights) -> dict[str, float]:
    return {name: by.signs[name] for name in signs_of(text) if name in by.signs} | {
        name: by.words[name] for name in words_of(text) if name in by.words
    }
