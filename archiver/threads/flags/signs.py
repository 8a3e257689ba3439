"""What can be seen of a comment that spam has more often: its signs, each true or false, and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self
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

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Sign:
    """`hints`: without one of these pieces of text the pattern cannot match, and is not tried."""

    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ("",)

    def stands_in(self, text: str) -> bool:
        return any(hint in text for hint in self.hints) and self.pattern.search(text) is not None


_MONEY: Final = ("$", "€", "£", "dollar", "buck", "euro", "pound")
_LINKS: Final = _Sign(re.compile(_LINK), ("www", "http", "."))
_SIGNS: Final[Mapping[str, _Sign]] = {
    "a sum of money": _Sign(re.compile(_AMOUNT), _MONEY),
    "money by the hour, day or month": _Sign(
        re.compile(rf"{_AMOUNT}.{{0,40}}(?:{_PER})|(?:{_PER}).{{0,40}}{_AMOUNT}", re.DOTALL), _MONEY
    ),
    "earning at home or online": _Sign(
        re.compile(_HOME), ("home", "online", "extra", "get rich", "earn", "pc", "computer", "laptop")
    ),
    "something of one's own": _Sign(re.compile(_MINE), ("my", "me", "us")),
    "a call to do something": _Sign(
        re.compile(_ASKED), ("sub", "check", "please", "visit", "click", "copy", "give", "free", "thumb", "like")
    ),
    "a letter drawn out": _Sign(re.compile(r"([^\W\d_])\1{3,}")),
    "rows of marks": _Sign(re.compile(r"[^\w\s,.!?…]{3,}|\.{7,}|[➥►→⇒]")),
}

CAPITALS_FROM: Final = 10
"""Letters that a comment must have before capitals tell anything."""

_TELLING: Final = 4
"""Letters of a word that says something by itself."""

READ: Final = 1500
"""Characters of a comment that are looked at: spam comes to the point."""

_FEW_WORDS: Final = 8
"""Beside so many words, or fewer, a link is the point of a comment; amid more it may support what they say."""

_LINK_ALONE, _LINK_AMID_WORDS = "a link", "a link amid words"

SIGNS: Final = (_LINK_ALONE, _LINK_AMID_WORDS, *_SIGNS, "nothing but a link", "written in capitals")


@dataclass(frozen=True, slots=True)
class Look:
    """What is seen of a comment: its signs by name, and its words, folded, in order, those of links left out."""

    signs: tuple[str, ...]
    words: tuple[str, ...]

    @classmethod
    def at(cls, text: str) -> Self:
        plain = normalize("NFKC", text[:READ])
        folded = plain.casefold().replace("’", "'")
        linked = _LINKS.stands_in(folded)
        bare = _LINKS.pattern.sub(" ", folded) if linked else folded
        words = tuple(_WORD.findall(bare))
        signs = [_LINK_AMID_WORDS if len(words) > _FEW_WORDS else _LINK_ALONE] if linked else []
        signs += [name for name, sign in _SIGNS.items() if sign.stands_in(bare)]
        if linked and len(words) < 3:
            signs.append("nothing but a link")
        if _shouted(plain):
            signs.append("written in capitals")
        return cls(tuple(signs), words)

    @property
    def has_link(self) -> bool:
        return _LINK_ALONE in self.signs or _LINK_AMID_WORDS in self.signs

    @property
    def phrases(self) -> set[str]:
        """The words that are no mere joints of a sentence ('me', 'on': words of other languages too), and the pairs of
        neighbours."""
        telling = (word for word in self.words if len(word) >= _TELLING)
        return {*telling, *(f"{one} {other}" for one, other in pairwise(self.words))}


def _shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= CAPITALS_FROM and sum(map(str.isupper, letters)) > 0.7 * len(letters)
