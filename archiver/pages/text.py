"""From markup to what a reader sees of it, and to the addresses it links to. Walks, never recurses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from copy import deepcopy
from html import escape
from typing import Final
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

_UNSEEN_TAGS: Final = "head script style template noscript iframe object video audio canvas svg select textarea"
_BLOCK_TAGS: Final = """
    address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr legend main menu nav ol p pre section summary table ul
"""
_UNSEEN: Final = frozenset(_UNSEEN_TAGS.split())
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_LINES: Final = frozenset(("caption", "li", "option", "tr"))
_CELLS: Final = frozenset(("td", "th"))
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_WHOLE_PAGE: Final = re.compile(r"</?(?:html|body|head)\b[^<>]*>", re.IGNORECASE)
_DRAWN_LETTERS: Final = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|smiley|emoticon)(?:\s|$)")


def collapse(text: str | None) -> str:
    """One line: every run of white space, of any kind, as a single blank; nothing at either end."""
    return " ".join((text or "").split())


def text_of(element: HtmlElement, without: Collection[HtmlElement] = ()) -> str:
    """The visible text: blocks parted by a blank line, list items and `<br>` by a line end, `<pre>` kept as it is.

    Pictures have no text, except those that stand for a character (an emoji): their `alt`. Descendants named in
    `without` are left out; what follows them stays.
    """
    writer = _Writer()
    for event, node in _walk(element, without):
        if event == "start":
            writer.open(node)
        elif event == "text":
            writer.add(node.text or "")
        elif event == "tail":
            writer.add(node.tail or "")
        else:
            writer.close(node)
    return writer.text()


def text_of_html(fragment: str) -> str:
    """The visible text of a piece of HTML, such as an API gives."""
    return text_of(parse_fragment(fragment))


def parse_fragment(fragment: str) -> HtmlElement:
    """A piece of HTML as the children of a `<div>` of ours. Any string will do, the empty one too."""
    source = _WHOLE_PAGE.sub("", fragment.replace("\x00", "")).encode("utf-8", "replace")
    parser = lxml_html.HTMLParser(huge_tree=True, encoding="utf-8")
    page = lxml_html.document_fromstring(b"<html><body><div>" + source + b"</div></body></html>", parser=parser)
    body = page.find("body")
    # A stray </div> in the fragment closes ours early: all that the body then holds belongs to the fragment.
    if body is not None and len(body) == 1 and not (body[0].tail or "").strip():
        return body[0]
    holder = lxml_html.Element("div")
    if body is not None:
        holder.text = body.text
        holder.extend(list(body))
    return holder


def inner_html(element: HtmlElement, without: Collection[HtmlElement] = ()) -> str:
    """The markup between the element's tags, as HTML; descendants named in `without` are left out."""
    if without:
        element = _copy(element, without)
    children = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return (escape(element.text or "", quote=False) + "".join(children)).strip()


def outer_html(element: HtmlElement, without: Collection[HtmlElement] = ()) -> str:
    """The markup of the element itself, as HTML; descendants named in `without` are left out."""
    kept = _copy(element, without) if without else element
    return etree.tostring(kept, encoding="unicode", method="html", with_tail=False).strip()


def links_of(element: HtmlElement, base: str, without: Collection[HtmlElement] = ()) -> tuple[str, ...]:
    """The absolute addresses that the element links to, each once, in order. Only addresses that lead somewhere:
    no `javascript:`, no anchor within the page."""
    found: dict[str, None] = {}
    for event, node in _walk(element, without):
        if event == "start" and node.tag == "a":
            address = _join(base, node.get("href") or "")
            if address:
                found[address] = None
    return tuple(found)


def _join(base: str, href: str) -> str | None:
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(base, href)
    except ValueError:
        return None
    return address if address.lower().startswith(("http://", "https://", "ftp://", "mailto:")) else None


