"""Records that name other records: `data-parent`, 'in reply to #12', a link to the comment answered, a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archiver.pages import paths
from archiver.pages.threads import words
from archiver.pages.threads.marks import COMMENT, marks_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Record

Reference = tuple[int, str]
"""The record that is meant, and by what."""

_PARENT_ATTRIBUTES: Final = (
    "data-parent-id",
    "data-parent",
    "data-parentid",
    "data-comment-parent",
    "data-parent-comment-id",
)
_WITH_ATTRIBUTE: Final = paths.elements(
    "/descendant::*[" + " or ".join(f"@{name}" for name in _PARENT_ATTRIBUTES) + "][1]"
)
_PARENT_IN_ID: Final = re.compile(r"wpd-comm-(\d+)_(\d+)")
_NUMBER: Final = re.compile(r"\d+")
_HEXADECIMAL: Final = re.compile(r"(?=[a-f]*\d)[0-9a-f]{8,}")
_QUOTED_POST: Final = re.compile(r"post:?\s*(\d+)")
_QUOTES: Final = frozenset(("blockquote", "aside"))
_QUOTE_NAME: Final = re.compile(r"quot|zitat|cita")
_PRINTED_NUMBER: Final = re.compile(r"\s*(?:#|no\.?\s*|nr\.?\s*|comment\s*|post\s*)?(\d{1,6})\b")
_OWN_DIGITS: Final = 5
_ID_ELEMENTS: Final = 15
_MAX_LABEL: Final = 160


class References:
    """What each record names. Ids are told by their numbers: `#comment-12`, `p=12` and `data-parent="12"` agree."""

    def __init__(
        self, page: Outline, records: list[Record], permalinks: list[str | None], numbers: list[int | None]
    ) -> None:
        self._page, self._records = page, records
        self._has_attributes = bool(records) and bool(_WITH_ATTRIBUTE(page.elements[0]))
        self._by_number = {number: record for record, number in enumerate(numbers) if number is not None}
        self._by_id: dict[str, int] = {}
        self._by_address: dict[str, int] = {}
        for number, record in enumerate(records):
            for name in self._own_names(record, permalinks[number]):
                for own in _ids(name):
                    self._by_id.setdefault(own, number)
            for element in record.elements:
                address = page.hrefs.get(element)
                if address and not words.IN_REPLY_TO.search(self._line_at(element)):
                    self._by_address.setdefault(address, number)

    def named(self, number: int) -> Reference | None:
        """The record that this one says it answers."""
        record = self._records[number]
        for line in record.lines[:4]:
            found = self._by_words(line.lower)
            if found and found[0] != number:
                return found
        for element in (record.unit, *record.elements):
            found = self._by_attribute(element) or self._by_link(element)
            if found and found[0] != number:
                return found
        return None

    def quoted(self, number: int) -> Reference | None:
        """The first earlier record that this one quotes by a link or an id."""
        record = self._records[number]
        for quote in self._quotes(record):
            node = self._page.elements[quote]
            told = _QUOTED_POST.search(node.get("data-source") or "")
            if told and self._by_id.get(told[1], number) < number:
                return self._by_id[told[1]], "quote"
            counted = node.get("data-post") or ""
            if counted.isdecimal() and self._by_number.get(int(counted[:9]), number) < number:
                return self._by_number[int(counted[:9])], "quote"
            for element in range(quote, min(self._page.lasts[quote], quote + 40) + 1):
                linked = self._of(self._page.hrefs.get(element, ""))
                if linked is not None and linked < number:
                    return linked, "quote"
        return None

    def _own_names(self, record: Record, permalink: str | None) -> Iterator[str]:
        """Whatever may be the record's own id."""
        page = self._page
        yield (permalink or "").rsplit("#", 1)[-1]
        for element in (record.unit, record.member, *record.elements[:_ID_ELEMENTS]):
            anchor = page.anchors[element]
            if with_parent := _PARENT_IN_ID.search(anchor):
                yield with_parent[1]
            elif anchor and (
                element in (record.unit, record.member)
                or marks_of(anchor) & COMMENT
                or words.POST_NAME.search(anchor.lower())
            ):
                yield anchor

    def _of(self, name: str) -> int | None:
        """The record whose id a name holds."""
        return next((self._by_id[own] for own in _ids(name) if own in self._by_id), None)

    def _line_at(self, element: int) -> str:
        begin = self._page.begins[element]
        if begin >= len(self._page.chunks):
            return ""
        return self._page.lower_lines[self._page.line_of[begin]][:_MAX_LABEL]

    def _by_attribute(self, element: int) -> Reference | None:
        node = self._page.elements[element]
        for attribute in _PARENT_ATTRIBUTES if self._has_attributes else ():
            value = node.get(attribute)
            record = self._of(value) if value else None
            if record is not None:
                return record, attribute
        found = _PARENT_IN_ID.search(self._page.anchors[element])
        if found and found[2] in self._by_id:
            return self._by_id[found[2]], "id"
        return None

    def _by_link(self, element: int) -> Reference | None:
        """A link to another record, on a line that says 'in reply to'."""
        href = self._page.hrefs.get(element)
        if not href:
            return None
        line = self._line_at(element)
        told = words.IN_REPLY_TO.search(line)
        if told is None:
            return None
        record = self._of(href.rsplit("#", 1)[-1])
        if record is None:
            record = self._by_address.get(href)
        return None if record is None else (record, "in reply to")

    def _by_words(self, line: str) -> Reference | None:
        told = words.IN_REPLY_TO.search(line[:_MAX_LABEL])
        counted = _PRINTED_NUMBER.match(line, told.end()) if told else None
        if counted and int(counted[1]) in self._by_number:
            return self._by_number[int(counted[1])], "in reply to number"
        return None

    def _quotes(self, record: Record) -> Iterator[int]:
        page = self._page
        for element in record.elements:
            if page.tags[element] in _QUOTES or _QUOTE_NAME.search(page.classes[element].lower()):
                yield element


def _ids(name: str) -> list[str]:
    """The numbers that may be an id: the last decimal one, unless it is a mere piece of the last hexadecimal one."""
    lower = name.lower()
    decimal, hexadecimal = _NUMBER.findall(lower)[-1:], _HEXADECIMAL.findall(lower)[-1:]
    if hexadecimal and decimal and len(decimal[0]) < _OWN_DIGITS:
        decimal = []
    return [*decimal, *hexadecimal]
