"""The signs of a thread, counted once over the page: times, authors, ids, permalinks, labels, headings, counters.

Each sign is a running sum over chunks, so that 'how many of these lie in this record' costs two look-ups.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from archiver.pages import paths
from archiver.pages.threads import times, words
from archiver.pages.threads.marks import (
    ASIDE,
    AUTHOR,
    BODY,
    COMMENT,
    FORM,
    is_numbered,
    is_profile,
    link_pattern,
    marks_of,
)
from archiver.pages.threads.outline import Outline

_GENERATORS: Final = paths.elements("/html/head/meta[@name='generator' or @name='Generator']")
_FORUM_POSTS: Final = paths.elements(
    "/descendant::*[contains(@itemtype, 'DiscussionForumPosting') or contains(@itemtype, 'QAPage')][1]"
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4"))
_ANY_HEADING: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"))
_PAGE: Final = frozenset(("html", "body"))
_ASIDES: Final = frozenset(("nav", "aside", "footer"))
_MAX_HEADING_LINE = 110
_MAX_COUNTER_LINE = 120
_PROSE = 8
_HEADLINE = 4
_TO_THE_SECOND = 19
_HEADING_REACH = 4
"""How many ancestors a heading's words may lie below its `<h3>`."""


@dataclass(slots=True)
class Signs:
    """Running sums have one more entry than the page has chunks: the sign lies in `[a, b)` if `sums[b] > sums[a]`."""

    times: dict[int, re.Match[str]] = field(default_factory=dict)
    """Line → the time it prints, if it is the time of something written."""
    counters: list[tuple[int, int]] = field(default_factory=list)
    """Line and the number of comments that it claims."""
    headings: list[int] = field(default_factory=list)
    """Chunks at which a heading of comments begins."""
    heading_lines: set[int] = field(default_factory=set)
    forms: list[int] = field(default_factory=list)
    """Elements that are comment forms."""
    form_begins: list[int] = field(default_factory=list)
    """The chunks at which they begin, in order."""
    in_comments: list[bool] = field(default_factory=list)
    """By element: whether it lies in something that is named after comments."""
    in_aside: list[bool] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)
    """By element: whether its own class or id is named after comments."""
    is_forum: bool = False
    title_at: int = 0
    """The chunk at which the first `h1` begins."""

    dated: list[int] = field(default_factory=list)
    other_dates: list[int] = field(default_factory=list)
    says: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    permalinks: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    comment_ids: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    profiles: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    """Words of running text."""
    counted: list[int] = field(default_factory=list)
    """Counters of comments: a record that holds one is an article in a list."""
    headlines: list[int] = field(default_factory=list)
    """Links of several words that lead to another page."""
    moments: dict[int, str] = field(default_factory=dict)
    """Element → its machine-readable time."""


def read_signs(page: Outline, url: str) -> Signs:
    """All signs of a page."""
    signs = Signs()
    _read_elements(page, signs)
    _read_lines(page, signs)
    _read_chunks(page, signs)
    signs.is_forum = _is_forum(page, url)
    return signs


def _read_elements(page: Outline, signs: Signs) -> None:
    """Signs that elements carry. One loop, for it runs once for every element of every page."""
    count = len(page.chunks) + 2
    permalinks, ids, comment_ids, authors = [0] * count, [0] * count, [0] * count, [0] * count
    profiles, bodies, pictures = [0] * count, [0] * count, [0] * count
    titles, paragraphs, headlines = [0] * count, [0] * count, [0] * count
    in_comments, in_aside, named, parents, begins = (
        signs.in_comments,
        signs.in_aside,
        signs.named,
        page.parents,
        page.begins,
    )
    classes, anchors, hrefs = page.classes, page.anchors, page.hrefs
    for number, tag in enumerate(page.tags):
        at = begins[number] + 1
        above = parents[number]
        name, anchor = classes[number], anchors[number]
        marks = own = 0
        if name:
            own = marks = marks_of(name)
            if own & AUTHOR:
                authors[at] += 1
            if own & BODY:
                bodies[at] += 1
        if anchor:
            of_anchor = marks_of(anchor)
            marks |= of_anchor
            if not anchor.isalpha() and is_numbered(anchor):
                ids[at] += 1
                if of_anchor & COMMENT:
                    comment_ids[at] += 1
        if tag == "a":
            href = hrefs.get(number)
            if href:
                if link_pattern(href):
                    permalinks[at] += 1
                elif page.words[page.ends[number]] - page.words[at - 1] >= _HEADLINE and "#" not in href:
                    headlines[at] += 1
                if is_profile(href):
                    profiles[at] += 1
                relation = page.elements[number].get("rel")
                if relation and "nofollow" in relation and "external" in relation:
                    authors[at] += 1
        elif tag == "time":
            if moment := page.elements[number].get("datetime"):
                signs.moments[number] = moment
        elif tag == "p":
            paragraphs[at] += 1
        elif tag in _HEADINGS:
            titles[at] += 1
            if tag == "h1" and not signs.title_at:
                signs.title_at = begins[number]
        elif tag == "img":
            if words.PICTURE_NAME.search(f"{name} {page.elements[number].get('src') or ''}"[:300].lower()):
                pictures[at] += 1
        elif tag == "form" and not marks & FORM and "comment" in (page.elements[number].get("action") or "").lower():
            marks |= FORM
        if marks & FORM:
            signs.forms.append(number)
        is_named = bool(marks & COMMENT)
        named.append(is_named)
        if tag in _PAGE:
            in_comments.append(False)
            in_aside.append(False)
        else:
            in_comments.append(is_named or (above >= 0 and in_comments[above]))
            in_aside.append(bool(marks & ASIDE) or tag in _ASIDES or (above >= 0 and in_aside[above]))
    signs.permalinks, signs.ids, signs.comment_ids = _sums(permalinks), _sums(ids), _sums(comment_ids)
    signs.authors, signs.profiles, signs.bodies = _sums(authors), _sums(profiles), _sums(bodies)
    signs.form_begins = [begins[form] for form in signs.forms]
    signs.headlines = _sums(headlines)
    signs.pictures, signs.titles, signs.paragraphs = _sums(pictures), _sums(titles), _sums(paragraphs)


