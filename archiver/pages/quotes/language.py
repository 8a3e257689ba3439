"""Which language a text is written in, told by the small words that it cannot do without."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from archiver.pages.quotes.lexicon import LANGUAGES, lexicon

_WORD: Final = re.compile(r"[^\W\d_]+")
_READ: Final = 20_000
"""Characters: enough to tell, in any article."""
_LEAST: Final = 0.12
"""The part of a text that its commonest words make up."""


def language_of(text: str) -> str:
    """The code of one of `LANGUAGES`; empty where the text is in none of them, or too short to tell."""
    words = Counter(_WORD.findall(text[:_READ].lower()))
    shares = {code: sum(words[word] for word in lexicon(code).common) for code in LANGUAGES}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] > _LEAST * words.total() else ""
