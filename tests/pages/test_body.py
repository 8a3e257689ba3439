"""The body of an article on pages where the library alone goes wrong: what it misses, what it takes from elsewhere."""

from __future__ import annotations

import pytest

from tests.pages.test_article import BODY, HEAD, PARAGRAPHS, TEXT, URL, entry, page, read

FIRST = "The first paragraph stands in a box of its own, above all the others, and it tells of the mill in general."
TITLE = "<h1>The mill is closed</h1>"


def test_a_first_paragraph_in_another_box_than_the_rest_is_read() -> None:
    """Themes set an excerpt apart; blogs put what follows the first tweet into another `<div>`."""
    found = read(f"<main>{TITLE}<div class=intro><p>{FIRST}</p></div><div class=text>{BODY}</div></main>", head=HEAD)
    assert found.text == f"{FIRST}\n\n{TEXT}"


@pytest.mark.parametrize(
    "other",
    [
        f"<div class=author-dropdown><p>{FIRST}</p></div>",
        f"<figure><p>{FIRST}</p></figure>",
        f"<div class=photo-caption><p>{FIRST}</p></div>",
        f"<div class=links><p><a href='/a/'>{FIRST}</a></p></div>",
    ],
)
def test_what_is_named_otherwise_or_made_of_links_is_no_first_paragraph(other: str) -> None:
    assert read(f"<main>{TITLE}{other}<div class=text>{BODY}</div></main>", head=HEAD).text == TEXT


def test_a_short_body_under_the_headline_is_found_although_a_sidebar_is_larger() -> None:
    box = "<div class='content box'><h4>Photos</h4><p>Pictures of the valley, of the mill, of it all.</p></div>"
    body = f"<div id=rumour><div><p class=rumour-body>{FIRST}</p></div></div>"
    found = read(f"<div><div>{TITLE}{body}</div><div class=more>{box * 3}</div></div>", head=HEAD)
    assert FIRST in found.text


def test_teasers_of_other_entries_are_no_part_of_the_entry_with_the_headline() -> None:
    """A theme that prints each teaser like an entry, with a body of the same name."""
    teaser = f"<div class=hentry><h3><a href='/9/'>Another</a></h3><div class=entry-content><p>{FIRST}</p></div></div>"
    whole = f"<div class=hentry>{TITLE}<div class=entry-content>{BODY}</div></div>"
    assert read(f"<div>{teaser * 2}</div><div>{whole}</div><div>{teaser * 3}</div>", head=HEAD).text == TEXT


def test_an_entry_that_holds_hardly_anything_of_the_body_does_not_bound_it() -> None:
    found = read(f"<div class=entry>{TITLE}<p>Closed on Monday.</p></div><div class=text>{BODY}</div>", head=HEAD)
    assert TEXT in found.text


def test_the_one_article_element_is_read_where_the_library_keeps_only_the_headline() -> None:
    links = "".join(f"<li><a href='/{n}/'>Another story of the valley, number {n}</a></li>" for n in range(20))
    words = f"<div><p>What is a mill?</p><p>{FIRST}</p><ul>{links}</ul></div>"
    article = f"<article><section class=col_7><div class=manuscript>{words}</div></section></article>"
    front = f"<header class=page_title>{TITLE}<p>by Ada Quill for the Gazette | May 6</p></header>"
    content = f"<div class=container>{front}<section class=listing>{article}</section></div>"
    assert FIRST in read(content, head=HEAD).text


def test_a_short_entry_is_an_article_by_the_name_of_its_body() -> None:
    short = f"<h1>The Gazette</h1><div class=post-content><p>{PARAGRAPHS[0]}</p></div>"
    found = read(short, head="<title>Photo: the mill</title>", url="", body_class="perma")
    assert found.text == PARAGRAPHS[0]


