"""What the markup calls the article: the entry, its body."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from lxml.html import HtmlElement

_BODIES: Final = re.compile(
    r"(?:^|\s)(?:entry-content|post-content|wp-block-post-content|post-body|article-body|storycontent)(?=\s|$)"
)
_BODY_PROPERTY: Final = re.compile(r"(?:^|[\s:/])articleBody(?=\s|$)")
"""In microdata, or in RDFa with or without a prefix (https://schema.org/articleBody)."""
_ENTRIES: Final = re.compile(
    r"(?:^|\s)(?:hentry|h-entry|type-post|post|article|entry|node|story)(?=\s|$)", re.IGNORECASE
)
_ENTRY_TYPES: Final = re.compile(r"schema\.org/\w*(?:Article|Posting)$")


def is_body(element: HtmlElement) -> bool:
    """Whether a class says that an element is the body of an entry."""
    return _BODIES.search(element.get("class") or "") is not None


def is_told_body(element: HtmlElement) -> bool:
    """Whether microdata or RDFa say that an element is the body of an article."""
    told = element.get("itemprop") or element.get("property") or ""
    return "articleBody" in told and element.tag != "meta" and _BODY_PROPERTY.search(told) is not None


def body(elements: Iterable[HtmlElement], out: Collection[HtmlElement]) -> HtmlElement | None:
    """The one body of an entry among all elements of a page, the innermost of several in one another; None where there
    are more. Nothing within `out` counts."""
    return _only([element for element in elements if is_body(element)], out)


def told_body(elements: Iterable[HtmlElement], out: Collection[HtmlElement]) -> HtmlElement | None:
    """The one `articleBody` of the structured data in the markup. Some sites mark the lead alone so."""
    return _only([element for element in elements if is_told_body(element)], out)


def _only(called: Sequence[HtmlElement], out: Collection[HtmlElement]) -> HtmlElement | None:
    outer = {ancestor for element in called for ancestor in element.iterancestors()}
    found = [element for element in called if element not in outer and _is_outside(element, out)]
    return found[0] if len(found) == 1 else None


def article(elements: Iterable[HtmlElement], out: Collection[HtmlElement]) -> HtmlElement | None:
    """The one `<article>` of a page."""
    found = [element for element in elements if element.tag == "article" and _is_outside(element, out)]
    return found[0] if len(found) == 1 else None


def entry(headline: HtmlElement) -> HtmlElement | None:
    """The innermost entry around a headline."""
    for element in headline.iterancestors():
        if element.tag in ("body", "html"):
            return None
        called = _ENTRIES.search(element.get("class") or "") or _ENTRY_TYPES.search(element.get("itemtype") or "")
        if element.tag == "article" or called:
            return element
    return None


def _is_outside(element: HtmlElement, out: Collection[HtmlElement]) -> bool:
    return element not in out and not any(ancestor in out for ancestor in element.iterancestors())
