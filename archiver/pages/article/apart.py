"""On a board the thread is what one comes for: what is left of such a page is no article."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from lxml.html import HtmlElement

from archiver.pages.article.blocks import leaves
from archiver.pages.article.body import Body
from archiver.pages.text import collapse

_BUTTON: Final = 4
_NOTICE: Final = 60
"""Words."""
_PLACELESS: Final = 80
"""Characters."""
_LOG_IN: Final = re.compile(
    r"\b(?:log|sign)(?:ged|ging|ing)?[ -]?(?:in|up)\b.*\b(?:post|reply|account|register|member|guest|free)"
    r"|\b(?:einloggen|anmelden|registrieren|als gast|connectez-vous|inscrivez-vous|regístrate|inicia sesión)\b",
    re.IGNORECASE | re.DOTALL,
)


def stands_apart(body: Body, headline: HtmlElement | None, thread: Collection[HtmlElement]) -> bool:
    """Whether a body is what surrounds a page (notices, rules, links): the headline stands over the thread, nothing of
    the body between the two, and the thread says more. Of a thread in pieces (comments, form, a count beside the
    headline) the longest is where it stands."""
    if headline is None or not thread:
        return False
    order = {element: place for place, element in enumerate(headline.getroottree().iter())}
    said = {element: len(element.text_content()) for element in thread}
    title, first = order[headline], order[max(thread, key=lambda element: said[element])]
    blocks = [block for part in body.parts for block in leaves(part, body.without)]
    if body.size - sum(len(collapse(block.text_content())) for block in blocks) > _PLACELESS:
        return False  # words beside all blocks may stand anywhere
    blocks = [block for block in blocks if block is not headline and not _is_notice(block)]
    around = set(headline.iterancestors())  # a box that holds the headline and words of its own is what stands below it
    if title > first or any(block in around or title < order[block] < first for block in blocks):
        return False
    return sum(said.values()) > body.size


def _is_notice(block: HtmlElement) -> bool:
    """Whether a block is a button, or tells a guest to log in."""
    words = collapse(block.text_content())
    count = len(words.split())
    return count <= _BUTTON or (count <= _NOTICE and _LOG_IN.search(words) is not None)
