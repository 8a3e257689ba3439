"""The signs of a thread, counted once over the page: times, authors, ids, permalinks, labels, headings, counters.

Each sign is a running sum over chunks, so that 'how many of these lie in this record' costs two look-ups.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add
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
_FORUM_TYPES: Final = ("DiscussionForumPosting", "QAPage")
_ANY_HEADING: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"))
_TELLING: Final = frozenset(("p", "img", "time", "form", "h1", "h2", "h3", "h4"))
_PAGE: Final = frozenset(("html", "body"))
ASIDES: Final = frozenset(("nav", "aside", "footer"))
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

    def are_enough(self, named: int, begin: int, end: int, records: int) -> bool:
        """Whether a run of chunks can be a thread of so many records: three kinds of sign (who, when, words, ids) stand
        in half of them at least. `named`: how many names say so already."""
        least, kinds = records / 2, named
        for sums in (self.dated, self.authors, self.says, self.profiles, self.bodies):
            kinds += sums[end] - sums[begin] >= least
        anchored = max(self.ids[end] - self.ids[begin], self.permalinks[end] - self.permalinks[begin])
        return kinds + (anchored >= least) >= 3


def read_signs(page: Outline, url: str) -> Signs:
    """All signs of a page."""
    signs = Signs()
    _read_elements(page, signs)
    _read_lines(page, signs)
    _read_chunks(page, signs)
    signs.is_forum = _is_forum(page, url)
    return signs


def _read_elements(page: Outline, signs: Signs) -> None:
    """Signs that elements carry."""
    count = len(page.chunks) + 2
    comments, asides, forms = _read_names(page, signs, count)
    forms |= _read_tags(page, signs, count, forms)
    _read_links(page, signs, count)
    signs.forms = sorted(forms)
    signs.form_begins = [page.begins[form] for form in signs.forms]
    signs.named = _marked(page, comments, whole=False)
    signs.in_comments = _marked(page, comments, whole=True)
    signs.in_aside = _marked(page, asides, whole=True)


def _read_names(page: Outline, signs: Signs, count: int) -> tuple[list[int], list[int], set[int]]:
    """Signs in class names and ids. Gives the elements named after comments, after what stands aside, after a form."""
    authors, bodies, ids, comment_ids = [0] * count, [0] * count, [0] * count, [0] * count
    comments, asides, forms = list[int](), list[int](), set[int]()
    begins, anchors = page.begins, page.anchors
    for number, name in enumerate(page.classes):
        anchor = anchors[number]
        if not (name or anchor):
            continue
        marks, at = marks_of(name) if name else 0, begins[number] + 1
        if marks & AUTHOR:
            authors[at] += 1
        if marks & BODY:
            bodies[at] += 1
        if anchor:
            of_anchor = marks_of(anchor)
            marks |= of_anchor
            if not anchor.isalpha() and is_numbered(anchor):
                ids[at] += 1
                if of_anchor & COMMENT:
                    comment_ids[at] += 1
        if marks & COMMENT:
            comments.append(number)
        if marks & ASIDE:
            asides.append(number)
        if marks & FORM:
            forms.add(number)
    signs.authors, signs.bodies, signs.ids, signs.comment_ids = map(_sums, (authors, bodies, ids, comment_ids))
    asides += [number for number, tag in enumerate(page.tags) if tag in ASIDES]
    return comments, asides, forms


def _read_tags(page: Outline, signs: Signs, count: int, known: set[int]) -> set[int]:
    """Signs in tags that say what they are for. Gives the forms that lead to a comment."""
    paragraphs, titles, pictures, forms = [0] * count, [0] * count, [0] * count, set[int]()
    begins, elements = page.begins, page.elements
    for number, tag in enumerate(page.tags):
        if tag not in _TELLING:
            continue
        if tag == "p":
            paragraphs[begins[number] + 1] += 1
        elif tag == "img":
            if words.PICTURE_NAME.search(f"{page.classes[number]} {elements[number].get('src') or ''}"[:300].lower()):
                pictures[begins[number] + 1] += 1
        elif tag == "time":
            if moment := elements[number].get("datetime"):
                signs.moments[number] = moment
        elif tag == "form":
            if number not in known and "comment" in (elements[number].get("action") or "").lower():
                forms.add(number)
        else:
            titles[begins[number] + 1] += 1
            if tag == "h1" and not signs.title_at:
                signs.title_at = begins[number]
    signs.paragraphs, signs.titles, signs.pictures = map(_sums, (paragraphs, titles, pictures))
    return forms


def _read_links(page: Outline, signs: Signs, count: int) -> None:
    """Signs in links: to comments, to people, to other pages. Those to an author's own site count as authors."""
    permalinks, profiles, headlines, outward = [0] * count, [0] * count, [0] * count, [0] * count
    for number in page.links:
        href, at = page.hrefs[number], page.begins[number] + 1
        if link_pattern(href):
            permalinks[at] += 1
        elif page.words[page.ends[number]] - page.words[at - 1] >= _HEADLINE and "#" not in href:
            headlines[at] += 1
        if is_profile(href):
            profiles[at] += 1
        relation = page.elements[number].get("rel")
        if relation and "nofollow" in relation and "external" in relation:
            outward[at] += 1
    signs.authors = list(map(add, signs.authors, _sums(outward)))
    signs.permalinks, signs.profiles, signs.headlines = map(_sums, (permalinks, profiles, headlines))


def _marked(page: Outline, found: list[int], *, whole: bool) -> list[bool]:
    """By element: whether it is one of those found or, if `whole` is asked, lies in one that is not the page itself."""
    marked = [False] * len(page.tags)
    for number in found:
        if not whole:
            marked[number] = True
        elif not marked[number] and page.tags[number] not in _PAGE:
            last = page.lasts[number]
            marked[number : last + 1] = [True] * (last + 1 - number)
    return marked


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
    return words.FORUM_NAME.search(" ".join(told).lower()) is not None or any(
        name in kind for _, kind in page.microdata.values() for name in _FORUM_TYPES
    )
