"""When an article was published and changed, and the dateline its body begins with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from lxml.html import HtmlElement

from archiver.items import Moment
from archiver.pages import dates, jsonld, urls
from archiver.pages.article.metadata import Metadata
from archiver.pages.article.signs import Role, Signs
from archiver.pages.text import collapse

_PUBLISHED: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "article.published",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "pubdate",
    "publishdate", "publish-date", "published-date", "published_date", "published", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "citation_publication_date", "article_date_original",
    "date.created", "originalpublicationdate", "datecreated", "date",
)  # fmt: skip
_MODIFIED: Final = (
    "article:modified_time", "og:modified_time", "og:updated_time", "datemodified", "article.updated",
    "dc.date.modified", "dcterms.modified", "lastmod", "last-modified", "revised", "article_date_updated",
)  # fmt: skip
_FINENESS: Final = ("second", "minute", "hour", "day", "month", "year")
_IN_ADDRESS: Final = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/?-]|$)")
_LABELS: Final = re.compile(
    r"^(?:(?:first\s+)?(?:published|posted|created|added|updated|modified|last\s+(?:updated|modified)|date|veröffentlicht|"
    r"publié|publicado|stand|am|on|le|el|at)\b[\s:,]*)+",
    re.IGNORECASE,
)
_MAY_BE_DATE: Final = re.compile(r"(?:19|20)\d\d|['’]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d|\bago\b|\bvor\b")
_AGENCY: Final = r"\((?:[A-Z][\w.&/’' -]{1,30}|(?:dpa|apa|sda|epd|kna|afp|ap|rtr|ots|ansa|efe|pap)(?:/\w{2,6})?)\)"
_CITY: Final = r"[A-ZÀ-Þ][\w.’'-]*(?:[ /][A-ZÀ-Þ][\w.’'-]*){0,3}"
_DATELINE: Final = re.compile(
    rf"(?P<line>(?:{_AGENCY}\s*)?(?P<city>{_CITY})(?P<region>,\s[A-Z][\w.]{{1,12}}(?:\s[A-Z][\w.]{{1,12}})?)?"
    rf"(?:,\s[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}})?(?:\s*{_AGENCY})?)\s*(?:[–—―]|--?\s)"
)


ReadDate = Callable[[str, str], Moment]
"""From the raw words and a rule to a moment: knows the page's language and the time of its capture."""


def published(
    metadata: Metadata,
    signs: Signs,
    *,
    headline: int | None,
    parts: Collection[HtmlElement],
    window: Sequence[HtmlElement],
    url: str,
    title: str | None,
    read: ReadDate,
) -> Moment | None:
    """When the article was first published; None where nothing tells.

    `headline` is its place among the signs, `parts` are those of the body, `window` the elements around the headline.
    """
    head = _best(read(raw, rule) for raw, rule in _in_head(metadata, "datePublished", _PUBLISHED))
    address = _in_address(url)
    marked = [_ordered(read(raw, rule), address) for raw, rule in _in_markup(signs, "published", headline, parts)]
    after = signs.elements[headline].tail if headline is not None else None
    printed = [
        _ordered(dates.from_words(line, rule="printed near the headline", thorough=False), address)
        for line in _lines(after, window)
        if line not in (title or "")
    ]
    printed = [line for line in printed if line.precision not in ("month", "year")]
    if head is None and address is not None and address.precision == "day":
        marked = [claim for claim in marked if _is_near(claim, address, days=claim.utc is not None)]
        printed = [claim for claim in printed if _is_near(claim, address)]
    claims = [*marked, *printed]
    return _best((head, *claims) if head else claims) or address


def modified(
    metadata: Metadata, signs: Signs, *, headline: int | None, parts: Collection[HtmlElement], read: ReadDate
) -> Moment | None:
    """When it was last changed; None where nothing tells."""
    claims = (*_in_head(metadata, "dateModified", _MODIFIED), *_in_markup(signs, "modified", headline, parts))
    return _best(read(raw, rule) for raw, rule in claims)


def dateline(text: str) -> str | None:
    """`BERLIN (dpa)`, `(ANTIMEDIA) Santa Monica, CA`: place and agency as printed at the beginning of the body, up to
    the dash. A place in small letters counts only with an agency or a region, for a sentence may begin so too."""
    found = _DATELINE.match(text[:120])
    if found is None:
        return None
    sure = (found["city"].isupper() and len(found["city"]) > 2) or "(" in found["line"] or found["region"]
    return found["line"].strip() if sure else None


