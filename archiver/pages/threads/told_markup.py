"""Comments in the attributes of a page: microdata, RDFa and microformats2.

What the page shows is read from what it shows; this is for the rest: `<meta itemprop="dateCreated" content="…">`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archiver.items import Moment
from archiver.pages import dates, urls
from archiver.pages.page import Page
from archiver.pages.threads.json_times import Basis, moment_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.told import Told, Witness

_COMMENT_TYPE: Final = re.compile(r"(?:^|[/#:\s])(?:UserComments?|Comment|Answer|sioct?:(?:Post|Comment))\b")
_MF2_COMMENT: Final = frozenset(("h-cite", "p-comment", "u-comment"))
_MAX_ELEMENTS: Final = 400
"""Of one comment."""
_MAX_COMMENTS: Final = 2000

_TEXT: Final = frozenset(("text", "commenttext", "articlebody", "description", "content:encoded", "sioc:content"))
_TIME: Final = frozenset(("datecreated", "datepublished", "commenttime", "dc:date", "dcterms:created", "created"))
_AUTHOR: Final = frozenset(("author", "creator", "sioc:has_creator", "dc:creator"))
_LINK: Final = frozenset(("url", "replytourl", "discussionurl"))
_MF2: Final = {
    "e-content": "text",
    "p-content": "text",
    "dt-published": "datecreated",
    "p-author": "author",
    "u-author": "author",
    "u-url": "url",
}


def witness_of(page: Page, text: Outline) -> Witness | None:
    """What attributes tell of the page's comments; None where they tell nothing."""
    comments = [_told(page, text, element) for element in _comments(text)][:_MAX_COMMENTS]
    told = tuple(one for one in comments if one.text and (one.author or one.moment or one.permalink or one.score))
    return Witness("microdata", told) if told else None


def _comments(text: Outline) -> Iterator[int]:
    for element, (named, kind) in text.microdata.items():
        if _COMMENT_TYPE.search(kind) or (text.elements[element].get("typeof") and _COMMENT_TYPE.search(named)):
            yield element
    for element, classes in enumerate(text.classes):
        if "h-cite" in classes or "-comment" in classes:
            names = set(classes.split())
            if names & _MF2_COMMENT and names & {"h-cite", "h-entry"}:
                yield element


def _told(page: Page, text: Outline, comment: int) -> Told:
    """The properties of one comment, without those of the comments in it."""
    told = Told(text="")
    times: list[tuple[str, str]] = []
    element, last = comment + 1, min(text.lasts[comment], comment + _MAX_ELEMENTS)
    while element <= last:
        names = _properties(text, element)
        if names & _TEXT and not told.text:
            told.text = text.text(text.begins[element], text.ends[element])
        elif names & _TIME:
            times += [(name, _value(text, element)) for name in names & _TIME]
        elif names & _AUTHOR and told.author is None:
            _read_author(page, text, element, told)
        elif names & _LINK and told.permalink is None and not _is_of_person(text, element, comment):
            told.permalink = urls.absolute(page.url, _value(text, element))
        elif "upvotecount" in names and re.fullmatch(r"-?\d{1,9}", value := _value(text, element)):
            told.score = int(value)
        is_other = element in text.microdata and _COMMENT_TYPE.search(text.microdata[element][1])
        element = text.lasts[element] + 1 if is_other else element + 1
    told.moment = _moment(page, times)
    return told


def _properties(text: Outline, element: int) -> set[str]:
    """The names of properties, in lower case; those of microformats by what they mean in schema.org."""
    found: set[str] = set()
    if element in text.microdata:
        node = text.elements[element]
        names = f"{node.get('itemprop') or ''} {node.get('property') or ''} {node.get('rel') or ''}"
        found = {name.lower().removeprefix("schema:") for name in names.split()}
    classes = text.classes[element]
    if "-" in classes:
        found |= {_MF2[name] for name in classes.split() if name in _MF2}
    return found


def _value(text: Outline, element: int) -> str:
    """What stands in the attribute for machines, else the words."""
    node = text.elements[element]
    for name in ("content", "datetime", "href", "value", "src"):
        value: str | None = node.get(name)
        if value:
            return value.strip()
    return text.text(text.begins[element], text.ends[element])


def _read_author(page: Page, text: Outline, element: int, told: Told) -> None:
    """The name, and the address of the account: of the element itself, or of the person that it describes."""
    name: str | None = None
    for inner in range(element, min(text.lasts[element], element + 30) + 1):
        names = _properties(text, inner)
        if "name" in names and name is None:
            name = text.elements[inner].get("content") or text.text(text.begins[inner], text.ends[inner])
        href = text.elements[inner].get("href")
        if (
            href
            and told.author_url is None
            and (inner == element or names & {"url", "sameas"} or text.tags[inner] == "a")
        ):
            told.author_url = urls.absolute(page.url, href)
    node = text.elements[element]
    told.author = name or node.get("content") or text.text(text.begins[element], text.ends[element]) or None


def _is_of_person(text: Outline, element: int, comment: int) -> bool:
    """Whether a property belongs to somebody described in the comment."""
    element = text.parents[element]
    while element > comment:
        if _properties(text, element) & _AUTHOR:
            return True
        element = text.parents[element]
    return False


def _moment(page: Page, times: list[tuple[str, str]]) -> Moment | None:
    moment = moment_of(times, Basis(page.at, page.languages))
    exact = next((one for _, value in times if (one := dates.from_iso(value, "microdata"))), None)
    return exact or moment
