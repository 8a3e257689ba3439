"""The signs of a thread, counted once over the page: times, authors, ids, permalinks, labels, headings, counters.

Each sign is a running sum over chunks, so that 'how many of these lie in this record' costs two look-ups.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Final

from archiver.pages.threads import times, words
from archiver.pages.threads.marks import (
    ASIDE,
    AUTHOR,
    BODY,
    COMMENT,
    FORM,
    is_numbered,
    is_of_forum,
    is_profile,
    link_pattern,
    marks_of,
    masked,
)
from archiver.pages.threads.outline import Outline

_MARKS: Final = (COMMENT, ASIDE, FORM, AUTHOR, BODY)
_GENERATOR: Final = ("generator", "Generator")
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
        least = records / 2
        dated = self.dated[end] - self.dated[begin] >= least
        signed = self.authors[end] - self.authors[begin] >= least
        said = self.says[end] - self.says[begin] >= least
        profiled = self.profiles[end] - self.profiles[begin] >= least
        worded = self.bodies[end] - self.bodies[begin] >= least
        anchored = self.ids[end] - self.ids[begin] >= least or self.permalinks[end] - self.permalinks[begin] >= least
        return named + dated + signed + said + profiled + worded + anchored >= 3


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
    comments, asides, forms = _read_names(page, signs, _read_links(page, signs))
    forms |= _read_tags(page, signs, forms)
    signs.forms = sorted(forms)
    signs.form_begins = [page.begins[form] for form in signs.forms]
    signs.named = _marked(page, comments, whole=False)
    signs.in_comments = _marked(page, comments, whole=True)
    signs.in_aside = _marked(page, asides, whole=True)


def _read_names(page: Outline, signs: Signs, sites: list[int]) -> tuple[list[int], list[int], set[int]]:
    """Signs in class names and ids; the links to authors' own `sites` count as authors. Gives the elements named after
    comments, after what stands aside, after a form."""
    by_class = _by_mark((classes, elements) for (_, classes), elements in page.alike.items())
    anchored: defaultdict[str, list[int]] = defaultdict(list)
    for number, anchor in enumerate(page.anchors):
        if anchor:
            anchored[masked(anchor)].append(number)
    by_anchor = _by_mark(anchored.items())
    numbered = {
        number
        for pattern, elements in anchored.items()
        if "#" in pattern and is_numbered(page.anchors[elements[0]])
        for number in elements
    }
    signs.authors, signs.bodies = _sums(page, by_class[AUTHOR] + sites), _sums(page, by_class[BODY])
    signs.ids, signs.comment_ids = _sums(page, numbered), _sums(page, numbered.intersection(by_anchor[COMMENT]))
    asides = [number for number, tag in enumerate(page.tags) if tag in ASIDES]
    return (
        by_class[COMMENT] + by_anchor[COMMENT],
        by_class[ASIDE] + by_anchor[ASIDE] + asides,
        {*by_class[FORM], *by_anchor[FORM]},
    )


def _by_mark(named: Iterable[tuple[str, list[int]]]) -> defaultdict[int, list[int]]:
    """What names say → the elements that bear them."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for name, elements in named:
        marks = marks_of(name)
        for mark in _MARKS if marks else ():
            if marks & mark:
                found[mark] += elements
    return found


def _read_tags(page: Outline, signs: Signs, known: set[int]) -> set[int]:
    """Signs in tags that say what they are for. Gives the forms that lead to a comment."""
    paragraphs, titles, pictures, forms = list[int](), list[int](), list[int](), set[int]()
    elements = page.elements
    for number, tag in enumerate(page.tags):
        if tag not in _TELLING:
            continue
        if tag == "p":
            paragraphs.append(number)
        elif tag == "img":
            if words.PICTURE_NAME.search(f"{page.classes[number]} {elements[number].get('src') or ''}"[:300].lower()):
                pictures.append(number)
        elif tag == "time":
            if moment := elements[number].get("datetime"):
                signs.moments[number] = moment
        elif tag == "form":
            if number not in known and "comment" in (elements[number].get("action") or "").lower():
                forms.add(number)
        else:
            titles.append(number)
            if tag == "h1" and not signs.title_at:
                signs.title_at = page.begins[number]
    signs.paragraphs, signs.titles = _sums(page, paragraphs), _sums(page, titles)
    signs.pictures = _sums(page, pictures)
    return forms


