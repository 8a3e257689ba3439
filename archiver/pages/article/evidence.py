"""Whether a page holds an article, and how sure that is."""

from __future__ import annotations

import re
from typing import Final

from archiver.pages import urls
from archiver.pages.article import named
from archiver.pages.article.body import Body
from archiver.pages.article.headline import Headline
from archiver.pages.article.metadata import Metadata
from archiver.pages.article.signs import Signs
from archiver.pages.page import Page

ENOUGH: Final = 3.0
"""Points that make an article of a page which does not call itself one."""

_MUCH: Final = 400
"""Characters of prose that few other pages have."""
_PROSE: Final = ((1500, 3.0), (_MUCH, 2.0), (40, 1.0))
"""Points for at least so many characters of prose."""
_LONG_TITLE: Final = 5
"""Words: sections have shorter names."""

_SINGLE: Final = re.compile(
    r"(?:^|\s)(?:single(?:-\w+)?|postid-\d+|page-id-\d+|node-type-(?:article|story|blog|news))(?=\s|$)"
)
_LIST: Final = re.compile(
    r"(?:^|\s)(?:home|blog|archive|category|tag|author|search(?:-results|-no-results)?|error404|paged|date|"
    r"tax-\S+|post-type-archive)(?=\s|$)"
)
_NO_ARTICLE: Final = re.compile(
    r"^\W*(?:404|(?:page |file )?not found|error \d\d\d|access denied|forbidden|log ?in\b|sign ?in\b|register\b|"
    r"search results?\b|"
    r"search for|just a moment|one moment,? please|attention required|are you a (?:robot|human)|"
    r"pardon our interruption|"
    r"(?:checking (?:your browser|if the site)|making sure you(?:['’]re| are)|verify(?:ing)? (?:that )?you are)\b|"
    r"(?:bot|human) verification|ddos[ -]guard|page introuvable|"
    r"seite nicht gefunden|anmelden\b)|"
    r"\b(?:404|page not found)\W*$",
    re.IGNORECASE,
)
_ARTICLE_ADDRESS: Final = re.compile(
    r"/[^/]*[^\W\d_]{2,}[-_+][^/]*[^\W\d_][-_+][^/]*[^\W\d_]|\d{5,}|"
    r"\.s?html?$|[?&](?:p|id|article|story)="
)
_DATED_ADDRESS: Final = re.compile(r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])[/-][^/?]+")
_LISTING_ADDRESS: Final = re.compile(
    r"/(?:category|tags?|author|page|search)/[^/]*/?$|/(?:archives?|topics?|sections?)/[^/-]*(?:-[^/-]*)?/?$|[?&]s="
)


def confidence(page: Page, said: Metadata, shown: Signs, title: Headline | None, body: Body | None) -> float | None:
    """How sure it is that the page holds one article, from 0 to 1; None: it holds none.

    1 where it is declared: by JSON-LD, by OpenGraph, by `articleBody` in the markup, by the class that a CMS gives to
    single entries. Otherwise points
    are counted for and against.
    """
    words = body.size if body else 0
    classes = " ".join(element.get("class") or "" for element in page.root.iter("body"))
    single = _SINGLE.search(classes) is not None
    if title is not None and _NO_ARTICLE.search(title.text) and words < 3 * _MUCH:
        return None
    told = body is not None and any(named.is_told_body(part) for part in body.parts)
    if single or ((_declared(said) or told) and (said.article is not None or not urls.is_front_page(page.url))):
        return 1.0 if title is not None or words else None
    if (title is None and words < _MUCH) or words == 0:
        return None
    listing = _LIST.search(classes) is not None
    called = body is not None and any(named.is_body(part) for part in body.parts)
    points = _points(page, shown, title, words, listing) + called
    return round(min(0.9, 0.3 + points / 10), 2) if points >= ENOUGH else None


def _points(page: Page, shown: Signs, title: Headline | None, words: int, listing: bool) -> float:
    where = urls.path_of(page.url)
    agreed = title is not None and "agrees with" in title.rule
    sentence = agreed and title is not None and len(title.text.split()) >= _LONG_TITLE
    return sum((
        2.0 * agreed + sentence,
        1.0 * (next(shown.of("published"), None) is not None),
        2.0 if _DATED_ADDRESS.search(where) else 1.0 if not where or _ARTICLE_ADDRESS.search(where) else 0.0,
        next((points for least, points in _PROSE if words >= least), 0.0),
        -2.0 * bool(_LISTING_ADDRESS.search(where)),
        -2.0 * listing,
        -(1.5 if sentence else 3.0) * (_teasers(shown) >= 3 and words < 5 * _MUCH),
        -4.0 * urls.is_front_page(page.url),
        -2.0 * (words < _MUCH and _asks_for_password(page)),
    ))  # fmt: skip


def _declared(said: Metadata) -> bool:
    return (
        said.article is not None or "article" in said.meta.get("og:type", ()) or "article:published_time" in said.meta
    )


def _asks_for_password(page: Page) -> bool:
    return any((field.get("type") or "").lower() == "password" for field in page.root.iter("input"))


def _teasers(shown: Signs) -> int:
    """How many headlines of the page lead elsewhere."""
    headings = {sign.element for sign in shown.of("headline") if sign.element.tag in ("h2", "h3")}
    return sum(any(len((a.text_content() or "").split()) > 3 for a in heading.iter("a")) for heading in headings)
