"""readability-lxml, asked which elements of a page are the article's body instead of for its own HTML."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from archiver.pages.article.unreadable import Unreadable
from archiver.pages.text import drop

logging.getLogger("readability.readability").disabled = True  # it logs what it raises, and we report what it raises


def kept(root: HtmlElement, originals: Sequence[HtmlElement], beside: Collection[int]) -> set[HtmlElement]:
    """Those of `originals` (all elements of `root`) that the library keeps; `beside` are numbers of elements that it
    must not see. Raises `Unreadable`."""
    library = _Library(root, beside)
    try:
        survivors = library.survivors()
    except Unparseable as error:
        raise Unreadable(str(error)) from error
    return {original for original, copy in zip(originals, library.copies, strict=True) if copy in survivors}


class _Library(Document):  # type: ignore[misc]  # the library has no types
    """Works on a copy of our tree: a fresh one for each of its attempts, for it destroys what it reads."""

    def __init__(self, root: HtmlElement, beside: Collection[int]) -> None:
        super().__init__("")
        self._root = root
        self._beside = beside

    def survivors(self) -> set[HtmlElement]:
        """What is left of the last copy. Words that lay beside blocks are wrapped in paragraphs of the library's own:
        of those, what they lay in."""
        self.summary(html_partial=True)
        survivors = set(self.html.iter())
        for wrapper in survivors & self._wrapped.keys():
            if self._wrapped[wrapper] not in survivors and wrapper.getparent() is self.html:
                survivors.add(self._wrapped[wrapper])
        return survivors

    def _parse(self, _input: object) -> HtmlElement:
        copy = deepcopy(self._root)
        self.copies = list(copy.iter())
        for index in self._beside:
            drop(self.copies[index])
        for element in self.copies:
            if not isinstance(element.tag, str):
                drop(element)
        return copy

    def transform_misused_divs_into_paragraphs(self) -> None:
        super().transform_misused_divs_into_paragraphs()
        known = set(self.copies)
        self._wrapped = {p: p.getparent() for p in self.html.iter("p") if p not in known}

    def get_clean_html(self) -> str:
        return str(etree.tostring(self.html, encoding="unicode", method="html"))