def _read_links(page: Outline, signs: Signs) -> list[int]:
    """Signs in links: to comments, to people, to other pages. Gives those to an author's own site."""
    permalinks, profiles, headlines, outward = list[int](), list[int](), list[int](), list[int]()
    for number in page.links:
        href = page.hrefs[number]
        if link_pattern(href):
            permalinks.append(number)
        elif page.words[page.ends[number]] - page.words[page.begins[number]] >= _HEADLINE and "#" not in href:
            headlines.append(number)
        if is_profile(href):
            profiles.append(number)
        relation = page.elements[number].get("rel")
        if relation and "nofollow" in relation and "external" in relation:
            outward.append(number)
    signs.permalinks, signs.profiles = _sums(page, permalinks), _sums(page, profiles)
    signs.headlines = _sums(page, headlines)
    return outward


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


def _sums(page: Outline, elements: Iterable[int]) -> list[int]:
    """For each chunk how many of the elements begin before it."""
    counts, begins = [0] * (len(page.chunks) + 2), page.begins
    for element in elements:
        counts[begins[element] + 1] += 1
    return _running(counts)


def _running(counts: list[int]) -> list[int]:
    return list(accumulate(counts))


def _read_lines(page: Outline, signs: Signs) -> None:
    count = len(page.chunks) + 1
    dated, other_dates, says = [0] * count, [0] * count, [0] * count
    for line, text in enumerate(page.lower_lines):
        if len(text) > times.MAX_LINE:
            continue
        at = page.line_begins[line] + 1
        found, speaks, heads = _told_by(text)
        if found:
            if times.is_of_another_event(text, found, page.lower_lines[line - 1] if line else ""):
                other_dates[at] += 1
            else:
                signs.times[line] = found
                dated[at] += 1
        says[at] += speaks
        if heads:
            _read_heading(page, signs, line, text)
    _count_moments(page, signs, dated)
    signs.dated, signs.other_dates, signs.says = _running(dated), _running(other_dates), _running(says)
    counted = [0] * count
    for line, _ in signs.counters:
        counted[page.line_begins[line] + 1] += 1
    signs.counted = _running(counted)


@lru_cache(maxsize=4096)
def _told_by(line: str) -> tuple[re.Match[str] | None, bool, bool]:
    """The time that a line prints, whether it says that somebody speaks, and whether it may be a heading of comments.
    Nearly half of the lines of a page stand on one read before: labels, menus, counters."""
    is_short = len(line) <= _MAX_COUNTER_LINE
    return (
        times.find(line),
        is_short and words.SAYS.search(line) is not None,
        is_short and words.HEADING.search(line) is not None,
    )


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
    signs.actions, signs.prose = _running(actions), _running(prose)


def _is_forum(page: Outline, url: str) -> bool:
    """Told by the address, the generator, the name of the body, or microdata: there the page is the thread."""
    if is_of_forum(url):
        return True
    root = page.elements[0]
    generators = (
        node
        for head in root.iterchildren("head")
        for node in head.iterchildren("meta")
        if node.get("name") in _GENERATOR
    )
    told = [node.get("content") or "" for node in generators]
    told += [f"{node.get('class') or ''} {node.get('id') or ''}" for node in root.iterchildren("body")]
    return words.FORUM_NAME.search(" ".join(told).lower()) is not None or any(
        name in kind for _, kind in page.microdata.values() for name in _FORUM_TYPES
    )
