"""The unit of each member of a set: the highest element that holds it and no other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

from archiver.pages.threads.marks import kind_of
from archiver.pages.threads.outline import Outline


def units_of(page: Outline, members: list[int]) -> list[int]:
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


def of_one_kind(page: Outline, members: list[int], units: list[int]) -> list[int]:
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
