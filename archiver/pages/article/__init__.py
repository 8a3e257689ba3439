"""An article from one page: what the head says of it, what the page shows, and its body without anything else."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from lxml import etree
from lxml.html import HtmlElement

from archiver.items import Article
from archiver.pages.article import body as bodies
from archiver.pages.article import headline, metadata, signs
from archiver.pages.article.apart import stands_apart
from archiver.pages.article.evidence import confidence
from archiver.pages.article.normalised import normalise
from archiver.pages.article.reading import EXTRACTOR, Reading
from archiver.pages.article.unreadable import Unreadable
from archiver.pages.page import Page

__all__ = ["EXTRACTOR", "normalise", "read"]


def read(page: Page, cut: Sequence[str] = ()) -> Article | None:
    """The article of a page; None for a page that has none (front page, list, login, error).

    `cut` are XPaths of elements that belong to the thread; nothing within them is looked at. The page's tree stays as
    it is.
    """
    if page.status >= 400:
        return None
    thread = _resolve(page, cut)
    said = metadata.read(page.root, page.url)
    shown = signs.read(page.root, thread)
    title = headline.find(said, shown, page.url)
    body = _body(page, thread, title)
    sure = confidence(page, said, shown, title, body)
    if sure is None:
        return None
    if body is not None and stands_apart(body, title.element if title else None, thread):
        body = None
    return Reading(page, said, shown, title, body or bodies.Body(())).article(sure)


def _resolve(page: Page, cut: Sequence[str]) -> frozenset[HtmlElement]:
    tree = page.root.getroottree()
    found: set[HtmlElement] = set()
    for path in cut:
        try:
            elements = tree.xpath(path)
        except etree.XPathError:
            page.problems.append(f"No such place in the page: {path}.")
            continue
        found.update(element for element in elements if isinstance(element, HtmlElement))
    return frozenset(found)


def _body(page: Page, thread: Collection[HtmlElement], title: headline.Headline | None) -> bodies.Body | None:
    try:
        return bodies.find(page.root, thread, title.element if title else None)
    except Unreadable as error:
        page.problems.append(f"The article's body was not found: {error}.")
        return None
