"""Which pages a thread has, and which one this is."""

from __future__ import annotations

import pytest

from archiver.pages.page import Page
from archiver.platforms.wordpress import feed, paging
from archiver.platforms.wordpress.context import Context
from archiver.platforms.wordpress.site import without_comment_page
from tests.platforms.wordpress.pages import URL, page


def links(*numbers: int, text: str = "{}", around: str = "{}") -> str:
    anchors = "".join(f'<a href="{URL}comment-page-{n}/#comments">{text.format(n)}</a>' for n in numbers)
    return f"<nav>{around.format(anchors)}</nav>"


@pytest.mark.parametrize(
    ("navigation", "current", "last"),
    [
        (links(2, 3, 12), 1, 12),
        (links(1, 2, 3), 4, 4),
        (links(1, 2, 4, 5), 3, 5),
        (links(5, 7, text="page"), 6, 7),
        (links(2, text="Newer comments"), 1, 2),
        (links(2, text="Older comments"), 3, 3),
        (links(11, text="← Previous"), 12, 12),
        (links(1, 9, around='{}<span class="page-numbers current">10</span>'), 10, 10),
        (links(1, 5, 7, 12), None, 12),
        ("", None, 1),
    ],
)
def test_the_page_of_the_plain_address(navigation: str, current: int | None, last: int) -> None:
    found = paging.read(page(navigation))
    assert (found.current, found.last) == (current, last)


def test_the_address_tells_the_page() -> None:
    assert paging.read(page(links(1, 2), url=f"{URL}comment-page-3/")).current == 3
    assert paging.number_of("https://a.example/?p=7&cpage=12#comments") == 12


def test_links_of_other_articles_and_to_answer_are_no_pages() -> None:
    other = '<a href="https://gazette.example/other/comment-page-9/#comments">9</a>'
    answer = f'<a href="{URL}comment-page-8/?replytocom=5#respond">Reply</a>'
    assert paging.read(page(other + answer)).linked == {}


def test_links_to_comments_tell_of_pages_where_there_is_no_navigation() -> None:
    latest = f'<ul><li>Bo on <a href="{URL}comment-page-2/#comment-12">The bridge</a></li></ul>'
    found = paging.read(page(latest), {"5"})
    assert (found.current, found.last, found.template) == (1, 2, f"{URL}comment-page-{{page}}/")
    assert paging.read(page(latest), {"12"}).current == 2


def test_a_wrong_number_makes_no_million_requests() -> None:
    found = paging.read(page(links(2, 999999999)))
    assert len(paging.Paging.numbers(found.last)) == paging.MAX_PAGES


@pytest.mark.parametrize(
    ("url", "article"),
    [
        (f"{URL}comment-page-3/#comments", URL),
        ("https://a.example/?p=7&cpage=2", "https://a.example/?p=7"),
        ("https://a.example/story?cpage=2", "https://a.example/story"),
        (URL, URL),
    ],
)
def test_the_article_of_a_comment_page(url: str, article: str) -> None:
    assert without_comment_page(url) == article


@pytest.mark.parametrize(
    ("links_of_comments", "asked"),
    [
        (["comment-page-3/#comment-9", "comment-page-2/#comment-8"], [2, 3]),
        (["#comment-9", "comment-page-2/#comment-8"], [1, 2]),
        (["#comment-9", "#comment-8"], []),
    ],
)
def test_a_feed_tells_of_pages_that_nobody_links(links_of_comments: list[str], asked: list[int]) -> None:
    """WordPress leaves the page's number out for comments on the page that the plain address shows."""
    items = "".join(f"<item><title>By: Ann</title><link>{URL}{link}</link></item>" for link in links_of_comments)
    body = f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'
    found = feed.extract(Page(url=f"{URL}feed/", body=body.encode()), "41", Context(last=1))
    assert [follow_up.url for follow_up in found.follow_ups] == [f"{URL}comment-page-{n}/" for n in asked]
