"""The blocks of text that an article is made of: paragraphs, headings, items of lists, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages.text import collapse, text_of

_NAMES: Final = """
    p div section article header footer aside main ul ol dl table tbody tr td blockquote figure h1 h2 h3 h4 h5 h6 li pre
    center address dd dt
"""
NAMES: Final = frozenset(_NAMES.split())
_UNSEEN: Final = ("script", "style", "noscript", "select", "textarea")
PARAGRAPH: Final = 80
"""Characters: shorter lines are labels."""
MOST_LINKED: Final = 0.3
"""The share of linked characters up to which words are a text, not a list of links."""


def leaves(part: HtmlElement, without: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """The innermost blocks of a part, in reading order. One that holds words beside further blocks counts whole."""
    steps = etree.iterwalk(part, events=("start",))
    for _, element in steps:
        if element in without or not isinstance(element.tag, str):
            steps.skip_subtree()
        elif element.tag in NAMES and not _is_container(element):
            yield element
            steps.skip_subtree()


def words_of(element: HtmlElement, without: Set[HtmlElement]) -> str:
    """The text of an element on one line."""
    if without.isdisjoint(element.iter()) and next(element.iter(*_UNSEEN), None) is None:
        return collapse(element.text_content())
    return collapse(text_of(element, without))


def linked(element: HtmlElement) -> int:
    """How many characters of an element lie in links."""
    return sum(len(collapse(a.text_content())) for a in element.iter("a"))


def is_text(element: HtmlElement, without: Set[HtmlElement], *, least: int, most_linked: float = MOST_LINKED) -> bool:
    """Whether an element holds so many characters of text, and not mainly links."""
    words = len(words_of(element, without))
    return words >= least and linked(element) <= words * most_linked


def _is_container(element: HtmlElement) -> bool:
    """Whether an element has no words of its own, only blocks (or what wraps blocks)."""
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return False
    return next((inner for inner in element.iterdescendants() if inner.tag in NAMES), None) is not None
