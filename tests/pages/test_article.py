"""The article of a page: every field from where it is surest, the body and nothing else, None where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archiver.items import Article
from archiver.pages import article as articles
from archiver.pages.page import Page

PARAGRAPHS = (
    "The mill on the river was closed on Monday, and nobody in the valley had been told, said those who worked there.",
    "Its owner, who bought it nine years ago, did not answer letters, calls or the knocking at his door, they said.",
    "The council meets on Friday to talk about what should become of the building, the dam and the forty workers.",
    "Until then the gates stay shut, and the water runs past the wheel as it did before the mill was built.",
)
LEAD = "The mill was closed on Monday; what becomes of the dam, and of the workers, is open to this day."
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)
URL = "https://gazette.example/2016/01/the-mill-is-closed/"


def page(content: str, *, head: str = "", url: str = URL, body_class: str = "single", status: int = 200) -> Page:
    html = f"<html lang=en_us><head>{head}</head><body class='{body_class}'>{content}</body></html>"
    return Page(url=url, body=html.encode(), content_type="text/html; charset=utf-8", status=status)


def read(
    content: str, *, head: str = "", url: str = URL, body_class: str = "single", cut: tuple[str, ...] = ()
) -> Article:
    found = articles.read(page(content, head=head, url=url, body_class=body_class), cut)
    assert found is not None
    return articles.normalise(found)


def entry(before: str = "", after: str = "", body: str = BODY) -> str:
    return (
        "<header><p class=site-title><a href='/'>The Gazette</a></p><nav><a href='/world/'>World</a></nav></header>"
        f"<main><article><header><h1 class=entry-title>The mill is closed</h1>{before}</header>"
        f"<div class=entry-content>{body}</div>{after}"
        f"</article></main><footer><a href='/imprint/'>Imprint</a></footer>"
    )


TEASERS = "".join(
    f"<article><h2><a href='/{number}/'>The mill number {number} is closed</a></h2><p>Some words.</p></article>"
    for number in range(9)
)
HEAD = "<title>The mill is closed – The Gazette</title>"


def test_an_entry_of_a_blog_is_read_whole() -> None:
    found = read(
        entry(
            before="<p class=byline>By <a rel=author href='/a/ada/'>Ada Quill</a> "
            "<time datetime='2016-01-15T12:05:00-08:00'>15 Jan</time></p>",
            after="<footer class=entry-footer>in <a rel='category tag' href='/c/'>Valley</a>, "
            "<a rel=tag href='/t/'>mills</a></footer>",
        ),
        head=HEAD,
    )
    assert found.title == "The mill is closed"
    assert found.authors == ("Ada Quill",)
    assert found.published == datetime(2016, 1, 15, 20, 5, tzinfo=UTC)
    assert (found.published_raw, found.published_precision) == ("2016-01-15T12:05:00-08:00", "second")
    assert (found.section, found.tags, found.language) == ("Valley", ("mills",), "en-US")
    assert found.text == TEXT
    assert found.html == BODY
    assert found.found_by["published"] == "time datetime"


def test_the_thread_is_no_part_of_the_article_and_the_tree_stays_as_it_was() -> None:
    thread = f"<div id=comments><h2>1 comment</h2><p class=author>Bo Reed</p><time>1 May 2017</time>{BODY}</div>"
    source = page(entry(after=thread), head=HEAD)
    before = etree.tostring(source.root)
    found = articles.read(source, ["//*[@id='comments']"])
    assert found is not None
    assert (found.text, found.authors) == (TEXT, ())
    assert etree.tostring(source.root) == before


@pytest.mark.parametrize(
    "extra",
    [
        "<div class=sharedaddy><h3>Share this</h3><a href='#'>Twitter</a></div>",
        "<div class=author-box><p>Ada Quill writes for the Gazette about mills, rivers and their people.</p></div>",
        "<div class=jp-relatedposts><h3>Related</h3><a href='/x/'>Another mill is closed</a></div>",
        "<form class=newsletter><p>Get our letter every morning, free of charge.</p><input type=email></form>",
        "<p>Author: Ada Quill</p>",
        "<p>Filed under: <a href='/c/'>Valley</a></p>",
        "<ul><li><a href='/1/'>Previous post</a></li><li><a href='/2/'>Next post</a></li></ul>",
        "<h3>Related articles</h3>",
        "<div style='display:none'>A hidden piece of text that no reader of the page will ever see on it.</div>",
    ],
)
def test_what_stands_beside_the_body_is_left_out(extra: str) -> None:
    assert read(entry(body=BODY + extra), head=HEAD).text == TEXT


def test_what_stands_above_the_body_is_left_out() -> None:
    body = f"<p>Valley news</p><h1>The mill is closed</h1><p>By Ada Quill, 15 January 2016</p>{BODY}"
    found = read(f"<article class=entry-content>{body}</article>", head=HEAD)
    assert found.text == TEXT
    assert found.authors == ("Ada Quill",)
    assert found.published_local == datetime(2016, 1, 15, tzinfo=UTC).replace(tzinfo=None)
    assert found.published_precision == "day"


def test_lists_tables_line_breaks_and_short_columns_of_the_body_stay() -> None:
    body = (
        BODY
        + "<ul><li>forty workers</li><li>one dam</li></ul><p>One line<br>and another.</p><div><p>A column.</p></div>"
    )
    assert (
        read(entry(body=body), head=HEAD).text
        == TEXT + "\n\nforty workers\none dam\n\nOne line\nand another.\n\nA column."
    )


def test_the_site_is_not_the_author_where_a_person_is_printed() -> None:
    head = HEAD + "<meta name=author content='The Gazette'><meta property=og:site_name content='The Gazette'>"
    assert read(entry(before="<p class=byline>By Ada Quill and Bo Reed</p>"), head=head).authors == (
        "Ada Quill",
        "Bo Reed",
    )
    assert read(entry(), head=head).authors == ("The Gazette",)


def test_json_ld_tells_authors_dates_section_and_licence() -> None:
    head = (
        HEAD
        + """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "Person", "@id": "#ada", "name": "Ada Quill"},
        {"@type": ["NewsArticle"], "headline": "The mill is closed", "author": {"@id": "#ada"},
         "articleSection": "Valley", "datePublished": "2016-01-15", "dateModified": "2016-01-16T10:00:00Z",
         "keywords": ["mills", "Mills", "rivers"], "license": "https://creativecommons.org/licenses/by/4.0/",
         "alternativeHeadline": "Forty workers are at the gate"}]}</script>"""
    )
    found = read(entry(before="<time datetime='2016-01-15T12:05:00+01:00'>today</time>"), head=head)
    assert found.authors == ("Ada Quill",)
    assert found.published == datetime(2016, 1, 15, 11, 5, tzinfo=UTC), (
        "the printed time is finer than the day of the head"
    )
    assert found.modified == datetime(2016, 1, 16, 10, tzinfo=UTC)
    assert (found.section, found.tags) == ("Valley", ("mills", "rivers"))
    assert found.licence_url == "https://creativecommons.org/licenses/by/4.0/"
    assert found.deck == "Forty workers are at the gate"


def test_a_dateline_a_licence_and_an_image_credit_are_read_from_the_text() -> None:
    licence = "This article is free and open source. You may republish this article under a Creative Commons license."
    end = f"<p>{licence} Image credit: Cy Vane. If you spot a typo, write.</p>"
    body = f"<p>(VALLEYMEDIA) Upper Mill, CA – {PARAGRAPHS[0]}</p>{BODY}{end}"
    found = read(entry(body=body), head=HEAD)
    assert found.dateline == "(VALLEYMEDIA) Upper Mill, CA"
    assert found.licence_text == licence
    assert found.licence_url is None
    assert found.image_credit == "Cy Vane"
    assert found.text.endswith("If you spot a typo, write.")


def test_media_stand_where_they_stood_in_the_text() -> None:
    picture = "<figure><img src='/mill.jpg' alt='A mill'><figcaption>The wheel. Photo: Cy Vane</figcaption></figure>"
    video = "<div class=video><iframe src='https://www.youtube.com/embed/x1' title='The dam'></iframe></div>"
    post = (
        "<blockquote class=twitter-tweet><p>Shut.</p><a href='https://twitter.com/ada/status/1'>15 Jan</a></blockquote>"
    )
    parts = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    found = read(entry(body=parts[0] + picture + parts[1] + video + parts[2] + parts[3] + post), head=HEAD)
    image, player, tweet = found.media
    assert (image.kind, image.url, image.title) == ("image", "https://gazette.example/mill.jpg", "A mill")
    assert (image.caption, image.credit) == ("The wheel. Photo: Cy Vane", "Cy Vane")
    assert (player.kind, player.title) == ("video", "The dam")
    assert (tweet.kind, tweet.url) == ("embed", "https://twitter.com/ada/status/1")
    assert image.at is not None
    assert found.text[image.at :].startswith(PARAGRAPHS[1])
    assert player.at is not None
    assert found.text[player.at :].startswith(PARAGRAPHS[2])
    assert "The wheel" not in found.text
    assert "Shut." in found.text


def test_other_addresses_are_cleaned_and_of_the_same_host() -> None:
    head = (
        HEAD
        + "<link rel=canonical href='/2016/01/the-mill-is-closed/?utm_source=x#top'><link rel=shortlink href='/?p=7'>"
        "<link rel=amphtml href='https://amp.other.example/x'><meta property=og:url content='https://gazette.example/'>"
    )
    found = read(entry(), head=head, url=URL + "?utm_medium=mail")
    assert found.url == URL
    assert found.other_urls == ("https://gazette.example/?p=7",)


@pytest.mark.parametrize(
    ("content", "address", "body_class", "head"),
    [
        (TEASERS, "/", "home blog", HEAD),
        (TEASERS, "/world/", "", "<title>World</title>"),
        ("<h1>Log in</h1><form><input type=text><input type=password></form>", "/login", "", "<title>Log in</title>"),
        (
            "<h1>Making sure you're not a bot!</h1><p>Loading...</p>",
            "/mill/",
            "",
            "<meta property=og:type content=article>",
        ),
        ("<h1>Page not found</h1><p>There is nothing at this address.</p>", "/the-mill-is-closed/", "", ""),
        ("", "/the-mill-is-closed/", "", ""),
    ],
)
def test_front_pages_lists_and_forms_hold_no_article(content: str, address: str, body_class: str, head: str) -> None:
    source = page(content, head=head, url="https://gazette.example" + address, body_class=body_class)
    assert articles.read(source) is None


def test_a_page_that_is_one_form_is_read() -> None:
    """ASP.NET wraps each page in a form that keeps its state, menus and all."""
    menu = "".join(f"<p><a href='/{n}/'>Another page of the valley, number {n}</a></p>" for n in range(40))
    found = read(f"<form action=x><input type=hidden name=__VIEWSTATE><div>{menu}</div>{entry()}</form>", head=HEAD)
    assert (found.title, found.text) == ("The mill is closed", TEXT)


def test_what_stands_between_the_headline_and_a_body_that_is_named_is_read() -> None:
    lead = f"<div class=entry-excerpt><p>{LEAD}</p></div>"
    assert read(entry(lead), head=HEAD).text.startswith(LEAD)


@pytest.mark.parametrize(
    "told", ["itemprop=articleBody", "property='schema:articleBody'", "property='https://schema.org/articleBody'"]
)
def test_a_short_post_that_is_told_to_be_the_body_is_one(told: str) -> None:
    post = f"<x-post><div class='flex' {told}><p>Is the mill open on Sundays?</p></div></x-post>"
    found = read(f"<h1>The mill</h1><div>{post}</div>", url="https://board.example/c/7x", body_class="")
    assert (found.title, found.text) == ("The mill", "Is the mill open on Sundays?")


def test_an_error_page_holds_no_article() -> None:
    assert articles.read(page(entry(), head=HEAD, status=404)) is None


def test_a_short_article_that_is_declared_one_is_one() -> None:
    found = read(entry(body="<p>Closed.</p>"), head=HEAD)
    assert (found.title, found.text) == ("The mill is closed", "Closed.")
    assert read("<h1>The mill</h1>", head="<meta property=og:type content=article>", body_class="").title == "The mill"


@pytest.mark.parametrize("url", ["", "nonsense", "http://[broken"])
def test_a_page_without_an_address_is_read_by_what_it_shows(url: str) -> None:
    assert read(entry(), head=HEAD, url=url, body_class="").text == TEXT


def test_a_place_to_cut_that_is_not_there_is_a_problem_not_an_error() -> None:
    source = page(entry(), head=HEAD)
    assert articles.read(source, ["//*[", "//nothing"]) is not None
    assert source.problems == ["No such place in the page: //*[."]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00",
        b"<div>" * 20_000,
        b"<p>" * 5_000 + b"x",
        b"<a href='http://[broken'>x</a><img src='http://[broken'><iframe src='javascript:x'></iframe>" + BODY.encode(),
        b"<script type='application/ld+json'>" + b"[" * 50_000 + b"</script>" + BODY.encode(),
        b"<title>" + b"x" * 100_000,
        b"\xff\xfe<h1>\x00M\x00i\x00l\x00l\x00",
    ],
)
def test_hostile_pages_are_read_without_an_error(body: bytes) -> None:
    source = Page(url=URL, body=body, content_type="text/html")
    first = articles.read(source)
    assert first == articles.read(Page(url=URL, body=body, content_type="text/html"))


@given(st.text(alphabet="<>/=\"'&;apdivhbq 12\n“”", max_size=200))
def test_any_markup_is_read_the_same_twice_and_normalising_twice_changes_nothing(content: str) -> None:
    html = entry(body=BODY + content)
    first, second = articles.read(page(html, head=HEAD)), articles.read(page(html, head=HEAD))
    assert first == second
    assert first is not None
    once = articles.normalise(first)
    assert articles.normalise(once) == once


def test_normalising_collapses_names_tags_and_media() -> None:
    found = read(entry(), head=HEAD)
    messy = replace(
        found,
        authors=(" Ada\n Quill", "ada quill", ""),
        tags=("Mills", "mills "),
        title=" The\tmill ",
        language="de_at",
    )
    clean = articles.normalise(messy)
    assert (clean.authors, clean.tags, clean.title, clean.language) == (("Ada Quill",), ("Mills",), "The mill", "de-AT")


def test_what_surrounds_the_thread_of_a_board_is_no_article() -> None:
    """Notices above, rules below: the headline stands over the posts, and nothing between the two."""
    notice = f"<div class='notice'><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>"
    posts = f"<div id='posts'>{BODY * 3}</div>"
    found = read(f"{notice}<h1>The mill is closed</h1>{posts}{notice}", cut=('//*[@id="posts"]',))
    assert (found.title, found.text) == ("The mill is closed", "")
    guest = "<div class='info'>You are a guest here. <a href='/in'>Log in</a> or sign up to post replies.</div>"
    told = read(f"{notice}<h1>The mill is closed</h1>{guest}<p>Toggle sidebar</p>{posts}", cut=('//*[@id="posts"]',))
    assert told.text == ""
    bare = f"<div><span>{TEXT}</span><div></div><div> </div></div>"
    kept = read(f"<h1>The mill is closed</h1>{bare}{posts}", cut=('//*[@id="posts"]',))
    assert PARAGRAPHS[0] in kept.text
    opening = read(f"{notice}<h1>The mill is closed</h1><div>{BODY}</div>{posts}", cut=('//*[@id="posts"]',))
    assert TEXT in opening.text


def test_an_article_between_headline_and_thread_or_longer_than_the_thread_stays() -> None:
    long = f"<div id='comments'>{BODY * 2}</div>"
    count = "<p id='count'>12 comments</p>"
    places = ('//*[@id="count"]', '//*[@id="comments"]')
    assert read(f"<h1>The mill is closed</h1>{count}<div>{BODY}</div>{long}", cut=places).text == TEXT
    comments = "<div id='comments'><p>Who will pay the forty?</p></div>"
    assert read(f"<h1>The mill is closed</h1>{comments}<div>{BODY}</div>", cut=('//*[@id="comments"]',)).text == TEXT
