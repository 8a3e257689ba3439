"""The words of a comment: where in its box they are, and what within them is the theme's.

A theme either names the element (`comment-content`) or not. Where it does not, or puts name and date in there too, the
comment is what wpautop made of it: class-less paragraphs, quotes, lists, code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages import text
from archiver.platforms.wordpress import names
from archiver.platforms.wordpress.boxes import Box
from archiver.platforms.wordpress.marks import FURNITURE, HEAD, NEAR, Marks

_BLOCKS = (
    "p",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "dl",
    "table",
    "hr",
    "figure",
    "div",
    "address",
    *(f"h{n}" for n in range(1, 7)),
)
_CONTAINERS = ("div", "li", "article", "section", "td", "dd", "body", "span", "main", "aside", "footer", "header")
"""What a theme puts things into. Quotes, lists and links are the commenter's."""
_WORD = re.compile(r"\w")


@dataclass(slots=True, kw_only=True)
class Body:
    """The elements that hold the words, in order. `whole`: what is inside them counts, else they themselves do too."""

    parts: list[HtmlElement]
    skip: set[HtmlElement]
    whole: bool
    rule: str

    def text(self) -> str:
        return "\n\n".join(words for part in self.parts if (words := text.text_of(part, self.skip)))

    def has_words(self) -> bool:
        return any(text.text_of(part, self.skip) for part in self.parts)

    def html(self) -> str:
        render = text.inner_html if self.whole else text.outer_html
        return "\n".join(markup for part in self.parts if (markup := render(part, self.skip)))

    def links(self, base: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(link for part in self.parts for link in text.links_of(part, base, self.skip)))

    def drop_label(self, name: str | None) -> None:
        """Leaves out blocks that only name who links here: 'Pingback: Another Blog'."""
        if not self.whole:
            self.parts = [part for part in self.parts if not name or name not in text.collapse(text.text_of(part))]

    def elements(self) -> set[HtmlElement]:
        """What the commenter wrote: no name and no date is looked for in there."""
        found: set[HtmlElement] = set()
        for part in self.parts:
            steps = etree.iterwalk(part, events=("start",))
            for _, element in steps:
                if element in self.skip:
                    steps.skip_subtree()
                elif element is not part or not self.whole:
                    found.add(element)
        return found


def of_box(box: Box, marks: Marks) -> Body:
    theme = _theme(box, marks)
    named = _named(box, marks)
    if named is not None:
        skip = _skipped(box, named, theme)
        if any(marks.get(element, frozenset()) & HEAD for element in skip):
            parts = _written(named, box, theme)
            if parts:
                return Body(parts=parts, skip=skip, whole=False, rule="blocks of the element named after the text")
        return Body(parts=[named], skip=skip, whole=True, rule="")
    holder = _holder_of_paragraphs(box, marks, theme)
    if holder is not None:
        parts = _written(holder, box, theme)
        return Body(parts=parts, skip=_skipped(box, holder, theme), whole=False, rule="paragraphs")
    lists = {e for e in box.own if e.tag in ("ol", "ul") and any(child in box.inner for child in e)}
    return Body(parts=list(box.roots), skip=box.inner | theme | lists, whole=True, rule="what is left")


def bare(box: Box, marks: Marks) -> Body:
    """The paragraphs in which the theme says nothing, wherever they stand: for a box whose text lies among what is
    named after the author."""
    parts: list[HtmlElement] = []
    for element in box.own:
        if element.tag in _BLOCKS and element.tag != "div" and not element.get("class"):
            inside = parts and parts[-1] in element.iterancestors()
            if not inside and not any(below in marks or below in box.inner for below in element.iter()):
                parts.append(element)
    words = [part for part in parts if not names.is_label(text.collapse(part.text_content()[:80]))]
    return Body(parts=words, skip=box.inner, whole=False, rule="paragraphs among the author's")


def _theme(box: Box, marks: Marks) -> set[HtmlElement]:
    """What the theme put in, with the paragraphs and headings that hold it."""
    roots = set(box.roots)
    found = set(_headings(box, marks))
    for element, said in marks.items():
        if "text" in said or not said & (HEAD | FURNITURE) or element.tag == "blockquote":
            continue
        found.add(element)
        if not said & (HEAD | {"reply", "edit"}):
            continue  # buttons and badges stand within a commenter's paragraph too
        for above in element.iterancestors():
            if above.tag in _CONTAINERS or above in roots or above in found:
                break
            found.add(above)
    return found


def _headings(box: Box, marks: Marks) -> Iterator[HtmlElement]:
    """A heading before all words, where nothing else is named after the author: themes put the name there."""
    if not any(said & {"fn", "author"} and "avatar" not in said for said in marks.values()):
        for element in box.own:
            if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                yield element
            elif element.tag == "p" and not element.get("class"):
                return


def _named(box: Box, marks: Marks) -> HtmlElement | None:
    """The element whose name says that it holds the text: of several the innermost."""
    found: HtmlElement | None = None
    for element, said in marks.items():
        if (
            "text" in said
            and element.tag not in ("a", "textarea")
            and (found is None or found in islice(element.iterancestors(), NEAR))
        ):
            found = element
    if found is not None:
        return found
    told = ((e, (e.get("itemprop") or "").lower()) for e in box.own if e.tag != "meta")
    return next((e for e, prop in told if prop in ("text", "commenttext", "description")), None)


def _holder_of_paragraphs(box: Box, marks: Marks, theme: set[HtmlElement]) -> HtmlElement | None:
    """The element that holds most words in class-less paragraphs."""
    roots, words = set(box.roots), dict[HtmlElement, int]()
    for element in box.own:
        if element.tag != "p" or element.get("class") or element in theme:
            continue
        holder = next(element.iterancestors(*_CONTAINERS), None)
        if holder is None:
            continue
        around = (near for near in (holder, *islice(holder.iterancestors(), 2)) if near not in roots)
        if not any(marks.get(near, frozenset()) & (HEAD | {"reply"}) for near in around):
            words[holder] = words.get(holder, 0) + 1 + len(text.text_of(element))
    return max(words, key=lambda element: words[element]) if words else None


def _written(holder: HtmlElement, box: Box, theme: set[HtmlElement]) -> list[HtmlElement]:
    """The blocks in an element that a commenter wrote: no class, nothing of the theme's, no other comments."""
    blocks = [
        child
        for child in holder.iterchildren(*_BLOCKS)
        if not child.get("class")
        and not child.get("id")
        and child not in theme
        and child not in box.inner
        and not any(below in box.inner for below in child)
        and (child.tag != "div" or not any(below in theme for below in child.iter()))
    ]
    words = [child for child in blocks if not names.is_label(text.collapse(child.text_content()[:80]))]
    return words or blocks


def _skipped(box: Box, holder: HtmlElement, theme: set[HtmlElement]) -> set[HtmlElement]:
    """Within the holder: other comments, what the theme put in, and what then is left around it without a word."""
    within = [element for element in _below(holder) if element in theme]
    skipped = box.inner | set(within)
    for element in within:
        for above in islice(element.iterancestors(), 3):
            if above is holder or _WORD.search(text.text_of(above, skipped)):
                break
            skipped.add(above)
    return skipped


def _below(holder: HtmlElement) -> Iterator[HtmlElement]:
    return (element for element in holder.iterdescendants() if isinstance(element.tag, str))
