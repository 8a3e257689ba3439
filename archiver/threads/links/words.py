"""A text as the words in it, each with its place: what two texts are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Words:
    """The words of a text; marks, blanks and line ends between them do not count."""

    __slots__ = ("_spans", "_text", "_unplaced", "forms")

    def __init__(self, text: str) -> None:
        self._text = text.replace("’", "'")
        words = _WORD.findall(self._text)
        self.forms: list[str] = " ".join(words).casefold().split(" ") if words else []  # thrice as fast as one by one
        """The words without case, apostrophes of one shape."""
        self._unplaced: Iterator[re.Match[str]] | None = None
        self._spans: list[tuple[int, int]] = []

    def __len__(self) -> int:
        return len(self.forms)

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Where the words from `begin` up to `end`, that one left out, stand in the text, in characters."""
        missing = end - len(self._spans)
        if missing > 0:
            self._unplaced = self._unplaced or _WORD.finditer(self._text)
            self._spans += [found.span() for found in islice(self._unplaced, missing)]
        return self._spans[begin][0], self._spans[end - 1][1]
