"""The row of siblings among which flat records lie."""

from __future__ import annotations

from typing import Final

from archiver.pages.threads.marks import kind_of
from archiver.pages.threads.outline import Outline

_PAGE_TITLES: Final = frozenset(("h1", "h2"))


class Row:
    """The siblings among which flat records lie: how far the last record reaches, and the first. Replies may lie in
    rows of their own, further in."""

    def __init__(self, page: Outline, units: list[int], forms: set[int]) -> None:
        self._page, self._units, self._forms = page, units, forms
        self._between: set[str] = set()
        self._widest = 0
        outer, is_row = page.parents[units[0]], False
        before: dict[int, int] = {}
        for unit in units:
            parent = page.parents[unit]
            if parent in before:
                is_row = is_row or parent == outer
                between = self._siblings(before[parent], unit)
                self._widest = max(self._widest, len(between))
                self._between.update(map(self._kind, between))
            before[parent] = unit
        self.are_siblings = is_row and all(page.holds(outer, parent) for parent in before)

    def after_last(self, begin: int, end: int) -> int:
        """As many more siblings of the kinds that stand between records as between any two of them."""
        page, unit, taken = self._page, self._units[-1], 0
        parent, tail = page.parents[unit], page.ends[unit]
        at, last = page.lasts[unit] + 1, page.lasts[parent]
        while at <= last and taken < max(2 * self._widest, 1) and self._continues(at):
            tail = page.ends[at]
            at, taken = page.lasts[at] + 1, taken + 1
        if self._has_bare_text(parent, begin, end):
            tail = max(tail, page.begins[at] if at <= last else page.ends[parent])
        return tail

    def before_first(self, begin: int, end: int) -> int:
        page, unit, taken = self._page, self._units[0], 0
        parent, head = page.parents[unit], page.begins[unit]
        before = self._siblings(parent, unit)
        while before and taken < max(self._widest, 1) and self._continues(before[-1]):
            if page.tags[before[-1]] in _PAGE_TITLES:
                break
            head = page.begins[before.pop()]
            taken += 1
        if self._has_bare_text(parent, begin, end):
            head = min(head, page.ends[before[-1]] if before else page.begins[parent])
        return head

    def _siblings(self, before: int, unit: int) -> list[int]:
        """Those between two siblings, or between a parent and its child."""
        lasts, found = self._page.lasts, []
        at = before + 1 if before == self._page.parents[unit] else lasts[before] + 1
        while at < unit:
            found.append(at)
            at = lasts[at] + 1
        return found

    def _kind(self, element: int) -> str:
        return kind_of(self._page.tags[element], self._page.classes[element])

    def _continues(self, element: int) -> bool:
        return not is_form(self._page, element, self._forms) and self._kind(element) in self._between

    def _has_bare_text(self, parent: int, begin: int, end: int) -> bool:
        return parent in self._page.owners[begin:end]


def is_form(page: Outline, element: int, forms: set[int]) -> bool:
    return page.tags[element] == "form" or element in forms
