"""XPaths for what was found. lxml counts out an element's siblings anew for every path: here they are counted once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from archiver.pages.threads.outline import Outline

_PLAIN_TAG: Final = re.compile(r"[a-z][a-z0-9]*")
_MAX_STEPS: Final = 400
"""A path with more steps is longer than most comments."""


class Places:
    """The paths of a page's elements. Siblings that the outline leaves out (`<script>`) count as the tree has them."""

    def __init__(self, page: Outline) -> None:
        self._page = page
        self._counted: set[int] = set()
        self._steps: dict[int, str] = {}
        self._ids = Counter(anchor for anchor in page.anchors if anchor)

    def of(self, element: int) -> str:
        """By the nearest id that is the only one of its kind, else from the root."""
        steps: list[str] = []
        while element >= 0 and len(steps) < _MAX_STEPS:
            name = self._page.elements[element].get("id") or ""
            if name and self._ids[name] == 1 and '"' not in name:
                return "/".join([f'//*[@id="{name}"]', *reversed(steps)])
            steps.append(self._step(element))
            element = self._page.parents[element]
        return "/" + "/".join(reversed(steps)) if element < 0 else "//" + "/".join(reversed(steps))

    def of_all(self, elements: Iterable[int]) -> tuple[str, ...]:
        """One path for each run of neighbours: a flat thread has thousands of them."""
        runs: list[list[int]] = []
        for element in elements:
            if runs and self._page.lasts[runs[-1][-1]] + 1 == element and self._same_parent(runs[-1][-1], element):
                runs[-1].append(element)
            else:
                runs.append([element])
        return tuple(self.of(run[0]) if len(run) == 1 else self._of_run(run) for run in runs)

    def _of_run(self, run: list[int]) -> str:
        parent = self._page.parents[run[0]]
        first, last = self._position(run[0]), self._position(run[-1])
        return f"{self.of(parent)}/*[position()>={first} and position()<={last}]"

    def _same_parent(self, one: int, other: int) -> bool:
        return self._page.parents[one] == self._page.parents[other] >= 0

    def _position(self, element: int) -> int:
        self._count_children(self._page.parents[element])
        return int(self._steps[-element - 2])

    def _step(self, element: int) -> str:
        parent = self._page.parents[element]
        if parent < 0:
            return self._page.tags[element]
        self._count_children(parent)
        return self._steps[element]

    def _count_children(self, parent: int) -> None:
        """Names all children of an element: `p[3]`; its place among all children is kept under a negative key."""
        if parent in self._counted:
            return
        self._counted.add(parent)
        numbers = {self._page.elements[child]: child for child in self._page.children(parent)}
        seen: Counter[str] = Counter()
        for position, node in enumerate(self._page.elements[parent].iterchildren("*"), start=1):
            seen[node.tag] += 1
            child = numbers.get(node)
            if child is not None:
                plain = _PLAIN_TAG.fullmatch(node.tag)
                self._steps[child] = f"{node.tag}[{seen[node.tag]}]" if plain else f"*[{position}]"
                self._steps[-child - 2] = str(position)


def outermost(page: Outline, within: int, begin: int, end: int) -> list[int]:
    """The outermost elements below one that lie wholly between two chunks and hold text."""
    found, element, last = [], within + 1, page.lasts[within]
    while element <= last:
        if begin <= page.begins[element] < page.ends[element] <= end:
            found.append(element)
            element = page.lasts[element] + 1
        else:
            element += 1
    return found
