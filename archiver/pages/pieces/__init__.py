"""A body that is too large to be read at once, cut into pieces that can be read one after the other.

Each piece is the page with fewer comments: all that stands around the longest run of elements (head, article, the
form below), and some of its elements. So every piece is read by the same extractors as any page.

    in_html   the run of elements that makes a page large, and between which of them it may be cut
    in_json   the same for the array of an answer

Pure, and one pass over the bytes: no tree is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from archiver.pages.pieces import in_html, in_json
from archiver.pages.pieces.run import Run

SIZE = 1 << 19
"""Bytes of a piece's own elements. What is read of one takes up to fifty times its size in memory, for a while."""

MARKS = 15_000
"""Tags or values of a piece's own elements."""

_ID = re.compile(rb"\sid\s*=\s*[\"']?([^\"'\s<>]+)")
_BY_ID = re.compile(r'//\*\[@id="([^"]*)"\]')


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A body with some of the elements of the whole one. `skipped` of the run's elements stand before them there."""

    body: bytes
    skipped: int


@dataclass(frozen=True)
class Cut:
    """A body, and where it is cut: begin and end of each piece's own elements, and how many stand before them.
    `pointer` is the JSON pointer of the array that they are in; None in HTML."""

    body: bytes
    slices: Sequence[tuple[int, int, int]]
    pointer: str | None

    def __iter__(self) -> Iterator[Piece]:
        before, after = self._around
        for begin, end, skipped in self.slices:
            yield Piece(body=b"".join((before, self.body[begin:end], after)), skipped=skipped)

    @cached_property
    def _around(self) -> tuple[bytes, bytes]:
        """What all pieces share."""
        return self.body[: self.slices[0][0]], self.body[self.slices[-1][1] :]

    def locator(self, found: str | None, skipped: int) -> str | None:
        """A locator within a piece as it holds in the whole body. None where it counts elements of a page that only
        the whole tree could count."""
        if found is None:
            return None
        if self.pointer is not None:
            return _moved(found, self.pointer, skipped)
        by_id = _BY_ID.match(found)
        return found if by_id and by_id[1] not in self._ids_around else None

    @cached_property
    def _ids_around(self) -> frozenset[str]:
        """The ids in what all pieces share: a path from one of them counts the elements of the run."""
        return frozenset(name.decode("utf-8", "replace") for part in self._around for name in _ID.findall(part))


def cut(body: bytes, *, is_json: bool, marks: int, most: int) -> Cut | None:
    """Where to cut a body that has so many `marks`; None where no run of elements makes it large, or where what stands
    around the run, or one of its elements, has more than `most` bytes."""
    run = (in_json if is_json else in_html).longest(body, most)
    if run is None or len(body) - run.size > most:
        return None
    pieces = max(run.size // SIZE, marks // MARKS) + 1
    places = _places(run, run.size // pieces + 1)
    slices = [(run.units[first][0], run.units[behind - 1][1], first) for first, behind in pairwise(places)]
    return Cut(body, slices, run.pointer)


def _places(run: Run, size: int) -> Sequence[int]:
    """Cuts the run into parts of about `size` bytes, each beginning where one may begin."""
    places = [0]
    for number, (begin, _) in enumerate(run.units):
        if begin - run.units[places[-1]][0] >= size and run.may_begin(number):
            places.append(number)
    return [*places, len(run.units)]


def _moved(pointer: str, array: str, skipped: int) -> str:
    """A JSON pointer below an array, with the elements counted that stand before a piece's own."""
    number, slash, rest = pointer.removeprefix(f"{array}/").partition("/")
    if not pointer.startswith(f"{array}/") or not number.isdecimal():
        return pointer
    return f"{array}/{int(number) + skipped}{slash}{rest}"
