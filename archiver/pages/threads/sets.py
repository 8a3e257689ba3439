"""Every way to name a set of elements that could be the comments of a page.

By one class name, by the pattern of their ids (`comment-#`), of the links in them (`#comment-#`), as bare siblings of
one parent, by the path to the line that prints a time, by microdata. One class *name* rather than the whole attribute
makes 'odd', 'alt' and 'depth-2' harmless. About a hundred sets a page; choosing among them comes later.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, NamedTuple

from archiver.pages import paths
from archiver.pages.threads.marks import kind_of, link_pattern, marks_of_set, masked, names_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs

_BARE_TAGS = "li dt dd tr div p table article section hr h3 h4 h5 b strong cite i em td blockquote font a span"
_BARE: Final = frozenset(_BARE_TAGS.split())
_MICRODATA: Final = paths.elements("//*[@itemprop or @property or @typeof or @itemtype]")
_MAX_MEMBERS: Final = 20_000
_TIME_PATH = 3


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
    found: dict[Naming | tuple[str, str, str] | tuple[str, int], list[int]] = {}
    _by_attributes(page, found)
    namings = {key: _naming(key) for key in found}
    sets = [ElementSet(namings[key], members) for key, members in found.items() if len(members) <= _MAX_MEMBERS]
    sets += _by_time(page, signs)
    return [part for found_set in sets for part in (found_set, *_after_heading(page, signs, found_set))]


_Key = Naming | tuple[str, str, str] | tuple[str, int]


def _naming(key: _Key) -> Naming:
    if isinstance(key, Naming):
        return key
    if len(key) == 2:
        return Naming("bare", key[0], "", key[1])
    return Naming(*key)


def _by_attributes(page: Outline, found: dict[_Key, list[int]]) -> None:
    """One loop, for it runs once for every element of every page."""
    parents, classes, anchors, hrefs, get = page.parents, page.classes, page.anchors, page.hrefs, found.get
    keys: list[_Key] = []
    for number, tag in enumerate(page.tags):
        name = classes[number]
        if name:
            keys += [("class", tag, one) for one in names_of(name)]
        elif tag in _BARE:
            keys.append((tag, parents[number]))
        anchor = anchors[number]
        if anchor:
            pattern = masked(anchor)
            if "#" in pattern:
                keys.append(("id", tag, pattern))
        if tag == "a" and number in hrefs:
            link = link_pattern(hrefs[number])
            if link:
                keys.append(("link", "a", link))
        if keys:
            for key in keys:
                members = get(key)
                if members is None:
                    found[key] = [number]
                elif members[-1] != number:
                    members.append(number)
            keys = []
    _by_microdata(page, found)


def _by_microdata(page: Outline, found: dict[_Key, list[int]]) -> None:
    marked = _MICRODATA(page.elements[0]) if page.elements else []
    if not marked:
        return
    numbers = {element: number for number, element in enumerate(page.elements)}
    for element in marked:
        number = numbers.get(element)
        if number is None or page.tags[number] == "meta":
            continue
        kind = element.get("itemprop") or element.get("property") or element.get("typeof")
        for one in (kind, element.get("itemtype")):
            if one:
                _add(found, ("microdata", page.tags[number], one), number)


def _add(found: dict[_Key, list[int]], key: _Key, number: int) -> None:
    members = found.get(key)
    if members is None:
        found[key] = [number]
    elif members[-1] != number:
        members.append(number)


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
    if len(members) < 2 or signs.is_forum:
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
