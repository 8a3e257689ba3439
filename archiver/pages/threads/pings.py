"""Lists of pingbacks and trackbacks that stand apart from the comments: mere links, which look like a thread in nothing
but the name or the heading of their list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archiver.pages import urls
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.kinds import PINGS, heading_at, kind_of_heading, kind_of_list
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.sets import Naming

_LISTS: Final = frozenset(("ul", "ol", "dl", "div", "section", "table", "tbody", "td"))
_ITEMS: Final = frozenset(("li", "dt", "tr"))
_WORDS: Final = ("pingback", "trackback")
_INVITES: Final = re.compile(r"\btrack\W?backs?\W+(?:url|uri|address|link)\b|\blinks to (?:weblogs|blogs|sites)\b")
_MAX_HEADING: Final = 80
_MAX_RECORDS: Final = 2000


def ping_lists(page: Outline, cut: Cut, url: str) -> list[Cut]:
    """The lists of pings outside of a cut, in the order of the page: each record links to another site."""
    found: list[Cut] = []
    for container in sorted(dict.fromkeys((*_named(page), *_headed(page)))):
        if page.holds(container, cut.members[0]) or (found and page.holds(found[-1].root, container)):
            continue
        records = [one for one in _items(page, container) if _is_ping(page, one, url)]
        if records and len(records) <= _MAX_RECORDS and all(_may_be_ping(page, one, cut) for one in records):
            found.append(_cut(page, container, records))
    return found


def _named(page: Outline) -> Iterator[int]:
    """Elements that are named after pings and hold others."""
    for names in (page.classes, page.anchors):
        for element, name in enumerate(names):
            may_be = name and page.tags[element] in _LISTS and any(word in name.lower() for word in _WORDS)
            if may_be and kind_of_list(name) in PINGS:
                yield element


def _headed(page: Outline) -> Iterator[int]:
    """The first list behind each heading that names pings alone."""
    for line, lower in enumerate(page.lower_lines):
        if (
            len(lower) > _MAX_HEADING
            or not any(word in lower for word in _WORDS)
            or kind_of_heading(lower) not in PINGS
        ):
            continue
        heading = heading_at(page, line)
        following = page.lasts[heading] + 1
        if heading > 0 and following <= page.lasts[page.parents[heading]] and page.tags[following] in _LISTS:
            yield following


def _items(page: Outline, container: int) -> list[int]:
    """The items of a list, where it is one; else the parts of a box."""
    items = [one for one in page.children(container) if page.ends[one] > page.begins[one]]
    while len(items) == 1 and page.tags[items[0]] in _LISTS:
        items = page.children(items[0])
    listed = [one for one in items if page.tags[one] in _ITEMS]
    return listed or [
        inner for one in items for inner in (page.children(one) if page.tags[one] in ("ul", "ol") else [one])
    ]


def _is_ping(page: Outline, unit: int, url: str) -> bool:
    """Whether anything in an element links to another site, and its words are not where to send trackbacks to."""
    if _INVITES.search(page.text(page.begins[unit], page.ends[unit]).lower()):
        return False
    links = (page.hrefs[element] for element in range(unit, page.lasts[unit] + 1) if element in page.hrefs)
    addresses = (urls.absolute(url, href) for href in links)
    return any(address is not None and not urls.same_host(address, url) for address in addresses)


def _may_be_ping(page: Outline, record: int, cut: Cut) -> bool:
    begin, end = page.begins[record], page.ends[record]
    return end <= cut.spans[0][0] or begin >= max(span[1] for span in cut.spans)


def _cut(page: Outline, container: int, records: list[int]) -> Cut:
    spans = [(page.begins[one], page.ends[one]) for one in records]
    size = sum(page.size(begin, end) for begin, end in spans)
    naming = Naming("bare", page.tags[records[0]], "pingback", container)
    return Cut(naming, "box", records, records, container, spans, size, [naming])
