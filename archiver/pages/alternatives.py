"""Patterns of many words, written as a list and tried by their first letters."""

from __future__ import annotations

import re
from typing import Final

_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_BEGINS_WITH_LETTER: Final = re.compile(r"[^\W\d_](?![?*+{])")


def by_first_letter(source: str) -> str:
    """The same alternatives, put together by their first letter: `says|said|wrote` as `s(?:ays|aid)|wrote`.

    A search tries one alternative after the other at every place, unless a letter tells that none of them is there.
    Those that begin with a letter keep their order among themselves; any other counts as a letter of its own.
    """
    groups: dict[str, list[str]] = {}
    for alternative in _top_level(source):
        first = alternative[0] if _BEGINS_WITH_LETTER.match(alternative) else alternative
        groups.setdefault(first, []).append(alternative[len(first) :])
    return "|".join(first + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for first, rest in groups.items())


def _top_level(source: str) -> list[str]:
    """The alternatives of a pattern, groups within them whole."""
    parts, depth = [""], 0
    for piece in _PIECE.findall(source):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts
