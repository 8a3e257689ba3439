"""The body of an article: which elements of the page are it, and what within them is not.

Which elements, is readability's answer (docs/decisions/0002-article-body.md). It works on a copy without the thread;
what it kept is then looked up in the page's own tree, so that line breaks, tables and media are the page's. The
markup's own names and the place of the headline correct it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages.article import missed, named
from archiver.pages.article.beside import is_beside
from archiver.pages.article.blocks import PARAGRAPH, is_text, leaves, words_of
from archiver.pages.article.unreadable import Unreadable
from archiver.pages.page import MAX_DEPTH
from archiver.pages.text import collapse, drop, inner_html, text_of

MAX_ELEMENTS: Final = 100_000
"""A page with more, beside its thread, is no article that a person wrote; the library takes minutes over it."""

MAX_WORK: Final = 20_000_000
"""Levels times characters: two seconds."""

LITTLE: Final = 300
"""Characters: an author's box has as many."""
MOSTLY, SOME = 0.6, 0.3
IN_ENTRY: Final = 0.2
"""The share of a body's paragraphs that its entry must hold; where it holds less, the markup means something else."""

_MEDIA: Final = frozenset(("img", "picture", "figure", "iframe", "video", "audio", "embed", "object", "amp-img"))
_EMPTY: Final = frozenset(("br", "wbr", "hr"))


@dataclass(frozen=True, slots=True)
class Body:
    """What of a page is the article's body. `parts` are elements of the page's tree, in order; `without` are those
    inside them that do not belong to it."""

    parts: tuple[HtmlElement, ...]
    without: frozenset[HtmlElement] = frozenset()

    @property
    def html(self) -> str:
        return "\n".join(filter(None, (inner_html(part, self.without) for part in self.parts)))

    @property
    def size(self) -> int:
        """About how many characters of text it has."""
        inside = sum(len(collapse(part.text_content())) for part in self.parts)
        return inside - sum(len(collapse(out.text_content())) for out in self.without if isinstance(out.tag, str))

    @property
    def text(self) -> str:
        return self.text_around(())[0]

    def text_around(self, marked: Collection[HtmlElement]) -> tuple[str, tuple[int | None, ...]]:
        """The text, paragraphs parted by blank lines, and where in it each of the marked elements stands (they are
        given in reading order)."""
        written = "\n\n".join(filter(None, (_written(part, self.without, set(marked)) for part in self.parts)))
        text, places = _without_marks(written)
        return text, tuple(places) if len(places) == len(marked) else (None,) * len(marked)


_MARK: Final = "\ufdd0"
"""A noncharacter: Unicode keeps it free for uses such as this one, inside a program."""
_EMPTY_LINES: Final = re.compile(r"\n[^\S\n]*\n(?:[^\S\n]*\n)*")
_MARKS: Final = re.compile(rf"(?<!\s)\s*{_MARK}[\s{_MARK}]*")


def _written(part: HtmlElement, without: Collection[HtmlElement], marked: Collection[HtmlElement]) -> str:
    """The text of one part, with a mark behind each marked element."""
    copy = deepcopy(part)
    copy.tail = None
    for original, twin in list(zip(part.iter(), copy.iter(), strict=True)):
        if original in marked:
            twin.tail = _MARK + (twin.tail or "")
        if original in without and original is not part:
            drop(twin)
    return _EMPTY_LINES.sub("\n\n", text_of(copy)).strip()


