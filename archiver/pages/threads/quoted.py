"""Posts that quote earlier ones: whose words they are, by a link, an id, or the name above the words themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Line, Record
from archiver.pages.threads.references import Reference, References, folded

_QUOTED_POST: Final = re.compile(r"post:?\s*(\d+)")
_QUOTES: Final = frozenset(("blockquote", "aside", "q"))
_QUOTE_NAME: Final = re.compile(r"quot|zitat|cita")
_BUTTONS: Final = frozenset(("a", "button", "input", "span", "li"))
"""What is named after quotes and quotes nothing: 'Quote' below a post."""
_MAX_ELEMENTS: Final = 40
_LEAST_WORDS: Final = 4
_COMPARED_WORDS: Final = 12


def quoted(page: Outline, records: list[Record], number: int, references: References) -> Reference | None:
    """The first earlier record that a record quotes."""
    for quote in _quotes(page, records[number]):
        record = _by_id(page, quote, references)
        if record is not None and record < number:
            return record, "quote"
        record = _by_words(page, records, quote, number, references)
        if record is not None:
            return record, "quoted words"
    return None


def is_quoted(page: Outline, record: Record, line: Line) -> bool:
    """Whether a line stands in a quote that the record has words beside: some themes set every comment as a quote."""
    element = page.owners[line.begin]
    while element > record.unit:
        if page.tags[element] not in _BUTTONS and _is_quote(page, element):
            return page.begins[element] > record.begin or page.ends[element] < record.end
        element = page.parents[element]
    return False


def _quotes(page: Outline, record: Record) -> Iterator[int]:
    """The quotes in a record, outer ones first."""
    for element in record.elements:
        if _is_quote(page, element):
            yield element


def _is_quote(page: Outline, element: int) -> bool:
    return page.tags[element] in _QUOTES or _QUOTE_NAME.search(page.classes[element].lower()) is not None


def _by_id(page: Outline, quote: int, references: References) -> int | None:
    node = page.elements[quote]
    told = _QUOTED_POST.search(node.get("data-source") or "")
    if told and (record := references.of(told[1])) is not None:
        return record
    counted = node.get("data-post") or ""
    if counted.isdecimal():
        return references.by_number.get(int(counted[:9]), references.of(counted))
    linked = (
        references.of(page.hrefs.get(e, "")) for e in range(quote, min(page.lasts[quote], quote + _MAX_ELEMENTS) + 1)
    )
    return next((record for record in linked if record is not None), None)


def _by_words(page: Outline, records: list[Record], quote: int, number: int, references: References) -> int | None:
    """'Ann wrote:' and words that Ann did write, in the last comment of hers that holds them. The name stands in the
    quote, or on the line before it."""
    begin, end = page.begins[quote], page.ends[quote]
    if begin >= end:
        return None
    first = page.line_of[begin]
    for line in (first, first - 1):
        said = words.WROTE.search(page.lower_lines[line]) if line >= 0 else None
        name = folded(said[1] or said[2] or "") if said else ""
        authors = _authors(name, references)
        if authors:
            start = page.line_begins[line + 1] if line == first else begin
            said_words = folded(page.text(start, end)).split()[:_COMPARED_WORDS]
            if len(said_words) >= _LEAST_WORDS or start < end:
                return _last_with(page, records, authors, " ".join(said_words), number)
    return None


def _authors(name: str, references: References) -> list[int]:
    parts = name.split()
    for begin in range(len(parts)):
        if found := references.by_name.get(" ".join(parts[begin:])):
            return found
    return []


def _last_with(page: Outline, records: list[Record], authors: list[int], said: str, number: int) -> int | None:
    for record in reversed([record for record in authors if record < number]):
        if said and said in folded(page.text(records[record].begin, records[record].end)):
            return record
    return None
