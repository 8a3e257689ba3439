"""Which language a text is written in, told by the small words that it cannot do without."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from archiver.pages.quotes.lexicon import LANGUAGES, lexicon

_WORD: Final = re.compile(r"[^\W\d_]+")
_READ: Final = 1_500
"""Characters: enough to tell."""
_LEAST: Final = 0.12
"""The part of a text that its commonest words make up."""


@cache
def _languages_of_words() -> dict[str, list[str]]:
    """For each word that a sentence can hardly do without, in which languages."""
    known: dict[str, list[str]] = {}
    for code in LANGUAGES:
        for word in lexicon(code).common:
            known.setdefault(word, []).append(code)
    return known


def language_of(text: str) -> str:
    """The code of one of `LANGUAGES`; empty where the text is in none of them, or too short to tell."""
    words = _WORD.findall(text[:_READ].lower())
    known = _languages_of_words()
    shares = Counter(code for word in words if word in known for code in known[word])
    best = max(LANGUAGES, key=lambda code: shares[code])
    return best if shares[best] > _LEAST * len(words) else ""
