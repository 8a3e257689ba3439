"""From a set of elements to records: where each comment begins and ends, in chunks.

A set can cut a page in three ways. *box*: each record is the largest element that holds one member and no other.
*start*: each record runs from its member to the next (a flat run of paragraphs, a table of rows). *end*: each record
runs from behind the previous member up to its own ('Posted by' below the text). Nested replies need nothing special:
a record ends where the next one begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from archiver.pages.threads.marks import COMMENT, POST
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.rows import Row
from archiver.pages.threads.sets import ElementSet, Naming, may_stand_alone
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.units import of_one_kind, units_of

Mode = Literal["box", "start", "end", "one"]

_BOX_SHARE = 0.6
"""A box cut must hold this much of the text from its first member to its last."""
_FLAT_SHARE = 0.95
_FOLLOWING = 6
_TITLES: Final = frozenset(("h1", "h2", "h3", "h4"))


@dataclass(slots=True)
class Cut:
    """One way to see a thread in the page. `spans` are half-open ranges of chunks, one a record, in order."""

    naming: Naming
    mode: Mode
    members: list[int]
    units: list[int]
    """For each record the highest element that holds its member and no other."""
    root: int
    """The nearest element that holds all units."""
    spans: list[tuple[int, int]]
    size: int
    """Words in all records."""
    namings: list[Naming]
    """All sets that cut the page in this way."""
    layers: list[int] = field(default_factory=list)
    """For each record its kind, where a thread has several (answers, comments below them); empty where it has one."""

    @property
    def marks(self) -> int:
        """What the names of the sets say, taken together."""
        found = 0
        for naming in self.namings:
            found |= naming.marks
        return found


def cuts_of(page: Outline, signs: Signs, sets: list[ElementSet]) -> list[Cut]:
    """All different cuts of the page by these sets that hold any text."""
    forms = sorted(
        page.begins[form]
        for form in signs.forms
        if page.size(page.begins[form], page.ends[form]) >= 3 and page.tags[form] not in ("a", "span", "li", "p")
    )
    known_forms = set(signs.forms)
    found: dict[tuple[tuple[int, int], ...], Cut] = {}
    for elements in sets:
        if len(elements.members) == 1:
            if not _may_be_the_only_one(page, signs, elements, known_forms):
                continue
        elif not _has_signs(page, signs, elements):
            continue
        for cut in _cut(page, signs, elements, known_forms):
            _end_at_form(cut, forms)
            spans = tuple(cut.spans)
            known = found.get(spans)
            if known is not None:
                known.namings.append(elements.naming)
                if cut.mode == "box" and known.mode in ("start", "end"):
                    # Elements that hold the records tell more of them than marks at their edges.
                    known.mode, known.members, known.units, known.root = cut.mode, cut.members, cut.units, cut.root
                continue
            cut.size = sum([page.words[end] - page.words[begin] for begin, end in spans])
            if cut.size >= 2:
                found[spans] = cut
    return list(found.values())


def _may_be_the_only_one(page: Outline, signs: Signs, elements: ElementSet, forms: set[int]) -> bool:
    only, naming = elements.members[0], elements.naming
    if only in forms or not may_stand_alone(signs, naming, only):
        return False
    return naming.how in ("id", "link") or page.size(page.begins[only], page.ends[only]) >= 2


def _has_signs(page: Outline, signs: Signs, elements: ElementSet) -> bool:
    """Whether there are signs enough around a set for any of its cuts. Saves most of the cutting."""
    root = page.above(elements.members[0], elements.members[-1])
    named = bool(elements.naming.marks & (COMMENT | POST)) + signs.in_comments[root]
    return signs.are_enough(named, page.begins[root], page.ends[root], len(elements.members))


def _end_at_form(cut: Cut, forms: list[int]) -> None:
    """The comment form is never part of the last record."""
    begin, end = cut.spans[-1]
    at = bisect_right(forms, begin)
    if at < len(forms) and forms[at] < end:
        cut.spans[-1] = (begin, forms[at])


def _cut(page: Outline, signs: Signs, elements: ElementSet, forms: set[int]) -> list[Cut]:
    if len(elements.members) == 1:
        return _single(page, signs, elements)
    units = units_of(page, elements.members)
    root = page.above(units[0], units[-1])
    boxes = _boxes(page, units)
    inner = sum([page.words[end] - page.words[begin] for begin, end in boxes])
    span = page.size(page.begins[units[0]], max([page.ends[unit] for unit in units]))
    found = []
    if inner >= _BOX_SHARE * span:
        found.append(_new(elements, "box", units, root, boxes))
    if inner < _FLAT_SHARE * span or not inner:
        found += _flat(page, elements, units, root, forms)
    return found


def _new(elements: ElementSet, mode: Mode, units: list[int], root: int, spans: list[tuple[int, int]]) -> Cut:
    return Cut(elements.naming, mode, elements.members, units, root, spans, 0, [elements.naming])


def _boxes(page: Outline, units: list[int]) -> list[tuple[int, int]]:
    begins, ends = page.begins, page.ends
    spans = []
    for unit, after in pairwise([*units, -1]):
        end = ends[unit]
        spans.append((begins[unit], begins[after] if after >= 0 and begins[after] < end else end))
    return spans


def _flat(page: Outline, elements: ElementSet, units: list[int], root: int, forms: set[int]) -> list[Cut]:
    begins, ends = page.begins, page.ends
    firsts = of_one_kind(page, elements.members, units)
    starts = [(begins[unit], max(begins[unit], begins[after])) for unit, after in pairwise(firsts)]
    stops = [(ends[before], max(ends[before], ends[unit])) for before, unit in pairwise(units)]
    tail, head = ends[units[-1]], begins[units[0]]
    row = Row(page, firsts, forms)
    if row.are_siblings:
        tail = max(tail, row.after_last(starts[0][0], starts[-1][1]))
        head = row.before_first(stops[0][0], stops[-1][1])
    starts.append((begins[firsts[-1]], max(begins[firsts[-1]], tail)))
    stops.insert(0, (min(head, ends[units[0]]), ends[units[0]]))
    return [_new(elements, "start", firsts, root, starts), _new(elements, "end", units, root, stops)]


def _single(page: Outline, signs: Signs, elements: ElementSet) -> list[Cut]:
    """A thread of one comment: the element alone, and with what follows it up to the next sign of something else."""
    only = elements.members[0]
    parent = page.parents[only]
    begin, end = page.begins[only], page.ends[only]
    if page.tags[only] == "dt" and (below := _definitions_end(page, only)) > end:
        return [_new(elements, "start", [only], parent, [(begin, below)])]
    found = [_new(elements, "one", [only], parent, [(begin, end)])]
    longer = _with_following(page, signs, only, parent) if parent >= 0 else end
    if longer > end and signs.dated[end] == signs.dated[begin]:
        found.append(_new(elements, "start", [only], parent, [(begin, longer)]))
    return found


def _definitions_end(page: Outline, term: int) -> int:
    """Where the `<dd>`s behind a `<dt>` end: only together are they anything."""
    end, following = page.ends[term], page.lasts[term] + 1
    while following < len(page.tags) and page.tags[following] == "dd":
        end, following = page.ends[following], page.lasts[following] + 1
    return end


def _with_following(page: Outline, signs: Signs, only: int, parent: int) -> int:
    end, taken, child, last = page.ends[only], 0, page.lasts[only] + 1, page.lasts[parent]
    for _ in range(_FOLLOWING):
        if child > last or page.tags[child] in _TITLES or _holds_form(page, signs, child):
            break
        begin, end = page.begins[child], page.ends[child]
        taken += end > begin
        if taken >= 3 or (taken and (signs.dated[end] > signs.dated[begin] or signs.says[end] > signs.says[begin])):
            break
        child = page.lasts[child] + 1
    return end


def _holds_form(page: Outline, signs: Signs, element: int) -> bool:
    at = bisect_left(signs.forms, element)
    return page.tags[element] == "form" or (at < len(signs.forms) and signs.forms[at] <= page.lasts[element])
