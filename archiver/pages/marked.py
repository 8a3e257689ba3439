"""A page with the parts that were found in it coloured and labelled: a picture of what was read, for people.

The picture runs nothing and asks no server for anything: scripts, frames, forms and handlers are taken out, and a
content security policy forbids what might be left. So it looks plainer than the page does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from archiver.items import Article, Comment, Extraction, ThreadPage
from archiver.pages import paths
from archiver.pages.page import Page

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
_STYLE: Final = """
[data-archiver-thread] { outline: 3px dashed #7b1fa2 !important }
[data-archiver-article] { background: #e6f4ea !important; border-left: 5px solid #188038 !important }
[data-archiver-comment] { outline: 2px solid #1a73e8 !important; background: #e8f0fe !important }
[data-archiver-comment][data-archiver-unsure] { outline-color: #e37400 !important; background: #fef7e0 !important }
[data-archiver-author] { background: #ffe082 !important }
[data-archiver-time] { background: #f8bbd0 !important }
[data-archiver-thread]::before, [data-archiver-comment]::before, #archiver-legend { font: 12px/1.5 monospace !important;
  display: block !important; padding: 2px 6px !important; color: #fff !important; background: #1a73e8 !important;
  white-space: pre-wrap !important; text-align: left !important }
[data-archiver-thread]::before { content: attr(data-archiver-thread); background: #7b1fa2 !important }
[data-archiver-comment]::before { content: attr(data-archiver-comment) }
[data-archiver-unsure]::before { background: #e37400 !important }
#archiver-legend { background: #202124 !important }
"""
_DROPPED: Final = paths.elements(
    "//script | //iframe | //frame | //object | //embed | //applet | //base | //link | //noscript"
    " | //meta[@http-equiv or @charset] | //template | //portal"
)
_ACTIVE: Final = paths.elements("//*[@*[starts-with(name(), 'on') or name() = 'srcdoc' or name() = 'action']]")
_LINKED: Final = paths.elements("//*[@href or @src or @formaction]")
_SCRIPT_ADDRESS: Final = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data:text)", re.IGNORECASE)
_BLOCKS: Final = paths.elements("//p | //h1 | //h2 | //h3 | //h4 | //li | //blockquote | //figcaption | //pre")
_LEAST_LETTERS: Final = 20
_MAX_FIELD: Final = 200


def marked(page: Page, found: Extraction, unsure_below: float) -> str:
    """The page as an HTML document of its own. Comments that are less sure than `unsure_below` have another colour."""
    root = deepcopy(page.root)
    for number, thread in enumerate(found.threads, start=1):
        _mark_thread(root, thread, number)
        for comment in thread.comments:
            _mark_comment(root, comment, unsure_below)
    if found.article is not None:
        _mark_article(root, found.article)
    _make_harmless(root)
    _put_in_front(root, found)
    return str(etree.tostring(root, encoding="unicode", method="html", doctype="<!DOCTYPE html>"))


def _at(root: HtmlElement, place: str) -> list[HtmlElement]:
    """The elements at an XPath; none for a place in JSON, or one that is no XPath."""
    try:
        there = root.xpath(place)
    except etree.XPathError:
        return []
    return [one for one in there if isinstance(one, HtmlElement)] if isinstance(there, list) else []


def _mark_thread(root: HtmlElement, thread: ThreadPage, number: int) -> None:
    label = f"thread {number}: {thread.platform}, {len(thread.comments)} comments, confidence {thread.confidence:.2f}"
    for place in thread.regions:
        for element in _at(root, place)[:1]:
            element.set("data-archiver-thread", label)


def _mark_comment(root: HtmlElement, comment: Comment, unsure_below: float) -> None:
    for element in _at(root, comment.locator)[:1] if comment.locator else []:
        element.set("data-archiver-comment", "  ".join(_label(comment)))
        if comment.confidence < unsure_below:
            element.set("data-archiver-unsure", "")
        if comment.author:
            _mark_field(element, comment.author, "data-archiver-author")
        if comment.published_raw:
            _mark_field(element, comment.published_raw, "data-archiver-time")


def _label(comment: Comment) -> Iterator[str]:
    yield f"{'' if comment.position is None else f'{comment.position + 1}. '}{comment.id}"
    yield f"by {comment.author or 'nobody named'}"
    yield f"at {comment.published or comment.published_local or comment.published_raw or 'no time'}"
    if comment.parent_id is not None:
        rule = comment.found_by.get("parent")
        yield f"answers {comment.parent_id}" + (f" ({rule})" if rule else "")
    if comment.kind != "comment":
        yield comment.kind
    if comment.state != "visible":
        yield comment.state
    yield f"confidence {comment.confidence:.2f}"


def _mark_field(within: HtmlElement, words: str, mark: str) -> None:
    """The smallest element that begins with the words."""
    wanted = _folded(words)
    best: tuple[int, HtmlElement] | None = None
    for element in within.iter("*"):
        text = _folded("".join(element.itertext())) if isinstance(element, HtmlElement) else ""
        if wanted in text and len(text) <= len(wanted) + _MAX_FIELD and (best is None or len(text) < best[0]):
            best = (len(text), element)
    if best is not None:
        best[1].set(mark, "")


def _mark_article(root: HtmlElement, article: Article) -> None:
    """The blocks whose words are words of the article."""
    body, title = _folded(article.text), _folded(article.title or "")
    for block in _BLOCKS(root):
        words = _folded("".join(block.itertext()))
        if (len(words) >= _LEAST_LETTERS and words in body) or (title and words == title):
            block.set("data-archiver-article", "")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _make_harmless(root: HtmlElement) -> None:
    for element in _DROPPED(root):
        element.drop_tree()
    for element in _ACTIVE(root):
        _without(element, (name for name in element.attrib if name.startswith("on") or name in ("srcdoc", "action")))
    for element in _LINKED(root):
        values = ((name, element.get(name) or "") for name in ("href", "src", "formaction"))
        _without(element, (name for name, value in values if _SCRIPT_ADDRESS.match(value)))


def _without(element: HtmlElement, names: Iterable[str]) -> None:
    for name in list(names):
        element.attrib.pop(name, None)


def _put_in_front(root: HtmlElement, found: Extraction) -> None:
    head, body = root.find("head"), root.find("body")
    if head is None:
        head = root.makeelement("head")
        root.insert(0, head)
    for place, (tag, attributes, text) in enumerate(
        (
            ("meta", {"charset": "utf-8"}, None),
            ("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}, None),
            ("style", {}, _STYLE),
        )
    ):
        element = head.makeelement(tag, attributes)
        element.text = text
        head.insert(place, element)
    if body is not None:
        legend = body.makeelement("div", {"id": "archiver-legend"})
        comments = sum(len(thread.comments) for thread in found.threads)
        legend.text = (
            f"{found.url}\narticle: {'green' if found.article else 'none found'} · {comments} comments in"
            f" {len(found.threads)} threads: blue, unsure ones orange · thread: violet frame · author: yellow"
            " · time: pink"
        )
        body.insert(0, legend)
