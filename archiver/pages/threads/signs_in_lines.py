"""Signs that lines carry: times, 'says', headings and counters of comments, labels, running text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from archiver.pages.threads import times, words
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs, running

_ANY_HEADING: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"))
_MAX_HEADING_LINE: Final = 110
_MAX_COUNTER_LINE: Final = 120
_PROSE: Final = 8
_TO_THE_SECOND: Final = 19
_HEADING_REACH: Final = 4
"""How many ancestors a heading's words may lie below its `<h3>`."""


def read_lines(page: Outline, signs: Signs) -> None:
    count = len(page.chunks) + 1
    dated, other_dates, says = [0] * count, [0] * count, [0] * count
    for line, text in enumerate(page.lower_lines):
        if len(text) > times.MAX_LINE:
            continue
        at = page.line_begins[line] + 1
        found, speaks, heads = _told_by(text)
        if found:
            if times.is_of_another_event(text, found, page.lower_lines[line - 1] if line else ""):
                other_dates[at] += 1
            else:
                signs.times[line] = found
                dated[at] += 1
        says[at] += speaks
        if heads:
            _read_heading(page, signs, line, text)
    _count_moments(page, signs, dated)
    signs.dated, signs.other_dates, signs.says = running(dated), running(other_dates), running(says)
    counted = [0] * count
    for line, _ in signs.counters:
        counted[page.line_begins[line] + 1] += 1
    signs.counted = running(counted)


@lru_cache(maxsize=4096)
def _told_by(line: str) -> tuple[re.Match[str] | None, bool, bool]:
    """The time that a line prints, whether it says that somebody speaks, and whether it may be a heading of comments.
    Nearly half of the lines of a page stand on one read before: labels, menus, counters."""
    is_short = len(line) <= _MAX_COUNTER_LINE
    return (
        times.find(line),
        is_short and words.SAYS.search(line) is not None,
        is_short and words.HEADING.search(line) is not None,
    )


def _count_moments(page: Outline, signs: Signs, dated: list[int]) -> None:
    """Machine-readable times: one that prints nothing counts as a time; one that repeats the moment before it, to the
    second, does not (a post may show its time for the desk and for the phone)."""
    before = ""
    for element, moment in signs.moments.items():
        begin, end = page.begins[element], page.ends[element]
        line = page.line_of[begin] if begin < len(page.line_of) else -1
        if end == begin or line not in signs.times:
            dated[min(begin + 1, len(dated) - 1)] += moment != before
        elif moment == before and len(moment) >= _TO_THE_SECOND:
            dated[page.line_begins[line] + 1] = 0
        before = moment


def _read_heading(page: Outline, signs: Signs, line: int, text: str) -> None:
    claims = counts_in(text)
    signs.counters.extend((line, claim) for claim in claims)
    if len(text) < _MAX_HEADING_LINE:
        signs.heading_lines.add(line)
        at = page.line_begins[line]
        if claims or _in_heading(page, page.owners[at]):
            signs.headings.append(at)


def counts_in(text: str) -> list[int]:
    """The numbers of comments that a line (in lower case) claims: '27 comments', 'Comments (27)', 'one response'."""
    found = []
    for pattern in words.COUNTED:
        for match in pattern.finditer(text):
            number = match[1].replace(",", "").replace(".", "")
            claim = int(number) if number.isdecimal() else words.COUNTED_WORDS.get(number)
            if claim is not None:
                found.append(claim)
    return found


def _in_heading(page: Outline, element: int) -> bool:
    for _ in range(_HEADING_REACH):
        if element < 0:
            return False
        if page.tags[element] in _ANY_HEADING:
            return True
        element = page.parents[element]
    return False


def read_chunks(page: Outline, signs: Signs) -> None:
    """Labels such as 'Reply', and running text: unlinked pieces of more than a few words."""
    actions, prose = [0] * (len(page.chunks) + 1), [0] * (len(page.chunks) + 1)
    for chunk, text in enumerate(page.chunks):
        if len(text) < 60 and words.ACTION.fullmatch(text.lower()):
            actions[chunk + 1] = 1
        size = page.words[chunk + 1] - page.words[chunk]
        if size >= _PROSE and page.linked_words[chunk + 1] == page.linked_words[chunk]:
            prose[chunk + 1] = size
    signs.actions, signs.prose = running(actions), running(prose)
