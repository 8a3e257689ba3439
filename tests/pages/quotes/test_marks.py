"""Quotations are found by their marks, in any language, also where a page has lost a mark."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.items import Article, Quote
from archiver.pages import quotes


def said(text: str, language: str | None = None) -> list[str]:
    return [quote.text for quote in quotes.find(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The mill is closed,” Ada Quill said.", ["The mill is closed,"]),
        ('"The mill is closed," she said. "For good."', ["The mill is closed,", "For good."]),
        ("``The mill is closed,'' she said.", ["The mill is closed,"]),
        ("''The mill is closed,'' she said.", ["The mill is closed,"]),
        ("„Die Mühle ist zu“, sagte sie.", ["Die Mühle ist zu"]),
        ("Er sagte: »Die Mühle ist zu.« Das war alles.", ["Die Mühle ist zu."]),
        ("Elle a dit : « Le moulin est fermé. »", [" Le moulin est fermé. "]),
        ("‹Le moulin est fermé›, dit-elle.", ["Le moulin est fermé"]),
        ("彼女は「工場は閉まった」と言った。", ["工場は閉まった"]),
        ("”Kvarnen är stängd”, sade hon.", ["Kvarnen är stängd"]),
        ("‘The mill is closed,’ she said. ‘It’s over.’", ["The mill is closed,", "It’s over."]),
        ("'The mill is closed,' she said; it's the players' choice.", ["The mill is closed,"]),
        ("“He told me ‘never’ and left,” she said.", ["He told me ‘never’ and left,"]),
        ("“She said “no” to all of it,” he wrote.", ["She said “no” to all of it,"]),
        ("‘She said “no” to it,’ he wrote.", ["She said “no” to it,"]),
        ('“The mill is closed," she said.', ["The mill is closed,"]),
    ],
)
def test_what_stands_between_marks_is_found(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the players’ union’s fault, isn’t it?",
        "Rock ’n’ roll of the ’80s",
        'a 12" disc and a 5\'10" man',
        "",
        "\n\n",
        "“”",
        "“ ”",
    ],
)
def test_apostrophes_measures_and_empty_marks_are_no_quotations(text: str) -> None:
    assert said(text) == []


def test_an_opening_mark_lost_at_the_start_of_a_paragraph_is_inferred() -> None:
    first, second = quotes.find("The mill is closed,” Quill said. “For good.”")
    assert (first.text, first.marks, first.repaired) == ("The mill is closed,", ("", "”"), True)
    assert (second.text, second.marks, second.repaired) == ("For good.", ("“", "”"), False)
    (intact, _) = quotes.find("“The mill is closed,” Quill said. “For good.”")
    assert first.confidence < intact.confidence


def test_a_closing_mark_lost_at_the_end_of_a_paragraph_is_inferred() -> None:
    (quote,) = quotes.find("He added, “Where is the proof?\n\nNobody knew.")
    assert (quote.text, quote.marks, quote.repaired) == ("Where is the proof?", ("“", ""), True)


def test_a_closing_mark_lost_within_a_paragraph_ends_the_quotation_before_its_speaker() -> None:
    first, second = quotes.find("“We want it to stop, Quill said. “We all do.”")
    assert (first.text, first.repaired) == ("We want it to stop,", True)
    assert second.text == "We all do."


def test_an_opening_mark_lost_behind_another_quotation_begins_a_sentence() -> None:
    _, second = quotes.find("“No,” she said. We never were there,” she went on.")
    assert (second.text, second.repaired) == ("We never were there,", True)


def test_a_quotation_over_several_paragraphs_repeats_its_opening_mark() -> None:
    first, second = quotes.find("“The mill is closed.\n\n“It will not open again,” Quill said.")
    assert (first.text, first.marks, first.repaired) == ("The mill is closed.", ("“", ""), False)
    assert (second.text, second.repaired) == ("It will not open again,", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The mill is closed for good,” Quill said.", "direct"),
        ("Quill said the mill “ignores its purpose.”", "mixed"),
        ("Bo “Red” Reed spoke first.", "nickname"),
        ("She called that a “myth,” and left.", "scare"),
        ("He wrote the novel “The Closed Mill” in a year.", "title"),
    ],
)
def test_kinds_are_told_by_the_words_and_their_neighbours(text: str, kind: str) -> None:
    assert [quote.kind for quote in quotes.find(text)] == [kind]


def test_a_block_quotation_is_one_without_marks_and_only_where_it_holds_none() -> None:
    article = Article(
        url="https://news.example/a",
        text="Quill wrote:\n\nThe mill is closed.\n\nReed answered:\n\nNo,” he said.",
        html="<p>Quill wrote:</p><blockquote><p>The mill is closed.</p></blockquote><p>Reed answered:</p>"
        "<blockquote>No,” he said.</blockquote>",
    )
    assert [(quote.kind, quote.text) for quote in quotes.of_article(article)] == [
        ("block", "The mill is closed."),
        ("direct", "No,"),
    ]


SIGNS = st.text(alphabet="“”\"'‘’„«»‹›「」`aB .,\n", max_size=120)


@given(SIGNS)
def test_every_span_lies_in_the_text_in_order_and_reading_twice_gives_the_same(text: str) -> None:
    found = quotes.find(text)
    assert found == quotes.find(text)
    for quote in found:
        assert text[quote.start : quote.end] == quote.text
        assert "\n" not in quote.text
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.lists(st.sampled_from(["The mill is closed,", "We never knew.", "Why not?"]), min_size=1, max_size=5))
def test_each_of_several_quotations_comes_back(sentences: list[str]) -> None:
    text = " ".join(f"“{sentence}” Quill said." for sentence in sentences)
    assert said(text) == sentences


@pytest.mark.parametrize("sign", ["“a ", "a” ", '"a ', "«a ", "‘a ", "a’ ", "“a. B said “", "„a “b "])
def test_twenty_thousand_marks_in_one_paragraph_take_no_more_than_a_moment(sign: str) -> None:
    quotes.find(sign * 100)
    started = time.process_time()
    found: tuple[Quote, ...] = quotes.find(sign * 20_000)
    assert time.process_time() - started < 5, len(found)
