"""What is measured of a cut before it is judged: the numbers that the fitted model reads, each with a name.

Shares are of records: 0.9 `dated` means that nine of ten records hold a time. A long thread is measured on a sample of
its records, evenly taken, so that the cost of a page does not grow with the number of ways to cut it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from math import log, sqrt
from statistics import median
from typing import Any, Final

from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.marks import ASIDE, COMMENT, HOSTED, POST
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs

_NAMES = """
records_log single dated dated_once says actions permalinks ids authors comment_ids profiles bodies pictures
other_dates counters_in headlines
times_each paragraphs_each titles_each bodies_each authors_each ids_each permalinks_each headlines_each whole
time_at_start time_at_end first_owner_alike last_owner_alike
linked words_log spread filled coverage of_page largest smallest
of_root of_named above_named words_before words_after
named_comments named_post named_aside by_class by_id by_link by_bare by_time by_microdata box start end hosted
heading_near counter_equal counter_equal_far counter_other form_after form_inside place after_title
aside time_before time_after
forum in_comments page_times page_counts
units_alike same_parent agreeing prose ragged
"""
NAMES: Final = tuple(_NAMES.split())

_HOWS: Final = ("class", "id", "link", "bare", "time", "microdata")
_SAMPLE: Final = 120
_NEAR_LINES = 8
_HEADING_LINES = 5
_FORM_REACH = 25


def measure(page: Outline, signs: Signs, cut: Cut) -> list[float]:
    """The measures of one cut, in the order of `NAMES`."""
    spans = cut.spans
    sample = spans if len(spans) <= _SAMPLE else spans[:: len(spans) // _SAMPLE + 1]
    begin, end = spans[0][0], max([stop for _, stop in spans])
    return [
        *_contents(signs, spans, sample, end),
        *_places_of_signs(page, signs, sample),
        *_sizes(page, spans, begin, end),
        *_surroundings_in_words(page, signs, cut, begin, end),
        *_names(cut),
        *_context(page, signs, cut, begin, end),
        float(signs.is_forum),
        float(signs.in_comments[cut.root]),
        float(signs.dated[-1]),
        float(bool(signs.counters)),
        *_likeness(page, signs, cut),
    ]


def _contents(signs: Signs, spans: list[tuple[int, int]], sample: list[tuple[int, int]], end: int) -> list[float]:
    """How many of the records hold each sign, and how often a record does."""
    count, many, begin, dated = len(spans), len(sample), spans[0][0], signs.dated
    times = [dated[stop] - dated[start] for start, stop in sample]
    shares = (
        signs.says, signs.actions, signs.permalinks, signs.ids, signs.authors, signs.comment_ids, signs.profiles,
        signs.bodies, signs.pictures, signs.other_dates, signs.counted, signs.headlines,
    )  # fmt: skip
    each = (
        dated, signs.paragraphs, signs.titles, signs.bodies, signs.authors, signs.ids, signs.permalinks,
        signs.headlines,
    )  # fmt: skip
    return [
        log(count),
        float(count == 1),
        (many - times.count(0)) / many,
        times.count(1) / many,
        *[_holding(sums, sample) / many if sums[end] > sums[begin] else 0.0 for sums in shares],
        *[min((sums[end] - sums[begin]) / count, 9.0) for sums in each],
        _whole(signs, sample) / many,
    ]


def _holding(sums: list[int], records: list[tuple[int, int]]) -> int:
    """How many records hold a sign."""
    return sum([sums[end] > sums[begin] for begin, end in records])


def _whole(signs: Signs, records: list[tuple[int, int]]) -> int:
    """How many records have a time and somebody who speaks."""
    dated, authors, profiles, says = signs.dated, signs.authors, signs.profiles, signs.says
    return sum([
        dated[end] > dated[begin]
        and (authors[end] > authors[begin] or profiles[end] > profiles[begin] or says[end] > says[begin])
        for begin, end in records
    ])  # fmt: skip


def _places_of_signs(page: Outline, signs: Signs, sample: list[tuple[int, int]]) -> list[float]:
    """Whether times stand near the edges of records, and whether records begin and end alike."""
    dated, line_of, line_begins, owners = signs.dated, page.line_of, page.line_begins, page.owners
    tags, classes, lines = page.tags, page.classes, len(page.lines)
    at_start = at_end = 0
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    for begin, end in sample:
        if end <= begin:
            continue
        first, last = line_of[begin], line_of[end - 1]
        head = line_begins[min(first + 4, last + 1, lines)]
        foot = line_begins[max(first, last - 2)]
        at_start += dated[head] > dated[line_begins[first]]
        at_end += dated[line_begins[last + 1]] > dated[foot]
        owner = owners[begin]
        kind = tags[owner] + classes[owner][:12]
        firsts[kind] = firsts.get(kind, 0) + 1
        owner = owners[end - 1]
        kind = tags[owner] + classes[owner][:12]
        lasts[kind] = lasts.get(kind, 0) + 1
    count = len(sample)
    return [
        at_start / count,
        at_end / count,
        max(firsts.values(), default=0) / count,
        max(lasts.values(), default=0) / count,
    ]


def _sizes(page: Outline, spans: list[tuple[int, int]], begin: int, end: int) -> list[float]:
    count, words_before = len(spans), page.words
    sizes = [words_before[stop] - words_before[start] for start, stop in spans]
    total = sum(sizes) or 1
    linked = sum([page.linked_words[stop] - page.linked_words[start] for start, stop in spans]) / total
    mean = total / count
    spread = sqrt(sum([(size - mean) ** 2 for size in sizes]) / count) / (mean + 1)
    return [
        linked,
        log(mean + 1),
        spread,
        sum([size >= 3 for size in sizes]) / count,
        total / (page.size(begin, end) or 1),
        total / (page.words[-1] or 1),
        max(sizes) / total,
        min(sizes) / (mean + 1),
    ]


def _surroundings_in_words(page: Outline, signs: Signs, cut: Cut, begin: int, end: int) -> list[float]:
    """How much of the elements around it the cut fills, and how much it leaves before and behind it."""
    root, total = cut.root, cut.size or 1
    mean = total / len(cut.spans)
    root_begin, root_end = page.begins[root], page.ends[root]
    above, named = _named_above(page, signs, root)
    stop = _next_form(signs, end - 1, root_end)
    before = max(0, page.words[begin] - page.words[root_begin])
    after = max(0, page.words[stop] - page.words[end])
    return [
        total / (page.size(root_begin, root_end) or 1),
        total / (page.size(page.begins[named], page.ends[named]) or 1) if named >= 0 else 0.0,
        float(min(4, above)),
        min(5.0, before / (mean + 1)),
        min(5.0, after / (mean + 1)),
    ]


def _next_form(signs: Signs, begin: int, end: int) -> int:
    """Where the first form at or behind a chunk begins; `end` where none does before it."""
    at = bisect_left(signs.form_begins, begin)
    return min(signs.form_begins[at], end) if at < len(signs.form_begins) else end


def _named_above(page: Outline, signs: Signs, element: int) -> tuple[int, int]:
    """How many elements from this one up are named after comments, and the outermost of them that is not the page."""
    count, outermost = 0, -1
    while element >= 0:
        if signs.named[element] and page.tags[element] != "body":
            count += 1
            outermost = element if page.tags[element] != "html" else outermost
        element = page.parents[element]
    return count, outermost


def _likeness(page: Outline, signs: Signs, cut: Cut) -> list[float]:
    """Whether records are of one kind, how many sets agree on them, how much of them is running text."""
    units = cut.units if len(cut.units) <= _SAMPLE else cut.units[:: len(cut.units) // _SAMPLE + 1]
    prose = signs.prose
    return [
        _most([page.tags[unit] + page.classes[unit][:12] for unit in units]) / len(units),
        _most([page.parents[unit] for unit in units]) / len(units),
        log(len(cut.namings)),
        sum([prose[end] - prose[begin] for begin, end in cut.spans]) / (cut.size or 1),
        float(is_ragged(page, cut)),
    ]


def _most(values: list[Any]) -> int:
    """How often the most frequent value occurs."""
    often: int = values.count(values[0])
    return often if 2 * often >= len(values) else Counter(values).most_common(1)[0][1]


def is_ragged(page: Outline, cut: Cut) -> bool:
    """Whether a flat cut leaves its outermost record with the member alone, where all others hold more: then it is
    out of phase, and what belongs to that record stands just outside."""
    if cut.mode not in ("start", "end") or len(cut.spans) < 3:
        return False
    more = [
        page.size(begin, end) - page.size(page.begins[unit], page.ends[unit])
        for (begin, end), unit in zip(cut.spans, cut.units, strict=True)
    ]
    outermost = more.pop() if cut.mode == "start" else more.pop(0)
    return outermost <= 0 and median(more) >= 3


def _names(cut: Cut) -> list[float]:
    """What the names of the sets say, and how they were named."""
    marks, hows = cut.marks, {naming.how for naming in cut.namings}
    return [
        float(bool(marks & COMMENT)),
        float(bool(marks & POST)),
        float(bool(marks & ASIDE)),
        *[float(how in hows) for how in _HOWS],
        float(cut.mode == "box"),
        float(cut.mode == "start"),
        float(cut.mode == "end"),
        float(bool(marks & HOSTED)),
    ]


def _context(page: Outline, signs: Signs, cut: Cut, begin: int, end: int) -> list[float]:
    """What stands before, behind and above the records."""
    first = page.line_of[begin] if begin < len(page.chunks) else 0
    last = page.line_of[end - 1] if 0 < end <= len(page.chunks) else first
    equal, equal_far, other = _counters(signs, len(cut.spans), first, last)
    chunks = len(page.chunks)
    behind = _next_form(signs, end - 1, chunks + _FORM_REACH) - end
    dated, starts = signs.dated, page.line_begins
    lines = len(page.lines)
    return [
        _heading_near(signs, first),
        equal,
        equal_far,
        other,
        1.0 if behind < _FORM_REACH else 0.5 if signs.form_begins and signs.form_begins[-1] >= end - 1 else 0.0,
        float(_next_form(signs, begin + 1, end) < end - 3),
        begin / (chunks or 1),
        float(begin >= signs.title_at),
        float(signs.in_aside[cut.root] or (len(cut.spans) == 1 and signs.in_aside[cut.units[0]])),
        float(dated[starts[first]] > dated[starts[max(0, first - 3)]]) if lines else 0.0,
        float(dated[starts[min(lines, last + 4)]] > dated[starts[min(lines, last + 1)]]) if lines else 0.0,
    ]


def _heading_near(signs: Signs, first: int) -> float:
    """1 for a heading of comments just above the first line, less for one further away, 0 for none."""
    for distance in range(_HEADING_LINES):
        if first - 1 - distance in signs.heading_lines:
            return 1 - distance * 0.15
    return 0.0


def _counters(signs: Signs, count: int, first: int, last: int) -> tuple[float, float, float]:
    """Whether the page claims just as many comments as there are records: near them, elsewhere; or another number."""
    equal = far = other = 0.0
    for line, claim in signs.counters:
        near = first - _NEAR_LINES <= line <= first + 1 or last < line < last + 3
        if claim == count:
            equal, far = (1.0, far) if near else (equal, 1.0)
        elif near:
            other = 1.0
    return equal, far, other
