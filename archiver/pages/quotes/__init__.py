"""The quotations of an article: what stands between marks, what a block quotation holds, and of what kind it is.

Three stages, each a function of the one before: marks (`marks.py`), pairs with lost marks repaired (`pairs.py`), kinds
(here).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from archiver.items import Article, Quote, QuoteKind
from archiver.pages.quotes import marks
from archiver.pages.quotes.pairs import Pair, pair
from archiver.pages.text import parse_fragment, text_of

MAX_NICKNAME: Final = 3
MAX_SCARE: Final = 4
"""Words."""

_EMBED: Final = re.compile(
    r"(?:twitter|instagram|tiktok|fb|facebook|reddit|bluesky|mastodon|wp)-(?:tweet|media|embed\w*|post|card|video|bq)"
)
_WORD: Final = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_SMALL: Final = "a an and as at but by for from in into is nor of on or the to und der die das et de la le y el"
_SMALL_WORDS: Final = frozenset(_SMALL.split())
_TAKEN_UP: Final = re.compile(
    r"\b(?:a|an|the|this|that|these|those|his|her|its|their|our|my|your|so-called|called|dubbed|termed|"
    r"labell?ed|nicknamed|known as|as|of|"
    r"sogenannte[nrs]?|genannte[nrs]?|der|die|das|ein|eine[nmrs]?|un|une|le|la|les|el|los|las)\s+$",
    re.IGNORECASE,
)
_NAMED_BEFORE: Final = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\s$")
_NAMED_AFTER: Final = re.compile(r"\s[A-ZÀ-Þ][\w’'-]+")
_TITLED: Final = re.compile(
    r"\b(?:film|movie|book|novel|song|album|show|series|play|episode|essay|poem|single|documentary|magazine|"
    r"programme?|opera|entitled|titled|"
    r"article|Buch|Film|Lied|Roman|Serie|livre|chanson)s?,?\s+$",
    re.IGNORECASE,
)


def find(text: str, language: str | None = None) -> tuple[Quote, ...]:
    """The quotations of a text whose paragraphs are lines. `language` is a BCP 47 tag; None: told by the marks."""
    return tuple(_quote(text, one) for one in _pairs(text, language))


def of_article(article: Article) -> tuple[Quote, ...]:
    """The quotations of an article in reading order; block quotations and embedded posts by its HTML."""
    marked = find(article.text, article.language)
    blocks = tuple(_blocks(article, marked))
    return tuple(sorted((*marked, *blocks), key=lambda quote: (quote.start, quote.end)))


def _pairs(text: str, language: str | None) -> Iterator[Pair]:
    habit = marks.habit_of(text, language)
    found = [(start, end, marks.find(text, start, end, habit)) for start, end in marks.paragraphs(text)]
    goes_on = False
    for (start, end, here), following in zip_longest(found, found[1:]):
        continued = following is not None and _begins_with_opening(text, following[0], following[2])
        pairs = pair(text, start, end, here, single=habit.single, goes_on=goes_on, continued=continued)
        goes_on = bool(pairs) and not pairs[-1].closing and continued
        yield from pairs


def _begins_with_opening(text: str, start: int, here: list[marks.Mark]) -> bool:
    return bool(here) and here[0].role == "opens" and not text[start : here[0].start].strip()


def _quote(text: str, one: Pair) -> Quote:
    return Quote(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        kind=kind_of(text, one),
        marks=(one.opening, one.closing),
        repaired=one.repaired,
        rule=one.rule,
        confidence=one.confidence,
    )


def kind_of(text: str, one: Pair) -> QuoteKind:
    """What kind of quotation it is, by its words and those beside it.

    `nickname` stands inside a name, `title` names a work, `scare` is a term held at arm's length; `direct` is a whole
    sentence and `mixed` a part of one within the writer's own.
    """
    said = text[one.start : one.end]
    before, after = text[max(0, one.start - 40) : one.start - len(one.opening)], text[one.end + len(one.closing) :][:20]
    words = _WORD.findall(said)
    whole = said.rstrip().endswith((".", "!", "?", "…", ",", "—", "–")) and said.lstrip()[:1].isupper()
    if one.repaired or not one.opening or not one.closing:
        return "direct"
    if len(words) <= MAX_NICKNAME and said[:1].isupper() and _NAMED_BEFORE.search(before) and _NAMED_AFTER.match(after):
        return "nickname"
    if _is_title(said, words) and (
        _TITLED.search(before) or (len(words) > 1 and not before.rstrip().endswith((",", ":")))
    ):
        return "title"
    if len(words) <= MAX_SCARE and not said.rstrip().endswith((".", "!", "?")) and _TAKEN_UP.search(before):
        return "scare"
    return "direct" if whole or (before.rstrip()[-1:] in ("", ":", ",", "\n") and len(words) > MAX_SCARE) else "mixed"


def _is_title(said: str, words: list[str]) -> bool:
    """Whether all words but small ones have a capital, and no sentence ends."""
    large = [word for word in words if word.lower() not in _SMALL_WORDS]
    return (
        bool(large)
        and len(words) <= 8
        and all(word[:1].isupper() for word in large)
        and not re.search(r"[.!?]\s", said)
    )


def _blocks(article: Article, marked: tuple[Quote, ...]) -> Iterator[Quote]:
    """Block quotations, found again in the text. Where one holds quotations in marks, the marks tell it better."""
    if "<blockquote" not in article.html:
        return
    behind = 0
    for element in parse_fragment(article.html).iter("blockquote"):
        said = text_of(element).strip()
        start = article.text.find(said, behind) if said else -1
        if start < 0:
            continue
        behind = end = start + len(said)
        embed = _EMBED.search(element.get("class") or "") is not None
        if embed or not any(start <= quote.start and quote.end <= end for quote in marked):
            yield Quote(start=start, end=end, text=said, kind="embed" if embed else "block", rule="<blockquote>")
