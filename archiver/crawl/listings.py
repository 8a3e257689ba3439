"""Pages that are no article but lead to some: feeds, sitemaps, section pages. Pure: a page in, addresses out."""

from __future__ import annotations

import zlib
from calendar import timegm
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import feedparser
from scrapy.utils.sitemap import Sitemap

from archiver.crawl import addresses, sections
from archiver.pages import urls
from archiver.pages.page import Page

MAX_SITEMAP = 50 * 1024 * 1024
"""Bytes of an unpacked sitemap: the protocol's own limit (sitemaps.org)."""

_AHEAD_OF_UTC = timedelta(hours=14)
"""The farthest that a place's clock is ahead of UTC: a story of this instant carries at most the day after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An article that a listing leads to. `latest` is the last day on which it may have been published, by the clock
    of the place; None where the listing does not tell."""

    url: str
    latest: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lead:
    """A further listing. `part` and `next page` continue the same one, the other kinds are a step away from it."""

    url: str
    kind: Literal["part", "next page", "section", "feed", "sitemap"]

    @property
    def continues(self) -> bool:
        return self.kind in ("part", "next page")


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """`articles` and `leads` in the order of the page, whatever their host."""

    kind: Literal["feed", "sitemap", "section"]
    articles: tuple[Entry, ...]
    leads: tuple[Lead, ...] = ()


def read_listing(page: Page, sitemaps: Iterable[str] = ()) -> Listing:
    """The articles and further listings that a page leads to. `sitemaps` are those that robots.txt names: a section
    page leads to them too."""
    body = unpacked(page.body)
    start = body[:2048].lstrip().lower()
    if b"<sitemapindex" in start or b"<urlset" in start:
        return _of_sitemap(page, body)
    if b"<rss" in start or b"<feed" in start or b"<rdf:rdf" in start:
        return _of_feed(page, body)
    return _of_section(page, sitemaps)


def unpacked(body: bytes) -> bytes:
    """A gzipped sitemap's bytes, up to the protocol's limit; any other body as it is."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, MAX_SITEMAP)
    except zlib.error:
        return b""


def _of_feed(page: Page, body: bytes) -> Listing:
    feed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    return Listing(kind="feed", articles=_entries(page, ((each.get("link"), _day(each)) for each in feed.entries)))


def _day(entry: Any) -> date | None:
    """The last day that a feed's entry may carry: its time is UTC, the story's date that of the place."""
    utc = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return (datetime.fromtimestamp(timegm(utc), UTC) + _AHEAD_OF_UTC).date() if utc else None
    except (ValueError, OverflowError, OSError):
        return None


def _of_sitemap(page: Page, body: bytes) -> Listing:
    sitemap = Sitemap(body)
    found = [(entry.get("loc"), _modified(entry.get("lastmod"))) for entry in sitemap]
    if sitemap.type == "sitemapindex":
        parts = (Lead(url=entry.url, kind="part") for entry in _entries(page, iter(found)))
        return Listing(kind="sitemap", articles=(), leads=tuple(parts))
    articles = (entry for entry in _entries(page, iter(found)) if addresses.looks_like_article(entry.url))
    return Listing(kind="sitemap", articles=tuple(articles))


def _modified(given: object) -> date | None:
    """The day of a `lastmod` (W3C date): what was changed last before a day was published before it, too."""
    try:
        return date.fromisoformat(given[:10]) + timedelta(days=1) if isinstance(given, str) else None
    except (ValueError, OverflowError):
        return None


def _of_section(page: Page, sitemaps: Iterable[str]) -> Listing:
    if not page.is_html:
        return Listing(kind="section", articles=())
    leads = [Lead(url=url, kind="next page") for url in sections.next_pages(page)]
    leads += [Lead(url=url, kind="feed") for url in sections.feeds(page)]
    leads += [Lead(url=url, kind="sitemap") for url in sitemaps]
    leads += [Lead(url=url, kind="section") for url in sections.other_sections(page)]
    return Listing(kind="section", articles=_entries(page, sections.articles(page)), leads=tuple(leads))


def _entries(page: Page, found: Iterator[tuple[object, date | None]]) -> tuple[Entry, ...]:
    """Absolute, clean, each once, in order. A date in the address counts where the listing tells none."""
    entries: dict[str, Entry] = {}
    for link, day in found:
        address = urls.absolute(page.url, link) if isinstance(link, str) else None
        if address is not None:
            url = urls.clean(address)
            entries.setdefault(url, Entry(url=url, latest=day or addresses.latest_day(url)))
    return tuple(entries.values())
