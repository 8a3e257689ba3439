"""Names, times and words in themes that agree on nothing but WordPress's ids."""

from __future__ import annotations

import pytest

from tests.platforms.wordpress.pages import URL, comment, item, read

REPLY = (
    '<a class="comment-reply-link" href="?replytocom=7#respond" data-commentid="7" '
    'aria-label="Reply to Ann Lee">Reply</a>'
)

SHAPES = {
    "name in a heading, date in it": (
        '<img class="avatar"><div class="media-body"><h4>Ann Lee <small>· March 5, 2024 at 8:00 '
        f'pm</small></h4><p>Good news.</p><div class="foot">{REPLY}</div></div>'
    ),
    "one line under the words": (
        '<p>Good news.</p><p><cite>Comment by Ann Lee — March 5, 2024 @ <a href="#comment-7">8:00 pm</a></cite></p>'
    ),
    "name and date in one box": (
        '<div class="comment-author meta"><strong>Ann Lee</strong>March 5, 2024 at 8:00 pm</div>'
        '<div class="comment-text"><p>Good news.</p></div>'
    ),
    "content class around everything": (
        '<div class="comment-content"><div class="comment-author">Ann Lee <span><time '
        'datetime="2024-03-05">05.03.2024 // 20:00</time></span></div><p>Good news.</p><p><i '
        f'class="icon"></i> {REPLY}</p></div>'
    ),
    "table": (
        '<table class="comments comments_reply"><tr><th><div class="commentauthor">Ann Lee</div>'
        '<small class="commentmetadata"><a href="#comment-7">March 5th, 2024 at 8:00 pm</a>'
        "</small></th></tr><tr><td><p>Good news.</p></td></tr></table>"
    ),
    "numbered, written by": (
        '<div class="head"><span class="by"><a href="#comment-7">#7</a> written by <b>Ann Lee</b>'
        '</span><br>March 5, 2024 8:00 pm</div><div class="comment-text"><p>Good news.</p></div>'
    ),
    "no class at all": "<p>March 5th, 2024 at 8:00 pm</p><p><strong>Ann Lee</strong> said,</p><p>Good news.</p>",
    "date glued before the name": (
        '<cite>on March 5, 2024 at 8:00 pmAnn Lee Said:</cite><div><img class="avatar"></div>'
        f"<p>Good news.</p><p>{REPLY}</p>"
    ),
    "epoch in an attribute": (
        '<footer><cite>Ann Lee</cite><a href="#comment-7"><time '
        'pubdate="1709668800">Yesterday</time></a></footer><div class="comment-content"><p>Good '
        "news.</p></div>"
    ),
    "microdata": (
        '<article itemprop="comment"><span itemprop="author"><span itemprop="name">Ann Lee</span>'
        '</span><meta itemprop="datePublished" content="2024-03-05T20:00"><div itemprop="text">'
        "<p>Good news.</p></div></article>"
    ),
    "author box that is the avatar box": (
        '<div id="avatar"><img class="avatar"><br>Ann Lee<br>March 5, 2024 8:00 pm</div><div '
        'id="commentext"><p>Good news.</p></div>'
    ),
    "words among the author's": (
        '<div class="comment-author vcard"><img class="avatar"><p>Good news.</p><p><cite>Comment by '
        '<span class="fn">Ann Lee</span> — March 5, 2024 @ <a href="#comment-7">8:00 pm</a></cite></p></div>'
    ),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_fields_of_one_comment(shape: str) -> None:
    (found,) = read(f"<ol>{item(7, shape)}</ol>").comments
    told = found.published.replace(tzinfo=None) if found.published else found.published_local
    assert (found.author, found.text, str(told)) == ("Ann Lee", "Good news.", "2024-03-05 20:00:00")


@pytest.mark.parametrize(("printed", "utc"), [("March 5, 2024 at 8:00 pm", False), ("March 5, 2024 at 9:00 pm", True)])
def test_seconds_of_the_sites_clock_are_told_from_true_ones(printed: str, utc: bool) -> None:
    shape = f'<cite class="fn">Ann</cite><time pubdate="1709668800">{printed}</time><p>Words.</p>'
    (found,) = read(f"<ol>{item(7, shape)}</ol>").comments
    assert (found.published is not None, found.published_local is not None) == (utc, not utc)


@pytest.mark.parametrize(
    "shape",
    [
        '<time datetime="2024-03-05T20:00:00+01:00">March 5, 2024 at 8:00 pm</time>',
        '<div class="comment-meta">Ann on March 5, 2024 at 8:00 pm, good news <a href="#comment-7">#</a></div>',
        '<div class="comment-meta"><a href="#comment-7">March 5, 2024 at 8:00 pm</a> | Permalink</div>',
    ],
)
def test_a_time_is_kept_as_it_is_printed(shape: str) -> None:
    (found,) = read(f"<ol>{item(7, f'<b class=fn>Ann</b>{shape}<p>Good news.</p>')}</ol>").comments
    assert found.published_raw == "March 5, 2024 at 8:00 pm"


def test_a_time_that_cannot_be_read_yet_is_kept_as_printed() -> None:
    """A day without its year needs the time of the capture."""
    shape = "<p class='nr'>1</p><h4>Ann <span>On Friday, November 2 at 12:14 pm</span></h4><p>Good news.</p>"
    (found,) = read(f"<ol>{item(7, shape)}</ol>").comments
    assert (found.published_raw, found.published_local) == ("Friday, November 2 at 12:14 pm", None)


def test_what_a_plugin_adds_to_the_words_of_a_commenter_is_kept() -> None:
    luv = '<span class="cluv">Ann recently posted..<a href="https://a.example/x">On eels</a></span>'
    (found,) = read(f"<ol>{comment(7, words=f'Good news. {luv}')}</ol>").comments
    assert found.text == "Good news. Ann recently posted..On eels"


def test_what_a_commenter_writes_is_no_furniture() -> None:
    """Dates, names, 'Reply' and quotes inside the words stay words."""
    words = (
        "Reply to <b>Bo</b>, March 1, 2020: <cite>Carl</cite> says: Report Share Like 12</p>"
        "<blockquote><p>old</p></blockquote><p>Reply"
    )
    (found,) = read(f"<ol>{comment(7, words=words)}</ol>").comments
    assert found.text == "Reply to Bo, March 1, 2020: Carl says: Report Share Like 12\n\nold\n\nReply"
    assert found.author == "Ann"


def test_the_names_of_reply_links_decide_in_any_language() -> None:
    link = '<a class="comment-reply-link" href="?replytocom={0}#respond" aria-label="Antworte auf {1}">Antworten</a>'
    shape = '<p class="x">{1}, der Kapitän</p><p>Gut.</p>' + link
    names = [(7, "Käthe Brück"), (8, "Jörn"), (9, "Ute")]
    items = "".join(item(number, shape.format(number, name)) for number, name in names)
    found = read(f"<ol>{items}</ol>", lang="de").comments
    assert [c.author for c in found] == ["Käthe Brück", "Jörn", "Ute"]


def test_a_comment_without_a_reply_link_has_its_name_where_the_others_have_theirs() -> None:
    link = '<a class="comment-reply-link" href="?replytocom={0}#respond" aria-label="Reply to {1}">Reply</a>'
    shape = '<div class="who"><i></i>{1} (guest)</div><div class="comment-text"><p>Words.</p></div>'
    labelled = "".join(item(n, shape.format(n, name) + link.format(n, name)) for n, name in ((7, "Ann"), (8, "Bo")))
    found = read(f"<ol>{labelled}{item(9, shape.format(9, 'Cy'))}</ol>").comments
    assert [c.author for c in found] == ["Ann", "Bo", "Cy (guest)"]


def test_a_name_may_be_of_signs_only() -> None:
    assert [c.author for c in read(f"<ol>{comment(7, '☆')}{comment(8, '1337')}</ol>").comments] == ["☆", "1337"]


def test_permalink_and_locator_lead_to_the_comment() -> None:
    (found,) = read(f"<ol>{item(7, '<b>Ann</b><p>Words.</p>')}</ol>").comments
    assert found.permalink == f"{URL}#comment-7"
    assert found.locator == '//*[@id="comment-7"]'


def test_theme_without_ids_tells_them_in_links() -> None:
    shape = (
        '<li class="comment even depth-1"><cite class="fn">Ann</cite><a '
        'href="#comment-{0}">March 5, 2024</a><p>Words {0}.</p></li>'
    )
    found = read("<ol>" + shape.format(7) + shape.format(8) + "</ol>").comments
    assert [(c.id, c.text) for c in found] == [("7", "Words 7."), ("8", "Words 8.")]


def test_pingbacks_name_who_links_here() -> None:
    ping = (
        '<li class="pingback even depth-1" id="comment-7"><p>Pingback: <a class="url" '
        'href="https://b.example/x">Boats</a></p></li>'
    )
    (found,) = read(f"<ol>{ping}</ol>").comments
    assert (found.kind, found.author, found.author_url, found.text) == ("pingback", "Boats", "https://b.example/x", "")


def test_held_comments_are_not_for_all_readers() -> None:
    held = (
        '<b class="fn">Ann</b><em class="comment-awaiting-moderation">Your comment is awaiting '
        "moderation.</em><p>Words.</p>"
    )
    (found,) = read(f"<ol>{item(7, held)}</ol>").comments
    assert (found.state, found.text) == ("hidden", "Words.")
