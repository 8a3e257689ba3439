"""Pages that mean harm, or are just too much: nothing is lost in silence, nothing takes forever."""

from __future__ import annotations

import pytest

from archiver.pages.page import Page
from archiver.platforms import wordpress
from archiver.platforms.wordpress import feed, rest
from archiver.platforms.wordpress.context import Context
from tests.platforms.wordpress.pages import URL, comment, page, read


def test_a_chain_deeper_than_the_parser_reads_is_a_gap() -> None:
    opening = "".join(comment(n, depth=n).removesuffix("</li>") + "<ol>" for n in range(1, 1500))
    made = page(f"<ol>{opening}")
    (candidate,) = wordpress.detect(made)
    found = wordpress.extract(made, candidate)
    assert len(found.comments) > 900
    assert found.gap == f"{1499 - len(found.comments)} of the comments in the page's markup could not be read"
    assert any("deeper" in problem for problem in made.problems)


def test_thousands_of_comments_on_one_page() -> None:
    found = read("<div id='comments'>" + "".join(comment(n, words=f"Words {n}.") for n in range(1, 3001)) + "</div>")
    assert [c.text for c in found.comments] == [f"Words {n}." for n in range(1, 3001)]
    assert len(found.regions) < 5


def test_ids_in_scripts_and_html_comments_are_no_gap() -> None:
    hidden = (
        '<script>var t = \'<li id="comment-99">\';</script><!-- <li id="comment-98"></li> -->'
        '<template><li id="comment-97"></li></template>'
    )
    assert read(f"<ol>{comment(1)}</ol>{hidden}").gap is None


@pytest.mark.parametrize(
    "body",
    [
        '<li id="comment-1">',
        '<li id="comment-1" class="comment depth-99999999999999999999"><p>x',
        '<ol id="comment-1"><li id="comment-2"></ol>',
        '<a id="comment-1"></a><a id="comment-1"></a>',
        '<li id=\'a"comment-1\' class="comment even depth-1"><p>x</p></li>',
        '<li id="comment-1"><a href="http://[#comment-1">x</a><time datetime="99999-99-99T99:99">y</time></li>',
        '<form id="commentform">' * 50,
        '<dt id="comment-1"><dd><dt id="comment-1"><dd>',
        "<div id='comments'><h2>" + "9" * 500 + " comments</h2></div><li id='comment-1'>x",
    ],
)
def test_broken_markup(body: str) -> None:
    for made in (page(body), page(body + "</div></ol></li>" * 5)):
        for candidate in wordpress.detect(made):
            wordpress.extract(made, candidate)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{}",
        b"[1, null, {}]",
        b'[{"id": "x"}]',
        b"<html>",
        b'[{"id": 5}]',
        b'[{"id": 5, "content": null, "date_gmt": 7, "parent": "x"}]',
        b"\xff\xfe",
    ],
)
def test_answers_of_an_api_that_is_none(body: bytes) -> None:
    found = rest.extract(Page(url=URL, body=body, content_type="application/json"), "41", Context())
    assert all(comment.id == "5" for comment in found.comments)


@pytest.mark.parametrize(
    "body", [b"", b"<rss>", b"<rss><channel><item/></channel></rss>", b"\x00\xff", b"<html><body>No feed</body></html>"]
)
def test_feeds_that_are_none(body: bytes) -> None:
    assert feed.extract(Page(url=URL, body=body), "41", Context()).comments == ()
