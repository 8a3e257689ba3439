"""Threads of many shapes are seen as a reader sees them: each comment with author, time and words, and nothing else."""

from __future__ import annotations

from datetime import datetime

import pytest

from archiver.pages import threads
from archiver.pages.page import Page
from archiver.pages.threads import trees
from tests.pages.threads.pages import ARTICLE, NAMES, WORDS, comments_of, item, page_of, thread_of

FORM = "<form id='commentform' action='/post-comment'><p>Leave a reply</p><p>Name</p><p>Email</p></form>"


def _list() -> str:
    items = "".join(item(number, classes=f"comment {'odd' if number % 2 else 'even'}") for number in range(6))
    return f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{items}</ol>{FORM}</div>"


def _definition_list() -> str:
    pairs = "".join(
        f"<dt id='c{number}'><a href='http://x.example/{number}' rel='external nofollow'>{NAMES[number]}</a>"
        f" March {number + 3}, 2015 at 9:1{number} am</dt><dd class='comment-body'><p>{WORDS[number]}</p></dd>"
        for number in range(6)
    )
    return f"<div id='comments'><h3>6 comments</h3><dl>{pairs}</dl>{FORM}</div>"


def _signed_below() -> str:
    flat = "".join(
        f"<p>{WORDS[number]}</p><p class='posted'>Posted by: <a href='http://x.example/{number}'>{NAMES[number]}</a>"
        f" | March {number + 3}, 2015 at 09:1{number} AM</p>"
        for number in range(6)
    )
    return f"<div id='comments'><h2>Comments</h2>{flat}</div>{FORM}"


def _table() -> str:
    rows = "".join(
        f"<tr class='comment-row' id='cmt{number + 50}'><td class='author'>{NAMES[number]}</td><td class='date'>"
        f"March {number + 3}, 2015 at 9:1{number} am</td><td class='message'>{WORDS[number]}</td></tr>"
        for number in range(6)
    )
    return f"<div class='reactions'><h3>Comments (6)</h3><table>{rows}</table></div>"


SHAPES = {"list": _list, "definition list": _definition_list, "signed below": _signed_below, "table": _table}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_comment_is_found_with_its_fields(shape: str) -> None:
    comments = comments_of(SHAPES[shape]())
    assert [comment.author for comment in comments] == list(NAMES)
    assert [comment.text for comment in comments] == list(WORDS)
    assert [comment.published_local for comment in comments] == [
        datetime(2015, 3, number + 3, 9, 10 + number)  # noqa: DTZ001 - the page prints no zone
        for number in range(6)
    ]


def test_ids_permalinks_and_markup_are_the_pages_own() -> None:
    comments = comments_of(_list())
    assert [comment.id for comment in comments] == [f"comment-{100 + number}" for number in range(6)]
    assert comments[2].permalink == "https://news.example/ferries#comment-102"
    assert comments[2].html == f"<p>{WORDS[2]}</p>"
    assert all(comment.id_origin == "native" for comment in comments)


def test_an_id_made_from_the_place_is_not_the_pages_own_though_the_permalink_holds_its_digits() -> None:
    numbers = [*range(101, 111), 112, 112]
    items = "".join(
        f"<li class='comment' id='comment-{number}'><cite class='fn'>{NAMES[place % 6]}</cite>"
        f" <a href='#comment-{number}'>March {place + 3}, 2015 at 9:11 am</a>"
        f"<p>{WORDS[place % 6]} {'Again. ' * place}</p></li>"
        for place, number in enumerate(numbers)
    )
    comments = comments_of(f"<div id='comments'><h3>12 comments</h3><ol class='commentlist'>{items}</ol></div>")
    assert [(each.id, each.id_origin) for each in comments[-2:]] == [("comment-112", "native"), ("12", "derived")]


def test_the_count_and_the_region_of_the_thread_are_told() -> None:
    thread = thread_of(_list())
    assert thread.claimed == 6
    assert thread.regions == ('//*[@id="comments"]',)


def test_what_found_a_field_is_written_down() -> None:
    comment = comments_of(_list())[0]
    assert comment.found_by["author"].startswith("recurring")
    assert comment.found_by["published"] == "printed"


def test_a_locator_leads_to_the_comment() -> None:
    page = page_of(_signed_below())
    for comment in threads.find(page)[0].comments:
        assert comment.locator is not None
        (element,) = page.root.getroottree().xpath(comment.locator)
        assert element.tag == "p"


def test_a_single_comment_is_a_thread_and_the_form_no_part_of_it() -> None:
    thread = f"<div id='comments'><h3>One comment</h3><ol class='commentlist'>{item(0)}</ol>{FORM}</div>"
    (comment,) = comments_of(thread)
    assert (comment.author, comment.text) == (NAMES[0], WORDS[0])


