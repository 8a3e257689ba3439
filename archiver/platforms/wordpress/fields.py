"""All that one comment's markup says, before the page as a whole is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from archiver.items import CommentKind
from archiver.pages import text, urls
from archiver.platforms.wordpress import body, marks, names, times
from archiver.platforms.wordpress.boxes import Box, comment_class

_PING_LABEL = re.compile(r"^\s*(?:pingback|trackback)\b", re.IGNORECASE)
_PING_CLASS = re.compile(r"(?:^|\s)(?:ping|pings|pingback|trackback)(?:\s|$)")
_PING_LIST = re.compile(r"(?:^|[\s_-])(?:pings?|pingbacks?|trackbacks?|pinglist)(?:[\s_-]|$)", re.IGNORECASE)
_PING_HEADING = re.compile(r"(?:\W|\d|and|&|pings?|pingbacks?|trackbacks?)+", re.IGNORECASE)
_SLUG = re.compile(r"(?:^|\s)comment-author-(\S+)")
_DIGITS = re.compile(r"#?\s*(\d{1,9})\.?")


@dataclass(slots=True, kw_only=True)
class Read:
    """One comment as its own markup tells it. `label` is that of the reply link, such as 'Reply to Ann'; `head` the
    text around the comment's own; `level` counts from 1."""

    id: str
    kind: CommentKind = "comment"
    level: int | None = None
    author: str | None = None
    author_rule: str = ""
    author_id: str | None = None
    author_url: str | None = None
    label: str | None = None
    head: list[tuple[str, str]] = field(default_factory=list)
    dates: times.Dates = field(default_factory=list)
    text: str = ""
    html: str = ""
    links: tuple[str, ...] = ()
    text_rule: str = ""
    permalink: str | None = None
    permalink_rule: str = ""
    number: int | None = None
    held: bool = False
    can_be_answered: bool = False


def read(box: Box, base: str) -> Read:
    """The fields of a box that `boxes.walk` has just handed out. `base` is the page's address."""
    found = Read(id=box.id)
    said = marks.of_box(box)
    words = body.of_box(box, said)
    _read_kind(box, found)
    if found.kind == "comment" and not words.has_words():
        words = body.bare(box, said)
    is_text = not words.rule or (found.kind == "comment" and words.rule != "what is left")
    written = words.elements() if is_text else set()
    _read_links(box, found, base)
    found.author, found.author_rule, found.author_url = names.printed(box, said, written, base)
    found.dates = times.of_box(box, said, written)
    exact = times.is_exact(found.dates)
    if not exact or not (found.label and found.author and found.author in found.label):
        found.head = names.head(box, written, said)
        found.dates += [] if exact else times.of_head(found.head)
    if found.kind != "comment":
        words.drop_label(found.author)
    if found.kind == "comment" or words.rule != "what is left":
        found.text, found.html, found.links, found.text_rule = words.text(), words.html(), words.links(base), words.rule
    found.held = any("held" in meaning and element not in written for element, meaning in said.items())
    found.number = next(
        (n for e, meaning in said.items() if "number" in meaning and (n := _number(e.text_content()))), None
    )
    return found


def _read_kind(box: Box, found: Read) -> None:
    classes = " ".join(root.get("class") or "" for root in box.roots)
    told = comment_class(classes)
    if told:
        found.kind, found.level = told
    elif (
        _is_among_pings(box.root)
        or _PING_CLASS.search(classes)
        or _PING_LABEL.match(text.text_of(box.root, box.inner)[:40])
    ):
        found.kind = "pingback"
    slug = _SLUG.search(classes)
    if slug and "byuser" in classes.split():
        found.author_id = slug[1]


def _is_among_pings(root: HtmlElement) -> bool:
    """Whether a comment stands in a list of its own for pingbacks and trackbacks, by the list's name or its heading."""
    around = root.getparent()
    if around is None:
        return False
    if _PING_LIST.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
        return True
    before = next((e for e in around.itersiblings("h2", "h3", "h4", "h5", preceding=True)), None)
    words = text.collapse(before.text_content()[:80]) if before is not None else ""
    return "back" in words.lower() and _PING_HEADING.fullmatch(words) is not None


def _read_links(box: Box, found: Read, base: str) -> None:
    for element in box.own:
        if marks.is_reply(element):
            found.can_be_answered = True
            found.label = found.label or element.get("data-replyto") or element.get("aria-label")
        elif element.tag == "a" and found.permalink is None and marks.anchored_at(element.get("href")) == box.id:
            found.permalink = urls.absolute(base, element.get("href"))
    anchor = box.named.get("id") if box.named is not None else None
    if found.permalink is None and anchor:
        found.permalink, found.permalink_rule = urls.absolute(base, f"#{anchor}"), "the element's own id"


def _number(words: str) -> int | None:
    found = _DIGITS.fullmatch(text.collapse(words[:40]))
    return int(found[1]) if found else None
