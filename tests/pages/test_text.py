"""What a reader sees of markup, and where it links to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from archiver.pages import text


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>One.</p><p>Two <i>three</i>.</p>", "One.\n\nTwo three."),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("one<br/></p><p>two", "one\n\ntwo"),
        ("  runs \n of\tblanks  ", "runs of blanks"),
        ("half<b>word</b>", "halfword"),
        ("<ul><li>one</li><li>two</li></ul>after", "one\ntwo\n\nafter"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<pre>if x:\n    y()\n\n\nz()</pre>after", "if x:\n    y()\n\n\nz()\n\nafter"),
        ("a<!-- not seen -->b<script>c()</script>d<style>e{}</style><template>f</template>", "abd"),
        ("<p>x</p><noscript><p>y</p></noscript>", "x"),
        ('hi <img class="wp-smiley" alt="🙂" src="x.png"> there', "hi 🙂 there"),
        ('<img alt="a harbour" src="x.png">', ""),
        ("&lt;b&gt; &amp; &#x1F600;&nbsp;|", "<b> & 😀\xa0|"),
        ("", ""),
        ("plain", "plain"),
        ("<div><div><p>deep</p></div></div>", "deep"),
    ],
)
def test_visible_text(markup: str, seen: str) -> None:
    assert text.text_of_html(markup) == seen


def test_a_stray_end_tag_loses_nothing() -> None:
    """`</div>` in a fragment closes no more than the fragment has opened."""
    assert text.text_of_html("one</div></body>two<p>three") == "one\n\ntwo\n\nthree"


@pytest.mark.parametrize(
    "hostile", ["\x00", "<", "</", "<p", "<![CDATA[", "<?php ?>", "<!--", "&#0;", "\ud800", "<a href='\x00'>"]
)
def test_broken_markup_never_fails(hostile: str) -> None:
    text.text_of_html(hostile)
    text.inner_html(text.parse_fragment(hostile))


@given(st.text())
def test_any_string_is_markup(fragment: str) -> None:
    text.text_of_html(fragment)


def test_depth_is_no_danger() -> None:
    deep = "<div>" * 1900 + "bottom" + "</div>" * 1900
    assert text.text_of_html(deep) == "bottom"


def test_what_is_left_out_leaves_the_rest() -> None:
    body = text.parse_fragment("<p>Ann <b>says:</b> hello <a href='/r'>Reply</a></p><div>more<span>!</span></div>end")
    unwanted = {body.find(".//b"), body.find("div")}
    assert text.text_of(body, unwanted) == "Ann hello Reply\n\nend"
    assert text.inner_html(body, unwanted) == '<p>Ann  hello <a href="/r">Reply</a></p>end'
    assert text.outer_html(body[0], unwanted) == '<p>Ann  hello <a href="/r">Reply</a></p>'
    assert text.inner_html(body).startswith("<p>Ann <b>says:</b>")


def test_links_are_absolute_and_lead_somewhere() -> None:
    body = text.parse_fragment(
        '<a href="/a">1</a><a href="https://b.example/?q=1#f">2</a><a href="#here">3</a><a href="javascript:x()">4</a>'
        '<a href="http://[broken">5</a><a href="mailto:ann@c.example">6</a><a>7</a><a href="/a">8</a>'
    )
    assert text.links_of(body, "https://a.example/x/y") == (
        "https://a.example/a",
        "https://b.example/?q=1#f",
        "mailto:ann@c.example",
    )


def test_text_of_one_element_leaves_out_what_follows_it() -> None:
    root = lxml_html.fromstring("<div><p>in</p>tail</div>")
    assert text.text_of(root[0]) == "in"


def test_collapse() -> None:
    assert text.collapse(" a \n\u00a0 b\u2003c ") == "a b c"
    assert text.collapse(None) == ""
