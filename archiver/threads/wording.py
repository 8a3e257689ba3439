"""What changed between two wordings, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal

_TOKEN: Final = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_MOST: Final = 4_000_000
"""Pairs of words that are compared at most: of two texts that are longer and differ all over, both are shown whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that is in both texts, or only in the one before, or only in the one after."""

    change: Literal["same", "removed", "added"]
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in order. `same` and `removed` together are `before`, `same` and `added` are `after`.

    Compared by lines first, then by words within the lines that differ.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        one, other = "".join(old[i:j]), "".join(new[k:m])
        pieces += [Piece("same", one)] if tag == "equal" else _words(one, other)
    return tuple(_joined(pieces))


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > _MOST:
        yield from _replaced(before, after)
        return
    for tag, i, j, k, m in _smooth(SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old):
        if tag == "equal":
            yield Piece("same", "".join(old[i:j]))
        else:
            yield from _replaced("".join(old[i:j]), "".join(new[k:m]))


_Opcode = tuple[str, int, int, int, int]


def _smooth(opcodes: Sequence[_Opcode], old: Sequence[str]) -> Sequence[_Opcode]:
    """What two changes have between them that is no word, or shorter than both, belongs to the change: a sentence that
    was rewritten is one change, and not torn apart for an article or a comma that is in both."""
    rough = _absorbed(opcodes, lambda _before, same, _after: not _has_word(old[same[1] : same[2]]))
    return _absorbed(rough, lambda before, same, after: _size(same) <= min(_size(before), _size(after)))


def _absorbed(opcodes: Sequence[_Opcode], is_noise: Callable[[_Opcode, _Opcode, _Opcode], bool]) -> Sequence[_Opcode]:
    """With what is equal, and noise between the two changes beside it, as part of one change."""
    kept = [one[0] == "equal" for one in opcodes]
    for place, (before, one, after) in enumerate(zip(opcodes, opcodes[1:], opcodes[2:], strict=False), start=1):
        kept[place] = kept[place] and not is_noise(before, one, after)
    told = zip(kept, opcodes, strict=True)
    runs = ((is_same, [one for _, one in run]) for is_same, run in groupby(told, key=lambda pair: pair[0]))
    return [("equal" if is_same else "replace", run[0][1], run[-1][2], run[0][3], run[-1][4]) for is_same, run in runs]


def _has_word(tokens: Sequence[str]) -> bool:
    return any(token[0].isalnum() for token in tokens)


def _size(opcode: _Opcode) -> int:
    _, i, j, k, m = opcode
    return max(j - i, m - k)


def _replaced(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece("removed", before)
    if after:
        yield Piece("added", after)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; of changes side by side what is removed comes first."""
    for is_same, run in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.change == "same"):
        found = list(run)
        if is_same:
            yield Piece("same", "".join(piece.text for piece in found))
            continue
        removed = "".join(piece.text for piece in found if piece.change == "removed")
        added = "".join(piece.text for piece in found if piece.change == "added")
        yield from _replaced(removed, added)
