"""What a page's markup calls its parts: headline, author, date, deck, section, tags. One pass in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Literal

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages.text import collapse, text_of

Role = Literal["headline", "author", "published", "modified", "deck", "section", "tag", "licence", "site"]

MAX_LABEL: Final = 300
"""Characters: what is longer is prose, not a label."""

MAX_WORDS: Final = 2000
"""Characters, blanks and all."""
MAX_SIGNS: Final = 100
"""Of each role: a page with more tells no more by them."""
MAX_BESIDE: Final = 1000
"""Characters of running text that no share bar and no author box has, whatever its class says."""

_ROLES: Final[dict[Role, re.Pattern[str]]] = {
    "headline": re.compile(
        r"headline|(?:entry|post|article|story|single|page|news|content)[_-]{0,2}(?:title|headline|heading)|"
        r"title[_-](?:post|article|entry)|p-name|wp-block-post-title|entry-header"
    ),
    "author": re.compile(
        r"(?:entry|post|article|story|news|meta|p|single)?[_-]{0,2}(?:author|byline|contributor)s?"
        r"(?:[_-]{1,2}(?:name|link|title|info|heading))?|posted-by|author-?box__name|by-author|"
        r"wp-block-post-author__name|fn"
    ),
    "published": re.compile(
        r"(?:entry|post|article|story|news|meta|pub|publish(?:ed)?|blog|single|content|date|dt)?[_-]{0,2}"
        r"(?:date|published|datetime|timestamp|dateline|datepublished|datecreated|pubdate|"
        r"posted-on)(?:[_-]{1,2}(?:header|time|published|text))?|"
        r"posted-on|postedon|date-header|time|post-?time|wp-block-post-date"
    ),
    "modified": re.compile(
        r"(?:date[_-]?)?(?:updated|modified|datemodified|last-?modified|last-?updated)(?:[_-]date)?"
    ),
    "deck": re.compile(
        r"(?:entry|post|article|story|page|content)?[_-]{0,2}(?:deck|dek|sub-?title|sub-?headline|standfirst|"
        r"subheading|"
        r"alternativeheadline|abstract|lede?|kicker-text|chapeau)(?:[_-]text)?"
    ),
    "section": re.compile(r"cat-links|(?:post|entry|article)[_-]{0,2}(?:category|section)|articlesection"),
    "tag": re.compile(r"tags-links|(?:post|entry|article)[_-]{0,2}tags?"),
    "licence": re.compile(r"licen[cs]e|copyright-?notice|dc:rights"),
    "site": re.compile(r"site-(?:title|name)|blog-?title|banner-header|wp-block-site-title|blogname|logo"),
}
_COMMENTS: Final = re.compile(
    r"comments?|comment-?(?:list|area|wrap|section|body|content)s?|comments-area|disqus_thread|respond|"
    r"wp-block-comments?\w*"
)
_ELSEWHERE: Final = re.compile(
    r"(?:\w+[_-])?(?:sidebar|widget\w*|related\w*|recent[\w-]*|popular[\w-]*|trending|most-?read|recommend\w*|"
    r"breadcrumbs?|"
    r"site-footer|colophon|menu\w*|navbar|pagination|post-navigation|nav-links|advert\w*|newsletter[\w-]*)|"
    r"(?:latest|more|other)[_-]?(?:posts?|news|stories|articles)"
)
_NAMING: Final = ("class", "id", "itemprop", "rel", "property")
_RELS: Final[dict[str, Role]] = {"author": "author", "category": "section", "tag": "tag", "license": "licence"}
_OF_ARTICLES: Final = ("headline", "published", "modified", "deck")
"""What tells of other articles where it stands behind the page's own thread. An author's box may stand there."""
_SKIPPED: Final = frozenset(("script", "style", "noscript", "template", "svg", "nav", "form", "head", "select"))


@dataclass(frozen=True)
class Sign:
    """An element that plays a part; `name` is what says so, `place` its number in reading order."""

    role: Role
    name: str
    element: HtmlElement
    place: int

    @cached_property
    def text(self) -> str:
        """Its words on one line; empty where they are more than a label has. Pieces of a label may be parted by nothing
        but their elements; a headline's are not: its first letter may be one."""
        if len(self.element.text_content()) > MAX_WORDS:
            return ""
        if self.role == "headline":
            return collapse(text_of(self.element))
        return collapse(" ".join(self.element.itertext()))[:MAX_LABEL]


