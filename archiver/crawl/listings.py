"""Pages that are no article but lead to some: feeds, sitemaps, section pages. Pure: a page in, addresses out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

import feedparser
from parsel import Selector
from scrapy.utils.sitemap import Sitemap

from archiver.pages import urls
from archiver.pages.page import Page

MAX_SITEMAP = 50 * 1024 * 1024
"""Bytes of an unpacked sitemap: the protocol's own limit (sitemaps.org)."""

# Where a site sorts its articles, keeps its files or lets people in: never an article.
_ELSEWHERE = re.compile(
    r"/(?:tag|tags|topic|topics|category|categories|author|authors|user|users|profile|search|suche|feed|feeds|rss|page"
    r"|comment-page-\d+|login|signup|register|account|cart|newsletter|about|contact|imprint|impressum|privacy|terms"
    r"|wp-admin|wp-content|wp-includes|wp-json|wp-login\.php|xmlrpc\.php)(?:/|$)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|css|js|xml|json|rss|atom|ico|woff2?)$", re.IGNORECASE)
_QUERY = re.compile(
    r"(?:^|&)(?:s|q|search|replytocom|share|cpage|paged|page|print|amp|orderby|sort|month|cal\w*)=", re.I
)
_CALENDAR = re.compile(r"^/\d{4}(?:/\d{1,2}){0,2}/?$")
_DATED = re.compile(r"/(?:19|20)\d{2}/\d{1,2}/(?:\d{1,2}/)?[^/]+")
_NUMBERED = re.compile(r"\d{4,}")
_HEADLINE = "ancestor-or-self::*[self::h1 or self::h2 or self::h3 or self::h4]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """`articles` in the order of the page, `more` further listings to read, such as the parts of a sitemap index."""

    kind: Literal["feed", "sitemap", "section"]
    articles: tuple[str, ...]
    more: tuple[str, ...] = ()


def read_listing(page: Page) -> Listing:
    """The articles that a page leads to, on its own host only."""
    body = unpacked(page.body)
    start = body[:2048].lstrip().lower()
    if b"<sitemapindex" in start or b"<urlset" in start:
        return _of_sitemap(page, body)
    if b"<rss" in start or b"<feed" in start or b"<rdf:rdf" in start:
        entries = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False).entries
        return Listing(kind="feed", articles=_on_host(page, (entry.get("link") for entry in entries)))
    return _of_section(page)


def unpacked(body: bytes) -> bytes:
    """A gzipped sitemap's bytes, up to the protocol's limit; any other body as it is."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, MAX_SITEMAP)
    except zlib.error:
        return b""


def _of_sitemap(page: Page, body: bytes) -> Listing:
    sitemap = Sitemap(body)
    found = _on_host(page, (entry.get("loc") for entry in sitemap))
    if sitemap.type == "sitemapindex":
        return Listing(kind="sitemap", articles=(), more=found)
    return Listing(kind="sitemap", articles=found)


def _of_section(page: Page) -> Listing:
    if not page.is_html:
        return Listing(kind="section", articles=())
    links = page.selector.xpath("//a[@href]")
    articles = _on_host(page, (link.attrib["href"] for link in links if _leads_to_article(page.url, link)))
    feeds = page.selector.xpath(
        "//link[@rel='alternate'][contains(@type, 'rss') or contains(@type, 'atom')][1]/@href"
    ).getall()
    return Listing(kind="section", articles=articles, more=() if articles else _on_host(page, feeds))


def _leads_to_article(base: str, link: Selector) -> bool:
    address = urls.absolute(base, link.attrib["href"])
    if address is None or not looks_like_article(address):
        return False
    if "bookmark" in link.attrib.get("rel", "").split() or link.xpath(_HEADLINE):
        return True
    path = urlsplit(address).path
    slug = path.rstrip("/").rpartition("/")[2]
    return bool(_DATED.search(path)) or slug.count("-") >= 2 or bool(_NUMBERED.search(slug))


def looks_like_article(address: str) -> bool:
    """Whether an address may be an article's: no calendar, search, file, or a way to answer a comment."""
    parts = urlsplit(address)
    path = parts.path
    if path.rstrip("/") == "" or _CALENDAR.match(path) or _FILE.search(path) or _ELSEWHERE.search(path):
        return False
    return not _QUERY.search(parts.query)


def _on_host(page: Page, found: Iterator[object] | list[str]) -> tuple[str, ...]:
    """Absolute, clean, each once, in order; what lies on another host is left out."""
    addresses = (urls.absolute(page.url, link) for link in found if isinstance(link, str))
    return tuple(
        dict.fromkeys(urls.clean(address) for address in addresses if address and urls.same_host(address, page.url))
    )
