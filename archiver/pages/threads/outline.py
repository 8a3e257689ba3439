"""A page as one run of text, with its elements laid over it: what every later step counts on.

One walk in document order gives the *chunks* (pieces of text between two tags), the *elements* with the half-open
range of chunks that each covers, and the *lines* (chunks that a reader sees side by side). How much of anything lies
between two chunks is then the difference of two running sums, and 'the next comment begins here' is a comparison of
two integers: nested replies, tables and flat runs of paragraphs are all the same to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages.threads.words import lowered

_INLINE_TAGS = """
a abbr acronym b bdi bdo big button cite code del dfn em fb:like font g-plusone i img input ins kbd label mark nobr
noindex o:p path picture q s samp small source span strike strong sub sup svg time tt u use var wbr
"""
_UNSEEN_TAGS = "script style textarea select option head iframe object svg template button"
_INLINE: Final = frozenset(_INLINE_TAGS.split())
_UNSEEN: Final = frozenset(_UNSEEN_TAGS.split())
_NAMED: Final = re.compile(r"user-?name|author|nick-?name|display-?name|time-?stamp", re.IGNORECASE)
"""What a button says is what it does, but for names and times that open a card when they are pressed."""
_GLUING: Final = frozenset(("a", "abbr", "b", "cite", "span", "strong", "time"))
_MICRODATA: Final = ("itemprop", "property", "typeof", "itemtype")
_LEVEL: Final = ("aria-level", "data-level", "data-depth", "data-indent", "depth", "level", "indent")
_TELLING: Final = frozenset((*_MICRODATA, *_LEVEL))
_LETTERS_PER_WORD: Final = 8
"""Scripts without blanks are counted by letters."""


@dataclass(slots=True)
class Outline:
    """Parallel lists. An element is its number in document order; a chunk and a line likewise."""

    elements: list[HtmlElement] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    """-1 above the root."""
    lasts: list[int] = field(default_factory=list)
    """The last descendant, or the element itself."""
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    alike: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Tag and class attribute → the elements that have both: there are far fewer of these than elements."""
    anchors: list[str] = field(default_factory=list)
    """`id`, or the `name` of an `<a>`: what a fragment may lead to."""
    links: list[int] = field(default_factory=list)
    """The elements that are `<a href>`."""
    hrefs: dict[int, str] = field(default_factory=dict)
    microdata: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Element → its property and its type, as microdata or RDFa name them; empty where it has only the other."""
    levels: dict[int, str] = field(default_factory=dict)
    """Element → what an attribute says of its depth."""

    chunks: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    line_of: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    """Running sum: words before each chunk."""
    linked_words: list[int] = field(default_factory=list)

    line_begins: list[int] = field(default_factory=list)
    """With one more at the end, so that line `q` covers `line_begins[q]` to `line_begins[q + 1]`."""
    lines: list[str] = field(default_factory=list)
    lower_lines: list[str] = field(default_factory=list)

    def holds(self, ancestor: int, element: int) -> bool:
        """Whether the one lies within the other, or is it."""
        return ancestor <= element <= self.lasts[ancestor]

    def children(self, parent: int) -> list[int]:
        """In document order."""
        found, child, last = [], parent + 1, self.lasts[parent]
        while child <= last:
            found.append(child)
            child = self.lasts[child] + 1
        return found

    def above(self, element: int, other: int) -> int:
        """The nearest element that holds both."""
        while element >= 0 and not element <= other <= self.lasts[element]:
            element = self.parents[element]
        return max(element, 0)

    def size(self, begin: int, end: int) -> int:
        """Words between two chunks."""
        return self.words[end] - self.words[begin]

    def text(self, begin: int, end: int) -> str:
        """Visible words between two chunks, on one line."""
        parts: list[str] = []
        line = -1
        for chunk in range(begin, end):
            if self.line_of[chunk] != line:
                line = self.line_of[chunk]
                parts.append(" ")
            parts.append(self.chunks[chunk])
        return " ".join("".join(parts).split())


def outline(root: HtmlElement) -> Outline:
    """The outline of a page. The tree is only read. `<noscript>` counts as seen: it is what the bytes say."""
    page = Outline()
    _walk(root, page)
    _count_words(page)
    _join_lines(page)
    return page


def _walk(root: HtmlElement, page: Outline) -> None:
    """Fills elements and chunks; one loop and no helpers in it, for it runs once for every tag of every page."""
    tags, parents, lasts, begins, ends = page.tags, page.parents, page.lasts, page.begins, page.ends
    elements, classes, anchors, chunks, owners, line_of = (
        page.elements,
        page.classes,
        page.anchors,
        page.chunks,
        page.owners,
        page.line_of,
    )
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    page.alike = alike
    number, count, line, fresh, skipping, here = -1, 0, -1, True, False, -1
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            tag = element.tag
            if tag in _UNSEEN and here >= 0 and not (tag == "button" and _NAMED.search(element.get("class", ""))):
                walk.skip_subtree()
                skipping = True
                continue
            number += 1
            elements.append(element)
            tags.append(tag)
            parents.append(here)
            begins.append(count)
            ends.append(0)
            lasts.append(number)
            attributes = element.items()
            if attributes:
                attributes = dict(attributes)
                get = attributes.get
                named = get("class", "")
                classes.append(named)
                if named:
                    alike[tag, named].append(number)
                anchor = get("id")
                if tag == "a":
                    href = get("href")
                    if href:
                        page.links.append(number)
                        page.hrefs[number] = href
                    anchor = anchor or get("name")
                anchors.append(anchor or "")
                if not _TELLING.isdisjoint(attributes):
                    _read_telling(page, number, attributes)
            else:
                classes.append("")
                anchors.append("")
            here = number
            if tag not in _INLINE:
                fresh = True
            text = element.text
        else:
            if event == "end":
                if skipping:
                    skipping = False
                else:
                    ends[here], lasts[here] = count, number
                    if tags[here] not in _INLINE:
                        fresh = True
                    here = parents[here]
                    if here < 0:
                        break
            text = element.tail
        if not text or here < 0:
            continue
        if text.isspace():
            if not fresh:
                chunks[-1] += " "
            continue
        if fresh:
            line += 1
            fresh = False
        chunks.append(text)
        owners.append(here)
        line_of.append(line)
        count += 1


def _read_telling(page: Outline, element: int, attributes: dict[str, str]) -> None:
    get = attributes.get
    if not attributes.keys().isdisjoint(_MICRODATA):
        page.microdata[element] = get("itemprop") or get("property") or get("typeof") or "", get("itemtype", "")
    if level := next(filter(None, map(get, _LEVEL)), None):
        page.levels[element] = level


def _count_words(page: Outline) -> None:
    linked = [False] * len(page.chunks)
    for link in page.links:
        for chunk in range(page.begins[link], page.ends[link]):
            linked[chunk] = True
    words = linked_words = 0
    page.words.append(0)
    page.linked_words.append(0)
    for text, is_linked in zip(page.chunks, linked, strict=True):
        count = len(text.split())
        if not text.isascii():
            count = max(count, len(text) // _LETTERS_PER_WORD)
        words += count
        linked_words += count if is_linked else 0
        page.words.append(words)
        page.linked_words.append(linked_words)


def _join_lines(page: Outline) -> None:
    chunks, line_of = page.chunks, page.line_of
    count, begin = len(chunks), 0
    while begin < count:
        end, line = begin + 1, line_of[begin]
        while end < count and line_of[end] == line:
            end += 1
        page.line_begins.append(begin)
        if end - begin == 1:
            page.lines.append(" ".join(chunks[begin].split()))
        else:
            _part_glued(page, begin, end)
            page.lines.append(" ".join("".join(chunks[begin:end]).split()))
        begin = end
    page.line_begins.append(count)
    page.lower_lines = [lowered(line) for line in page.lines]


def _part_glued(page: Outline, begin: int, end: int) -> None:
    """Puts a blank where two elements print words without one between: `<cite>Fisch</cite><span>10/8/12</span>`."""
    chunks, owners, tags, classes = page.chunks, page.owners, page.tags, page.classes
    for chunk in range(begin, end - 1):
        left, right = chunks[chunk][-1], chunks[chunk + 1][0]
        one, other = owners[chunk], owners[chunk + 1]
        if one == other or not (left.isalnum() and right.isalnum()):
            continue
        gluing = (tags[one] in _GLUING) + (tags[other] in _GLUING)
        both_named = gluing == 2 and classes[one] and classes[other] and len(chunks[chunk]) > 1
        of_two_kinds = right.isupper() or (left.isalpha() and right.isdigit())
        if both_named or (left.isdigit() and right.isupper()) or (gluing and of_two_kinds):
            chunks[chunk] += " "
