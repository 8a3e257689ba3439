"""Records that name other records: an attribute, 'in reply to #12', a link to the comment that is answered, a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.marks import COMMENT, marks_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Record

Reference = tuple[int, str]
"""The record that is meant, and by what."""

_PARENT_ATTRIBUTE: Final = re.compile(r"parent|(?:in-?)?reply-?to")
_PARENT_IN_ID: Final = re.compile(r"wpd-comm-(\d+)_(\d+)")
_PARENT_IN_CLASS: Final = re.compile(
    r"(?:^|\s)(?:child-of|parent|in-reply-to|reply-to)-(?:[a-z]+-)*([0-9a-f]+)(?=\s|$)"
)
_LINK_NAME: Final = re.compile(r"parent|in-?reply|reply-?to|quote-?link|backlink|answered")
_LINK_WORDS: Final = re.compile(r"\s*(?:>>|»|@|#|№|↑|↩|⤴|re:|in reply|replying)")
_NUMBER: Final = re.compile(r"\d+")
_HEXADECIMAL: Final = re.compile(r"(?=[a-f]*\d)[0-9a-f]{8,}")
_PRINTED_NUMBER: Final = re.compile(r"\s*(?:#|no\.?\s*|nr\.?\s*|comment\s*|post\s*)?(\d{1,6})\b")
_AT_NUMBER: Final = re.compile(
    r"\W{0,2}(?:@\s*(?:#|no\.?|nr\.?)?|(?:re|zu|ad|to|an|à)\b:?\s*(?:#|no\.?|nr\.?|comment|kommentar|post|beitrag))\s*(\d{1,5})\b"
)
_OWN_DIGITS: Final = 5
_ID_ELEMENTS: Final = 15
_FIRST_LINES: Final = 5
_MAX_LINE: Final = 1000
_GAP: Final = re.compile(r"[^|·•/\[\]]{0,40}")
_MAX_LABEL: Final = 160
_MAX_NAME_WORDS: Final = 6


class References:
    """What each record names. Ids are told by their numbers: `#comment-12`, `p=12` and `data-parent="12"` agree."""

    def __init__(
        self,
        page: Outline,
        records: list[Record],
        permalinks: list[str | None],
        numbers: list[int | None],
        names: Sequence[str | None],
    ) -> None:
        self._page, self._records = page, records
        self.by_number = {number: record for record, number in enumerate(numbers) if number is not None}
        self.by_name: dict[str, list[int]] = {}
        """Folded name → its records, in order."""
        for number, author in enumerate(names):
            if author:
                self.by_name.setdefault(folded(author), []).append(number)
        self._telling: dict[int, bool] = {}
        self._by_id: dict[str, int] = {}
        for number, permalink in enumerate(permalinks):
            for own in _ids(_own_part((permalink or "").rsplit("#", 1)[-1])):
                self._by_id.setdefault(own, number)
        self._by_address: dict[str, int | None] = {}
        for number, record in enumerate(records):
            for name in self._own_names(record):
                for own in _ids(name):
                    self._by_id.setdefault(own, number)
            for element in record.elements:
                address = page.hrefs.get(element)
                if address and not self._is_told(element):
                    known = self._by_address.setdefault(address, number)
                    self._by_address[address] = number if known == number else None

    def named(self, number: int) -> Reference | None:
        """The record that this one says it answers."""
        record = self._records[number]
        for line in record.lines[:_FIRST_LINES]:
            found = self._by_words(line.lower)
            if found and found[0] != number:
                return found
        for element in (record.unit, *record.elements):
            found = self._by_attribute(element) or self._by_link(record, element)
            if found and found[0] != number:
                return found
        for line in record.lines[:_FIRST_LINES]:
            found = self._by_name_told(line.lower, number) or self._at_number(line.lower, number)
            if found:
                return found
        return None

    def of(self, name: str) -> int | None:
        """The record whose id an address, an id or an attribute holds."""
        return next((self._by_id[own] for own in _ids(name) if own in self._by_id), None)

    def _own_names(self, record: Record) -> Iterator[str]:
        """Whatever may be the record's own id beside its permalink."""
        page = self._page
        for element in (record.unit, record.member, *record.elements[:_ID_ELEMENTS]):
            anchor = page.anchors[element]
            if anchor and (
                element in (record.unit, record.member)
                or marks_of(anchor) & COMMENT
                or words.POST_NAME.search(anchor.lower())
            ):
                yield _own_part(anchor)

    def _is_told(self, element: int) -> bool:
        """Whether a link says 'in reply to', or these words stand before it with no other link between."""
        page, begin = self._page, self._page.begins[element]
        if begin >= len(page.chunks) or not self._tells(page.line_of[begin]):
            return False
        before = page.text(page.line_begins[page.line_of[begin]], begin).lower()
        line = f"{before} {page.text(begin, page.ends[element]).lower()}"
        last = list(words.IN_REPLY_TO.finditer(line))[-1:]
        return bool(last) and _GAP.fullmatch(line[last[0].end() : len(before)].strip()) is not None

    def _tells(self, line: int) -> bool:
        """Whether a line of a usual length says 'in reply to'."""
        if line not in self._telling:
            text = self._page.lower_lines[line]
            self._telling[line] = len(text) < _MAX_LINE and words.IN_REPLY_TO.search(text) is not None
        return self._telling[line]

    def _by_attribute(self, element: int) -> Reference | None:
        for name, value in self._page.elements[element].items():
            if _may_name_parent(name) and value and " " not in value.strip():
                record = self.of(value)
                if record is not None:
                    return record, name
        found = _PARENT_IN_ID.search(self._page.anchors[element]) if self._page.anchors[element] else None
        if found and found[2] in self._by_id:
            return self._by_id[found[2]], "id"
        classed = _parent_in_class(self._page.classes[element])
        record = self.of(classed) if classed else None
        return None if record is None else (record, "class of the parent")

    def _by_link(self, record: Record, element: int) -> Reference | None:
        """A link to another record that says 'in reply to', or begins with a sign such as '>>' or '@', near the top."""
        href = self._page.hrefs.get(element)
        if not href:
            return None
        found = self.of(href.rsplit("#", 1)[-1])
        if found is None:
            found = self._by_address.get(href)
        if found is None:
            return None
        if self._is_told(element):
            return found, "in reply to"
        node, page = self._page.elements[element], self._page
        name = f"{page.classes[element]} {node.get('rel') or ''} {node.get('title') or ''}".lower()
        is_near = record.lines and page.begins[element] < record.lines[:_FIRST_LINES][-1].end
        if is_near and (
            _LINK_NAME.search(name) or _LINK_WORDS.match(page.text(page.begins[element], page.ends[element]).lower())
        ):
            return found, "link to the parent"
        return None

    def _by_words(self, line: str) -> Reference | None:
        told = words.IN_REPLY_TO.search(line[:_MAX_LABEL])
        counted = _PRINTED_NUMBER.match(line, told.end()) if told else None
        if counted and int(counted[1]) in self.by_number:
            return self.by_number[int(counted[1])], "in reply to number"
        return None

    def _by_name_told(self, line: str, number: int) -> Reference | None:
        """'In reply to Ann': her last comment before this one."""
        told = words.TO_NAME.search(line[:_MAX_LABEL])
        if told is None:
            return None
        named = folded(line[told.end() :]).split()[:_MAX_NAME_WORDS]
        for count in range(len(named), 0, -1):
            before = [record for record in self.by_name.get(" ".join(named[:count]), ()) if record < number]
            if before:
                return before[-1], "in reply to name"
        return None

    def _at_number(self, line: str, number: int) -> Reference | None:
        """'@12' or 're #12' before the first word, where the page prints numbers."""
        found = _AT_NUMBER.match(line) if self.by_number else None
        record = self.by_number.get(int(found[1])) if found else None
        return None if record is None or record >= number else (record, "number before the text")


@lru_cache(maxsize=4096)
def _parent_in_class(classes: str) -> str | None:
    found = _PARENT_IN_CLASS.search(classes.lower())
    return found[1] if found else None


@lru_cache(maxsize=1024)
def _may_name_parent(attribute: str) -> bool:
    return _PARENT_ATTRIBUTE.search(attribute) is not None


def folded(name: str) -> str:
    """A name in lower case, its words alone."""
    return " ".join(re.findall(r"\w+", name.lower()))


def _own_part(name: str) -> str:
    """Of an id that names the comment and its parent the first half."""
    pair = _PARENT_IN_ID.search(name)
    return pair[1] if pair else name


def _ids(name: str) -> list[str]:
    """The numbers that may be an id: the last decimal one, unless it is a mere piece of the last hexadecimal one."""
    lower = name.lower()
    decimal, hexadecimal = _NUMBER.findall(lower)[-1:], _HEXADECIMAL.findall(lower)[-1:]
    if hexadecimal and decimal and len(decimal[0]) < _OWN_DIGITS:
        decimal = []
    return [*decimal, *hexadecimal]
