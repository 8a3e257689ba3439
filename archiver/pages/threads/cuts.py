"""From a set of elements to records: where each comment begins and ends, in chunks.

A set can cut a page in three ways. *box*: each record is the largest element that holds one member and no other.
*start*: each record runs from its member to the next (a flat run of paragraphs, a table of rows). *end*: each record
runs from behind the previous member up to its own ('Posted by' below the text). Nested replies need nothing special:
a record ends where the next one begins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from archiver.pages.threads.marks import COMMENT, POST, kind_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.sets import ElementSet, Naming, may_stand_alone
from archiver.pages.threads.signs import Signs

Mode = Literal["box", "start", "end", "one"]

_BOX_SHARE = 0.6
"""A box cut must hold this much of the text from its first member to its last."""
_FLAT_SHARE = 0.95
_FOLLOWING = 6
_TITLES: Final = frozenset(("h1", "h2", "h3", "h4"))
_PAGE_TITLES: Final = frozenset(("h1", "h2"))


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
    units = _units(page, elements.members)
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


def _units(page: Outline, members: list[int]) -> list[int]:
    """For each member the highest ancestor that holds no other. The ways up never meet, so this is linear. A member
    within another stands for itself: what lies around it may be the other's text."""
    parents, lasts = page.parents, page.lasts
    units, before, inside, count = [], -1, -1, len(members)
    for at, member in enumerate(members):
        after = members[at + 1] if at + 1 < count else len(lasts) + 1
        unit = member
        if after > lasts[unit] and member > inside:
            above = parents[unit]
            while above > before and after > lasts[above]:
                unit, above = above, parents[above]
        units.append(unit)
        before, inside = member, max(inside, lasts[member])
    return _with_heads(page, members, units)


def _with_heads(page: Outline, members: list[int], units: list[int]) -> list[int]:
    """The units; but for a member that holds others, which stands for itself, the element around it of the kind that
    the units without others have: its head may stand there, above the member."""
    lasts, count = page.lasts, len(members)
    holders = [at for at in range(count - 1) if members[at + 1] <= lasts[members[at]]]
    if not holders or 2 * len(holders) >= count:
        return units
    holding = set(holders)
    free = Counter(
        (page.tags[unit], page.classes[unit])
        for at, unit in enumerate(units)
        if at not in holding and unit != members[at]
    )
    kinds = {kind_of(*named) for named in free}
    for at in holders:
        member, next_outside = members[at], bisect_right(members, lasts[members[at]])
        before = members[at - 1] if at else -1
        after = members[next_outside] if next_outside < count else len(lasts) + 1
        above = page.parents[member]
        while above > before and after > lasts[above]:
            if kind_of(page.tags[above], page.classes[above]) in kinds:
                units[at] = above
                break
            above = page.parents[above]
    return units


def _boxes(page: Outline, units: list[int]) -> list[tuple[int, int]]:
    begins, ends = page.begins, page.ends
    spans = []
    for unit, after in pairwise([*units, -1]):
        end = ends[unit]
        spans.append((begins[unit], begins[after] if after >= 0 and begins[after] < end else end))
    return spans


def _flat(page: Outline, elements: ElementSet, units: list[int], root: int, forms: set[int]) -> list[Cut]:
    begins, ends = page.begins, page.ends
    firsts = _of_one_kind(page, elements.members, units)
    starts = [(begins[unit], max(begins[unit], begins[after])) for unit, after in pairwise(firsts)]
    stops = [(ends[before], max(ends[before], ends[unit])) for before, unit in pairwise(units)]
    tail, head = ends[units[-1]], begins[units[0]]
    row = _Row(page, firsts, forms)
    if row.are_siblings:
        tail = max(tail, row.after_last(starts[0][0], starts[-1][1]))
        head = row.before_first(stops[0][0], stops[-1][1])
    starts.append((begins[firsts[-1]], max(begins[firsts[-1]], tail)))
    stops.insert(0, (min(head, ends[units[0]]), ends[units[0]]))
    return [_new(elements, "start", firsts, root, starts), _new(elements, "end", units, root, stops)]


def _of_one_kind(page: Outline, members: list[int], units: list[int]) -> list[int]:
    """The units; but where one stands between others of another kind (`dd` between `dt`), the element of their kind in
    it: what lies around a lone reply begins with the words that it answers."""
    kinds = [kind_of(page.tags[unit], page.classes[unit]) for unit in units]
    if len(set(kinds)) == 1:
        return units
    usual = Counter(kinds).most_common(1)[0][0]
    rows = {page.parents[unit] for unit, kind in zip(units, kinds, strict=True) if kind == usual}
    found = []
    for member, unit, kind in zip(members, units, kinds, strict=True):
        around = member
        while kind != usual and around != unit and page.parents[unit] in rows:
            if kind_of(page.tags[around], page.classes[around]) == usual:
                unit = around
                break
            around = page.parents[around]
        found.append(unit)
    return found


class _Row:
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