@pytest.mark.parametrize(
    ("kept", "inner"),
    [
        (
            "two terabytes for 99",
            "<ul><li><a href='/d/'>A drive of two terabytes</a> for 99 at the mill</li><li>A lamp for 5</li></ul>",
        ),
        (
            "We are closed, and sorry.",
            "<blockquote class=twitter-tweet><p>We are closed, and sorry.</p>Ada (@ada) 3 May 2016</blockquote>",
        ),
    ],
)
def test_lists_and_quoted_posts_that_the_library_drops_stay(kept: str, inner: str) -> None:
    paragraphs = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    body = f"<div class=text>{''.join(paragraphs[:2])}{inner}{''.join(paragraphs[2:])}</div>"
    found = read(f"<main>{TITLE}{body}</main>", head=HEAD)
    assert kept in found.text


def test_a_list_of_nothing_but_links_that_the_library_drops_is_other_articles() -> None:
    links = "".join(f"<li><a href='/{n}/'>Another story of the valley, number {n}</a></li>" for n in range(6))
    found = read(f"<main>{TITLE}<div class=text>{BODY}<ul>{links}</ul></div></main>", head=HEAD)
    assert found.text == TEXT


def test_a_list_of_links_to_other_sites_is_what_the_article_speaks_of() -> None:
    def links(host: str) -> str:
        items = "".join(
            f"<li><a href='https://{host}/pull/{n}'>Mend the wheel of mill number {n}</a></li>" for n in range(6)
        )
        return f"<h3>Ada</h3><ul>{items}</ul>"

    head = f"{HEAD}<link rel=canonical href='{URL}'>"
    for host, stays in (("code.example", True), ("gazette.example", False)):
        body = f"<div class=text>{BODY}{links(host)}<p>{FIRST}</p></div>"
        assert ("mill number 3" in read(f"<main>{TITLE}{body}</main>", head=head).text) is stays


def test_the_thread_is_never_restored_as_a_list_that_the_library_dropped() -> None:
    comments = "".join(f"<li id=c{n}><p>{FIRST}</p></li>" for n in range(3))
    made = read(
        f"<main>{TITLE}<div class=text>{BODY}<ol id=thread>{comments}</ol></div></main>",
        head=HEAD,
        cut=("//*[@id='thread']",),
    )
    assert made.text == TEXT


@pytest.mark.parametrize("medium", ["<iframe src='https://video.example/1'></iframe>", "<img src='/ada.jpg' alt=''>"])
def test_the_thread_is_never_kept_as_a_medium_of_the_body(medium: str) -> None:
    thread = f"<div id=thread>{medium}<p>So sad.</p></div>"
    found = read(f"<main>{TITLE}<div>{BODY}{thread}</div></main>", head=HEAD, cut=("//*[@id='thread']",))
    assert found.text == TEXT
    assert found.media == ()


@pytest.mark.parametrize(
    ("classes", "seen"),
    [("hidden", 1), ("is-hidden copy", 1), ("d-none", 1), ("hidden md:block", 2), ("d-none d-md-block", 2)],
)
def test_what_a_class_hides_on_every_screen_is_not_read(classes: str, seen: int) -> None:
    """A site of 2012 printed each text twice, once for subscribers."""
    copy = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
    content = f"<main>{TITLE}<div class='text {classes}'>{copy}</div><div class=text>{copy}</div></main>"
    assert read(content, head=HEAD).text.count(PARAGRAPHS[0]) == seen


def test_a_page_whose_headline_stands_in_the_body_begins_below_it() -> None:
    links = "<p><a href='/8/'>« The dam</a> | <a href='/'>Main</a></p>"
    front = f"<h1>The Gazette</h1><p>A blog on mills and rivers.</p><p>New here?</p><p>Read on.</p>{links}"
    content = f"<div class=all>{front}<h3>The mill is closed</h3>{BODY}</div>"
    found = read(content, head="<title>The Gazette: The mill is closed</title>")
    assert (found.title, found.text) == ("The mill is closed", TEXT)


