"""The further lists of comments on a page, beside the chosen one: pingbacks, picks, another system's thread."""

from __future__ import annotations

from typing import Final

from archiver.pages.threads.choice import LEAST
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.marks import ASIDE, COMMENT, HOSTED, marks_of, masked, names_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.pings import ping_lists
from archiver.pages.threads.scores import Scored
from archiver.pages.threads.signs import ASIDES, Signs

_SURE_OF_PINGS: Final = 0.7
_MAX_LISTS: Final = 4
"""More lists of comments on one page are lists of something else."""


def beside(page: Outline, signs: Signs, scored: list[Scored], cut: Cut, url: str) -> list[Scored]:
    """The further lists of comments on a page, in its order: lists of pings, and cuts of other parts that score as a
    thread of their own, are named after comments, and stand no farther aside than the chosen one. On a forum only the
    first post, where it has a box of its own."""
    found = [Scored(one, [], 0.0, [], confidence=_SURE_OF_PINGS) for one in ping_lists(page, cut, url)]
    taken = [_reach(cut), *(_reach(one.cut) for one in found)]
    for one in sorted(scored, key=lambda one: -one.score):
        if len(found) >= _MAX_LISTS:
            break
        if one.confidence < LEAST:
            continue
        begin, end = _reach(one.cut)
        is_named = one.cut.marks & (COMMENT | HOSTED) and not _is_farther_aside(page, one.cut, cut)
        if not is_named or (signs.is_forum and not (len(one.cut.spans) == 1 and end <= cut.spans[0][0])):
            continue
        if all(end <= other_begin or other_end <= begin for other_begin, other_end in taken):
            found.append(one)
            taken.append((begin, end))
    return sorted(found, key=lambda one: one.cut.spans[0][0])


def _is_farther_aside(page: Outline, cut: Cut, main: Cut) -> bool:
    """Whether a cut lies in a sidebar, or in a box named after one, that does not hold the chosen one too."""
    element, first = cut.members[0], main.members[0]
    while element >= 0 and not page.holds(element, first):
        if page.tags[element] in ASIDES or (marks_of(page.classes[element]) | marks_of(page.anchors[element])) & ASIDE:
            return True
        element = page.parents[element]
    return False


def _reach(cut: Cut) -> tuple[int, int]:
    return cut.spans[0][0], max(end for _, end in cut.spans)


def share_a_class(page: Outline, one: Cut, other: Cut) -> bool:
    """Whether the records of two lists have a class name in common."""
    return not _class_names(page, one).isdisjoint(_class_names(page, other))


def _class_names(page: Outline, cut: Cut) -> set[str]:
    return {name for member in cut.members for name in names_of(page.classes[member])}


def name_of(page: Outline, cut: Cut, main: Cut) -> str:
    """A lasting name for a further list of a page: the id of the nearest element around it that does not hold the
    chosen one too, without numbers; where there is none, what its records are named after."""
    element, first = cut.root if len(cut.spans) > 1 else cut.members[0], main.members[0]
    while element >= 0 and not page.holds(element, first):
        if anchor := masked(page.anchors[element]).replace("#", "").strip("-_:. "):
            return anchor
        element = page.parents[element]
    return (cut.naming.name or cut.naming.tag).replace("#", "").strip("-_:. ") or "list"