@dataclass(slots=True)
class Signs:
    """All of them, and the elements in reading order (without what stands elsewhere: menus, sidebars, comments)."""

    found: list[Sign] = field(default_factory=list)
    elements: list[HtmlElement] = field(default_factory=list)

    def of(self, role: Role) -> Iterator[Sign]:
        return (sign for sign in self.found if sign.role == role)

    def place_of(self, element: HtmlElement | None) -> int | None:
        return next((place for place, here in enumerate(self.elements) if here is element), None)


def read(root: HtmlElement, cut: Collection[HtmlElement] = ()) -> Signs:
    """The signs of a page; nothing within `cut` is looked at."""
    signs, counts, thread = Signs(), Counter[Role](), _Thread()
    steps = etree.iterwalk(root, events=("start",))
    for _, element in steps:
        tag = element.tag
        if element in cut:
            thread.pass_by(len(element.text_content()), len(signs.elements))
        if (tag in _SKIPPED and not is_around_page(element)) or element in cut:
            steps.skip_subtree()
            continue
        thread.words_behind += len(element.text or "")
        names = _names(element)
        if names and tag not in ("body", "html", "main", "article") and _is_elsewhere(element, names):
            steps.skip_subtree()
            continue
        place = len(signs.elements)
        signs.elements.append(element)
        if names or tag in ("h1", "h2", "h3", "time"):
            for role, name in _roles(tag, names):
                counts[role] += 1
                if counts[role] <= MAX_SIGNS:
                    signs.found.append(Sign(role, name, element, place))
    if thread.ends_the_page:
        signs.found = [sign for sign in signs.found if sign.place < thread.place or sign.role not in _OF_ARTICLES]
    return signs


@dataclass(slots=True)
class _Thread:
    """Where on the page the largest part of the thread was cut out, and how much stands behind it."""

    words: int = 0
    largest: int = 0
    place: int = 0
    words_behind: int = 0

    def pass_by(self, words: int, place: int) -> None:
        self.words += words
        if words > self.largest:
            self.largest, self.place, self.words_behind = words, place, 0

    @property
    def ends_the_page(self) -> bool:
        return self.words > self.words_behind


def _names(element: HtmlElement) -> str:
    """All that the markup calls an element."""
    attributes = element.attrib
    if not attributes:
        return ""
    return " ".join([attributes[name] for name in _NAMING if name in attributes])


def _is_elsewhere(element: HtmlElement, names: str) -> bool:
    """Whether a part is about other things. To Blogger the column of the article is a `widget Blog`."""
    if _any_name(_COMMENTS, names):
        return True
    return _any_name(_ELSEWHERE, names) and "blog" not in names.lower().split() and not is_prose(element)


@lru_cache(maxsize=4096)
def _any_name(pattern: re.Pattern[str], names: str) -> bool:
    return any(pattern.fullmatch(name) for name in names.lower().split())


def is_around_page(element: HtmlElement) -> bool:
    """Whether a form is the whole page: ASP.NET wraps each in one, and keeps the page's state in it."""
    return element.tag == "form" and any(field.get("name") == "__VIEWSTATE" for field in element.iter("input"))


def is_prose(element: HtmlElement) -> bool:
    """Whether an element holds more running text than any label, list of links or box beside an article."""
    words = len(collapse(element.text_content()))
    return words > MAX_BESIDE and sum(len(a.text_content()) for a in element.iter("a")) < words * 0.3


@lru_cache(maxsize=4096)
def _roles(tag: str, names: str) -> tuple[tuple[Role, str], ...]:
    found: dict[Role, str] = {}
    if tag in ("h1", "h2", "h3"):
        found["headline"] = tag
    if tag == "time":
        found["published"] = "time"
    for name in names.lower().split():
        if tag == "a" and name in _RELS:
            found.setdefault(_RELS[name], f"rel={name}")
            continue
        for role, pattern in _ROLES.items():
            if pattern.fullmatch(name):
                found.setdefault(role, name)
    if "modified" in found and "published" in found and tag in ("time", "abbr"):
        if "published" not in names.lower():
            del found["published"]
        else:
            del found["modified"]
    return tuple(found.items())
