"""What an address alone tells: an article, a listing of articles, or neither. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final
from urllib.parse import urlsplit

_SORTED = r"tag|tags|topic|topics|thema|themen|category|categories|rubrik|kategorie|section|sections|channel"
_NEVER = (
    r"author|authors|user|users|profile|search|suche|login|signin|signup|register|account|cart|checkout|shop|newsletter"
    r"|subscribe|abo|about|contact|imprint|impressum|privacy|datenschutz|terms|legal|jobs|help|faq|calendar|events"
    r"|comments/feed|comment-page-\d+|embed|amp|print|trackback"
    r"|wp-admin|wp-content|wp-includes|wp-json|wp-login\.php|xmlrpc\.php|cdn-cgi"
)
# How a site sorts its articles: a listing, never an article.
_LISTING: Final = re.compile(rf"/(?:{_SORTED}|feed|feeds|rss|page)(?:/|$)", re.IGNORECASE)
# What no crawl has an interest in: people, accounts, searches, the machinery of the site.
_NOTHING: Final = re.compile(rf"/(?:{_NEVER})(?:/|$)", re.IGNORECASE)
_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|css|js|xml|json|rss|atom|ico|woff2?)$", re.IGNORECASE
)
# Parameters that search, sort, print, or answer a comment: the same things once more, without end.
_ENDLESS: Final = re.compile(
    r"(?:^|&)(?:s|q|query|search|replytocom|share|print|amp|orderby|order|sort|filter|month|day|date|cal\w*|cpage)=",
    re.I,
)
_PAGE_QUERY: Final = re.compile(r"(?:^|&)(?:page|paged|pg|seite|pagina)=\d+", re.I)
_CALENDAR: Final = re.compile(r"^(?:/[a-z]{2,12})?/(?:19|20)\d{2}(?:/\d{1,2}){0,2}(?:/page/\d+)?/?$")
_DATED: Final = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-])")
_NUMBERED: Final = re.compile(r"\d{4,}")
_PAGE_NUMBER: Final = re.compile(
    r"^(?P<before>.*?)(?:/(?:page|seite|pagina|p)[/-]?(?P<path>\d{1,5})/?|(?P<mark>[?&](?:page|paged|pg|seite|pagina)=)(?P<query>\d{1,5}))"
    r"(?P<after>.*)$"
)


def looks_like_article(address: str) -> bool:
    """Whether an address may be an article's: no listing, calendar, search, file, or a way to answer a comment."""
    parts = urlsplit(address)
    path = parts.path
    if path.rstrip("/") == "" or _CALENDAR.match(path) or _FILE.search(path):
        return False
    if _LISTING.search(path) or _NOTHING.search(path):
        return False
    return not _ENDLESS.search(parts.query) and not _PAGE_QUERY.search(parts.query)


def surely_article(address: str) -> bool:
    """Whether nothing but an article has such an address: a date, several words or a long number in its last part."""
    path = urlsplit(address).path
    slug = path.rstrip("/").rpartition("/")[2]
    return bool(_DATED.search(path)) or slug.count("-") >= 2 or bool(_NUMBERED.search(slug))


def may_list(address: str) -> bool:
    """Whether an address may be a section's: a short path, no calendar, search, file or account."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if _NOTHING.search(path) or _FILE.search(path) or _CALENDAR.match(parts.path) or _ENDLESS.search(parts.query):
        return False
    return 0 < path.count("/") <= 3 and (bool(_LISTING.search(path)) or not surely_article(address))


def latest_day(address: str) -> date | None:
    """The last day that a date in the address allows for: `/2016/03/` is the 31st of March. None where it has none."""
    found = _DATED.search(urlsplit(address).path)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    try:
        return date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])
    except ValueError:  # `/2016/45/`: no date after all
        return None


def next_in_number(address: str, link: str) -> bool:
    """Whether `link` is the page after `address` of the same listing: only the page's number is another."""
    after = _PAGE_NUMBER.match(link)
    if after is None:
        return False
    now = _PAGE_NUMBER.match(address)
    here = int(now["path"] or now["query"]) if now else 1
    return _without_number(address) == _without_number(link) and int(after["path"] or after["query"]) == here + 1


def _without_number(address: str) -> str:
    found = _PAGE_NUMBER.match(address)
    return (found["before"] + found["after"] if found else address).rstrip("/")
