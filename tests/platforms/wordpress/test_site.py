"""What a page tells of the WordPress behind it, and when it carries a thread."""

from __future__ import annotations

import pytest

from archiver.pages.page import Page
from archiver.platforms import wordpress
from archiver.platforms.wordpress import site
from archiver.platforms.wordpress.context import Context, api_address
from tests.platforms.wordpress.pages import URL, comment, page, read


@pytest.mark.parametrize(
    ("root", "address"),
    [
        (
            "https://a.example/wp-json/",
            "https://a.example/wp-json/wp/v2/comments?post=7&per_page=100&page=2&order=asc&orderby=id",
        ),
        (
            "https://a.example/?rest_route=/",
            "https://a.example/?rest_route=/wp/v2/comments&post=7&per_page=100&page=2&order=asc&orderby=id",
        ),
        (
            "https://a.example/de/wp-json/?lang=de",
            "https://a.example/de/wp-json/wp/v2/comments?post=7&per_page=100&page=2&order=asc&orderby=id&lang=de",
        ),
    ],
)
def test_address_of_the_api(root: str, address: str) -> None:
    assert api_address(root, "7", 2) == address


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="https://api.w.org/" href="https://gazette.example/wp-json/">',
        (
            '<link rel="alternate" type="application/json+oembed" '
            'href="https://gazette.example/wp-json/oembed/1.0/embed?url=x">'
        ),
        '<link rel="alternate" type="application/json" href="https://gazette.example/wp-json/wp/v2/posts/41">',
        r'<script>var s = {"root":"https:\/\/gazette.example\/wp-json\/","nonce":"x"};</script>',
    ],
)
def test_the_api_is_named_in_many_places(head: str) -> None:
    assert site.read(page("", head=head)).api_root == "https://gazette.example/wp-json/"


def test_the_http_header_names_api_and_post() -> None:
    made = Page(
        url=URL,
        body=b"<body></body>",
        headers=(
            ("Link", '<https://gazette.example/wp-json/>; rel="https://api.w.org/"'),
            ("Link", "<https://gazette.example/?p=77>; rel=shortlink"),
        ),
    )
    told = site.read(made)
    assert (told.api_root, told.post_id) == ("https://gazette.example/wp-json/", "77")


def test_the_post_is_the_one_that_the_form_names() -> None:
    form = '<input type="hidden" name="comment_post_ID" value="99">'
    assert site.read(page(form)).post_id == "99"
    assert site.read(page("")).post_id == "41"


def test_the_feed_is_the_articles_own() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="https://gazette.example{}feed/">'
    assert site.read(page("", head=feed.format("/comments/"))).comment_feed is None
    assert site.read(page("", head=feed.format("/"))).comment_feed is None
    assert site.read(page("", head=feed.format("/2024/03/bridge/"))).comment_feed == f"{URL}feed/"


def test_pages_of_other_systems_carry_no_wordpress_thread() -> None:
    """Comment ids alone, or a picture of a WordPress blog, make no WordPress."""
    body = f'<ol>{comment(1)}</ol><img src="https://b.example/wp-content/uploads/x.png">'.replace(
        "comment-reply-link", "x"
    )
    assert list(wordpress.detect(Page(url=URL, body=body.encode()))) == []


def test_a_list_of_articles_carries_no_thread() -> None:
    widget = f'<li class="recentcomments">Bo on <a href="{URL}#comment-5">The bridge</a></li>'
    made = page(f"<article><h2>A</h2></article><article><h2>B</h2></article>{widget}")
    made.body = made.body.replace(b"single postid-41", b"home blog")
    assert list(wordpress.detect(made)) == []


def test_another_system_in_its_place_leaves_none_to_ask_for() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="https://gazette.example/2024/03/bridge/feed/">'
    assert len(list(wordpress.detect(page("", head=feed)))) == 1
    assert list(wordpress.detect(page('<div id="disqus_thread"></div>', head=feed))) == []


def test_the_region_holds_the_section_and_not_the_article() -> None:
    article = (
        '<div class="post"><div class="entry-content">' + "<p>Long words of the article itself.</p>" * 40 + "</div>"
    )
    found = read(
        f'<main class="has-comments">{article}<div class="wrap comments-box"><h3>1 comment</h3>'
        f"<ol>{comment(1)}</ol></div></div></main>"
    )
    root = page(
        f'<main class="has-comments">{article}<div class="wrap comments-box"><h3>1 comment</h3>'
        f"<ol>{comment(1)}</ol></div></div></main>"
    ).root
    held = [element.text_content() for path in found.regions for element in root.xpath(path)]
    assert len(held) == 1
    assert "1 comment" in held[0]
    assert "article itself" not in held[0]


def test_context_survives_the_frontier() -> None:
    context = Context(post_id="7", api_root="https://a.example/wp-json/", last=3, claimed=12, wants_feed=1)
    assert Context.load(context.dump()) == context
    assert Context.load({"last": "many", "unknown": "x"}) == Context()


def test_comments_beside_the_article_share_one_region() -> None:
    """A theme without any element around its comments: the path names them and not the article's paragraphs."""
    article = "<p>Long words of the article itself.</p>" * 40
    comments = "".join(comment(n).replace("<li", "<div").replace("</li", "</div") for n in range(1, 8))
    body = f'<div class="post">{article}{comments}</div>'
    found = read(body)
    held = [element for path in found.regions for element in page(body).root.xpath(path)]
    assert [element.get("id") for element in held] == [f"comment-{n}" for n in range(1, 8)]
    assert len(found.regions) == 1