def test_a_headline_within_the_text_takes_nothing_from_it() -> None:
    before = "".join(f"<p>{paragraph * 2}</p>" for paragraph in PARAGRAPHS[:2])
    found = read(f"<div class=all>{before}<h1>The mill is closed</h1>{BODY}</div>", head=HEAD)
    assert found.text.startswith(PARAGRAPHS[0])


@pytest.mark.parametrize(
    "line",
    [
        "In my talk on Friday, there will be news for all who ever worked in a mill.",
        "In addition to the pictures of the mill from last week, here are more of them:",
        "<h3>What is a mill?</h3>",
        "<h2>Why the wheel stands still</h2>",
    ],
)
def test_a_first_line_that_only_begins_like_a_label_stays(line: str) -> None:
    found = read(entry(body=f"<p>{line}</p>{BODY}" if "<" not in line else line + BODY), head=HEAD)
    assert found.text == f"{line.split('>')[-2].split('<')[0] if '<' in line else line}\n\n{TEXT}"


@pytest.mark.parametrize(
    "line",
    [
        "Topics that the council will not speak about are the dam and the workers.",
        "« Je ne sais rien », dit le propriétaire du moulin.",
        "See also the figure below. There is a lot to think about here, is there not?",
        "Other mills: <a href='/a/'>one has a short pause</a> and <a href='/b/'>another was loud all day</a>.",
    ],
)
def test_a_last_sentence_that_only_begins_like_a_label_stays(line: str) -> None:
    found = read(entry(body=f"{BODY}<p>{line}</p>"), head=HEAD)
    assert found.text.startswith(TEXT)
    assert len(found.text) > len(TEXT) + 40


@pytest.mark.parametrize(
    "after",
    [
        "<h3>About the author</h3><p>Ada is a writer in the valley, and she likes mills and rivers.</p>",
        "<h2>Sign-up to the newsletter and get a free book</h2><ul><li>You will also receive tips on mills.</li></ul>",
        "<p>Related Recipes &amp; Stories:</p><p>The dam and its makers</p><p>A river runs</p>",
        "<p>If you enjoyed this post, please think of the miller, and tell your friends about him today.</p>",
        "<p>A version of this article appeared in print on 3 May 2016, on page A2 of the Valley edition.</p>",
        "<p>Posted on May 3, 2016 at 1:39 PM • 20 Comments</p><p class=disclaim>Opinions are mine alone.</p>",
        "<p>Copyright 2016 The Valley Press. All rights reserved. It may not be published or rewritten.</p>",
        "<section class='article-author'><p>Lee is the senior editor of the Gazette, and knows mills.</p></section>",
        "<div class=commenting-guidelines><p>Be kind to the others, for they are people like you and me.</p></div>",
        "<p>Ada Quill is an editor at The Gazette and a miller's daughter; this is her third year with us.</p>",
        "<p>Write to Ada Quill at ada@gazette.example</p>",
        "<h4>About Ada Quill</h4><p>Hi, I am Ada. I live by the river and write of mills.</p><p>More posts</p>",
        "<div class=titlebar>Comments</div><div><h3>#1 by Bo</h3>4 May 2016, 16:19<p>Thank you, Ada.</p></div>",
        "<h3>2 Responses to “The mill is closed”</h3><p>Bo says: a pity.</p><p>Cleo says: it is.</p>",
        "<p>Posted by Ada Quill | View all posts by Ada Quill</p><p>1 Comment » | Published in Mills | 1 Comment</p>",
        "<p>Previous 1 / 6 Next</p><p>‹ Back to the story</p>",
        "<p>rivers — Tags: mills — ada @ 11:07</p>",
    ],
)
def test_what_stands_below_the_article_ends_it(after: str) -> None:
    byline = "<p class=byline>By <a rel=author href='/a/ada/'>Ada Quill</a></p>"
    assert read(entry(before=byline, body=f"{BODY}{after}"), head=HEAD).text == TEXT


