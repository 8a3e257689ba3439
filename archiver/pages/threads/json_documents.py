"""The JSON that an HTML page carries: in scripts of that type, assigned to variables, and in attributes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Final

from archiver.pages import paths
from archiver.pages.page import Page

_ATTRIBUTES: Final = paths.values("//@*[string-length() > 200 and (starts-with(., '{') or starts-with(., '['))]")
_ASSIGNED: Final = re.compile(r"[\w.$\]\"']\s*=\s*(?:JSON\.parse\(\s*(?=[\"'])|(?=[{\[]))")
_SCRIPT_STRING: Final = re.compile(r"'((?:[^'\\]|\\.)*)'", re.DOTALL)
_MAX_SOURCE: Final = 8_000_000
_MAX_ASSIGNED: Final = 20
_DECODER: Final = json.JSONDecoder(strict=False)


def documents(page: Page) -> Iterator[Any]:
    """Every document, in the order of the page; what is no JSON is passed over."""
    tops = (page.root, *page.root.itersiblings("*"))  # what a page has behind </html> is a tree of its own
    for script in chain.from_iterable(top.iter("script") for top in tops):
        source = (script.text or "").strip()
        if script.get("src") is not None or not 2 <= len(source) <= _MAX_SOURCE:
            continue
        if source[0] in "{[":
            yield from _decoded(source, 0)
        elif "json" not in (script.get("type") or ""):
            for assigned in islice(_ASSIGNED.finditer(source), _MAX_ASSIGNED):
                yield from _assigned(source, assigned.end())
    for value in _ATTRIBUTES(page.root):
        yield from _decoded(value, 0)


def _assigned(source: str, at: int) -> Iterator[Any]:
    """What is assigned at a place: an object, or a string that is parsed into one."""
    if source[at] in "{[":
        yield from _decoded(source, at)
        return
    if source[at] == "'":
        quoted = _SCRIPT_STRING.match(source, at)
        inner = quoted[1].replace("\\'", "'").replace('"', '\\"') if quoted else ""
        source, at = f'"{inner}"', 0
    for text in _decoded(source, at):
        if isinstance(text, str):
            yield from _decoded(text, 0)


def _decoded(source: str, at: int) -> Iterator[Any]:
    try:
        yield _DECODER.raw_decode(source, at)[0]
    except (ValueError, RecursionError):
        return
