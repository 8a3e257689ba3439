"""Who wrote a comment: the printed name, told from all that stands around it ('#12 written by', 'says:', the date).

WordPress itself names the author in the label of the reply link ('Reply to Ann'). Where a page has such labels they
decide; they also show where the theme prints the name, for the comments that cannot be answered. Where there are none,
the element's name, its place and what all comments share in front of it decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise
from typing import Protocol

from lxml.html import HtmlElement

from archiver.pages import text, urls
from archiver.platforms.wordpress.boxes import Box
from archiver.platforms.wordpress.marks import FURNITURE, NEAR, Marks, anchored_at, is_reply

MAX_NAME = 300
_BUTTONS = FURNITURE - {"avatar"}
_MAX_PIECES = 16
_MONTH = (
    r"(?<![^\W\d_])(?:jan|feb|m[aä]r|apr|avr|ma[iyj]|jun|juin|jul|juil|aug|ao[uû]t|ago|sep|oct|okt|out|nov|dec|dez|déc|dic|ene|abr|gen|mag|giu|lug"
    r"|set|ott|fév)[^\W\d_]{0,9}\.?"
)
_CLOCK = r"\d{1,2}(?::|\s?h\s?|\.)\d{2}(?::\d{2})?(?:\s?[ap]\.?\s?m\.?)?(?:\s?uhr)?"
_DATE = re.compile(
    r"(?:\b(?:about|over|almost)\s+)?\b\d{1,4}\s+(?:second|minute|hour|day|week|month|year)s?\s+ago\b|"
    r"(?:\b(?:on|at|am|le|el|op|em|den|il|vom|posted|publié)\s+)*(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{_MONTH}(?![^\W\d_])"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b\d{4}[/.-]\d{1,2}[/.-]\d{1,2})"
    rf"(?:,?\s+(?:de\s+)?'?\d{{2,4}}\b)?(?:[\s,|·•@/–—-]*(?:at|um|à|a las|alle|om|às|kl\.?)?[\s@]*{_CLOCK})?",
    re.IGNORECASE,
)
_GLUED_CLOCK = re.compile(r"(\d\s?[ap]m)(?=[^\W\d_])", re.IGNORECASE)
_SAYS = re.compile(
    r"[\s,]*\b(?:says|said|wrote|writes|sagt|sagte|schreibt|schrieb|meint|dit|a dit|a écrit|écrit|dice|dijo|escribió"
    r"|ha detto|scrive|zegt|schreef|diz|disse|skriver|siger|sier|säger|mówi|pisze|говорит|пишет)\s*:?\s*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"^\s*(?:#?\s*\d{1,6}\s*[.|:)\]}–—-]*\s+)?(?:(?:comment|written|posted|reply|said|submitted|left)?\s*\b(?:by|von|par|por|da|door|av|af)\b:?\s+)?",
    re.IGNORECASE,
)
_WRITTEN_BY = re.compile(r"^\s*(?:comment|written|posted|reply|submitted)\s+by:?\s+", re.IGNORECASE)
_EDGES = " \t\n-–—|·•:,;/@»«~"
_TYPED = {ord(printed): typed for printed, typed in zip("‘’‚“”„″′–—×", "'''\"\"\"\"'--x", strict=True)}


class Named(Protocol):
    """What is known of a comment's author before the page as a whole is looked at."""

    id: str
    author: str | None
    author_rule: str
    label: str | None
    head: list[tuple[str, str]]


# --- one comment ----------------------------------------------------------------------------------------------------


def printed(box: Box, marks: Marks, written: set[HtmlElement], base: str) -> tuple[str | None, str, str | None]:
    """The name as printed, the rule that found it, and where it links to."""
    for element, rule in _places(box, marks, written):
        name = _text(element, marks, box.inner)
        if clean(name, False):
            return name, rule, _link(element, base)
    return None, "", None


