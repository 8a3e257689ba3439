"""From records to comments: the fields put together, with the rule that found each."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from archiver.items import Comment, CommentKind, Moment
from archiver.pages import urls
from archiver.pages.page import Page
from archiver.pages.threads import words
from archiver.pages.threads.authors import Name, find_authors
from archiver.pages.threads.bodies import Body, find_bodies
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.kinds import PINGS, kinds_of
from archiver.pages.threads.marks import is_numbered
from archiver.pages.threads.numbers import find_numbers
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.parents import Parent, find_parents
from archiver.pages.threads.permalinks import find_permalinks
from archiver.pages.threads.places import Places
from archiver.pages.threads.records import Record, records_of
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.written import find_times, read_times

_LEAST_ALIKE: Final = 4
_MOST: Final = 0.9
_BOXES: Final = frozenset(("div", "section", "article", "td", "dd", "li", "span"))
_PING_LINE: Final = re.compile(r"\W*(pingback|trackback)\b")


_Fields = tuple[Name | None, Moment | None, Body, str | None]
"""Author, time, words and permalink of a record."""
_NOTHING: Final[_Fields] = (None, None, Body(), None)


@dataclass(slots=True)
class _Found:
    record: Record
    name: Name | None
    moment: Moment | None
    body: Body
    permalink: str | None
    number: int | None
    parent: Parent | None
    kind: CommentKind = "comment"


def read_comments(
    page: Page, text: Outline, signs: Signs, cut: Cut, places: Places, confidence: float
) -> tuple[Comment, ...]:
    """The comments of a cut, in the order of the page. Records that hold neither text nor author and time are not
    comments."""
    records = records_of(text, cut)
    numbers = find_numbers(records)
    read: list[_Fields] = [_NOTHING] * len(records)
    for places_of_layer in _layers(cut):
        layer = [records[place] for place in places_of_layer]
        for place, fields in zip(places_of_layer, _read_layer(page, text, signs, layer), strict=True):
            read[place] = fields
    permalinks = [permalink for *_, permalink in read]
    names = [name.name if name else None for name, *_ in read]
    parents = find_parents(text, cut, records, permalinks, numbers, names, is_forum=signs.is_forum)
    found = [
        _Found(record, *fields, number, parent)
        for record, fields, number, parent in zip(records, read, numbers, parents, strict=True)
    ]
    for one, kind in zip(found, kinds_of(text, cut), strict=True):
        one.kind = _kind(text, one) or kind or "comment"
    kept = _kept(found)
    ids = _ids(found, kept)
    return tuple(
        _comment(page, text, found[number], ids, number, places, position=position, confidence=sure)
        for position, (number, sure) in enumerate(zip(kept, _confidences(found, kept, confidence), strict=True))
    )


def _confidences(found: list[_Found], kept: list[int], confidence: float) -> list[float]:
    """The thread's confidence, less where a comment lacks the author or the time that most others have."""
    named = 2 * sum(found[number].name is not None for number in kept) > len(kept)
    timed = 2 * sum(found[number].moment is not None for number in kept) > len(kept)
    return [
        round(confidence * (0.8 if named and not one.name else 1) * (0.8 if timed and not one.moment else 1), 2)
        for one in (found[number] for number in kept)
    ]


def _layers(cut: Cut) -> list[list[int]]:
    """The places of the records of each kind: what recurs is looked for among records of one kind."""
    kinds = cut.layers or [0] * len(cut.spans)
    return [[place for place, kind in enumerate(kinds) if kind == layer] for layer in sorted(set(kinds))]


def _read_layer(page: Page, text: Outline, signs: Signs, records: list[Record]) -> list[_Fields]:
    printed = find_times(text, signs, records)
    names = find_authors(text, signs, records, printed)
    bodies = find_bodies(text, records, names, printed)
    moments = read_times(text, records, printed, page.at, page.languages)
    return list(zip(names, moments, bodies, find_permalinks(text, records), strict=True))


def _kept(found: list[_Found]) -> list[int]:
    """The records that are comments. Where all others have author and time, a first or last one that has neither is
    the preview of the form, or a hint. The last that have neither time nor address, as all others have, are something
    else: a list below the thread."""
    kept = [number for number, one in enumerate(found) if one.body.lines or (one.name and one.moment)]
    signed = [number for number in kept if found[number].name and found[number].moment]
    if len(signed) >= _LEAST_ALIKE and len(signed) == len(kept) - 1:
        bare = next(number for number in kept if number not in set(signed))
        if bare in (kept[0], kept[-1]) and not found[bare].moment and not found[bare].permalink:
            return signed
    alike = kept
    while alike and not found[alike[-1]].moment and not found[alike[-1]].permalink:
        alike = alike[:-1]
    addressed = sum(found[number].permalink is not None for number in alike)
    are_alike = all(found[number].moment for number in alike) and addressed >= _MOST * len(alike)
    return alike if len(alike) >= max(_LEAST_ALIKE, 2 * (len(kept) - len(alike))) and are_alike else kept


def _ids(found: list[_Found], kept: list[int]) -> dict[int, str]:
    """Record → id: the fragment or number of its permalink where that is its own, else made from author and order."""
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for place, number in enumerate(kept):
        own = _own_id(found[number])
        if own is None or own in taken:
            own = f"{place + 1}"
            while own in taken:
                own += "'"
        taken.add(own)
        ids[number] = own
    return ids


