"""The quotations of an article: what stands between marks or in a block, of what kind it is, and who said it.

The stages, each a function of the one before and each in a file of its own:

marks        the marks of a paragraph, and which way each faces
pairs        what two of them enclose; lost marks repaired
passages     the same for all paragraphs
blocks       block quotations, pull quotes and embedded posts of the HTML
narration    the text outside of the quotations: words, their sorts, sentences
names        whose names stand there, and their full forms
mentions     who could be a speaker: names, pronouns, nouns
candidates   for each quotation those near it, with what speaks for and against each
attribution  the best of them; pronouns: whom he or she means
kinds        somebody's words, or a nickname, a title, a term

What weighs how much is fitted (`model`); the words of each language stand in `words/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from archiver.items import Article, Quote
from archiver.pages.quotes.blocks import Block, blocks_of, is_one, repeated
from archiver.pages.quotes.language import language_of
from archiver.pages.quotes.lexicon import lexicon
from archiver.pages.quotes.passages import marked
from archiver.pages.quotes.speakers import attribute

MOST_IN_A_PARAGRAPH: Final = 200
"""Quotations in a paragraph that people write; in a longer list of marked passages nobody speaks."""


def find(text: str, language: str | None = None) -> tuple[Quote, ...]:
    """The quotations of a text whose paragraphs are lines. `language` is a BCP 47 tag; None: told from the text."""
    return _found(text, language, ())


def of_article(article: Article) -> tuple[Quote, ...]:
    """The quotations of an article in reading order; block quotations and embedded posts by its HTML."""
    return _found(article.text, article.language, blocks_of(article))


def _found(text: str, language: str | None, blocks: Sequence[Block]) -> tuple[Quote, ...]:
    code = language.partition("-")[0].lower() if language else language_of(text)
    lines, passages = marked(text, code)
    blocks = [block for block in blocks if is_one(block, [one for here in passages for one in here])]
    prose: list[tuple[int, int]] = []
    quotes: list[Quote] = []
    lists: list[Quote] = []
    for line, here in zip(lines, passages, strict=True):
        block = next((one for one in blocks if one.start <= line[0] and line[1] <= one.reaches), None)
        if block is not None and (block.author or block.embedded or block.pulled):
            continue
        if len(here) > MOST_IN_A_PARAGRAPH:
            lists += here
            continue
        prose.append(line)
        quotes += here if block is None else [_piece(text, *line)]
    told = attribute(text, prose, quotes, lexicon(code))
    return tuple(_with_blocks(text, sorted((*told, *lists), key=lambda quote: quote.start), blocks))


def _piece(text: str, start: int, end: int) -> Quote:
    """One paragraph of a block, to look for who speaks."""
    return Quote(start=start, end=end, text=text[start:end], kind="block", rule="<blockquote>")


def _with_blocks(text: str, found: Sequence[Quote], blocks: Sequence[Block]) -> Iterator[Quote]:
    """The quotations in order, each block as one; a block that repeats another quotation says which.

    A pull quote that repeats none and is not signed shows the writer's own words: it is left out.
    """
    pieces = {quote.start: quote for quote in found if quote.kind == "block"}
    marked = [quote for quote in found if quote.kind != "block"]
    again = {block.start: repeated(block, text, marked) for block in blocks}
    shown = [block for block in blocks if not block.pulled or block.author or again[block.start]]
    whole = [_whole(text, block, pieces.get(block.start)) for block in shown]
    quotes = sorted((*marked, *whole), key=lambda one: (one.start, one.end))
    for quote in quotes:
        first = again.get(quote.start) if quote.kind == "block" else None
        yield quote if first is None else _repeating(quote, quotes.index(first), first)


def _whole(text: str, block: Block, first: Quote | None) -> Quote:
    said = Quote(
        start=block.start,
        end=block.end,
        text=text[block.start : block.end],
        kind="embed" if block.embedded else "block",
        rule="<blockquote>",
        url=block.url,
    )
    if block.author:
        return replace(said, speaker=block.author, speaker_mention=block.printed, rule="<blockquote>, signed")
    if first is None:
        return said
    return replace(
        first, end=said.end, text=said.text, rule=f"<blockquote>; {first.rule}" if first.speaker_mention else said.rule
    )


def _repeating(quote: Quote, number: int, other: Quote) -> Quote:
    return replace(
        quote,
        repeats=number,
        speaker=other.speaker or quote.speaker,
        speaker_mention=other.speaker_mention or quote.speaker_mention,
        rule="<blockquote>, repeats a quotation",
    )
