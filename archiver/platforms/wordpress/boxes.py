"""Which elements of a page are one WordPress comment each.

WordPress names every comment by its id, whatever the theme: `comment-7`, `li-comment-7`, `div-comment-7` (source:
Walker_Comment and the Comment Template block), wpDiscuz `wpd-comm-7_3` with the parent behind. Class names differ from
theme to theme and are asked only for what core's `comment_class()` writes. Nothing here recurses: one walk in document
order over the whole page, however many comments it has and however deep they are nested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, islice, takewhile

from lxml import etree
from lxml.html import HtmlElement

from archiver.items import CommentKind
from archiver.pages import paths

_ID = re.compile(r"(?:^|[-_])comment-(\d{1,18})$")
_WPDISCUZ_ID = re.compile(r"^(?:wpd|wc)-comm-(\d{1,18})_(\d{1,18})$")
_OTHER_IDS = re.compile(
    r"recent|latest|widget|reply|respond|form|edit|like|vote|rat(?:e|ing)|share|report|cancel|quote|avatar|count|menu"
    r"|toggle|button|btn|more|container|holder|intense|dsq"
)
_IN_LINK = re.compile(r"(?:[?&]replytocom=|#(?:li-|div-)?comment-)(\d{1,18})\b")
_NAMED = paths.elements('//*[contains(@id, "comm") or (self::a and contains(@name, "comment-"))]')
_CLASSED = paths.elements('//*[contains(@class, "depth-") or contains(@class, "comment")]')
_KINDS: Mapping[str, CommentKind] = {
    "pingback": "pingback",
    "trackback": "trackback",
    "comment": "comment",
    "review": "comment",
}
_CONTROLS = frozenset(("input", "textarea", "select", "button", "form", "label", "script", "style", "img", "iframe"))
_LISTS = frozenset(("ol", "ul", "dl", "table", "tbody", "body", "html"))
_CLIMB = 6
"""How far above the element with the id the one with `comment_class()` is looked for."""


@dataclass(slots=True, eq=False)
class Box:
    """The elements of one comment. `own` are those that belong to no comment within it, in document order; they are
    there only while the box is handed out by `walk`."""

    id: str
    roots: list[HtmlElement]
    named: HtmlElement | None = None
    """The element that carries the id; None where only a link names it."""
    told_parent: str | None = None
    """The parent that the markup names, wpDiscuz only; `0` at the top."""
    nested_in: str | None = None
    own: list[HtmlElement] = field(default_factory=list)
    inner: set[HtmlElement] = field(default_factory=set)

    @property
    def root(self) -> HtmlElement:
        return self.roots[0]


@lru_cache(maxsize=4096)
def comment_class(names: str) -> tuple[CommentKind, int | None] | None:
    """Kind and depth (from 1) that `comment_class()` wrote into a class attribute; None where it did not write it."""
    words = frozenset(names.split())
    kind = next((kind for word, kind in _KINDS.items() if word in words), None)
    depth = next(
        (
            int(word[6:])
            for word in words
            if word.startswith("depth-") and word[6:].isascii() and word[6:].isdecimal() and len(word) < 12
        ),
        None,
    )
    if kind is None or not (depth or words & {"even", "odd", "alt", "thread-even", "thread-odd", "byuser"}):
        return None
    return kind, depth


def are_there(root: HtmlElement) -> bool:
    """Whether a page has any comment: a quick answer."""
    return any(named(element) for element in _NAMED(root)) or bool(_by_class(root))


def find(root: HtmlElement) -> list[Box]:
    """The comments of a page, in document order, each id once."""
    return _by_id(root) or _by_class(root)


def walk(root: HtmlElement, boxes: Sequence[Box]) -> Iterator[Box]:
    """Each box once all its elements are known: an inner one before the one around it. Sets `nested_in`."""
    at = {element: box for box in boxes for element in box.roots}
    last = {box: box.roots[-1] for box in boxes}
    open_boxes: list[Box] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        box = at.get(element)
        if event == "start":
            if box is not None:
                _enter(box, element, open_boxes)
            if open_boxes:
                open_boxes[-1].own.append(element)
        elif box is not None:
            open_boxes.pop()
            if last[box] is element:
                yield box
                box.own, box.inner = [], set()


def _enter(box: Box, element: HtmlElement, open_boxes: list[Box]) -> None:
    if open_boxes:
        open_boxes[-1].inner.add(element)
        if open_boxes[-1] is not box:
            box.nested_in = open_boxes[-1].id
    open_boxes.append(box)


def named(element: HtmlElement) -> tuple[str, str | None] | None:
    """The comment's id that an element carries in its own id (or `name`), and the parent's where it is told."""
    name = element.get("id") or element.get("name") or ""
    if element.tag in _CONTROLS:
        return None
    if found := _WPDISCUZ_ID.match(name):
        return found[1], found[2]
    found = _ID.search(name)
    return (found[1], None) if found and not _OTHER_IDS.search(name[: found.start(1)]) else None


def _by_id(root: HtmlElement) -> list[Box]:
    marks = [(element, *known) for element in _NAMED(root) if (known := named(element))]
    boxes: dict[str, Box] = {}
    taken: set[HtmlElement] = set()
    for number, group in groupby(marks, key=lambda mark: mark[1]):
        if number in boxes:  # shown twice, or an inner part of a comment behind its replies
            continue
        run = list(group)
        element = _climb(_around(run[0][0], [mark[0] for mark in run[1:]]), taken)
        if element in taken:
            continue
        box = Box(
            id=number,
            roots=[element, *_continued(element)],
            named=run[0][0],
            told_parent=next((mark[2] for mark in run if mark[2]), None),
        )
        taken.update(box.roots)
        boxes[number] = box
    return list(boxes.values())


def _around(element: HtmlElement, others: Sequence[HtmlElement]) -> HtmlElement:
    """The element, or the ancestor nearby that also holds the others with the same id."""
    for other in others:
        if comment_class(other.get("class") or "") and other.tag != "dd":
            continue  # a comment of its own, with an id that the theme got wrong
        above = list(islice(other.iterancestors(), 2 * _CLIMB))
        if element in above:
            continue
        around = takewhile(lambda one: one.tag not in _LISTS, islice(element.iterancestors(), 3))
        shared = next((one for one in around if one in above), None)
        element = shared if shared is not None else element
    return element


def _climb(element: HtmlElement, taken: set[HtmlElement]) -> HtmlElement:
    """Up to the element that carries `comment_class()`, unless that is another comment or a list of them."""
    if comment_class(element.get("class") or ""):
        return element
    for ancestor in islice(element.iterancestors(), _CLIMB):
        if ancestor.tag in _LISTS or ancestor in taken:
            break
        if comment_class(ancestor.get("class") or ""):
            return ancestor
    return element


def _continued(element: HtmlElement) -> list[HtmlElement]:
    """The `<dd>`s of a comment whose id is on the `<dt>` (the Thesis theme)."""
    more: list[HtmlElement] = []
    if element.tag == "dt":
        for sibling in element.itersiblings():
            if sibling.tag != "dd":
                break
            more.append(sibling)
    return more


def _by_class(root: HtmlElement) -> list[Box]:
    """Comments of a theme that prints no ids: the id is then in the reply link or the permalink."""
    boxes: dict[str, Box] = {}
    for element in _CLASSED(root):
        told = comment_class(element.get("class") or "")
        if told is None or element.tag in _LISTS:
            continue
        number = _number_within(element)
        if number and number not in boxes:
            boxes[number] = Box(id=number, roots=[element])
    return list(boxes.values())


def _number_within(element: HtmlElement) -> str | None:
    for inner in element.iter("a", "li", "div", "article", "span"):
        told: Mapping[str, str] = inner.attrib
        number = told.get("data-comment-id") or told.get("data-commentid") or told.get("data-comment_id")
        if number and number.isascii() and number.isdecimal():
            return number
        if inner.tag == "a" and (found := _IN_LINK.search(told.get("href") or "")):
            return found[1]
    return None
