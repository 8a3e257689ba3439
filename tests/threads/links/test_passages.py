"""What two texts share: word for word, cut short, with a word changed; and what is only chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.threads.links.passages import MIN_WORDS, Sources, shared
from archiver.threads.links.words import Words

SOURCE = (
    "The harbour board met on Tuesday. It decided, after three hours, that the old crane would be sold to a museum in "
    "Norway, and that nobody would be asked again. The mayor was not there."
)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "“the old crane would be sold to a museum in Norway” – shame!",
            "the old crane would be sold to a museum in Norway",
        ),
        (
            "They say the OLD crane would be sold to a museum, in norway. Why?",
            "the OLD crane would be sold to a museum, in norway",
        ),
        (
            "> that the old crane will be sold to a museum in Norway\nNo.",
            "that the old crane will be sold to a museum in Norway",
        ),
        ("It decided that the old crane would be sold to a museum", "that the old crane would be sold to a museum"),
        (
            "crane would be sold to some museum in Norway but why",
            "crane would be sold to some museum in Norway",
        ),
    ],
    ids=["marked", "other case", "a word changed", "cut short", "edited"],
)
def test_a_quotation_is_found_with_its_place_in_both_texts(text: str, quoted: str) -> None:
    (passage,) = shared(text, SOURCE)
    assert text[passage.start : passage.end] == quoted
    assert SOURCE[passage.source_start : passage.source_end].split()[-1].strip(",.") in ("Norway", "museum")
    assert 0.75 <= passage.similarity <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The old crane!",
        "I was in Norway on Tuesday, in a museum.",
        "that the was not there on the",
        "…",
        "crane " * 50,
    ],
)
def test_few_words_in_common_are_no_quotation(text: str) -> None:
    assert shared(text, SOURCE) == []


def test_of_two_sources_the_longer_match_then_the_earlier_one() -> None:
    sources = Sources()
    for text in (
        "It was the longest winter that anybody could remember here.",
        f"He said: it was the longest winter. {SOURCE}",
    ):
        sources.add(Words(text))
    first, second = sources.passages(
        Words("the longest winter that anybody could remember! And the old crane would be sold to a museum.")
    )
    assert (first.source, second.source) == (0, 1)


def test_passages_do_not_overlap_and_come_in_order() -> None:
    text = f"{SOURCE} And again: {SOURCE}"
    passages = shared(text, SOURCE)
    assert [text[each.start : each.end] for each in passages] == [SOURCE[:-1], SOURCE[:-1]]


@given(
    st.lists(st.sampled_from("abcdef"), max_size=60),
    st.lists(st.sampled_from("abcdef"), max_size=60),
)
def test_spans_lie_in_the_texts_and_never_overlap(left: list[str], right: list[str]) -> None:
    text, source = " ".join(left), " ".join(right)
    end = 0
    for passage in shared(text, source):
        assert end <= passage.start < passage.end <= len(text)
        assert 0 <= passage.source_start < passage.source_end <= len(source)
        assert passage.words >= MIN_WORDS
        end = passage.end


def test_the_same_words_ten_thousand_times_are_read_in_no_time() -> None:
    """Each run remembers few places: work does not grow with the square of the text."""
    text = "over and over again " * 10_000
    assert shared(text, text)


def test_texts_long_past_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.threads.links.passages.REMEMBERED", 30)
    sources = Sources()
    for number in range(40):
        sources.add(Words(f"in the year {number} the old crane number {number} fell into the harbour again"))
    found = [list(sources.passages(Words(f"old crane number {number} fell into the harbour"))) for number in range(40)]
    assert found[39][0].source == 39
    assert all(passage.source > 30 for passages in found for passage in passages)


@given(st.text(max_size=80))
def test_each_word_has_its_place_whatever_the_letters(text: str) -> None:
    words = Words(text)
    for at, form in enumerate(words.forms):
        start, end = words.place(at, at + 1)
        assert text[start:end].replace("’", "'").casefold() == form
