"""The edges of a body: the headline and by line that stand above it, the labels and calls that stand below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages.article.body import Body
from archiver.pages.text import collapse

MAX_LABEL: Final = 200
"""Characters: what is longer is a paragraph."""

_NAMES: Final = """
    p div section article header footer aside main ul ol dl table tbody tr td blockquote figure h1 h2 h3 h4 h5 h6 li pre
    center address dd dt
"""
_BLOCKS: Final = frozenset(_NAMES.split())
_ABOVE: Final = re.compile(
    r"(?:(?:posted|written|published|updated|last\s+(?:updated|modified)|created|submitted|added)\b.{0,120}|"
    r"(?:by|von|par|por|door)\s+[^\W\d_][\w.’' -]{1,60}(?:[|,·•–—-]?\s.{0,60})?|"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:[^\W\d_]{3,10}\.?\s\d{1,2}|"
    r"\d{1,2}\.?\s[^\W\d_]{3,10}),?\s\d{4}.{0,40}|"
    r"(?:by\s.{1,60}\s)?(?:filed under|categor(?:y|ies)|in|tags?|labels|"
    r"full list of categories)\b\s*:?\s.{0,150}|share this article|"
    r"\d+\s+comments?|(?:no|leave a|add a|post a)\s+comments?|share|print|e-?mail|tweet|home\s*[>»/].*|"
    r".*\breading time\b.*|\d+\s+min(?:utes?)?\s+read)",
    re.IGNORECASE,
)
_BELOW: Final = re.compile(
    r"(?:(?:author|autor(?:in)?|auteur|written by|posted by|by)\s*:.{0,100}|share(?:\s+(?:this|on|it|via|"
    r"post)\b.{0,60})?\s*:?|sharing is caring.*|"
    r"(?:tags?|tagged(?:\s+(?:with|as|in))?|filed\s+(?:under|in)|categor(?:y|ies|ized\s+(?:as|in))|"
    r"posted\s+(?:in|on|by|under)|labels|topics?|keywords)\b\s*:?.{0,150}|"
    r"related(?:\s+(?:posts?|articles?|stories|content|reading|news|topics))?\s*:?|(?:you\s+(?:may|"
    r"might)\s+also\s+like|see\s+also|read\s+(?:more|next|also)|more\s+(?:from|on|in|stories)|"
    r"recommended|also\s+read)\b.{0,120}|"
    r"(?:click\s+here\s+to\s+)?(?:subscribe|sign\s+up|follow\s+(?:us|me|@)|like\s+(?:us|this)|join\s+(?:us|"
    r"our))\b.{0,150}|"
    r"(?:leave|post|add|write)\s+(?:a\s+|your\s+)?(?:comment|reply).*|(?:\d+|no)\s+(?:comments?|responses?|"
    r"replies).{0,30}|comments?(?:\s+are\s+(?:closed|off).*)?|"
    r"dieser\s+artikel\s+hat\s+\d+\s+kommentare.*|teilen?\b.{0,60}|mehr\s+(?:zum\s+thema|von|aus)\b.{0,100}|"
    r"partager\b.{0,60}|lire\s+aussi\b.{0,120}|compart(?:ir|e)\b.{0,60}|leia\s+(?:também|mais)\b.{0,120}|"
    r"lee\s+también\b.{0,120}|(?:previous|next)\s+article.{0,100}|"
    r"this\s+entry\s+was\s+posted.*|(?:post\s+)?views?\s*:\s*[\d,.]+|print(?:\s+this.*)?|e-?mail(?:\s+this.*)?|"
    r"permalink.*|trackback.*|advertisements?|"
    r"(?:tweet|like|pin\s+it|facebook|twitter|google\+?|linkedin|whatsapp|reddit|pinterest|tumblr|email|"
    r"more)(?:[\s|,·•]+(?:tweet|like|pin\s+it|facebook|"
    r"twitter|google\+?|linkedin|whatsapp|reddit|pinterest|tumblr|e-?mail|print|more))*|bookmark(?:\s+to)?\s*:?|"
    r"\[?image\s+credit\]?|more\s+posts.{0,40}|author\s+website|your\s+rating.*|average\s*:.*|rate\s+this.*|"
    r"loading\s*(?:\.\.\.|…)?|"
    r"(?:previous|next|older|newer)\s+(?:post|article|story|entry)\b.{0,100}|[«»←→‹›<>]+.{0,100})",
    re.IGNORECASE,
)
MAX_AROUND_LINKS: Final = 25
"""Characters beside the links of a line that is made of links."""

_SOURCE: Final = re.compile(r"(?:via|source|quelle|h/?t|from)\b", re.IGNORECASE)
_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))
_WORDS: Final = re.compile(r"\w+")


def trim(body: Body, *, title: str | None, deck: str | None = None, labels: Collection[HtmlElement] = ()) -> Body:
    """The body without what frames it. `labels` are elements whose markup calls them headline, author or date."""
    blocks = [
        (block, text)
        for part in body.parts
        for block in leaves(part, body.without)
        if (text := collapse(block.text_content()))
    ]
    above = _above(blocks, title, deck, labels)
    below = _below(blocks[len(above) :], labels)
    if len(above) + len(below) >= len(blocks):
        return body
    out = frozenset((*above, *below, *_loose(body, labels, {block for block, _ in blocks})))
    parts = tuple(part for part in body.parts if part not in out)
    return replace(body, parts=parts, without=body.without | out)


def _loose(body: Body, labels: Collection[HtmlElement], blocks: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """Labels that lie in no block: a date or a name in a `<span>` between the headline and the first paragraph."""
    for label in labels:
        whole = label
        while (
            whole.getparent() is not None
            and whole.getparent() not in body.parts
            and whole.getparent().tag not in _BLOCKS
        ):
            whole = whole.getparent()
        inside = whole.tag not in _BLOCKS and any(part in body.parts for part in whole.iterancestors())
        if (
            inside
            and not any(box in blocks for box in whole.iterancestors())
            and len(collapse(whole.text_content())) < MAX_LABEL
        ):
            yield whole


def leaves(part: HtmlElement, without: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """The innermost blocks of a part, in reading order. One that holds words beside further blocks counts whole."""
    steps = etree.iterwalk(part, events=("start",))
    for _, element in steps:
        if element in without or not isinstance(element.tag, str):
            steps.skip_subtree()
        elif element.tag in _BLOCKS and not _is_container(element):
            yield element
            steps.skip_subtree()


def _is_container(element: HtmlElement) -> bool:
    """Whether an element has no words of its own, only blocks (or what wraps blocks)."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    return next((inner for inner in element.iterdescendants() if inner.tag in _BLOCKS), None) is not None


