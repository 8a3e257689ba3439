"""Where a page shows a thread that was read from the data in its scripts: no part of the article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from archiver.items import Comment
from archiver.pages.page import Page
from archiver.pages.threads.outline import Outline, outline
from archiver.pages.threads.places import Places, outermost
from archiver.pages.threads.references import folded

_PAGE: Final = frozenset(("html", "body", "main", "article"))
_LETTERS: Final = 40
"""Of the first line of a comment: enough to know it again."""
_LEAST_LETTERS: Final = 12
_LEAST_SHARE: Final = 0.5
_LEAST: Final = 2


def where_shown(page: Page, comments: Sequence[Comment]) -> tuple[str, ...]:
    """XPaths of the elements that hold these comments; none where fewer than half of those with words are seen."""
    heads = {head for comment in comments if len(head := _head(comment.text)) >= _LEAST_LETTERS}
    if len(heads) < _LEAST:
        return ()
    text = outline(page.root)
    lines = [line for line, words in enumerate(text.lines) if _head(words) in heads]
    seen = {_head(text.lines[line]) for line in lines}
    if len(seen) < max(_LEAST, _LEAST_SHARE * len(heads)):
        return ()
    box = text.owners[text.line_begins[lines[0]]]
    for line in lines:
        box = text.above(box, text.owners[text.line_begins[line]])
    places = Places(text)
    if text.tags[box] not in _PAGE:
        return (places.of(box),)
    return places.of_all(_children(text, box, text.line_begins[lines[0]], text.line_begins[lines[-1] + 1]))


def _children(text: Outline, box: int, begin: int, end: int) -> list[int]:
    """The parts of a box from the first comment to the last, each with all it holds (author and time stand above the
    words)."""
    parts = [child for child in text.children(box) if text.begins[child] < end and text.ends[child] > begin]
    return parts or outermost(text, box, begin, end)


def _head(words: str) -> str:
    first = words.lstrip().partition("\n")[0]
    return folded(first[: 2 * _LETTERS])[:_LETTERS]
