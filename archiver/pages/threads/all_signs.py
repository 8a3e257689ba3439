"""All signs of a page, and whether it is a page of a forum."""

from __future__ import annotations

from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.marks import is_of_forum
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.signs_in_elements import read_elements
from archiver.pages.threads.signs_in_lines import read_chunks, read_lines

_GENERATOR: Final = ("generator", "Generator")
_FORUM_TYPES: Final = ("DiscussionForumPosting", "QAPage")


def read_signs(page: Outline, url: str) -> Signs:
    """All signs of a page."""
    signs = Signs()
    read_elements(page, signs)
    read_lines(page, signs)
    read_chunks(page, signs)
    signs.is_forum = _is_forum(page, url)
    return signs


def _is_forum(page: Outline, url: str) -> bool:
    """Told by the address, the generator, the name of the body, or microdata: there the page is the thread."""
    if is_of_forum(url):
        return True
    root = page.elements[0]
    generators = (
        node
        for head in root.iterchildren("head")
        for node in head.iterchildren("meta")
        if node.get("name") in _GENERATOR
    )
    told = [node.get("content") or "" for node in generators]
    told += [f"{node.get('class') or ''} {node.get('id') or ''}" for node in root.iterchildren("body")]
    return words.FORUM_NAME.search(" ".join(told).lower()) is not None or any(
        name in kind for _, kind in page.microdata.values() for name in _FORUM_TYPES
    )