def _own_id(one: _Found) -> str | None:
    """The fragment or number of a record's permalink; None where it has none that counts."""
    permalink = one.permalink or ""
    own = permalink.rsplit("#", 1)[1] if "#" in permalink else permalink.rstrip("/").rsplit("/", 1)[-1]
    return own if is_numbered(own) else None


def _comment(
    page: Page,
    text: Outline,
    one: _Found,
    ids: dict[int, str],
    number: int,
    places: Places,
    *,
    position: int,
    confidence: float,
) -> Comment:
    moment, name, parent = one.moment, one.name, one.parent
    if one.kind in PINGS:
        name, one.body = _as_ping(text, one)
    link = _author_link(text, name)
    rules = {
        "author": name.rule if name else "",
        "published": moment.rule if moment else "",
        "parent": parent.rule if parent else "",
    }
    return Comment(
        id=ids[number],
        id_origin="native" if ids[number] == _own_id(one) else "derived",
        parent_id=ids.get(parent.record) if parent else None,
        author=name.name if name else None,
        author_url=urls.absolute(page.url, link) if link else None,
        published=moment.utc if moment else None,
        published_local=moment.local if moment else None,
        published_raw=moment.raw if moment else None,
        published_precision=moment.precision if moment else None,
        text=one.body.text,
        html=_html(text, one),
        links=_links(page, text, one.body),
        permalink=urljoin(page.url, one.permalink) if one.permalink else None,
        kind=one.kind,
        number=one.number,
        locator=places.of(one.record.unit),
        found_by={field: rule for field, rule in rules.items() if rule},
        position=position,
        confidence=confidence,
    )


def _as_ping(text: Outline, one: _Found) -> tuple[Name | None, Body]:
    """A ping shows the title of the page that links here, as a link, behind the word 'Pingback': that is who speaks,
    and often all that is shown."""
    for place, (line, words_of_line) in enumerate(one.body.lines[:2]):
        label = _PING_LINE.match(words_of_line.lower()) or (one.name is None and place == 0)
        within = (e for e in one.record.elements if e in text.hrefs and line.begin <= text.begins[e] < line.end)
        link = next(within, None)
        if label and link is not None:
            title = text.text(text.begins[link], text.ends[link])
            rest = [kept for at, kept in enumerate(one.body.lines) if at != place]
            return Name(title, line.number, "link of a ping", link), Body(rest)
    return one.name, one.body


def _author_link(text: Outline, name: Name | None) -> str | None:
    """The link that the name is, holds or lies in."""
    if name is None or name.element is None:
        return None
    element = name.element
    for near in (element, text.parents[element], *range(element + 1, text.lasts[element] + 1)):
        if near in text.hrefs:
            return text.hrefs[near]
    return None


def _kind(text: Outline, one: _Found) -> CommentKind | None:
    """What the record says itself; None where it says nothing."""
    for element in (one.record.member, one.record.unit):
        if found := words.PING_NAME.search(text.classes[element].lower()):
            return "trackback" if found[0].startswith("track") else "pingback"
    for line in one.record.lines[:2]:
        if found := _PING_LINE.match(line.lower):
            return "trackback" if found[1] == "trackback" else "pingback"
    return None


def _html(text: Outline, one: _Found) -> str:
    """The markup of the kept lines: whole elements where they lie within, bare text otherwise."""
    parts: list[str] = []
    for begin, end in _runs(one.body):
        inside = [e for e in one.record.elements if begin <= text.begins[e] < text.ends[e] <= end]
        chunk, at = begin, 0
        while chunk < end:
            while at < len(inside) and text.begins[inside[at]] < chunk:
                at += 1
            if at < len(inside) and text.begins[inside[at]] == chunk:
                element = _unwrapped(text, inside[at])
                parts.append(etree.tostring(text.elements[element], encoding="unicode", method="html", with_tail=False))
                chunk = text.ends[element]
            else:
                parts.append(escape(text.chunks[chunk], quote=False))
                chunk += 1
    return "".join(parts).strip()


def _unwrapped(text: Outline, element: int) -> int:
    """The innermost element that holds the same text, as long as the outer ones are mere boxes."""
    while text.tags[element] in _BOXES and element < text.lasts[element]:
        child = element + 1
        if (text.begins[child], text.ends[child]) != (text.begins[element], text.ends[element]):
            break
        element = child
    return element


def _runs(body: Body) -> list[tuple[int, int]]:
    """Kept lines that follow one another, as ranges of chunks."""
    lines = [line for line, _ in body.lines]
    numbered = groupby(enumerate(lines), key=lambda pair: pair[1].number - pair[0])
    runs = [[line for _, line in run] for _, run in numbered]
    return [(run[0].begin, run[-1].end) for run in runs]


def _links(page: Page, text: Outline, body: Body) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for begin, end in _runs(body):
        at = bisect_left(text.links, begin, key=lambda link: text.begins[link])
        while at < len(text.links) and text.begins[text.links[at]] < end:
            if address := urls.absolute(page.url, text.hrefs[text.links[at]]):
                found[address] = None
            at += 1
    return tuple(found)
