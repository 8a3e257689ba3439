"""Block quotations, pull quotes and embedded posts of an article's HTML."""

from __future__ import annotations

from archiver.items import Article, Quote
from archiver.pages import quotes
from archiver.pages.text import parse_fragment, text_of

QUILL = "<p>“We never knew that it would come to this,” mayor Ada Quill said on Monday.</p>"


def found(*parts: str, language: str = "en") -> list[Quote]:
    html = "".join(parts)
    text = text_of(parse_fragment(html)).strip()
    article = Article(url="https://news.example/a", text=text, html=html, language=language)
    result = list(quotes.of_article(article))
    assert all(text[quote.start : quote.end] == quote.text for quote in result)
    return result


def test_a_block_quotation_is_one_though_it_has_several_paragraphs() -> None:
    (block,) = found(
        "<p>The owner, Bo Reed, wrote:</p>",
        "<blockquote><p>The mill is closed for good.</p><p>I thank “all” who worked there.</p></blockquote>",
        "<p>Nobody answered.</p>",
    )
    assert (block.kind, block.speaker, block.cue) == ("block", "Bo Reed", "wrote")
    assert block.text == "The mill is closed for good.\n\nI thank “all” who worked there."
    assert block.rule.startswith("<blockquote>")


def test_marks_within_a_block_tell_better_what_is_quoted() -> None:
    (quote,) = found("<blockquote>“The mill is closed,” Ada Quill said.</blockquote>")
    assert (quote.kind, quote.text, quote.speaker) == ("direct", "The mill is closed,", "Ada Quill")


def test_a_signature_under_a_block_is_its_speaker_and_no_part_of_it() -> None:
    (block,) = found("<blockquote><p>The mill is closed.</p><cite>Ada Quill, mayor</cite></blockquote>")
    assert (block.text, block.speaker, block.speaker_mention) == (
        "The mill is closed.",
        "Ada Quill",
        "Ada Quill, mayor",
    )


def test_a_pull_quote_names_the_quotation_that_it_repeats() -> None:
    marked, pulled = found(
        QUILL,
        "<figure class='wp-block-pullquote'><blockquote><p>it would come to this</p></blockquote></figure>",
        "<p>The town was silent.</p>",
    )
    assert (marked.repeats, pulled.repeats) == (None, 0)
    assert (pulled.kind, pulled.speaker) == ("block", "Ada Quill")


def test_a_pull_quote_before_what_it_repeats_names_it_too() -> None:
    pulled, marked = found("<aside class='pullquote'>it would come to this</aside>", QUILL)
    assert (pulled.repeats, marked.repeats) == (1, None)


def test_a_pull_quote_of_the_writer_s_own_words_is_no_quotation() -> None:
    assert found(
        "<p>The town was silent that night.</p>",
        "<blockquote class='pullquote'>The town was silent</blockquote>",
        "<p>It rained.</p>",
    ) == []  # fmt: skip


def test_an_embedded_post_has_its_author_and_address() -> None:
    (post,) = found(
        "<p>The answer came at once.</p>",
        "<blockquote class='twitter-tweet'><p>The mill “belongs” to all of us.</p>— Ada Quill (@adaquill) ",
        "<a href='https://twitter.com/adaquill/status/12345'>January 15, 2016</a></blockquote>",
        "<p>It rained.</p>",
    )
    assert (post.kind, post.text) == ("embed", "The mill “belongs” to all of us.")
    assert (post.speaker, post.speaker_mention) == ("Ada Quill", "Ada Quill (@adaquill)")
    assert post.url == "https://twitter.com/adaquill/status/12345"


def test_words_in_blocks_are_nobody_s_names_for_quotations_beside_them() -> None:
    *_, quote = found(
        QUILL,
        "<blockquote class='twitter-tweet'><p>Bo Reed said no.</p>— Bo Reed (@reed) <a href='https://x.com/1'>1</a>"
        "</blockquote>",
        "<p>“We are sorry,” she said.</p>",
    )
    assert quote.speaker == "Ada Quill"
