"""Which addresses of a feed, a sitemap or a section page are articles."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from archiver.crawl.addresses import latest_day, looks_like_article, may_list
from archiver.crawl.listings import Listing, read_listing
from archiver.pages.page import Page

HOST = "https://news.example"


def listing(body: str | bytes, url: str = f"{HOST}/world/") -> tuple[str, ...]:
    return tuple(entry.url for entry in read(body, url).articles)


def read(body: str | bytes, url: str = f"{HOST}/world/") -> Listing:
    return read_listing(Page(url=url, body=body if isinstance(body, bytes) else body.encode()))


def leads(found: Listing) -> list[tuple[str, str]]:
    return [(lead.kind, lead.url.removeprefix(HOST)) for lead in found.leads]


def test_a_feed_lists_its_entries_in_order() -> None:
    rss = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
      <item><link>{HOST}/a/first-story</link></item><item><link>javascript:alert(1)</link></item>
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
    found = read(index, f"{HOST}/sitemap.xml")
    assert (found.articles, leads(found)) == ((), [("part", "/part-1.xml.gz")])


def test_a_sitemap_s_section_pages_and_accounts_are_no_articles() -> None:
    sitemap = SITEMAP.replace(f"{HOST}/a<", f"{HOST}/category/world/<").replace(f"{HOST}/b<", f"{HOST}/author/ann/<")
    assert listing(sitemap) == ()


@pytest.mark.parametrize(
    ("body", "latest"),
    [
        (
            "<rss><channel><item><link>/x</link><pubDate>Sat, 07 Mar 2026 20:00 GMT</pubDate></item></channel></rss>",
            8,
        ),
        ("<urlset><url><loc>/x</loc><lastmod>2026-03-07T20:00:00Z</lastmod></url></urlset>", 8),
        ("<html><article><time datetime='2026-03-07'>7 March</time><h2><a href='/x'>X</a></h2></article></html>", 7),
        ("<html><h2><a href='/2026/03/07/x/'>X</a></h2></html>", 7),
        ("<html><h2><a href='/2026/03/x/'>X</a></h2></html>", 31),
    ],
    ids=["feed", "sitemap", "teaser", "address", "month in the address"],
)
def test_a_listing_tells_the_last_day_on_which_an_article_may_have_been_published(body: str, latest: int) -> None:
    """In UTC it is still the 7th when it is the 8th in Auckland, whose paper says so."""
    (entry,) = read(body.replace("<loc>/", f"<loc>{HOST}/")).articles
    assert entry.latest == date(2026, 3, latest)


def test_a_section_page_leads_to_its_stories_and_to_nothing_else() -> None:
    html = """<html><body><nav><a href="/">Home</a><a href="/category/world/">World</a><a href="/about/">About</a></nav>
      <article><h2><a href="/rain">Rain</a></h2><a href="/rain#respond">2 comments</a></article>
      <a href="/2026/03/the-harbour-opens/">Harbour</a><a href="/2026/03/">March</a>
      <a href="/story-about-three-boats">Boats</a><a href="/story-about-three-boats?replytocom=7">Reply</a>
      <a href="mailto:desk@news.example">Mail</a><a href="javascript:alert(1)">x</a>
      <aside><a href="/2026/02/an-older-story/">Recent posts</a></aside>
      <div class="widget"><h3><a href="/most-read-of-all">Most read</a></h3></div></body></html>"""
    assert listing(html) == (
        f"{HOST}/rain",
        f"{HOST}/2026/03/the-harbour-opens/",
        f"{HOST}/story-about-three-boats",
    )


def test_a_section_page_leads_to_its_next_page_its_feed_and_other_sections() -> None:
    html = """<html><head><link rel="alternate" type="application/rss+xml" href="/world/feed/">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/"></head><body>
      <nav><a href="/">Home</a><a href="/category/sport/">Sport</a><a href="/culture/">Culture</a>
      <a href="/login/">Log in</a><a href="/2026/">2026</a><a href="/2026/03/the-harbour-opens/">Harbour</a></nav>
      <h2><a href="/rain">Rain</a></h2>
      <a href="/world/page/2/">2</a><a href="/world/page/3/">3</a></body></html>"""
    assert leads(read(html)) == [
        ("next page", "/world/page/2/"),
        ("feed", "/world/feed/"),
        ("section", "/category/sport/"),
        ("section", "/culture/"),
    ]


@pytest.mark.parametrize(
    ("url", "link", "expected"),
    [
        ("/world/", "<a href='/world/page/2/'>2</a>", "/world/page/2/"),
        ("/world/page/2/", "<a href='/world/'>1</a><a href='/world/page/3/'>3</a>", "/world/page/3/"),
        ("/world?page=9", "<a href='/world?page=8'>8</a><a href='/world?page=10'>10</a>", "/world?page=10"),
        ("/world/", "<a class='pager-older' href='/world?before=77'>Ältere</a>", "/world?before=77"),
        ("/world/", "<a rel='next' href='/world/2'>more</a>", "/world/2"),
        ("/world/page/7/", "<a href='/world/page/6/'>6</a><a href='/sport/page/8/'>8</a>", None),
        ("/world/", "<a rel='next' href='/2026/03/the-next-story-of-all/'>Next story</a>", None),
    ],
)
def test_the_next_page_of_a_section(url: str, link: str, expected: str | None) -> None:
    found = leads(read(f"<html><body>{link}</body></html>", HOST + url))
    assert found == ([("next page", expected)] if expected else [])


def test_sitemaps_of_robots_txt_are_a_section_s_too() -> None:
    page = Page(url=f"{HOST}/", body=b"<html></html>")
    assert leads(read_listing(page, [f"{HOST}/map.xml"])) == [("sitemap", "/map.xml")]


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


@pytest.mark.parametrize("path", ["/", "/2026/03/", "/login/", "/a/b/c/d/", "/2026/03/the-harbour-opens/", "/x.pdf"])
def test_what_no_section_has_as_its_address(path: str) -> None:
    assert not may_list(f"{HOST}{path}")


@pytest.mark.parametrize("path", ["/2026/45/x/", "/12345/x", "/x"])
def test_an_address_without_a_date_tells_no_day(path: str) -> None:
    assert latest_day(f"{HOST}{path}") is None
