"""Section pages: which of their links lead to articles, which to their next page, feeds and other sections. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from parsel import Selector

from archiver.crawl import addresses
from archiver.pages import urls
from archiver.pages.page import Page

_HEADLINE: Final = "ancestor-or-self::*[self::h1 or self::h2 or self::h3 or self::h4]"
_TEASER_TIME: Final = "ancestor::*[self::article or self::li][1]//time/@datetime"
_MENU: Final = "//nav//a[@href] | //*[@role='navigation']//a[@href] | //header//a[@href]"
_FEED: Final = (
    "//link[contains(concat(' ', normalize-space(@rel), ' '), ' alternate ')]"
    "[contains(@type, 'rss') or contains(@type, 'atom')]"
)
_BESIDE: Final = "//nav | //aside | //footer[not(ancestor::article)] | //body//*[@class][not(self::article)]"
_WIDGET: Final = re.compile(r"(?:^|\s)(?:widget|sidebar|widget[-_]area|footer)(?:\s|$)", re.IGNORECASE)
_OF_COMMENTS: Final = re.compile(r"comments?\b|kommentar", re.IGNORECASE)
_OLDER: Final = re.compile(r"\b(?:next|older)(?:[-_ ]|\b)", re.IGNORECASE)


def articles(page: Page) -> Iterator[tuple[str, date | None]]:
    """Links to articles, each with the day that its teaser prints, if any. What stands beside the section (menus,
    'recent posts', footers) is not of it."""
    beside = {link.root for part in page.selector.xpath(_BESIDE) if _is_beside(part) for link in part.xpath(".//a")}
    for link in page.selector.xpath("//a[@href]"):
        if link.root in beside:
            continue
        address = urls.absolute(page.url, link.attrib["href"])
        if address is not None and addresses.looks_like_article(address) and _leads_to_article(address, link):
            yield address, _printed_day(link)


def next_pages(page: Page) -> list[str]:
    """Where the section goes on: marked so, or the same address with the next page's number."""
    marked = page.selector.xpath("//link[@rel='next']/@href | //a[contains(concat(' ', @rel, ' '), ' next ')]/@href")
    found = [address for href in marked.getall() if (address := urls.absolute(page.url, href)) is not None]
    for link in page.selector.xpath("//a[@href]"):
        address = urls.absolute(page.url, link.attrib["href"])
        if address is None:
            continue
        if addresses.next_in_number(page.url, address) or _OLDER.search(link.attrib.get("class", "")):
            found.append(address)
    clean = dict.fromkeys(urls.clean(address) for address in found)
    return [url for url in clean if url != urls.clean(page.url) and not addresses.surely_article(url)][:1]


def feeds(page: Page) -> list[str]:
    """The feeds of articles that the page names; those of comments are others."""
    links = (link for link in page.selector.xpath(_FEED) if not _OF_COMMENTS.search(_named(link)))
    found = (urls.absolute(page.url, link.attrib.get("href")) for link in links)
    return list(dict.fromkeys(urls.clean(address) for address in found if address is not None))


def other_sections(page: Page) -> list[str]:
    """The sections that the page's menus lead to."""
    found = (urls.absolute(page.url, link.attrib["href"]) for link in page.selector.xpath(_MENU))
    clean = dict.fromkeys(urls.clean(address) for address in found if address is not None)
    return [url for url in clean if url != urls.clean(page.url) and addresses.may_list(url)]


def _is_beside(part: Selector) -> bool:
    return part.root.tag in ("nav", "aside", "footer") or bool(_WIDGET.search(part.attrib["class"]))


def _leads_to_article(address: str, link: Selector) -> bool:
    marked = "bookmark" in link.attrib.get("rel", "").split() or bool(link.xpath(_HEADLINE))
    return marked or addresses.surely_article(address)


def _printed_day(link: Selector) -> date | None:
    try:
        return date.fromisoformat((link.xpath(_TEASER_TIME).get() or "")[:10])
    except ValueError:
        return None


def _named(link: Selector) -> str:
    return f"{link.attrib.get('href', '')} {link.attrib.get('title', '')}"
