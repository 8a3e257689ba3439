"""Open, closed, and what only looks like a notice or a count of this thread."""

from __future__ import annotations

from archiver import platforms
from archiver.platforms import wordpress
from tests.platforms.wordpress.pages import URL, comment, page, read

WORDS = f"<p>{'The river took the bridge on Monday, and nobody in the valley had been told. ' * 3}</p>"
FORM = '<div id="respond"><form action="/wp-comments-post.php" id="commentform"></form></div>'


def test_a_form_says_that_comments_are_open() -> None:
    assert read(f"<h1>Bridges</h1><ol>{comment(1)}</ol>{FORM}").state == "open"


def test_a_notice_says_that_they_are_closed() -> None:
    assert read(f"<h1>Bridges</h1><ol>{comment(1)}</ol><p>Comments are closed.</p>").state == "closed"


def test_an_article_called_like_the_notice_keeps_its_title() -> None:
    made = page(f"<h2>Comments are closed here</h2><p>Words.</p><ol>{comment(1)}</ol><p>Comments are closed.</p>")
    (candidate,) = wordpress.detect(made)
    thread = wordpress.extract(made, candidate)
    assert thread.state == "closed"
    cut = [element for path in thread.regions for element in made.root.xpath(path)]
    assert all(element.tag != "h2" for element in cut)


def test_an_article_called_like_the_notice_says_nothing_of_its_comments() -> None:
    """P2 and its like print the title in an `<h2>`, the comments in the article, and no form for strangers."""
    shown = f"<div class=hentry><h2>Comments are closed here</h2>{WORDS}<ul>{comment(1)}</ul></div>"
    made = page(shown)
    made.body = made.body.replace(b"<title>The bridge<", b"<title>Comments are closed here | Gazette<")
    found = platforms.read(made)
    assert [thread.platform for thread in found.threads] == ["wordpress"]
    assert found.article is not None
    assert (found.article.title, found.article.found_by["title"]) == (
        "Comments are closed here",
        "h2, agrees with title",
    )


def test_the_count_of_another_article_is_not_ours() -> None:
    related = '<ul><li><a href="/2024/01/other/#comments">12 Comments</a></li></ul>'
    assert read(f"<h1>Bridges</h1><p>Words.</p>{related}{FORM}").claimed == 0


def test_the_count_on_a_link_to_these_comments_is() -> None:
    link = f'<a href="{URL}#comments">12 Comments</a>'
    assert read(f"<h1>Bridges</h1>{link}<p>Words.</p><ol>{comment(1)}</ol>{FORM}").claimed == 12


def test_a_list_of_its_own_for_pingbacks_tells_their_kind() -> None:
    pings = '<h3>Trackbacks/Pingbacks</h3><ol class="pinglist"><li id="comment-8"><a href="http://o.example/">O</a></li></ol>'
    thread = read(f"<h1>Bridges</h1><ol>{comment(7)}</ol>{pings}{FORM}")
    assert [one.kind for one in thread.comments] == ["comment", "pingback"]


def test_a_comment_under_a_heading_that_speaks_of_pingbacks_is_none() -> None:
    inside = '<li id="comment-8"><b class="fn">Ann</b><p>Words.</p></li>'
    thread = read(f"<h1>Bridges</h1><h3>12 comments and no pingbacks on bridges</h3><ol>{inside}</ol>{FORM}")
    assert [one.kind for one in thread.comments] == ["comment"]
