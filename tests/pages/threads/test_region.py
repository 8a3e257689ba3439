"""What belongs to the thread on the page, and what stays with the article."""

from __future__ import annotations

from archiver.pages import article as articles
from archiver.pages.page import Page
from archiver.pages.threads import find
from tests.pages.threads.pages import item


def _page(entry: str) -> Page:
    comments = "".join(item(number) for number in range(4))
    thread = f"<div id='comments'><h4>4 comments:</h4><ol>{comments}</ol></div>"
    source = (
        f"<html><head><title>Evening ferry</title></head><body><div id='column'>{entry}{thread}</div></body></html>"
    )
    return Page(url="https://news.example/2015/03/evening-ferry", body=source.encode(), content_type="text/html")


def test_an_entry_with_few_words_is_no_part_of_the_thread_below_it() -> None:
    """A picture or a video is often all of a blog's entry, and its headline no `<h1>`."""
    page = _page("<div class='post hentry'><h3 class='post-title'>Evening ferry</h3><img src='/ferry.jpg'></div>")
    (thread,) = find(page)
    assert thread.regions == ('//*[@id="comments"]',)
    article = articles.read(page, thread.regions)
    assert article is not None
    assert article.title == "Evening ferry"


def test_a_box_with_the_heading_of_the_comments_is_the_thread() -> None:
    page = _page("")
    (thread,) = find(page)
    assert thread.regions == ('//*[@id="column"]',)