def _walk(element: HtmlElement, without: Collection[HtmlElement]) -> Iterator[tuple[str, HtmlElement]]:
    """The element and what it holds, in reading order: `start`, `text`, `end`, `tail`."""
    steps = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in steps:
        if event == "start":
            if node in without and node is not element:
                steps.skip_subtree()
                continue
            yield "start", node
            if node.tag in _UNSEEN and node is not element:
                steps.skip_subtree()
            elif node.text:
                yield "text", node
            continue
        if event == "end" and not (node in without and node is not element):
            yield "end", node
        if node is not element and node.tail:
            yield "tail", node


def _copy(element: HtmlElement, without: Collection[HtmlElement]) -> HtmlElement:
    """A copy of only what is kept: what is left out may be far larger (all replies below a comment)."""
    try:
        return _copy_of_kept(element, without)
    except ValueError:  # a name such as `<a<`, which only the parser takes
        return _copy_of_all(element, without)


def _copy_of_all(element: HtmlElement, without: Collection[HtmlElement]) -> HtmlElement:
    root: HtmlElement = deepcopy(element)
    root.tail = None
    for original, twin in list(zip(element.iter(), root.iter(), strict=True)):
        if original is not element and (original in without or not isinstance(original.tag, str)):
            drop(twin)
    return root


def _copy_of_kept(element: HtmlElement, without: Collection[HtmlElement]) -> HtmlElement:
    root: HtmlElement = lxml_html.Element(element.tag, dict(element.attrib))
    root.text, here, skipped = element.text, root, False
    steps = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in steps:
        if node is element:
            continue
        if event in ("comment", "pi"):
            _append(here, node.tail or "")
            continue
        if event == "start":
            skipped = node in without
            if skipped:
                steps.skip_subtree()
                continue
            here = etree.SubElement(here, node.tag, dict(node.attrib))
            here.text = node.text
        elif skipped:
            skipped = False
            _append(here, node.tail or "")
        else:
            here.tail = node.tail
            here = here.getparent()
    return root


def drop(element: HtmlElement) -> None:
    """Takes an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _append(element: HtmlElement, text: str) -> None:
    """Puts text behind the last thing the element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


class _Writer:
    """Collects words and breaks; a break is written only when words follow it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._blank = ""
        self._pre = 0

    def open(self, node: HtmlElement) -> None:
        tag = node.tag
        if tag == "br":
            self._break(min(self._breaks + 1, 2))
        elif tag == "img":
            if _DRAWN_LETTERS.search(node.get("class") or ""):
                self.add(node.get("alt") or "")
        else:
            self._part(tag)
            self._pre += tag == "pre"

    def close(self, node: HtmlElement) -> None:
        self._part(node.tag)
        if node.tag == "pre":
            self._pre -= 1

    def add(self, text: str) -> None:
        if self._pre:
            self._keep(text)
            return
        words = _BLANKS.sub(" ", text)
        if words.strip(" "):
            if words[0] == " ":
                self._blank = self._blank or " "
            self._write(words.strip(" "))
        if words[-1:] == " ":
            self._blank = self._blank or " "

    def text(self) -> str:
        return "".join(self._parts).strip("\n")

    def _keep(self, text: str) -> None:
        """Writes preformatted text: line ends at its edges count as breaks."""
        lines = text.replace("\r\n", "\n")
        kept = lines.strip("\n")
        if not kept:
            self._breaks += lines.count("\n") if self._parts else 0
            return
        self._breaks += len(lines) - len(lines.lstrip("\n")) if self._breaks == 0 else 0
        self._write(kept)
        self._breaks = len(lines) - len(lines.rstrip("\n"))

    def _write(self, words: str) -> None:
        if self._parts:
            self._parts.append("\n" * self._breaks or self._blank)
        self._parts.append(words)
        self._breaks, self._blank = 0, ""

    def _part(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(max(self._breaks, 2))
        elif tag in _LINES:
            self._break(max(self._breaks, 1))
        elif tag in _CELLS:
            self._blank = "\t"

    def _break(self, lines: int) -> None:
        self._breaks = lines