def _in_head(metadata: Metadata, field: str, metas: Iterable[str]) -> Iterator[tuple[str, str]]:
    if metadata.article and (said := jsonld.text(metadata.article, field)):
        yield said, f"json-ld {field}"
    for name in metas:
        if name in metadata.meta:
            yield metadata.meta[name][0], f"meta {name}"


def _in_markup(
    signs: Signs, role: Role, headline: int | None, parts: Collection[HtmlElement]
) -> Iterator[tuple[str, str]]:
    """Elements that are called a date, the nearest to the headline first, those in lists of the body last; of each, an
    attribute before printed words."""
    for sign in sorted(
        signs.of(role), key=lambda sign: (_is_listed(sign.element, parts), abs(sign.place - (headline or 0)))
    ):
        element = sign.element
        name = next((name for name in ("datetime", "content", "title") if element.get(name)), "")
        value = (element.get(name) or "") if name else ""
        if value.startswith("PT"):  # a duration: how long to cook
            continue
        if value:
            yield value, f"{sign.name} {name}"
        if sign.text and not (sign.name == "time" and _within_prose(element)):
            yield _LABELS.sub("", sign.text), sign.name


def _is_listed(element: HtmlElement, parts: Collection[HtmlElement]) -> bool:
    """Whether an element stands in a list of the body: the dates of other articles."""
    listed = False
    for ancestor in element.iterancestors():
        listed = listed or ancestor.tag == "li"
        if ancestor in parts:
            return listed
    return False


def _within_prose(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "p" and len(parent.text_content()) > 200


def _lines(after: str | None, window: Iterable[HtmlElement]) -> Iterator[str]:
    """Short pieces of text behind the headline and around it that look like a date, with no markup to say so."""
    for piece in (after, *(piece for element in window for piece in (element.text, element.tail))):
        line = collapse(piece)
        if 5 < len(line) < 80 and _MAY_BE_DATE.search(line):
            yield _LABELS.sub("", line)


def _ordered(claim: Moment, address: Moment | None) -> Moment:
    """A printed date as the address has it, where it begins with '11/12/12' and is so in one order of day and month."""
    if address is None or not claim.raw[:1].isdecimal() or _is_near(claim, address):
        return claim
    slashed = claim.raw.replace(".", "/")
    either = [dates.from_words(slashed, rule="", thorough=False, day_first=first) for first in (True, False)]
    agreeing = [one for one in either if _is_near(one, address)]
    if len(agreeing) != 1:
        return claim
    rule = claim.rule.partition(",")[0]
    return replace(agreeing[0], raw=claim.raw, rule=f"{rule}, day and month in the order of the address")


def _is_near(claim: Moment, address: Moment, *, days: int = 0) -> bool:
    """Whether a date is that of the address, or of so many days beside it: its zone may be another than the site's."""
    a, b = _time(claim), _time(address)
    if a is None or b is None:
        return False
    if address.precision == "day":
        return abs((a.date() - b.date()).days) <= days
    return (a.year, a.month) == (b.year, b.month)


def _best(claims: Iterable[Moment]) -> Moment | None:
    """The first that can be read; a later one of the same day replaces it where it tells the time more finely."""
    best: Moment | None = None
    for claim in claims:
        if _time(claim) is None:
            continue
        if best is None or _is_finer(claim, best):
            best = claim
    return best


def _is_finer(claim: Moment, best: Moment) -> bool:
    a, b = _time(claim), _time(best)
    if a is None or b is None or best.precision not in ("day", "month", "year"):
        return False
    days = {"day": 1, "month": 31, "year": 366}[best.precision]
    finer = _FINENESS.index(claim.precision or "year") < _FINENESS.index(best.precision)
    return finer and abs((a - b).days) <= days


def _time(moment: Moment) -> datetime | None:
    return moment.utc.replace(tzinfo=None) if moment.utc else moment.local


def _in_address(url: str) -> Moment | None:
    """`/2016/01/15/` in the address: many makers of sites put the day or the month of publication there."""
    found = _IN_ADDRESS.search(urls.path_of(url))
    if found is None:
        return None
    raw = "-".join(part.zfill(2) for part in found.groups() if part)
    return dates.from_iso(raw, "date in the address")
