"""The pages of a WordPress comment thread: which there are, which one this is.

Page 1 always holds the earliest comments (WordPress counts that way even where it shows the latest page first). The
article's plain address shows page 1 or the last one, as the site chose; the other pages are `…/comment-page-2/` or
`?cpage=2`. Where page 7 is linked, pages 1 to 6 exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from archiver.pages import paths, urls
from archiver.pages.page import Page
from archiver.platforms.wordpress.site import without_comment_page

NUMBER = re.compile(r"(?<=/comment-page-)\d{1,9}(?=[/?#]|$)|(?<=[?&]cpage=)\d{1,9}")
MAX_PAGES = 2000
"""No thread is followed further: a wrong number in a link must not make a million requests."""

PLACE = "{page}"
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


def read(page: Page, permalinks: Iterable[str] = ()) -> Paging:
    """The comment pages that a page links. `permalinks` are those of its own comments: they tell its number too."""
    anchors = list(_links(page))
    linked = {number: url for number, url, _ in anchors}
    if not linked:
        return Paging(current=number_of(page.url), linked={})
    template = NUMBER.sub(PLACE, next(iter(linked.values())), count=1)
    current = number_of(page.url) or _marked(anchors) or _of_comments(permalinks) or _left_out(anchors, set(linked))
    return Paging(current=current, linked=linked, template=template)


def number_of(url: str) -> int | None:
    """The number of a comment page in its address; None for an address that names none."""
    found = NUMBER.search(url)
    return int(found[0]) if found else None


def _links(page: Page) -> Iterator[tuple[int, str, HtmlElement]]:
    """Links to comment pages of this article. Permalinks of comments are none: they lead to where a comment stood."""
    address = without_comment_page(page.url)
    for anchor in _ANCHORS(page.root):
        href = urls.absolute(page.url, anchor.get("href"))
        if href is None or "replytocom=" in href or re.search(r"#(?:li-|div-)?comment-\d", href):
            continue
        number = number_of(href)
        if number and without_comment_page(href) == address:
            yield number, href.partition("#")[0], anchor


def _marked(anchors: list[tuple[int, str, HtmlElement]]) -> int | None:
    """The number that the navigation shows without a link."""
    for ancestor in list(anchors[0][2].iterancestors())[:3]:
        for element in _NOW(ancestor):
            digits = re.findall(r"\d+", element.text_content())
            if len(digits) == 1 and len(digits[0]) < 10:
                return int(digits[0])
    return None


def _of_comments(permalinks: Iterable[str]) -> int | None:
    """The page that all comments here say they stand on."""
    numbers = {number_of(url) for url in permalinks}
    return numbers.pop() if len(numbers) == 1 else None


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
