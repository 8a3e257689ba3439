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

from archiver.threads.flags.signs import Look

WEIGHTS: Final = Path(__file__).with_name("spam.json")

THRESHOLD: Final = 0.5
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
    look = Look.at(text)
    if _offers_money(look):
        return Suspicion("an offer of money", OFFER)
    found = _weighed(look, weights())
    sure = _score(weights(), found)
    return Suspicion(_why(weights(), found), sure) if sure >= THRESHOLD else None


def score(text: str, by: Weights) -> float:
    """How sure it is by these weights that a comment is spam, from 0 to 1."""
    return _score(by, _weighed(Look.at(text), by))


@cache
def weights() -> Weights:
    """Those that come with the archiver."""
    return Weights.of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def _offers_money(look: Look) -> bool:
    """Whether somebody says what is earned at home: by the hour, or with a link to where."""
    paid = "money by the hour, day or month" in look.signs or ("a sum of money" in look.signs and look.has_link)
    return paid and "earning at home or online" in look.signs


def _weighed(look: Look, by: Weights) -> dict[str, float]:
    """What of the comment has a weight."""
    found = {name: by.signs[name] for name in look.signs if name in by.signs}
    return found | {name: by.words[name] for name in by.words.keys() & look.phrases}


def _score(by: Weights, found: Mapping[str, float]) -> float:
    return 1 / (1 + exp(-min(max(by.bias + sum(found.values()), -30), 30)))


def _why(by: Weights, found: Mapping[str, float]) -> str:
    """What speaks most for it: 'money by the hour, day or month; a link; "home"'."""
    most = sorted(found.items(), key=lambda each: (-each[1], each[0]))[:_TOLD]
    return "; ".join(name if name in by.signs else f'"{name}"' for name, weight in most if weight > 0)
