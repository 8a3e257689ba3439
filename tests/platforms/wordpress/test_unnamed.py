"""Themes that print neither ids nor WordPress's own classes: the comments are read as on any page."""

from __future__ import annotations

from archiver.platforms import wordpress
from tests.platforms.wordpress.pages import page, read

FORM = '<form action="/wp-comments-post.php"><textarea></textarea><input name="comment_post_ID" value="41"></form>'
FEED = '<link rel="alternate" type="application/rss+xml" href="https://gazette.example/2024/03/bridge/feed/">'
API = '<link rel="https://api.w.org/" href="https://gazette.example/wp-json/">'
ARTICLE = "<article><h1>The bridge</h1>" + "<p>Long words of the article itself, on the bridge.</p>" * 20 + "</article>"
WORDS = (
    "I crossed it every morning for eleven years, and never once did it open on time.",
    "My father built the northern pier, and he would have laughed at the new paint.",
    "Ask the ferryman what he thinks of it: he has been out of work since Easter.",
)
LIST = "".join(
    f"<li><header>Posted by <b class='author'>{name}</b> March {day}, 2024 at 8:0{day} pm</header><p>{words}</p></li>"
    for day, (name, words) in enumerate(zip(("Ann", "Bo", "Cy"), WORDS, strict=True), 1)
)


def body(heading: str = "3 Comments", comments: str = LIST) -> str:
    return f"{ARTICLE}<h3 id='comments'>{heading}</h3><ul>{comments}</ul>{FORM}"


def test_comments_without_ids_are_read_with_derived_ones() -> None:
    thread = read(body(), head=FEED)
    assert [(c.author, c.published_raw, c.text) for c in thread.comments] == [
        ("Ann", "March 1, 2024 at 8:01 pm", WORDS[0]),
        ("Bo", "March 2, 2024 at 8:02 pm", WORDS[1]),
        ("Cy", "March 3, 2024 at 8:03 pm", WORDS[2]),
    ]
    assert {c.id_origin for c in thread.comments} == {"derived"}
    assert (thread.platform, thread.id, thread.claimed, thread.state) == ("wordpress", "41", 3, "open")


def test_no_other_source_tells_of_them_again() -> None:
    assert read(body(), head=FEED).follow_ups == ()
    with_api = read(body(), head=FEED + API)
    assert with_api.comments == ()
    assert [one.purpose for one in with_api.follow_ups] == ["api"]


def test_a_page_that_says_there_are_none_has_none() -> None:
    assert read(body(heading="No comments yet"), head=FEED).comments == ()


def test_a_form_alone_makes_no_comments() -> None:
    (candidate,) = wordpress.detect(page(ARTICLE + FORM))
    assert wordpress.extract(page(ARTICLE + FORM), candidate).comments == ()
