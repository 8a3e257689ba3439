"""A page that no platform claims is read for the thread it shows; one that is claimed is left to its platform."""

from __future__ import annotations

from archiver.items import FollowUp
from archiver.pages.page import Page
from archiver.platforms import anywhere, known, read
from tests.pages.threads.pages import NAMES, WORDS, item, page_of

ITEMS = "".join(item(number) for number in range(6))
THREAD = f"<div class='reactions'><h3>6 comments</h3><ol class='list'>{ITEMS}</ol></div>"


def test_it_is_asked_last() -> None:
    assert list(known())[-1] == anywhere.NAME


def test_the_thread_is_read_with_every_platform_switched_off() -> None:
    found = read(page_of(THREAD), platforms=())
    assert [comment.author for comment in found.comments] == list(NAMES)
    assert found.threads[0].platform == "generic"


def test_a_page_that_a_platform_claims_is_left_to_it() -> None:
    found = read(page_of(f"<section id='isso-thread' data-isso='https://c.example/'></section>{THREAD}"))
    assert "generic" not in {thread.platform for thread in found.threads}


def test_beside_a_platform_that_shows_pingbacks_alone_the_comments_are_found() -> None:
    ping = (
        "<div id='comments'><ol class='commentlist'><li class='pingback' id='comment-7'><div class='comment-body'>"
        "<p>Pingback: <a href='http://blog.example/boats' class='url'>The slow boat</a></p></div></li></ol></div>"
    )
    hosted = "".join(
        f"<div class='hx-comment' id='hx-{500 + n}'><b class='hx-author'>{NAMES[n]}</b> <i>March {n + 3}, 2015</i>"
        f"<div class='hx-comment-body'>{WORDS[n]}</div></div>"
        for n in range(4)
    )
    source = "<meta name='generator' content='WordPress 4.1'><script src='/wp-content/themes/x/s.js'></script>"
    found = read(page_of(f"{source}<div class='hx-comments'><h3>4 comments</h3>{hosted}</div><p>Elsewhere</p>{ping}"))
    kinds = [(thread.platform, [comment.kind for comment in thread.comments]) for thread in found.threads]
    assert kinds == [("wordpress", ["pingback"]), ("generic", ["comment"] * 4)]


def test_the_answer_to_a_follow_up_is_the_same_thread() -> None:
    asked = FollowUp(url="https://news.example/ferries?cpage=2", platform="generic", thread_id="t", purpose="next page")
    answer = Page(url=asked.url, body=page_of(THREAD).body, content_type="text/html", follow_up=asked)
    (thread,) = read(answer).threads
    assert (thread.id, len(thread.comments)) == ("t", 6)


def test_an_answer_without_comments_says_so() -> None:
    asked = FollowUp(url="https://news.example/ferries?cpage=2", platform="generic", thread_id="t", purpose="next page")
    (thread,) = read(Page(url=asked.url, body=b"<p>Gone</p>", content_type="text/html", follow_up=asked)).threads
    assert thread.comments == ()
    assert thread.gap is not None
