"""The longest array of objects in a JSON text, found by its brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from archiver.pages.pieces.run import Run

_MARK: Final = re.compile(rb'["\[\]{}]')
_REST_OF_STRING: Final = re.compile(rb'(?:[^"\\]+|\\.)*+"', re.DOTALL)
_DEEPEST: Final = 1000
"""Arrays and objects within each other. What is nested deeper no parser reads."""


@dataclass(slots=True)
class _Open:
    """An array or object that has not ended yet, and what stands in it."""

    name: str
    """Its step in a JSON pointer."""
    begin: int
    is_array: bool
    key: str = ""
    inner: int = 0
    units: list[tuple[int, int]] = field(default_factory=list)
    is_cut_within: bool = False


def longest(body: bytes, most: int) -> Run | None:
    """The array that makes a text of more than `most` bytes so large; None where none does."""
    stack: list[_Open] = []
    best: Run | None = None
    at = 0
    while found := _MARK.search(body, at):
        mark, at = found[0], found.end()
        if mark == b'"':
            rest = _REST_OF_STRING.match(body, at)
            if rest is None:
                return None
            if stack and not stack[-1].is_array and body[rest.end() : rest.end() + 9].lstrip()[:1] == b":":
                stack[-1].key = body[at : rest.end() - 1].decode("utf-8", "replace")
            at = rest.end()
        elif mark in b"[{":
            if len(stack) >= _DEEPEST:
                return None
            stack.append(_Open(_step(stack[-1]) if stack else "", at - 1, mark == b"["))
        elif stack:
            ended = stack.pop()
            is_large = at - ended.begin > most
            if is_large and ended.is_array and ended.units and not ended.is_cut_within:
                pointer = "".join(f"/{each.name}" for each in (*stack, ended)[1:])
                best = _larger(best, Run(units=ended.units, may_begin=lambda _: True, pointer=pointer))
            if stack:
                stack[-1].is_cut_within |= is_large
                stack[-1].inner += 1
                if stack[-1].is_array:
                    stack[-1].units.append((ended.begin, at))
    return best


def _step(around: _Open) -> str:
    return str(around.inner) if around.is_array else around.key.replace("~", "~0").replace("/", "~1")


def _larger(one: Run | None, other: Run) -> Run:
    return other if one is None or other.size > one.size else one
