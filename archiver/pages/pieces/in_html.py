"""The longest run of elements in a page, found by its tags."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from archiver.pages.pieces.run import Run

_TAG: Final = re.compile(rb"<(?:(/?)([A-Za-z][A-Za-z0-9-]*)|!--)")
_VOID: Final = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_RAW: Final = frozenset(b"script style textarea title".split())
"""What stands in these is text, whatever it looks like."""

_ENDS: Final[Mapping[bytes, tuple[frozenset[bytes], frozenset[bytes]]]] = {
    name: (frozenset(ended.split()), frozenset(within.split()))
    for names, ended, within in (
        (b"li", b"li", b"ul ol menu"),
        (b"dt dd", b"dt dd", b"dl"),
        (b"tr", b"tr td th", b"table tbody thead tfoot"),
        (b"td th", b"td th", b"tr table"),
        (b"option", b"option", b"select"),
        (b"p", b"p", b"div li td dd article section blockquote body"),
    )
    for name in names.split()
}
"""Tags that end others which stand open, looked for up to the element around them."""

_AS_FAR: Final = 40
"""Open elements among which the one that a tag ends is looked for."""

_DEEPEST: Final = 2048
"""Open elements that are told apart. A parser drops what is nested deeper."""

_WORDS: Final = re.compile(rb"\b(?:class|style)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_LONG_NUMBER: Final = re.compile(rb"\d{3}")
_OFTEN: Final = 50
"""One in so many elements at least looks like those before which a page is cut."""


@dataclass(slots=True)
class _Open:
    """An element that has not ended yet, and where the elements in it begin."""

    name: bytes
    begin: int
    inner: list[int] = field(default_factory=list)
    is_cut_within: bool = False


def longest(body: bytes, most: int) -> Run | None:
    """The elements of the one element that makes a page of more than `most` bytes so large; None where none does."""
    scan = _Scan(body, most)
    scan.read()
    scan.close(0, len(body))
    if scan.best is None:
        return None
    inner, end = scan.best
    return Run(units=list(pairwise([*inner, end])), may_begin=_Looks(body, inner).alike)


class _Scan:
    def __init__(self, body: bytes, most: int) -> None:
        self._body = body
        self._most = most
        self._stack = [_Open(b"", 0)]
        self.best: tuple[list[int], int] | None = None
        """Where the elements of the longest run begin, and where it ends."""

    def read(self) -> None:
        at, raw = 0, set(_RAW)
        while found := _TAG.search(self._body, at):
            at, name = found.end(), (found[2] or b"").lower()
            if not name:
                at = self._behind(b"-->", at)
            elif found[1]:
                self._end(name, found.start())
            else:
                self._begin(name, found.start())
                if name in raw:
                    ended = re.compile(b"</" + name, re.IGNORECASE).search(self._body, at)
                    raw -= set() if ended else {name}
                    at = ended.start() if ended else at

    def _behind(self, mark: bytes, at: int) -> int:
        found = self._body.find(mark, at)
        return len(self._body) if found < 0 else found + len(mark)

    def _begin(self, name: bytes, at: int) -> None:
        ended, within = _ENDS.get(name, (frozenset(), frozenset()))
        if ended:
            self._end_among(ended, within, at)
        if len(self._stack) > _DEEPEST:
            return
        self._stack[-1].inner.append(at)
        if name not in _VOID:
            self._stack.append(_Open(name, at))

    def _end(self, name: bytes, at: int) -> None:
        self._end_among(frozenset((name,)), frozenset(), at)

    def _end_among(self, names: frozenset[bytes], within: frozenset[bytes], at: int) -> None:
        for depth in range(len(self._stack) - 1, max(0, len(self._stack) - 1 - _AS_FAR), -1):
            if self._stack[depth].name in names:
                self.close(depth, at)
                return
            if self._stack[depth].name in within:
                return

    def close(self, depth: int, at: int) -> None:
        """Ends the open elements from `depth` on, the innermost first."""
        while len(self._stack) > depth:
            ended = self._stack.pop()
            is_large = at - ended.begin > self._most
            if is_large and ended.inner and not ended.is_cut_within:
                self._offer(ended.inner, at)
            if self._stack:
                self._stack[-1].is_cut_within |= is_large

    def _offer(self, inner: list[int], end: int) -> None:
        if self.best is None or end - inner[0] > self.best[1] - self.best[0][0]:
            self.best = inner, end


class _Looks:
    """Before which elements of a run a page may be cut: those that look as the first of which there are many.

    A comment may be several elements (`<dt>`, `<dd>`), and an answer may follow what it answers (`depth-2`): the first
    element begins a comment, and answers nobody.
    """

    def __init__(self, body: bytes, begins: Sequence[int]) -> None:
        self._body = body
        self._begins = begins
        counts = Counter(self._look(begin) for begin in begins)
        least = max(2, len(begins) // _OFTEN)
        self._first = next((look for begin in begins if counts[look := self._look(begin)] >= least), None)

    def alike(self, number: int) -> bool:
        return self._look(self._begins[number]) == self._first

    def _look(self, begin: int) -> bytes:
        """Name, class and style of an element, without long numbers: `comment-1234` is its own."""
        tag = self._body[begin : begin + 400].partition(b">")[0]
        words = {word for found in _WORDS.finditer(tag) for word in (found[1] or found[2] or found[3] or b"").split()}
        name = tag[1:].split(maxsplit=1)[0].lower()
        return b" ".join([name, *sorted(word for word in words if not _LONG_NUMBER.search(word))])
