"""What the list is of that a record stands in: pingbacks kept apart from the comments, comments picked out of them.

A list tells it by its name (`ol.pinglist`, `div.featured-comments`) or by its heading ('Trackbacks').
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Final

from archiver.items import CommentKind
from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "dt"))
_PAGE: Final = frozenset(("html", "body", "main"))
_MAX_HEADING: Final = 80
_HEADING_REACH: Final = 3

PINGS: Final = ("pingback", "trackback")

Kinds = list[CommentKind | None]


def kinds_of(page: Outline, cut: Cut) -> Kinds:
    """For each record what the list says it is in: None where it says nothing. A name or heading that all records share
    names a list of pings, but picks only if others are beside them."""
    members = set(cut.members)
    named = [_by_name(page, cut, member, members) for member in cut.members[: len(cut.spans)]]
    headed = _by_heading(page, cut)
    found: Kinds = [one or other for one, other in zip(named, headed, strict=True)]
    picks = found.count("pick")
    return [None if kind == "pick" and picks == len(found) else kind for kind in found]


def _by_name(page: Outline, cut: Cut, member: int, members: set[int]) -> CommentKind | None:
    """The kind after which the nearest list around a record is named; a list named after comments ends the search, and
    so does another record: an answer to a pingback is a comment."""
    element = page.parents[member]
    while element >= 0 and page.tags[element] not in _PAGE and element not in members:
        kind = kind_of_list(f"{page.classes[element]} {page.anchors[element]}")
        if kind:
            return None if kind == "comment" else kind
        if element == cut.root:
            break
        element = page.parents[element]
    return None


@lru_cache(maxsize=4096)
def kind_of_list(names: str) -> CommentKind | None:
    """What a list is named after, by class and id; a name that says 'comments and trackbacks' is of comments."""
    found: CommentKind | None = None
    for name in names.lower().split():
        if (ping := words.PING_LIST_NAME.search(name)) and not words.COMMENT_NAME.search(name):
            return "trackback" if ping[0].startswith("track") else "pingback"
        if words.PICK_LIST_NAME.search(name):
            return "pick"
        if words.COMMENT_LIST_NAME.search(name):
            found = "comment"
    return found


def _by_heading(page: Outline, cut: Cut) -> Kinds:
    """The kind that the last heading above a record names, if it stands between records or before the first, and the
    record in the part of the page that the heading is for."""
    found = _headings(page, cut)
    kinds: Kinds = []
    for (start, _), unit in zip(cut.spans, cut.units, strict=False):
        at = bisect_left(found, start, key=lambda one: one[0]) - 1
        if at < 0:
            kinds.append(None)
            continue
        _, heading, kind = found[at]
        within = page.holds(page.parents[heading], unit)
        kinds.append(kind if within and kind != "comment" else None)
    return kinds


def _headings(page: Outline, cut: Cut) -> list[tuple[int, int, CommentKind]]:
    """The headings of lists just before the first record and further down: chunk, outermost element, kind."""
    begin, end = cut.spans[0][0], cut.spans[-1][0]
    first = page.line_of[begin] if begin < len(page.line_of) else 0
    last = page.line_of[end] if end < len(page.line_of) else first
    found: list[tuple[int, int, CommentKind]] = []
    for line in range(max(0, first - _HEADING_REACH), last + 1):
        lower = page.lower_lines[line]
        heading = heading_at(page, line) if len(lower) <= _MAX_HEADING else -1
        if heading >= 0 and (kind := kind_of_heading(lower)):
            found.append((page.line_begins[line], heading, kind))
    return found


def ended_at_headings(page: Outline, cut: Cut) -> Cut:
    """The cut with no record that runs on over the heading of the next list, as the last of a flat list may."""
    for chunk, heading, kind in _headings(page, cut):
        at = bisect_left(cut.spans, chunk, key=lambda span: span[0]) - 1
        if kind != "comment" and at >= 0 and chunk < cut.spans[at][1] and not page.holds(cut.members[at], heading):
            cut.spans[at] = (cut.spans[at][0], chunk)
    return cut


def kind_of_heading(lower: str) -> CommentKind | None:
    """The kind that a heading announces; None for a heading of something else."""
    if words.PING_HEADING.search(lower):
        if words.HEADING.search(words.PING_HEADING.sub(" ", lower)):
            return "comment"  # 'Comments and trackbacks'
        return "trackback" if "trackback" in lower else "pingback"
    if words.PICK_HEADING.fullmatch(lower):
        return "pick"
    return "comment" if words.HEADING.search(lower) else None


def heading_at(page: Outline, line: int) -> int:
    """The outermost element that holds nothing but a line which is a heading; -1 for any other line."""
    element = page.owners[page.line_begins[line]]
    for _ in range(_HEADING_REACH):
        if element < 0:
            break
        if page.tags[element] in _HEADINGS:
            reach = page.begins[element], page.ends[element]
            while (page.begins[page.parents[element]], page.ends[page.parents[element]]) == reach:
                element = page.parents[element]
            return element
        element = page.parents[element]
    return -1
