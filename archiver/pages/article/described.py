"""The words of an article that a script would fetch: what the head of such an empty page says of them."""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

from archiver.pages import jsonld
from archiver.pages.article.metadata import Metadata

_DESCRIPTIONS: Final = ("og:description", "twitter:description", "description")
_BODIES: Final = ("articleBody", "text")
_UNREAD: Final = frozenset(("script", "style", "template", "title", "textarea", "option", "svg"))
_HARDLY_ANY: Final = 60
"""Words of menus and notices that a page without content may show."""
_LEAST: Final = 20


def words_of_empty_page(root: HtmlElement, said: Metadata, text: str) -> tuple[str, str] | None:
    """What a page that shows hardly any words says in its head, and where; None for a page that shows some. Forums and
    newspapers put the beginning of the text there, often cut short."""
    told = _told(said)
    if told is None or len(told[0].split()) < max(_LEAST, len(text.split()) + 1):
        return None
    return told if _words_in(root) <= _HARDLY_ANY else None


def _words_in(root: HtmlElement) -> int:
    """Words that stand in the body, for those without scripts too."""
    parts = (
        len((words or "").split())
        for element in root.iter("*")
        for words in ("" if element.tag in _UNREAD else element.text, element.tail)
    )
    return sum(parts)


def _told(said: Metadata) -> tuple[str, str] | None:
    if said.article is not None:
        for name in _BODIES:
            if body := jsonld.text(said.article, name):
                return body, f"json-ld {name}"
    found = said.first(_DESCRIPTIONS)
    return (found[1], f"meta {found[0]}") if found else None