def _above(
    blocks: list[tuple[HtmlElement, str]], title: str | None, deck: str | None, labels: Collection[HtmlElement]
) -> list[HtmlElement]:
    """The blocks before the first paragraph: kicker, headline, deck, by line, date."""
    first = blocks[:8]
    headline = next((number for number, (_, text) in enumerate(first[:4]) if _same(text, title)), -1)
    out: list[HtmlElement] = []
    for number, (block, text) in enumerate(first):
        short = len(text) < MAX_LABEL
        framing = short and (block in labels or _ABOVE.fullmatch(text) is not None or _is_links(block, text))
        if not framing and not _same(text, deck) and not (number <= headline and short):
            break
        out.append(block)
    return out


def _below(blocks: list[tuple[HtmlElement, str]], labels: Collection[HtmlElement]) -> list[HtmlElement]:
    """The blocks after the last paragraph. A heading with nothing under it goes with them."""
    out: list[HtmlElement] = []
    for block, text in reversed(blocks[-12:]):
        frame = block in labels or (block.tag in _HEADINGS and _is_mere_heading(text))
        if len(text) >= MAX_LABEL or not (frame or _BELOW.fullmatch(text) or _is_links(block, text)):
            break
        out.append(block)
    return out


def _is_links(block: HtmlElement, text: str) -> bool:
    """Whether a short block is made of links: categories, neighbours, services."""
    linked = sum(len(collapse(a.text_content())) for a in block.iter("a"))
    return (
        linked > 0
        and len(text) - linked <= MAX_AROUND_LINKS
        and not _SOURCE.match(text)
        and not text.endswith(("!", "?"))
    )


def _is_mere_heading(text: str) -> bool:
    return not text.endswith((".", "!", "?", "”", '"'))


def _same(a: str, b: str | None) -> bool:
    return b is not None and _WORDS.findall(a.casefold()) == _WORDS.findall(b.casefold())
