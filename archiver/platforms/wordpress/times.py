"""When a comment was written: attributes first, then printed words, the finest of what there is.

What an attribute tells is kept beside the words that a reader sees: 'September 10, 2012 at 9:09 am'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from lxml.html import HtmlElement

from archiver.items import Moment
from archiver.pages import dates, text
from archiver.pages.threads.times import printed_in
from archiver.platforms.wordpress.boxes import Box
from archiver.platforms.wordpress.marks import FURNITURE, Marks

_EPOCHS = ("pubdate", "data-time", "data-timestamp", "data-utime", "data-epoch")
_GLUED_CLOCK = re.compile(r"(\d\s?[ap]m)(?=[^\W\d_])", re.IGNORECASE)
_FINE = ("second", "minute")
_AROUND = "printed around the comment"
_CLOCK, _BEST = 3, 4

Dates = list[tuple[str, str]]
"""(rule, value) pairs, the surest first. Values of a rule that begins with 'printed' are words."""


def of_box(box: Box, marks: Marks, written: set[HtmlElement]) -> Dates:
    """All that is named as the time of a comment. The words are read later, when all dates of the page are known."""
    attributes: Dates = []
    for element, said in marks.items():
        attributes.extend(_attributes(element, said))
    attributes += [
        told for e in box.own if e.get("itemprop") and e not in marks for told in _attributes(e, frozenset())
    ]
    return attributes + [(rule, words) for words, rule in _printed(box, marks, written).items() if _may_be_date(words)]


def is_exact(told: Dates) -> bool:
    """Whether an attribute gives the time in UTC."""
    return any(moment.utc for rule, value in told if rule == "datetime" and (moment := dates.from_iso(value, rule)))


def of_head(head: Sequence[tuple[str, str]]) -> Dates:
    """What may be a time in the text around a comment, where nothing is named as one."""
    printed = dict.fromkeys(_GLUED_CLOCK.sub(r"\1 ", words) for _, words in head)
    return [(_AROUND, words) for words in printed if _may_be_date(words)]


def _printed(box: Box, marks: Marks, written: set[HtmlElement]) -> dict[str, str]:
    """Printed words with the rule that found them."""
    roots = set(box.roots)
    printed: dict[str, str] = {}
    for element, said in marks.items():
        if said & {"date", "permalink"}:
            printed.setdefault(_words(element, marks, box.inner), "printed")
            around = element.getparent()
            if around is not None and around not in roots and around not in written:
                printed.setdefault(_words(around, marks, box.inner), "printed beside it")
        elif "meta" in said:
            printed.setdefault(_words(element, marks, box.inner), "printed in the meta line")
    return printed


def _may_be_date(words: str) -> bool:
    return re.search(r"\d|\bago\b|yesterday|today|heute|gestern|hier\b|ayer", words, re.IGNORECASE) is not None


def _attributes(element: HtmlElement, said: frozenset[str]) -> Iterator[tuple[str, str]]:
    if element.tag == "time" and (told := element.get("datetime")):
        yield "datetime", told
    prop = (element.get("itemprop") or "").lower()
    if element.tag != "time" and ("date" in prop or prop == "commenttime"):
        yield from (("itemprop", told) for name in ("datetime", "content") if (told := element.get(name)))
    if "date" in said or element.tag == "abbr":
        yield from (("title", told) for name in ("title", "data-datetime") if (told := element.get(name)))
    for name in _EPOCHS:
        told = element.get(name)
        if told and told.isascii() and told.isdecimal() and 9 <= len(told) <= 10:
            yield "epoch", told


def _words(element: HtmlElement, marks: Marks, inner: set[HtmlElement]) -> str:
    beside = FURNITURE | {"author", "fn", "text", "number"}
    skip = {e for e in element.iterdescendants() if marks.get(e, frozenset()) & beside}
    return text.collapse(text.text_of(element, skip | inner))[: dates.MAX_PRINTED + 1]


def read(told: Mapping[str, Dates], at: datetime | None, languages: Sequence[str]) -> dict[str, Moment]:
    """The time of each comment of a page, by id. Comments whose page prints none are left out."""
    day_first = dates.order_of(words for one in told.values() for rule, words in one if rule.startswith("printed"))
    found = {number: _finest(one, at, languages, day_first) for number, one in told.items()}
    return {number: moment for number, moment in found.items() if moment is not None}


def _finest(told: Dates, at: datetime | None, languages: Sequence[str], day_first: bool | None) -> Moment | None:
    best: Moment | None = None
    for rule, value in told:
        if rule == _AROUND and best is not None and rank(best) >= _CLOCK:
            break
        moment = _read(rule, value, at, languages, day_first)
        if best is None or (rank(moment), _is_time(moment)) > (rank(best), _is_time(best)):
            best = moment
        if rank(best) == _BEST and rule != "epoch":
            break
    if best is not None and best.rule == "epoch":
        best = _of_site_clock(best, [_read(*one, at, languages, day_first) for one in told if one[0] == "printed"])
    if best is None or (best.rule.startswith(_AROUND) and not (rank(best) or _is_time(best))):
        return None
    return replace(best, raw=_as_printed(best, told))


def _is_time(moment: Moment) -> bool:
    """Whether the words are a time, be it one that cannot be read without the year or the time of the capture."""
    return printed_in(moment.raw) is not None


def _as_printed(moment: Moment, told: Dates) -> str:
    """The words that a reader sees, without what stands around them; what the markup tells where none are seen."""
    printed = [words for rule, words in told if rule.startswith("printed")]
    own = [moment.raw] if moment.raw in printed else printed
    return max(filter(None, map(printed_in, own)), key=len, default=moment.raw)


def _of_site_clock(epoch: Moment, printed: Sequence[Moment]) -> Moment:
    """WordPress's own 'U' format counts seconds of the site's clock (mysql2date), some themes print true ones. They are
    the site's where the clock that is printed beside them is the same."""
    utc = epoch.utc.replace(tzinfo=None, second=0) if epoch.utc else None
    if utc is None or all(moment.local is None or moment.local.replace(second=0) != utc for moment in printed):
        return epoch
    return replace(epoch, utc=None, local=utc, rule="epoch of the site's clock")


def _read(rule: str, value: str, at: datetime | None, languages: Sequence[str], day_first: bool | None) -> Moment:
    if rule == "epoch":
        return dates.from_epoch(int(value), rule)
    if not rule.startswith("printed"):
        exact = dates.from_iso(value, rule) or dates.from_http_date(value, rule)
        if exact is not None:
            return exact
    return dates.from_words(value, at=at, languages=languages, rule=rule, day_first=day_first)


def rank(moment: Moment) -> int:
    """UTC to the minute before a clock to the minute, that before an hour or a day, that before the rest."""
    if moment.utc is None and moment.local is None:
        return 0
    if moment.precision not in _FINE:
        return 2 if moment.precision in ("day", "hour") else 1
    return _BEST if moment.utc else _CLOCK
