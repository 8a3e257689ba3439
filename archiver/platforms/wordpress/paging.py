"""The pages of a WordPress comment thread: which there are, which one this is.

Page 1 always holds the earliest comments (WordPress counts that way even where it shows the latest page first). The
article's plain address shows page 1 or the last one, as the site chose; the other pages are `…/comment-page-2/` or
`?cpage=2`. Where page 7 is linked, pages 1 to 6 exist.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from archiver.pages import paths, urls
from archiver.pages.page import Page
from archiver.platforms.wordpress.site import without_comment_page

NUMBER = re.compile(r"(?<=/comment-page-)\d{1,9}(?=[/?#]|$)|(?<=[?&]cpage=)\d{1,9}")
MAX_PAGES = 2000
"""No thread is followed further: a wrong number in a link must not make a million requests."""

PLACE = "{page}"
_COMMENT = re.compile(r"#(?:li-|div-)?comment-(\d{1,18})$")
_ANCHORS = paths.elements(
    '//*[self::a or (self::link and (@rel="prev" or @rel="next"))]'
    '[contains(@href, "comment-page-") or contains(@href, "cpage=")]'
)
_NOW = paths.elements('.//*[contains(concat(" ", @class, " "), " current ") or @aria-current]')
_OLDER = re.compile(r"prev|older|früher|älter|précéd|anterior|preced|vorige|ouder", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Paging:
    """`current` is None where nothing tells it. `template` has `{page}` in place of the number; None without pages."""

    current: int | None = None
    linked: Mapping[int, str]
    template: str | None = None

    @property
    def last(self) -> int:
        """The highest page known to exist."""
        return max([*self.linked, self.current or 1])

    @staticmethod
    def numbers(last: int) -> range:
        """The pages of a thread whose last known page is `last`."""
        return range(1, min(last, MAX_PAGES) + 1)


def read(page: Page, shown: Collection[str] = ()) -> Paging:
    """The comment pages that a page links. `shown` are the ids of its comments: links to comments elsewhere (a list of
    the latest ones) tell of further pages where a theme has no navigation."""
    anchors, of_comments = _links(page)
    linked = {number: url for number, url, _ in anchors} | {number: url for number, url, _ in of_comments}
    if not linked:
        return Paging(current=number_of(page.url), linked={})
    here = {number for number, _, comment in of_comments if comment in shown}
    current = number_of(page.url) or _marked(anchors) or (here.pop() if len(here) == 1 else None)
    if current is None:
        current = _left_out(anchors, {number for number, _, _ in anchors}) if anchors else _only_one_left(linked)
    return Paging(current=current, linked=linked, template=NUMBER.sub(PLACE, next(iter(linked.values())), count=1))


def number_of(url: str) -> int | None:
    """The number of a comment page in its address; None for an address that names none."""
    found = NUMBER.search(url)
    return int(found[0]) if found else None


def _links(page: Page) -> tuple[list[tuple[int, str, HtmlElement]], list[tuple[int, str, str]]]:
    """Links to comment pages of this article, with their element; and links to comments on them, with the comment."""
    address = without_comment_page(page.url)
    anchors: list[tuple[int, str, HtmlElement]] = []
    of_comments: list[tuple[int, str, str]] = []
    for anchor in _ANCHORS(page.root):
        href = urls.absolute(page.url, anchor.get("href"))
        number = number_of(href) if href and "replytocom=" not in href else None
        if href is None or number is None or without_comment_page(href) != address:
            continue
        url, comment = href.partition("#")[0], _COMMENT.search(href)
        if comment:
            of_comments.append((number, url, comment[1]))
        else:
            anchors.append((number, url, anchor))
    return anchors, of_comments


def _marked(anchors: list[tuple[int, str, HtmlElement]]) -> int | None:
    """The number that the navigation shows without a link."""
    for ancestor in islice(anchors[0][2].iterancestors(), 3) if anchors else ():
        for element in _NOW(ancestor):
            digits = re.findall(r"\d+", element.text_content())
            if len(digits) == 1 and len(digits[0]) < 10:
                return int(digits[0])
    return None


def _only_one_left(elsewhere: Mapping[int, str]) -> int | None:
    """This page's number, where all others are known from comments that stand on them."""
    last = max(elsewhere)
    left = set(range(1, last + 1)) - set(elsewhere) if last <= MAX_PAGES else set()
    return left.pop() if len(left) == 1 else None


def _left_out(anchors: list[tuple[int, str, HtmlElement]], linked: set[int]) -> int | None:
    """The page that is not linked because it is this one, where the links leave but one."""
    low, high = min(linked), max(linked)
    if linked == {low, low + 2}:
        return low + 1
    if len(linked) == 1 and low > 1:
        older = _OLDER.search(" ".join(_describe(anchor) for _, _, anchor in anchors))
        return high + 1 if older else low - 1
    if low == 2:
        return 1
    missing = set(range(1, high)) - linked if high <= MAX_PAGES else set()
    if not missing:
        return high + 1
    return missing.pop() if len(missing) == 1 else None


def _describe(anchor: HtmlElement) -> str:
    above = anchor.getparent()
    names = (
        anchor.get("class"),
        anchor.get("rel"),
        above.get("class") if above is not None else "",
        anchor.text_content(),
    )
    return " ".join(name or "" for name in names)
