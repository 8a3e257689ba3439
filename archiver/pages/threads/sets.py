"""Every way to name a set of elements that could be the comments of a page.

By one class name, by the pattern of their ids (`comment-#`), of the links in them (`#comment-#`), as bare siblings of
one parent, by the path to the line that prints a time, by microdata. One class *name* rather than the whole attribute
makes 'odd', 'alt' and 'depth-2' harmless. About a hundred sets a page; choosing among them comes later.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from archiver.pages.threads.marks import COMMENT, kind_of, link_pattern, marks_of_set, masked, names_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs

_BARE_TAGS = "li dt dd tr div p table article section hr h3 h4 h5 b strong cite i em td blockquote font a span"
_BARE: Final = frozenset(_BARE_TAGS.split())
_MAX_MEMBERS: Final = 20_000
_TIME_PATH = 3
_DISTINCT: Final = 0.7
"""The share of different addresses below which links repeat one another."""


class Naming(NamedTuple):
    """How a set was named: `how` is one of class, id, link, bare, time, microdata."""

    how: str
    tag: str
    name: str
    parent: int = -1

    @property
    def marks(self) -> int:
        """What the name says (see `marks`); nothing where it is a place and not a name."""
        return 0 if self.how in ("bare", "time") else marks_of_set(self.name.lower())

    def __str__(self) -> str:
        return f"{self.how} {self.tag}{'.' if self.how == 'class' else ' '}{self.name}".strip()


@dataclass(slots=True)
class ElementSet:
    naming: Naming
    members: list[int]
    """In document order."""


def element_sets(page: Outline, signs: Signs) -> list[ElementSet]:
    """All sets, in the order in which their first members stand; those after a heading of comments again as sets of
    their own, for the article often carries the same 'Posted by' line as the comments (on a forum that is the first
    post)."""
    found = (
        ("class", _by_class(page)),
        ("id", _by_anchor(page)),
        ("link", _by_link(page)),
        ("bare", _as_siblings(page)),
        ("microdata", _by_microdata(page)),
    )
    sets = [
        ElementSet(Naming(how, *name), members)
        for how, groups in found
        for name, members in groups.items()
        if len(members) <= _MAX_MEMBERS and (len(members) > 1 or how == "link" or signs.in_comments[members[0]])
    ]
    sets.sort(key=lambda one: one.members[0])
    sets += _by_time(page, signs)
    if signs.is_forum or not signs.headings:
        return sets
    return [part for found_set in sets for part in (found_set, *_after_heading(page, signs, found_set))]


def may_stand_alone(signs: Signs, naming: Naming, only: int) -> bool:
    """Whether a set of one may be the one comment of a page."""
    return signs.in_comments[only] or (naming.how == "link" and bool(naming.marks & COMMENT))


_Groups = Mapping[tuple[str, str], list[int]] | Mapping[tuple[str, str, int], list[int]]
"""What a naming says beside its `how` → the elements so named, in document order."""


def _by_class(page: Outline) -> _Groups:
    """By each class name; a custom element (`x-comment`) is named by its tag."""
    found: defaultdict[tuple[str, str], list[list[int]]] = defaultdict(list)
    for (tag, classes), members in page.alike.items():
        for name in names_of(classes):
            found[tag, name].append(members)
    custom = {tag for tag in set(page.tags) if "-" in tag}
    for number, tag in enumerate(page.tags if custom else ()):
        if tag in custom:
            found[tag, tag].append([number])
    return {name: parts[0] if len(parts) == 1 else sorted(chain.from_iterable(parts)) for name, parts in found.items()}


def _by_anchor(page: Outline) -> _Groups:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, anchor in enumerate(page.anchors):
        if anchor and "#" in (pattern := masked(anchor)):
            found[page.tags[number], pattern].append(number)
    return found


def _by_link(page: Outline) -> _Groups:
    """Where many links lead to the same comments, the first to each: a post may link to itself twice, and answers link
    to what they answer."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    first: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for number in page.links:
        href = page.hrefs[number]
        if pattern := link_pattern(href):
            found["a", pattern].append(number)
            first["a", pattern].setdefault(href.rpartition("#")[2] or href, number)
    return {
        name: list(first[name].values()) if len(first[name]) < _DISTINCT * len(members) else members
        for name, members in found.items()
    }


def _as_siblings(page: Outline) -> _Groups:
    """Children of one parent that have no class."""
    found: defaultdict[tuple[str, str, int], list[int]] = defaultdict(list)
    classes, parents = page.classes, page.parents
    for number, tag in enumerate(page.tags):
        if tag in _BARE and not classes[number]:
            found[tag, "", parents[number]].append(number)
    return found


def _by_microdata(page: Outline) -> _Groups:
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, names in page.microdata.items():
        if page.tags[number] != "meta":
            for name in filter(None, dict.fromkeys(names)):
                found[page.tags[number], name].append(number)
    return found


def _by_time(page: Outline, signs: Signs) -> list[ElementSet]:
    found: dict[str, list[int]] = {}
    for line in signs.times:
        owner = page.owners[page.line_begins[line]]
        path, element = [], owner
        for _ in range(_TIME_PATH):
            if element < 0:
                break
            path.append(kind_of(page.tags[element], page.classes[element]))
            element = page.parents[element]
        members = found.setdefault(" < ".join(path), [])
        if not members or members[-1] != owner:
            members.append(owner)
    return [ElementSet(Naming("time", "", path), sorted(set(members))) for path, members in found.items()]


def _after_heading(page: Outline, signs: Signs, whole: ElementSet) -> list[ElementSet]:
    members = whole.members
    if len(members) < 2:
        return []
    first, last = page.begins[members[0]], page.begins[members[-1]]
    place = bisect_right(signs.headings, first)
    if place == len(signs.headings) or signs.headings[place] > last:
        return []
    heading = signs.headings[place]
    at = bisect_right(members, heading, key=lambda member: page.begins[member]) - 1
    if 0 < at < len(members) - 1 and heading < page.ends[members[at]] and members[at + 1] > page.lasts[members[at]]:
        return []  # somebody's words in a comment
    return [ElementSet(whole.naming, [member for member in members if page.begins[member] >= heading])]
