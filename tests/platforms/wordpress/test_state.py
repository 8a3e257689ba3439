"""Open, closed, and what only looks like a notice or a count of this thread."""

from __future__ import annotations

from archiver.platforms import wordpress
from tests.platforms.wordpress.pages import URL, comment, page, read

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


def test_the_count_of_another_article_is_not_ours() -> None:
    related = '<ul><li><a href="/2024/01/other/#comments">12 Comments</a></li></ul>'
    assert read(f"<h1>Bridges</h1><p>Words.</p>{related}{FORM}").claimed == 0


def test_the_count_on_a_link_to_these_comments_is() -> None:
    link = f'<a href="{URL}#comments">12 Comments</a>'
    assert read(f"<h1>Bridges</h1>{link}<p>Words.</p><ol>{comment(1)}</ol>{FORM}").claimed == 12
