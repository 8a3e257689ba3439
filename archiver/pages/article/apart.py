"""On a board the thread is what one comes for: what is left of such a page is no article."""

from __future__ import annotations

from collections.abc import Collection

from lxml.html import HtmlElement

from archiver.pages.article.blocks import leaves
from archiver.pages.article.body import Body


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
    around = set(headline.iterancestors())  # a box that holds the headline and words of its own is what stands below it
    if title > first or any(block in around or title < order[block] < first for block in blocks):
        return False
    return sum(said.values()) > body.size