def _without_marks(written: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    places: list[int] = []
    end = length = 0
    for found in _MARKS.finditer(written):
        blanks = max(found[0].split(_MARK), key=lambda blank: (blank.count("\n"), len(blank)))
        if not found.start() or found.end() == len(written):
            blanks = ""
        pieces += [written[end : found.start()], blanks]
        length += len(pieces[-2]) + len(blanks)
        places += [length] * found[0].count(_MARK)
        end = found.end()
    return "".join([*pieces, written[end:]]), places


def find(root: HtmlElement, cut: Iterable[HtmlElement] = (), headline: HtmlElement | None = None) -> Body | None:
    """The body of the article in the page at `root`, which stays as it is; `cut` is no part of it, `headline` is where
    the page shows the title. None where no text is left. Raises `Unreadable` for a page that the library cannot work
    on."""
    originals = list(root.iter())
    beside = _beside(originals, set(cut))
    out = {originals[number] for number in beside}
    called = _whole(named.body(originals, out), out)
    rest = Body((root,), frozenset(_topmost(root, out)))
    if called is not None and called.size >= rest.size * MOSTLY:
        chosen: Body | None = called  # whatever the library finds, it would not be better
    else:
        found = _by_library(root, originals, beside)
        chosen = called if called is not None and _is_better(called, found) else found
    if chosen is None or not any(_paragraphs(chosen)):
        told = (_whole(find_named(originals, out), out) for find_named in (named.told_body, named.article))
        chosen = next((body for body in told if body is not None and any(_paragraphs(body))), chosen)
    if chosen is None:
        return None
    whole = _with_rest(chosen, out)
    return whole if headline is None else _with_beginning(_in_entry(whole, headline), headline, out)


def _beside(originals: Sequence[HtmlElement], thread: Collection[HtmlElement]) -> set[int]:
    """The numbers of the elements that are no part of an article."""
    inside = {element for top in thread for element in top.iter()}
    if len(originals) - len(inside) > MAX_ELEMENTS:
        raise Unreadable(f"{len(originals) - len(inside)} elements are more than an article has")
    return {
        number
        for number, element in enumerate(originals)
        if (element in thread if element in inside else is_beside(element))
    }


def _whole(element: HtmlElement | None, out: Collection[HtmlElement]) -> Body | None:
    return None if element is None else Body((element,), frozenset(_topmost(element, out)))


def _by_library(root: HtmlElement, originals: Sequence[HtmlElement], beside: Collection[int]) -> Body | None:
    from archiver.pages.article import readable  # the library: a quarter of a second that --help does not need

    _refuse_depth(root)
    kept = readable.kept(root, originals, beside)
    parts = tuple(element for element in originals if element in kept and element.getparent() not in kept)
    return Body(parts, frozenset(_left_out(parts, kept, {originals[number] for number in beside}))) if parts else None


def _refuse_depth(root: HtmlElement) -> None:
    """The library reads the text below each element again: depth times length is what its time grows with."""
    depth = max(64, MAX_WORK // (len(root.text_content()) + 1))
    if depth < MAX_DEPTH and root.xpath("boolean(//*[count(ancestor::*) > $depth])", depth=depth):
        raise Unreadable(f"it is nested deeper than {depth} levels")


def _is_better(called: Body, found: Body | None) -> bool:
    """Whether what the markup calls the body is to be taken whole. The library drops short columns and lists of links
    from it, and overlooks short bodies; a body that is nearly empty is named so by mistake."""
    if found is None:
        return True
    if any(_overlap(part, called.parts[0]) for part in found.parts):
        return called.size >= found.size * MOSTLY
    return found.size < LITTLE or called.size >= found.size * SOME


def _overlap(part: HtmlElement, other: HtmlElement) -> bool:
    return part is other or other in part.iterancestors() or part in other.iterancestors()


def _in_entry(body: Body, headline: HtmlElement) -> Body:
    """The body without what lies outside the headline's entry: teasers, sidebars. Unchanged where the entry holds too
    little of it."""
    entry = named.entry(headline)
    if entry is None:
        return body
    around = set(entry.iterancestors())
    parts = tuple(
        entry if part in around else part
        for part in body.parts
        if part in around or part is entry or entry in part.iterancestors()
    )
    inside = replace(body, parts=parts)
    words = sum(_paragraphs(inside))
    return inside if words and words >= sum(_paragraphs(body)) * IN_ENTRY else body


def _with_beginning(body: Body, headline: HtmlElement, out: Set[HtmlElement]) -> Body:
    """The body with the paragraphs between the headline and its first part."""
    more = tuple(missed.above(headline, body.parts[0], out))
    return Body((*more, *body.parts), body.without.union(*(_topmost(part, out) for part in more)))


def _with_rest(body: Body, out: Set[HtmlElement]) -> Body:
    """The body with the rest of a parted entry."""
    rest = missed.below(body.parts[-1], out)
    if rest is None:
        return body
    return Body((*body.parts, rest), body.without.union(_topmost(rest, out)))


def _paragraphs(body: Body) -> Iterator[int]:
    """How many characters each paragraph has."""
    for part in body.parts:
        for block in leaves(part, body.without):
            if is_text(block, body.without, least=PARAGRAPH):
                yield len(words_of(block, body.without))


def _topmost(part: HtmlElement, out: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """Those of `out` that lie in the part, and in no other of them."""
    steps = etree.iterwalk(part, events=("start",))
    for _, element in steps:
        if element in out and element is not part:
            yield element
            steps.skip_subtree()


def _left_out(
    parts: Iterable[HtmlElement], kept: Collection[HtmlElement], out: Set[HtmlElement]
) -> Iterator[HtmlElement]:
    """The topmost elements inside the parts that were not kept. Media were dropped for having no text: they stay."""
    for part in parts:
        steps = etree.iterwalk(part, events=("start",))
        for _, element in steps:
            if element in kept or element.tag in _EMPTY:
                continue
            if element in out or not (_is_medium(element) or missed.belongs(element, out)):
                yield element
            steps.skip_subtree()


def _is_medium(element: HtmlElement) -> bool:
    if is_beside(element):
        return False
    if element.tag in _MEDIA:
        return True
    return element.find(".//iframe") is not None or (element.find(".//img") is not None and len(text_of(element)) < 25)
