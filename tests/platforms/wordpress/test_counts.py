"""The number that a page claims."""

from __future__ import annotations

import pytest

from archiver.platforms.wordpress import counts
from tests.platforms.wordpress.pages import comment, read


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("46 thoughts on “Ten bridges”", 46),
        ("One thought on “The 39 steps”", 1),
        ("2 Responses to 'Top 10 lists'", 2),
        ('2 Responses to "Top 10 lists"', 2),
        ("Comments (12)", 12),
        ("Comments: 7", 7),
        ("1,234 Comments", 1234),
        ("February 1, 2016 29 Comments", 29),
        ("1 234 commentaires", 1234),
        ("12:00 pm on February 1, 2016 Reply", None),
        ("1 Reply", 1),
        ("1.234 Kommentare zu „Zehn Brücken“", 1234),
        ("12 réflexions sur « Dix ponts »", 12),
        ("Un comentario en “Diez puentes”", 1),
        ("3 комментария", 3),
        ("5 条评论", 5),
        ("5 评论", 5),
        ("No comments yet", 0),
        ("Keine Kommentare", 0),
        ("Leave a Reply", None),
        ("3 Pingbacks", None),
        ("10 best comments of 2012 and 2013", None),
        ("Ten bridges", None),
    ],
)
def test_headings(heading: str, count: int | None) -> None:
    assert counts.count_in(heading) == count


def test_the_title_of_the_page_lends_no_number() -> None:
    assert counts.count_in("3 Comments on 10 bridges of 2024", ["10 bridges of 2024"]) == 3


def test_the_heading_over_the_comments_counts_not_one_of_the_article() -> None:
    body = (
        "<h2>Our 10 best comments</h2><p>Text.</p><div id='comments'><h3>2 comments</h3>"
        f"<ol>{comment(1)}{comment(2)}</ol></div>"
    )
    assert read(body).claimed == 2


def test_structured_data_counts_where_no_heading_does() -> None:
    head = '<script type="application/ld+json">{"@type": "Article", "commentCount": "2"}</script>'
    assert read(f"<ol>{comment(1)}{comment(2)}</ol>", head=head).claimed == 2


def test_a_line_before_the_comments_counts() -> None:
    tabs = (
        '<ul class="tabs"><li><a href="#t1"><span>Comments (2)</span></a></li><li><a href="#t2">'
        "<span>Trackbacks (1)</span></a></li></ul>"
    )
    found = read(f"{tabs}<ol>{comment(1)}{comment(2)}</ol>")
    assert (found.claimed, found.claimed_kinds) == (2, "comments")


def test_a_link_of_this_article_counts_not_one_of_another() -> None:
    links = (
        '<a href="https://gazette.example/other/#comments">9 comments</a><a href="#comments">2 comments</a>'
        + "<p>Text.</p>" * 20
    )
    assert read(f"{links}<ol>{comment(1)}{comment(2)}</ol>").claimed == 2


def test_a_count_of_comments_alone_is_told_by_the_whole_thread() -> None:
    ping = '<li class="pingback even depth-1" id="comment-3"><a class="url" href="https://b.example/">Boats</a></li>'
    found = read(f"<div id='comments'><h2>2 comments</h2><ol>{comment(1)}{comment(2)}{ping}</ol></div>")
    assert (found.claimed, found.claimed_kinds) == (2, "comments")


def test_nothing_is_claimed_where_nothing_is_printed() -> None:
    assert read(f"<ol>{comment(1)}</ol>").claimed is None
