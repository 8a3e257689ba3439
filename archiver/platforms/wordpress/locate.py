"""XPaths for what was found, so that a row can be traced to the markup it came from. A path costs a look-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from lxml.html import HtmlElement

from archiver.pages import paths
from archiver.platforms.wordpress import section
from archiver.platforms.wordpress.boxes import Box
from archiver.platforms.wordpress.section import Section

_ALL_IDS = paths.values("//@id")
_MAX_PATHS = 500
"""Absolute paths are counted out among siblings: for 100,000 comments without ids that would take hours."""


class Locators:
    """Gives each box a path: by its id where that is the only one of its kind."""

    def __init__(self, root: HtmlElement) -> None:
        self._counts = Counter(_ALL_IDS(root))
        self._tree = root.getroottree()
        self._left = _MAX_PATHS

    def of(self, box: Box) -> str | None:
        """None where the comment has no id and the page too many comments to count out their places."""
        steps = 0
        element = box.named if box.named is not None else box.root
        for above in chain((element,), element.iterancestors()):
            if above is box.root:
                break
            steps += 1
        by_id = self.by_id(element)
        if by_id is not None:
            return by_id + "/.." * steps
        self._left -= 1
        return self.path(box.root) if self._left >= 0 else None

    def by_id(self, element: HtmlElement) -> str | None:
        name = element.get("id")
        if not name or '"' in name or self._counts[name] != 1:
            return None
        return f'//*[@id="{name}"]'

    def path(self, element: HtmlElement) -> str:
        return self.by_id(element) or str(self._tree.getpath(element))


def regions(root: HtmlElement, place: Section, heading: HtmlElement | None) -> Iterator[str]:
    """Paths of all that is the comment section. Comments without a list around them share one path."""
    locators = Locators(root)
    above: dict[HtmlElement, int] = {}
    parts = section.regions(place, heading)
    for element in parts:
        parent = element.getparent()
        if parent is not None:
            above[parent] = above.get(parent, 0) + (element in place.lists and element.tag not in ("ol", "ul", "dl"))
    shared = {parent for parent, count in above.items() if count > 3}
    yield from (f'{locators.path(parent)}/*[contains(@id, "comm") or contains(@class, "depth-")]' for parent in shared)
    yield from (locators.path(e) for e in parts if e.getparent() not in shared or e not in place.lists)
