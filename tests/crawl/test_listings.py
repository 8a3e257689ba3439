"""Which addresses of a feed, a sitemap or a section page are articles."""

from __future__ import annotations

import gzip

import pytest

from archiver.crawl.listings import looks_like_article, read_listing
from archiver.pages.page import Page

HOST = "https://news.example"


def listing(body: str | bytes, url: str = f"{HOST}/world/") -> tuple[str, ...]:
    return read_listing(Page(url=url, body=body if isinstance(body, bytes) else body.encode())).articles


def test_a_feed_lists_its_entries_in_order_and_stays_on_its_host() -> None:
    rss = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
      <item><link>{HOST}/a/first-story</link></item><item><link>https://other.example/x</link></item>
      <item><link>{HOST}/a/second-story?utm_source=rss</link></item></channel></rss>"""
    assert listing(rss) == (f"{HOST}/a/first-story", f"{HOST}/a/second-story")


def test_an_atom_feed_too() -> None:
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{HOST}/one"/></entry></feed>"""
    assert listing(atom) == (f"{HOST}/one",)


SITEMAP = f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url><loc>{HOST}/a</loc></url><url><loc>{HOST}/b</loc></url></urlset>"""


@pytest.mark.parametrize("body", [SITEMAP.encode(), gzip.compress(SITEMAP.encode())], ids=["plain", "packed"])
def test_a_sitemap_lists_its_addresses_packed_or_not(body: bytes) -> None:
    assert listing(body) == (f"{HOST}/a", f"{HOST}/b")


def test_a_sitemap_index_leads_to_further_sitemaps() -> None:
    index = f"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <sitemap><loc>{HOST}/part-1.xml.gz</loc></sitemap></sitemapindex>"""
    found = read_listing(Page(url=f"{HOST}/sitemap.xml", body=index.encode()))
    assert (found.articles, found.more) == ((), (f"{HOST}/part-1.xml.gz",))


def test_a_section_page_leads_to_its_stories_and_to_nothing_else() -> None:
    html = """<html><body><nav><a href="/">Home</a><a href="/category/world/">World</a><a href="/about/">About</a></nav>
      <article><h2><a href="/rain">Rain</a></h2><a href="/rain#respond">2 comments</a></article>
      <a href="/2026/03/the-harbour-opens/">Harbour</a><a href="/2026/03/">March</a>
      <a href="/story-about-three-boats">Boats</a><a href="/story-about-three-boats?replytocom=7">Reply</a>
      <a href="mailto:desk@news.example">Mail</a><a href="javascript:alert(1)">x</a>
      <a href="https://other.example/2026/03/elsewhere/">Elsewhere</a></body></html>"""
    assert listing(html) == (
        f"{HOST}/rain",
        f"{HOST}/2026/03/the-harbour-opens/",
        f"{HOST}/story-about-three-boats",
    )


def test_a_page_without_stories_leads_to_its_feed() -> None:
    html = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed/"></head><body></body></html>'
    assert read_listing(Page(url=f"{HOST}/", body=html.encode())).more == (f"{HOST}/feed/",)


@pytest.mark.parametrize(
    "body", [b"", b"<urlset", b"\x1f\x8b broken", b"<rss", b"\x00" * 100, b"<a href='http://['>x</a>"]
)
def test_broken_listings_hold_nothing(body: bytes) -> None:
    assert listing(body) == ()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/2026/",
        "/2026/03/07/",
        "/tag/boats/",
        "/search/x-y-z",
        "/a-b-c?replytocom=3",
        "/logo-of-paper.png",
        "/x-y-z?s=1",
    ],
)
def test_calendars_searches_and_files_are_no_articles(path: str) -> None:
    assert not looks_like_article(f"{HOST}{path}")
