"""Signs that elements carry: in class names and ids, in tags that say what they are for, in links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from archiver.pages.threads import words
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
    masked,
)
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import ASIDES, Signs, running

_MARKS: Final = (COMMENT, ASIDE, FORM, AUTHOR, BODY)
_TELLING: Final = frozenset(("p", "img", "time", "form", "h1", "h2", "h3", "h4"))
_PAGE: Final = frozenset(("html", "body"))
_HEADLINE: Final = 4
"""Words of a link that has a title of its own, not a label."""


def read_elements(page: Outline, signs: Signs) -> None:
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
    return running(counts)
