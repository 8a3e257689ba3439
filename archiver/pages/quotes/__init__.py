"""The quotations of an article: what stands between marks or in a block, of what kind it is, and who said it.

The stages, each a function of the one before and each in a file of its own:

marks        the marks of a paragraph, and which way each faces
pairs        what two of them enclose; lost marks repaired
narration    the text outside of the quotations: words, their sorts, sentences
names        whose names stand there, and their full forms
mentions     who could be a speaker: names, pronouns, nouns
candidates   for each quotation those near it, with what speaks for and against each
attribution  the best of them; pronouns: whom he or she means
kinds        somebody's words, or a nickname, a title, a term
blocks       block quotations, pull quotes and embedded posts of the HTML

What weighs how much is fitted (`model`); the words of each language stand in `words/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from archiver.items import Article, Quote
from archiver.pages.quotes import marks
from archiver.pages.quotes.kinds import is_nickname
from archiver.pages.quotes.language import language_of
from archiver.pages.quotes.lexicon import lexicon
from archiver.pages.quotes.pairs import Pair, pair
from archiver.pages.quotes.speakers import attribute
from archiver.pages.text import parse_fragment, text_of

MOST_IN_A_PARAGRAPH = 200
"""Quotations in a paragraph that people write; in a longer list of marked passages nobody speaks."""


def find(text: str, language: str | None = None) -> tuple[Quote, ...]:
    """The quotations of a text whose paragraphs are lines. `language` is a BCP 47 tag; None: told from the text."""
    code = language.partition("-")[0].lower() if language else language_of(text)
    lines, found = marked(text, code)
    prose = [number for number, quotes in enumerate(found) if len(quotes) <= MOST_IN_A_PARAGRAPH]
    told = attribute(
        text, [lines[number] for number in prose], [one for number in prose for one in found[number]], lexicon(code)
    )
    lists = [one for quotes in found if len(quotes) > MOST_IN_A_PARAGRAPH for one in quotes]
    return tuple(sorted((*told, *lists), key=lambda quote: quote.start))


def marked(text: str, language: str) -> tuple[list[tuple[int, int]], list[list[Quote]]]:
    """The paragraphs of a text, and what stands between marks in each: nicknames are told, nothing else yet."""
    lines = list(marks.paragraphs(text))
    return lines, [[_quote(text, one) for one in pairs] for pairs in _pairs(text, lines, language)]


def of_article(article: Article) -> tuple[Quote, ...]:
    """The quotations of an article in reading order; block quotations and embedded posts by its HTML."""
    found = find(article.text, article.language)
    blocks = tuple(_blocks(article, found))
    return tuple(sorted((*found, *blocks), key=lambda quote: (quote.start, quote.end)))


def _pairs(text: str, lines: Sequence[tuple[int, int]], language: str) -> Iterator[list[Pair]]:
    """What stands between marks, paragraph by paragraph."""
    habit = marks.habit_of(text, language)
    found = [(start, end, marks.find(text, start, end, habit)) for start, end in lines]
    goes_on = False
    for (start, end, here), following in zip_longest(found, found[1:]):
        continued = following is not None and _begins_with_opening(text, following[0], following[2])
        pairs = pair(text, start, end, here, single=habit.single, goes_on=goes_on, continued=continued)
        goes_on = bool(pairs) and not pairs[-1].closing and continued
        yield pairs


def _begins_with_opening(text: str, start: int, here: list[marks.Mark]) -> bool:
    return bool(here) and here[0].role == "opens" and not text[start : here[0].start].strip()


def _quote(text: str, one: Pair) -> Quote:
    return Quote(
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        kind="nickname" if is_nickname(text, one) else "direct",
        marks=(one.opening, one.closing),
        repaired=one.repaired,
        rule=one.rule,
        confidence=one.confidence,
    )


_EMBED = re.compile(
    r"(?:twitter|instagram|tiktok|fb|facebook|reddit|bluesky|mastodon|wp)-(?:tweet|media|embed\w*|post|card|video|bq)"
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
