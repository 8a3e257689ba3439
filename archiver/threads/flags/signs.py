"""What can be seen of a comment that spam has more often: its signs, each true or false, and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final
from unicodedata import normalize

_LINK = (
    r"(?:https?://|www\.)\S+"
    r"|\b[a-z0-9-]{2,}\s?\.\s?(?:com|net|org|info|biz|ru|tk|co|me|tv|xyz|online|site|club|ly|gl|io|gg)\b(?:\s?[/\\]\S*)?"
)
_AMOUNT = r"(?:[$€£]\s?\d|\d\s?[$€£]|\b\d[\d.,]*\s*k?\s+(?:dollars?|bucks|euros?|pounds?)\b)"
_PER = r"(?:an?|per|/|each|every)\s?(?:hour|hr|day|week|month)|hourly|daily|weekly|monthly"
_HOME = (
    r"\bwork(?:s|ed|ing)?\s+(?:\w+\s+)?(?:from|at)\s+(?:\w+\s+)?home|\b(?:job|work|earn|money|cash|income)\w*\s+online"
    r"|online\s+(?:job|work|cash|income)|\bfrom (?:my |your )?home\b|\bextra (?:cash|income|money)|\bget rich\b"
    r"|\bearn(?:s|ed|ing)?\b|\bon (?:the|my|a) (?:pc|computer|laptop)\b"
)
_MINE = (
    r"\bmy\s+(?:\w+\s+){0,3}(?:channel|chanel|videos?|page|song|music|blog|website|site|youtube|cover|album|profile|stuff)\b"
    r"|\bcheck (?:me|us) out\b|\bfollow (?:me|us)\b|\badd me\b"
)
_ASKED = (
    r"\bsub(?:s|scribe\w*)?\b|\bcheck(?:ing)? (?:\w+ ){0,2}out\b"
    r"|\bplease (?:like|share|follow|visit|help|vote|check|watch)\b|\bvisit\b|\bclick\b|\bcopy\s?(?:&|and)?\s?paste\b"
    r"|\bgive\s?away\b|\bfor free\b|\bfree\b.{0,20}\b(?:gift|followers|iphone)"
    r"|\bthumbs? up if\b|\blike (?:this|if)\b|\bcopy the link\b"
)

_PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "a link": re.compile(_LINK, re.IGNORECASE),
    "a sum of money": re.compile(_AMOUNT, re.IGNORECASE),
    "money by the hour, day or month": re.compile(
        rf"{_AMOUNT}.{{0,40}}(?:{_PER})|(?:{_PER}).{{0,40}}{_AMOUNT}", re.I | re.S
    ),
    "earning at home or online": re.compile(_HOME, re.IGNORECASE),
    "something of one's own": re.compile(_MINE, re.IGNORECASE),
    "a call to do something": re.compile(_ASKED, re.IGNORECASE),
    "a letter drawn out": re.compile(r"([^\W\d_])\1{3,}"),
    "rows of marks": re.compile(r"[^\w\s,.!?…]{3,}|\.{7,}|[➥►→⇒]"),
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CAPITALS_FROM: Final = 10
"""Letters that a comment must have before capitals tell anything."""

READ: Final = 4000
"""Characters of a comment that are looked at: spam comes to the point."""

SIGNS: Final = (*_PATTERNS, "nothing but a link", "written in capitals")


def signs_of(text: str) -> list[str]:
    """The signs that the comment shows, by name."""
    plain = _read(text)
    bare = _PATTERNS["a link"].sub(" ", plain)
    found = [name for name, pattern in _PATTERNS.items() if pattern.search(plain if name == "a link" else bare)]
    if "a link" in found and len(_WORD.findall(bare)) < 3:
        found.append("nothing but a link")
    letters = [letter for letter in bare if letter.isalpha()]
    if len(letters) >= _CAPITALS_FROM and sum(letter.isupper() for letter in letters) > 0.7 * len(letters):
        found.append("written in capitals")
    return found


def words_of(text: str) -> set[str]:
    """The words of a comment, folded, and the pairs of neighbours; those of its links left out."""
    bare = _PATTERNS["a link"].sub(" ", _read(text))
    words = _WORD.findall(bare.casefold().replace("’", "'"))
    return {*words, *(f"{one} {other}" for one, other in pairwise(words))}


def _read(text: str) -> str:
    return normalize("NFKC", text[:READ])