@pytest.mark.parametrize("lead", ["Posts on the valley that you may want to read as well:", "Other posts"])
def test_a_list_at_the_end_goes_whole_or_not_at_all(lead: str) -> None:
    plain = "<li>The dam, its makers, and what they were paid for it</li>"
    links = "".join(f"<li><a href='/{n}/'>A river runs, part {n}</a></li>" for n in range(4))
    assert read(entry(body=f"{BODY}<p>{lead}</p><ul>{plain}{links}</ul>"), head=HEAD).text.count("A river") == 4


def test_of_a_picture_what_is_said_stays_and_what_only_asks_goes() -> None:
    said = "<img src='/mill.jpg' alt=''><p>by Ada Quill on 3 May 2016</p><p>Share this post</p><p>Tweet</p>"
    assert read(entry(body=said), head=HEAD).text == "by Ada Quill on 3 May 2016"


def test_the_rest_of_a_parted_entry_is_read() -> None:
    """Movable Type prints what follows 'read more' in a box of its own."""
    rest = "<div id=more><p>---</p><p>November 13 at the mill<br>November 15 at the dam</p></div>"
    others = "<div class=related><h4>Recent entries</h4><ul><li><a href='/9/'>A dam</a></li></ul></div>"
    found = read(
        f"<div class=post><h1>The mill is closed</h1><div class=body>{BODY}</div>{rest}{others}</div>", head=HEAD
    )
    assert found.text == f"{TEXT}\n\n---\n\nNovember 13 at the mill\nNovember 15 at the dam"


def test_a_section_with_a_telling_name_in_the_middle_of_an_article_stays() -> None:
    more = f"<h3>More from the interview</h3>{BODY}{BODY}"
    assert read(entry(body=f"{BODY}{more}"), head=HEAD).text.count(PARAGRAPHS[3]) == 3


def test_a_deck_in_the_body_is_the_deck_and_not_the_text() -> None:
    deck = (
        "<p class=deck>Nobody in the valley had been told before Monday, and nobody knows what comes now, they say.</p>"
    )
    found = read(entry(body=f"{deck}{BODY}"), head=HEAD)
    assert found.deck is not None
    assert found.deck.startswith("Nobody in the valley")
    assert found.text == TEXT


def test_the_motto_of_the_site_is_no_deck() -> None:
    content = f"<div class=sub-title>Mills, rivers and dams</div>{entry()}"
    assert read(content, head=HEAD).deck is None


def test_the_title_is_not_the_site_that_calls_itself_so_on_every_page() -> None:
    head = (
        "<title>Paper leaves – Things to make – The Crow</title>"
        "<meta property=og:title content='Things to make – The Crow'>"
    )
    content = f"<h1>Things to make – The Crow</h1><div class=entry><h3>Paper leaves</h3>{BODY}</div>"
    assert read(content, head=head).title == "Paper leaves"


def test_words_around_the_headline_without_paragraphs_are_the_body_however_long_the_thread_is() -> None:
    """Hand-made blogs: everything in one box, lines parted by `<br>`, the comments behind."""
    comments = "".join(f"<p class=comment>{FIRST}</p>" for _ in range(30))
    words = "<br><br>".join(PARAGRAPHS)
    content = f"<div id=all><h2>May 2016</h2><div>{words}<h3>The mill is closed</h3>{words}</div>{comments}</div>"
    assert PARAGRAPHS[3] in read(content, head=HEAD, cut=("//p[@class='comment']",)).text


def test_deep_and_wide_pages_are_read_in_one_pass() -> None:
    """As deep as the parser goes, and with a block on every level between headline and body."""
    deep = "<div>" * 1500 + BODY + "</div>" * 1500
    wide = "".join(f"<div><span>{n}</span><p>{PARAGRAPHS[0]}</p></div>" for n in range(3000))
    made = page(f"<div>{TITLE}{wide}{deep}</div>", head=HEAD, url=URL)
    assert made.root is not None
    found = read(f"<div>{TITLE}{wide}{deep}</div>", head=HEAD)
    assert found.title == "The mill is closed"
