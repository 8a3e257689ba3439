"""One request tells which threads of a WordPress site moved: where it goes, and what its answer names."""

from __future__ import annotations

import json

import pytest

from archiver.items import NewestComment
from archiver.pages.page import Page
from archiver.platforms import newest, read
from tests.site.server import Site

URL = "https://news.example/2026/03/harbour/"
POST = """<!doctype html><html><head><meta name="generator" content="WordPress 6.5">{links}</head>
<body class="postid-7"><article><h1>The harbour</h1><p>It stays open, the mayor said on Monday.</p></article>
<div id="comments"><ol><li id="comment-1" class="comment"><p>Good.</p></li></ol></div>
<form action="/wp-comments-post.php" id="commentform"><input name="comment_post_ID" value="7"></form></body></html>"""
API = '<link rel="https://api.w.org/" href="{root}">'
FEED = '<link rel="alternate" type="application/rss+xml" href="https://news.example/en/comments/feed/">'


def asked(*links: str) -> list[str]:
    page = Page(url=URL, body=POST.format(links="".join(links)).encode())
    return [probe.url for probe in read(page).probes]


def answer(body: str | bytes, status: int = 200, url: str = "https://news.example/wp-json/wp/v2/comments") -> Page:
    return Page(url=url, body=body.encode() if isinstance(body, str) else body, status=status)


def test_the_api_is_asked_first_and_the_feed_of_the_site_where_it_is_closed() -> None:
    assert asked(API.format(root="https://news.example/wp-json/"), FEED) == [
        "https://news.example/wp-json/wp/v2/comments?per_page=100&orderby=id&order=desc&_fields=id,post",
        "https://news.example/en/comments/feed/",
    ]


@pytest.mark.parametrize(
    ("root", "feed"),
    [
        ("https://news.example/wp-json/", "https://news.example/comments/feed/"),
        ("https://news.example/blog/wp-json", "https://news.example/blog/comments/feed/"),
        ("https://news.example/index.php?rest_route=/", "https://news.example/index.php?feed=comments-rss2"),
    ],
)
def test_a_feed_that_is_not_linked_is_where_every_wordpress_has_it(root: str, feed: str) -> None:
    api, found = asked(API.format(root=root))
    assert found == feed
    assert api.startswith(root.rstrip("/"))


def test_an_api_on_another_host_is_not_asked_for_this_one() -> None:
    assert asked(API.format(root="https://elsewhere.example/wp-json/")) == []


def test_a_page_that_names_neither_is_visited_itself() -> None:
    assert asked() == []


def test_the_api_names_comments_by_their_post() -> None:
    told = [{"id": 12, "post": 7}, {"id": 11, "post": 8}]
    assert newest(answer(json.dumps(told)), "wordpress") == (
        NewestComment(id="12", thread_id="7"),
        NewestComment(id="11", thread_id="8"),
    )
    assert newest(answer("[]"), "wordpress") == ()


def test_the_feed_names_them_by_the_address_of_their_article(site: Site) -> None:
    story = site.story("ferry")
    told = newest(
        Page(url=site.url("/comments/feed/"), body=site.answer("GET", "/comments/feed/", b"").payload), "wordpress"
    )
    assert told is not None
    latest = sorted(story.comments, key=lambda each: each.at, reverse=True)[:10]
    assert [each.id for each in told] == [str(each.id) for each in latest]
    assert {each.url for each in told} == {site.url(story.path)}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"code":"rest_forbidden"}', 401),
        ('{"code":"rest_forbidden"}', 200),
        ("<!doctype html><title>Front page</title>", 200),
        ('[{"id":1}]', 200),
        ("[not json", 200),
        ("", 200),
        (b"\xff\xfe\x00", 200),
    ],
)
def test_what_is_no_answer_is_of_no_use(body: str | bytes, status: int) -> None:
    assert newest(answer(body, status), "wordpress") is None


def test_a_feed_without_comments_names_none() -> None:
    assert newest(answer('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>'), "wordpress") == ()


def test_a_system_that_tells_nothing_of_its_site_is_never_asked() -> None:
    assert newest(answer("[]"), "isso") is None
