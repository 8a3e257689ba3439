"""A text as the words in it, each with its place: what two texts are compared by."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Words:
    """The words of a text; marks, blanks and line ends between them do not count."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("’", "'")
        folded = self._text.casefold()
        if len(folded) == len(text):
            self.forms: list[str] = _WORD.findall(folded)
        else:  # some letters fold into two: word by word, or a place would be lost
            self.forms = [found.group().casefold() for found in _WORD.finditer(self._text)]
        """The words without case, apostrophes of one shape."""

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each stands in the text, in characters."""
        return [found.span() for found in _WORD.finditer(self._text)]