def test_pingbacks_are_told_from_comments() -> None:
    link = "<a href='http://b.example/p'>A note on ferries</a>"
    ping = f"<li class='pingback' id='comment-190'><p>Pingback: {link}</p></li>"
    items = "".join(item(number) for number in range(5))
    comments = comments_of(f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{items}{ping}</ol></div>")
    assert [comment.kind for comment in comments] == ["comment"] * 5 + ["pingback"]


def test_the_zone_of_a_datetime_attribute_is_kept() -> None:
    items = "".join(
        f"<div class='comment' id='c-{number}'><b class='author'>{NAMES[number]}</b>"
        f"<time datetime='2015-03-0{number + 3}T09:00:00+02:00'>March {number + 3}</time><p>{WORDS[number]}</p></div>"
        for number in range(5)
    )
    comments = comments_of(f"<section id='comments'><h3>Comments</h3>{items}</section>")
    assert [comment.published and comment.published.hour for comment in comments] == [7] * 5
    assert comments[0].published_raw == "March 3"


NO_THREADS = {
    "related articles": "<div class='related'><h3>Related</h3><ul>"
    + "".join(f"<li><a href='/a{n}'>Ferry news of the week number {n}</a> March {n}, 2015</li>" for n in range(1, 7))
    + "</ul></div>",
    "recent comments": "<div class='widget recent-comments'><h3>Recent comments</h3><ul>"
    + "".join(f"<li>{name} on <a href='/a#comment-{n}'>Late ferries</a></li>" for n, name in enumerate(NAMES))
    + "</ul></div>",
    "articles with their counts": "<div id='comments-on-news'><h3>Comments on other news</h3>"
    + "".join(
        f"<div class='post' id='post-{700 + n}'><h4><a href='/a{n}'>Ferry news of the week, {WORDS[n][:30]}</a></h4>"
        f"<span class='author'><a href='/author/{n}'>{name}</a></span> March {n + 3}, 2015 <p>{WORDS[n]} Read on.</p>"
        f"<a class='comments-link' href='/a{n}#comments'>{n + 2} Comments</a></div>"
        for n, name in enumerate(NAMES)
    )
    + "</div>",
    "tag cloud": "<div class='tagcloud'>" + "".join(f"<a href='/t{n}'>ferry {n}</a> " for n in range(30)) + "</div>",
    "login form": "<form action='/login'><p>Log in to comment</p><input name='user'></form>",
    "nothing": "<p>0 comments</p>",
}


@pytest.mark.parametrize("kind", NO_THREADS)
def test_what_is_no_comment_gives_no_thread(kind: str) -> None:
    assert threads.find(page_of(NO_THREADS[kind])) == ()


def test_a_page_is_read_the_same_twice() -> None:
    assert threads.find(page_of(_table())) == threads.find(page_of(_table()))


def test_the_tree_stays_as_it_is() -> None:
    page = page_of(_list())
    before = len(list(page.root.iter()))
    threads.find(page)
    assert len(list(page.root.iter())) == before


def test_an_empty_page_has_no_thread() -> None:
    assert threads.find(Page(url="https://news.example/", body=b"", content_type="text/html")) == ()
    assert threads.find(page_of("", before=ARTICLE)) == ()


def test_a_list_of_articles_is_no_thread() -> None:
    """A front page prints author, time and 'comments' for each of its stories."""
    stories = "".join(
        f"<div class='post' id='post-{30 + number}'>"
        f"<h2><a href='/2015/03/late-{number}/'>Why ferry {number} was late</a></h2>"
        f"<div class='meta'>Posted by {NAMES[number]} on March {number + 3}, 2015 at 9:1{number} am</div>"
        f"<div class='entry'><p>{WORDS[number]} {WORDS[5 - number]}</p></div>"
        f"<a href='/2015/03/late-{number}/#comments'>3 comments</a></div>"
        for number in range(6)
    )
    assert threads.find(page_of(f"<div id='content'>{stories}</div>", before="")) == ()


def test_a_list_of_entries_is_no_thread() -> None:
    """Notes without a title, as on the front page of a small blog."""
    notes = "".join(
        f"<div id='post-{30 + number}' class='post-{30 + number} post hentry'><h2><a href='/{number}/'>Note</a></h2>"
        f"<div class='meta'>by <span class='author'>{NAMES[number]}</span> on March {number + 3}, 2015</div>"
        f"<div class='entry'><p>{WORDS[number]} {WORDS[5 - number]}</p></div></div>"
        for number in range(6)
    )
    assert threads.find(page_of(f"<div id='content'>{notes}</div>", before="")) == ()


def test_what_is_named_after_comments_is_found_beside_what_looks_a_little_more_like_a_thread() -> None:
    stories = "".join(
        f"<div class='post'><img class='avatar' src='/u/{n}.png'><b class='author'>{NAMES[n]}</b> <i>March {n + 3}"
        f"</i><p class='text'>{WORDS[n]} {WORDS[n - 1]}</p></div>"
        for n in range(1, 4)
    )
    comment = (
        f"<div class='comments'><div id='comment-7'><a class='author' href='/u/7'>{NAMES[0]}</a> <i>March 4, 2015</i>"
        f"<div class='comment-body'>{WORDS[0]}</div></div></div>"
    )
    page = page_of(f"<div class='stories'>{stories}</div><section>{comment}</section>")
    unsure = {
        "trees": [[["box", 0.5, 1, 2], [0.24], [0.41]]],
        "odds": {"slope": 10, "named": -5, "unnamed": -7, "forum": -5},
    }
    (thread,) = threads.find_with(page, trees.from_description(unsure))
    assert [comment.text for comment in thread.comments] == [WORDS[0]]
