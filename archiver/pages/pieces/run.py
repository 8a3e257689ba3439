"""A run: elements that stand one behind the other in the same element, or in the same array."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Begin and end of each element, in bytes. `pointer` is the JSON pointer of the array; None in HTML."""

    units: Sequence[tuple[int, int]]
    may_begin: Callable[[int], bool]
    """Whether a piece may begin with the element of this number."""
    pointer: str | None = None

    @property
    def size(self) -> int:
        return self.units[-1][1] - self.units[0][0]