def head(box: Box, written: set[HtmlElement], marks: Marks) -> list[tuple[str, str]]:
    """The pieces of text around the comment's own, each with the place it stands in: path of tags and classes."""
    pieces: list[tuple[str, str]] = []
    buttons = {below for element, said in marks.items() if said & _BUTTONS for below in element.iter()}
    for element in box.own:
        if element in written or len(pieces) >= _MAX_PIECES:
            continue
        around = element.getparent()
        inside, behind = text.collapse(element.text), text.collapse(element.tail) if element not in box.roots else ""
        if inside and element not in buttons:
            pieces.append((_place(element), inside[:MAX_NAME]))
        if behind and around is not None and around not in written and around not in buttons:
            pieces.append((_place(around), behind[:MAX_NAME]))
    return pieces


def _place(element: HtmlElement) -> str:
    around = element.getparent()
    steps = [element] if around is None else [around, element]
    return "/".join(f"{step.tag}.{re.sub(chr(92) + 'd+', '#', step.get('class') or '')}" for step in steps)


def _places(box: Box, marks: Marks, written: set[HtmlElement]) -> Iterator[tuple[HtmlElement, str]]:
    """Where a name may be printed, the surest first."""
    for meaning in ("fn", "author"):
        named = [element for element, said in marks.items() if meaning in said and "avatar" not in said]
        for element in named:
            yield from (
                (other, "")
                for other in named
                if other is not element and element in islice(other.iterancestors(), NEAR)
            )
            yield from ((inner, "") for inner in element.iter("cite", "b", "strong") if inner is not element)
            yield element, ""
    outside = [element for element in box.own if element not in written]
    yield from ((e, "itemprop") for e in box.own if (e.get("itemprop") or "").lower() in ("author", "creator", "name"))
    yield from ((e, "cite") for e in outside if e.tag == "cite")
    yield from ((e, "link to the author") for e in outside if _is_author_link(e))
    yield from ((e, "heading") for e in outside if e.tag in ("h2", "h3", "h4", "h5", "h6"))
    yield from ((e, "bold") for e in outside if e.tag in ("b", "strong") and len(e.text_content()) < 80)


def _is_author_link(element: HtmlElement) -> bool:
    if element.tag != "a" or is_reply(element) or anchored_at(element.get("href")):
        return False
    return "url" in (element.get("class") or "").split() or "external" in (element.get("rel") or "").split()


def _text(element: HtmlElement, marks: Marks, inner: set[HtmlElement]) -> str:
    """The words of an element that are not in something the theme put beside the name."""
    beside = FURNITURE | {"date", "meta", "number", "permalink"}
    skip = {e for e in element.iterdescendants() if marks.get(e, frozenset()) & beside or e.tag in ("time", "small")}
    links = [e for e in element.iter("a") if _is_author_link(e) and e not in skip]
    if links:
        return text.collapse(text.text_of(links[0], skip | inner))[:MAX_NAME]
    direct = text.collapse(element.text)
    if len(element) and re.search(r"\w", _BEFORE.sub("", f"{direct} ")):
        return direct[:MAX_NAME]
    return text.collapse(text.text_of(element, skip | inner))[:MAX_NAME]


def _link(element: HtmlElement, base: str) -> str | None:
    for link in chain((element,), islice(element.iterancestors(), 3), element.iter("a")):
        href = link.get("href") if link.tag == "a" else None
        if href and not is_reply(link) and not anchored_at(href):
            return urls.absolute(base, href)
    return None


# --- all comments of a page -----------------------------------------------------------------------------------------


def settle(comments: Sequence[Named]) -> None:
    """Sets `author` and `author_rule` of each, now that all are known."""
    labels = _from_labels((one.id, one.label) for one in comments)
    place = _learned_place(comments, labels)
    shared = _share_a_beginning([one.author for one in comments if one.author])
    agreed = [
        one.author is not None and _same(clean(one.author, shared), labels[one.id])
        for one in comments
        if one.id in labels
    ]
    trusted = not agreed or sum(agreed) >= 0.8 * len(agreed)
    typographic = any(
        one.author != labels[one.id] and _as_typed(one.author) == labels[one.id]
        for one in comments
        if one.author and one.id in labels
    )
    for one in comments:
        one.author, one.author_rule = _settled(
            one, labels.get(one.id), place if not trusted or not one.author else None, shared
        )
        if typographic and one.author and one.id not in labels and _as_typed(one.author) != one.author:
            one.author, one.author_rule = _as_typed(one.author), "typographic quotes undone"


