"""A text as the words in it, each with its place: what two texts are compared by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """`forms` are folded (case, apostrophes), `spans` their places in the text, in characters."""

    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.forms)


def words_of(text: str) -> Words:
    """The words of a text; marks, blanks and line ends between them do not count."""
    found = list(_WORD.finditer(text))
    return Words(
        tuple(each.group().casefold().replace("’", "'") for each in found), tuple(each.span() for each in found)
    )