def _sums(counts: list[int]) -> list[int]:
    return list(accumulate(counts))


def _read_lines(page: Outline, signs: Signs) -> None:
    count = len(page.chunks) + 1
    dated, other_dates, says = [0] * count, [0] * count, [0] * count
    for line, text in enumerate(page.lower_lines):
        size = len(text)
        if size > times.MAX_LINE:
            continue
        at = page.line_begins[line] + 1
        found = times.find(text)
        if found:
            if times.is_of_another_event(text, found, page.lower_lines[line - 1] if line else ""):
                other_dates[at] += 1
            else:
                signs.times[line] = found
                dated[at] += 1
        if size <= _MAX_COUNTER_LINE:
            if words.SAYS.search(text):
                says[at] += 1
            if words.HEADING.search(text):
                _read_heading(page, signs, line, text)
    _count_moments(page, signs, dated)
    signs.dated, signs.other_dates, signs.says = _sums(dated), _sums(other_dates), _sums(says)
    counted = [0] * count
    for line, _ in signs.counters:
        counted[page.line_begins[line] + 1] += 1
    signs.counted = _sums(counted)


def _count_moments(page: Outline, signs: Signs, dated: list[int]) -> None:
    """Machine-readable times: one that prints nothing counts as a time; one that repeats the moment before it, to the
    second, does not (a post may show its time for the desk and for the phone)."""
    before = ""
    for element, moment in signs.moments.items():
        begin, end = page.begins[element], page.ends[element]
        line = page.line_of[begin] if begin < len(page.line_of) else -1
        if end == begin or line not in signs.times:
            dated[min(begin + 1, len(dated) - 1)] += moment != before
        elif moment == before and len(moment) >= _TO_THE_SECOND:
            dated[page.line_begins[line] + 1] = 0
        before = moment


def _read_heading(page: Outline, signs: Signs, line: int, text: str) -> None:
    claims = counts_in(text)
    signs.counters.extend((line, claim) for claim in claims)
    if len(text) < _MAX_HEADING_LINE:
        signs.heading_lines.add(line)
        at = page.line_begins[line]
        if claims or _in_heading(page, page.owners[at]):
            signs.headings.append(at)


def counts_in(text: str) -> list[int]:
    """The numbers of comments that a line (in lower case) claims: '27 comments', 'Comments (27)', 'one response'."""
    found = []
    for pattern in words.COUNTED:
        for match in pattern.finditer(text):
            number = match[1].replace(",", "").replace(".", "")
            claim = int(number) if number.isdecimal() else words.COUNTED_WORDS.get(number)
            if claim is not None:
                found.append(claim)
    return found


def _in_heading(page: Outline, element: int) -> bool:
    for _ in range(_HEADING_REACH):
        if element < 0:
            return False
        if page.tags[element] in _ANY_HEADING:
            return True
        element = page.parents[element]
    return False


def _read_chunks(page: Outline, signs: Signs) -> None:
    """Labels such as 'Reply', and running text: unlinked pieces of more than a few words."""
    actions, prose = [0] * (len(page.chunks) + 1), [0] * (len(page.chunks) + 1)
    for chunk, text in enumerate(page.chunks):
        if len(text) < 60 and words.ACTION.fullmatch(text.lower()):
            actions[chunk + 1] = 1
        size = page.words[chunk + 1] - page.words[chunk]
        if size >= _PROSE and page.linked_words[chunk + 1] == page.linked_words[chunk]:
            prose[chunk + 1] = size
    signs.actions, signs.prose = _sums(actions), _sums(prose)


def _is_forum(page: Outline, url: str) -> bool:
    """Told by the address, the generator, the name of the body, or microdata: there the page is the thread."""
    if words.FORUM_NAME.search(url.lower()):
        return True
    root = page.elements[0]
    told = [node.get("content") or "" for node in _GENERATORS(root)]
    told += [f"{node.get('class') or ''} {node.get('id') or ''}" for node in root.iterchildren("body")]
    return words.FORUM_NAME.search(" ".join(told).lower()) is not None or bool(_FORUM_POSTS(root))