def _settled(one: Named, label: str | None, place: str | None, shared: bool) -> tuple[str | None, str]:
    name = clean(one.author, shared) if one.author else ""
    if label and (not name or (name != label and (_same(name, label) or label in (one.author or "")))):
        return label, "reply link"
    if not label and place:
        pieces = [words for where, words in one.head if where == place]
        name_there = next((found for words in pieces if (found := clean(words, True))), "")
        if name_there:
            return name_there, "where the reply links' names stand"
    if name:
        return name, one.author_rule
    told = (found for _, words in one.head if (found := clean(words, True)))
    name = next((found for found in told if re.search(r"[^\W\d_]", found)), "")
    return (name, "first words around the comment") if name else (None, "")


def clean(words: str, shared_beginning: bool) -> str:
    """The name in a line such as '#12 written by Ann — January 12, 2016 @ 7:30 am' or 'Ann says:'."""
    for part in _DATE.sub("\x1f", _GLUED_CLOCK.sub(r"\1 ", words)).split("\x1f"):
        name = (_BEFORE if shared_beginning else _WRITTEN_BY).sub("", part)
        name = _SAYS.sub("", name.strip(_EDGES))
        if re.search(r"\S", name.strip(_EDGES)):
            return name.strip(_EDGES)[:MAX_NAME]
    return ""


def is_label(words: str) -> bool:
    """Whether words are a date and nothing else, or end in 'said,': a theme's line, not a commenter's."""
    return _DATE.fullmatch(words.strip(_EDGES)) is not None or (
        words.endswith((",", ":")) and _SAYS.search(words.rstrip(",:")) is not None
    )


def _share_a_beginning(names: Sequence[str]) -> bool:
    """Whether nearly all names of a page begin with 'by' or a number, or some are numbered in order: that beginning
    belongs to none of them."""
    beginnings = [found[0].strip() for name in names if (found := _BEFORE.match(f"{name} ")) and found[0].strip()]
    numbers = [int(found[0]) for beginning in beginnings if (found := re.search(r"\d+", beginning))]
    in_order = len(numbers) > 1 and all(abs(a - b) == 1 for a, b in pairwise(numbers))
    return in_order or (len(names) > 1 and len(beginnings) >= 0.8 * len(names))


def _learned_place(comments: Sequence[Named], labels: Mapping[str, str]) -> str | None:
    """Where most of the comments with a labelled reply link print the name that the label names."""
    votes = Counter(
        where
        for one in comments
        if one.id in labels
        for where in {where for where, words in one.head if _same(clean(words, True), labels[one.id])}
    )
    place, count = votes.most_common(1)[0] if votes else ("", 0)
    return place if count >= 0.5 * len(labels) else None


def _from_labels(labels: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Whom each reply link names, by comment id: what is left of the labels without what all of them share."""
    told = {number: text.collapse(label) for number, label in labels if label}
    values = sorted(set(told.values()))
    if not values:
        return {}
    before = _shared(values[0], values[-1]) if len(values) > 1 else len("Reply to ") * values[0].startswith("Reply to ")
    before = values[0].rfind(" ", 0, before) + 1
    backwards = sorted(value[::-1] for value in values)
    after = _shared(backwards[0], backwards[-1]) if len(values) > 1 and not before else 0
    return {number: label[before : len(label) - after].strip() for number, label in told.items() if before or after}


def _shared(first: str, last: str) -> int:
    """How many letters two strings share at their beginning."""
    return next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))


def _same(name: str, label: str) -> bool:
    return name == label or _as_typed(name) == _as_typed(label)


def _as_typed(name: str) -> str:
    """Block themes print names with typographic quotes and dashes (wptexturize); the reply link has them as typed."""
    return name.translate(_TYPED).replace("...", "…")
