"""Block quotations, pull quotes and embedded posts: what the HTML of an article marks as somebody's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from archiver.items import Article, Quote
from archiver.pages import embeds
from archiver.pages.text import collapse, parse_fragment, text_of

_PULLED: Final = re.compile(r"(?:^|[\s_-])pull(?:ed)?[_-]?quote", re.IGNORECASE)
_WORD: Final = re.compile(r"\w+")
_MOSTLY: Final = 0.2
"""The part of a block from which on marks within it tell the quotations better."""
_FEWEST: Final = 3
"""Words that can be told again."""
_SIGNED: Final = re.compile(r"\n\s*[—–―-]+\s*(?P<name>[^\n]{2,80})\s*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """A block: its words from `start` to `end` of the article's text; `reaches` is where its signature ends."""

    start: int
    end: int
    reaches: int
    author: str | None = None
    printed: str | None = None
    """The author as the block prints them."""
    url: str | None = None
    embedded: bool = False
    pulled: bool = False
    """Whether the markup calls it a pull quote: it repeats words of the article."""


def blocks_of(article: Article) -> list[Block]:
    """The blocks of an article in order, each found again in its text."""
    found: list[Block] = []
    behind = 0
    if "<blockquote" in article.html or "pull" in article.html:
        for element in parse_fragment(article.html).iter("blockquote", "aside", "div", "p"):
            block = _block(article.text, element, behind) if _is_block(element) else None
            if block is not None:
                found.append(block)
                behind = block.reaches
    return found


def is_one(block: Block, quotes: Sequence[Quote]) -> bool:
    """Whether a block counts as one quotation; else the marks within it tell better what is quoted."""
    inside = sum(quote.end - quote.start for quote in quotes if block.start <= quote.start and quote.end <= block.end)
    return block.embedded or inside < _MOSTLY * (block.end - block.start)


def repeated(block: Block, text: str, quotes: Sequence[Quote]) -> Quote | None:
    """The quotation whose words a block says again, in whole or in part."""
    said = _words(text[block.start : block.end])
    if block.embedded or said.count(" ") < _FEWEST - 1:
        return None
    beside = (quote for quote in quotes if quote.end <= block.start or quote.start >= block.reaches)
    return next((quote for quote in beside if f" {said} " in f" {_words(quote.text)} "), None)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _is_block(element: HtmlElement) -> bool:
    if element.tag == "blockquote":
        return next(element.iterancestors("blockquote"), None) is None
    return _PULLED.search(element.get("class") or "") is not None and next(element.iter("blockquote"), None) is None


def _block(text: str, element: HtmlElement, behind: int) -> Block | None:
    whole = text_of(element).strip()
    found = re.compile(rf"^{re.escape(whole)}$", re.MULTILINE).search(text, behind) if whole else None
    if found is None:
        return None
    start = found.start()
    if embeds.is_post(element):
        return _post(element, whole, start)
    cited = next(element.iter("cite", "footer"), None)
    author = collapse(text_of(cited)) if cited is not None else ""
    said = whole
    if author and whole.endswith(author):
        said = whole[: -len(author)].rstrip(" \n—–―-")
    elif signed := _SIGNED.search(whole):
        author, said = signed["name"].strip(), whole[: signed.start()].rstrip()
    near = " ".join(one.get("class") or "" for one in _with_box(element))
    return Block(
        start=start,
        end=start + len(said),
        reaches=start + len(whole),
        author=author.lstrip("—–―- ").partition(",")[0] or None,
        printed=author or None,
        pulled=_PULLED.search(near) is not None,
    )


def _with_box(element: HtmlElement) -> Iterator[HtmlElement]:
    """An element and the figure or aside around it."""
    yield element
    parent = element.getparent()
    if parent is not None and parent.tag in ("figure", "aside", "div"):
        yield parent


def _post(element: HtmlElement, whole: str, start: int) -> Block:
    signature = embeds.signature(whole)
    said = whole[: signature.start].rstrip() if signature else whole
    return Block(
        start=start,
        end=start + len(said),
        reaches=start + len(whole),
        author=signature.name if signature else None,
        printed=signature.printed if signature else None,
        url=embeds.address(element),
        embedded=True,
    )
