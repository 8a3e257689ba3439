"""The edges of a body: the headline and by line that stand above it, the labels and calls that stand below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from lxml.html import HtmlElement

from archiver.pages.article.blocks import NAMES, leaves, linked, words_of
from archiver.pages.article.body import Body
from archiver.pages.article.labels import begins_list, begins_section, is_above, is_below, is_sentence
from archiver.pages.text import collapse

MAX_LABEL: Final = 200
"""Characters: what is longer is a paragraph."""

MAX_AROUND_LINKS: Final = 25
"""Characters beside the links of a line that is made of links."""

MAX_ABOUT: Final = 400
"""Characters of a paragraph about the author."""
MAX_CLOSING: Final = 900
"""Characters of what stands below an article under a heading of its own."""
_MOST_BELOW: Final = 12
"""Blocks that may stand there."""

_REACHED: Final = re.compile(
    r"\b(?:twitter|follow|write to|reached?|e-?mail|contact|contribut\w+|written by)\b|@", re.I
)
_SOURCE: Final = re.compile(r"(?:via|source|quelle|h/?t|from)\b", re.IGNORECASE)
_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))
_WORDS: Final = re.compile(r"\w+")


def trim(
    body: Body,
    *,
    title: str | None,
    headline: HtmlElement | None = None,
    deck: str | None = None,
    labels: Collection[HtmlElement] = (),
    authors: Collection[str] = (),
) -> Body:
    """The body without what frames it. `headline` is where the page shows the title, `labels` are elements whose markup
    calls them author or date."""
    lines = [
        (block, text)
        for part in body.parts
        for block in leaves(part, body.without)
        if (text := words_of(block, body.without))
    ]
    higher = _before(lines, headline)
    above = higher + _above(lines[len(higher) :], title, deck, labels)
    below = _below(lines[len(above) :], labels, authors)
    if len(above) + len(below) >= len(lines):  # a picture, a video, a link: what is said of it stays
        above, below = [], [block for block, text in lines if len(text) < MAX_LABEL and is_below(text)]
    out = frozenset((*above, *below, *_loose(body, labels, {block for block, _ in lines})))
    parts = tuple(part for part in body.parts if part not in out)
    return replace(body, parts=parts, without=body.without | out)


def _loose(body: Body, labels: Collection[HtmlElement], blocks: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """Labels that lie in no block: a date or a name in a `<span>` between the headline and the first paragraph."""
    for label in labels:
        whole = label
        while (
            whole.getparent() is not None and whole.getparent() not in body.parts and whole.getparent().tag not in NAMES
        ):
            whole = whole.getparent()
        inside = whole.tag not in NAMES and any(part in body.parts for part in whole.iterancestors())
        if (
            inside
            and not any(box in blocks for box in whole.iterancestors())
            and len(collapse(whole.text_content())) < MAX_LABEL
        ):
            yield whole


def _before(lines: Sequence[tuple[HtmlElement, str]], headline: HtmlElement | None) -> list[HtmlElement]:
    """The blocks before the headline, where it stands in the body: the site's name and motto, its neighbours. Where a
    paragraph is among them, it is a headline within the text: none."""
    if headline is None:
        return []
    around = set(headline.iterancestors())
    at = next((place for place, (block, _) in enumerate(lines) if block is headline or block in around), 0)
    return [] if any(len(text) >= MAX_LABEL for _, text in lines[:at]) else [block for block, _ in lines[:at]]


def _above(
    blocks: list[tuple[HtmlElement, str]], title: str | None, deck: str | None, labels: Collection[HtmlElement]
) -> list[HtmlElement]:
    """The blocks before the first paragraph: kicker, headline, deck, by line, date."""
    first = blocks[:8]
    headline = next((number for number, (_, text) in enumerate(first[:4]) if _same(text, title)), -1)
    out: list[HtmlElement] = []
    for number, (block, text) in enumerate(first):
        short = len(text) < MAX_LABEL
        label = short and (is_above(text) or (number <= headline and not is_sentence(text)))
        framing = short and (block in labels or _is_links(block, text))
        if not label and not framing and not _same(text, deck):
            break
        out.append(block)
    return out


def _below(
    lines: list[tuple[HtmlElement, str]], labels: Collection[HtmlElement], authors: Collection[str]
) -> list[HtmlElement]:
    """The blocks after the last paragraph. A heading with nothing under it goes with them."""
    end = _closing(lines, authors)
    out = [block for block, _ in lines[end:]]
    for block, text in reversed(lines[max(0, end - _MOST_BELOW) : end]):
        frame = block in labels or (block.tag in _HEADINGS and _is_mere_heading(text))
        label = len(text) < MAX_LABEL and (frame or is_below(text) or _is_links(block, text))
        if not label and not _is_about(authors, text):
            break
        out.append(block)
    return _whole_lists(out, [block for block, _ in lines[: len(lines) - len(out)]])


def _whole_lists(out: list[HtmlElement], kept: list[HtmlElement]) -> list[HtmlElement]:
    """What is cut without the items of a list that begins in what is kept: a list is one thing."""
    last = kept[-1] if kept else None
    if last is None or last.tag != "li":
        return out
    return [block for block in out if block.getparent() is not last.getparent()]


def _closing(lines: list[tuple[HtmlElement, str]], authors: Collection[str]) -> int:
    """Where, near the end, something else begins under a heading of its own: an author's box, a newsletter, a list of
    other articles. The number of lines where nothing does."""
    much = min(MAX_CLOSING, sum(len(text) for _, text in lines) // 3)
    rest, begin = 0, len(lines)
    for place in range(len(lines) - 1, max(0, len(lines) - _MOST_BELOW) - 1, -1):
        text = lines[place][1]
        rest += len(text)
        if rest > much:
            break
        if begins_section(text, authors) or (begins_list(text) and _are_titles(lines[place + 1 :])):
            begin = place
    return begin


def _are_titles(lines: list[tuple[HtmlElement, str]]) -> bool:
    return all(len(text) < MAX_LABEL and not text.endswith(".") for _, text in lines)


def _is_about(authors: Collection[str], text: str) -> bool:
    """Whether a last paragraph is about the author: who it is, where to write to."""
    full = [name for name in authors if " " in name]
    if any(text.startswith(name) for name in full):
        return len(text) < MAX_ABOUT
    return len(text) < MAX_LABEL and any(name in text for name in full) and _REACHED.search(text) is not None


def _is_links(block: HtmlElement, text: str) -> bool:
    """Whether a short block is made of links: categories, neighbours, services."""
    links = linked(block)
    return links > 0 and len(text) - links <= MAX_AROUND_LINKS and not _SOURCE.match(text) and not is_sentence(text)


def _is_mere_heading(text: str) -> bool:
    return not text.endswith((".", "!", "?", "”", '"'))


def _same(a: str, b: str | None) -> bool:
    return b is not None and _WORDS.findall(a.casefold()) == _WORDS.findall(b.casefold())
