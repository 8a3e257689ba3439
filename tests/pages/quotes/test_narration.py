"""The text outside of the quotations: tokens, their sorts, sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.pages.quotes import marks
from archiver.pages.quotes.lexicon import lexicon
from archiver.pages.quotes.narration import QUOTE, Narration, narrate
from archiver.pages.quotes.passages import marked


def told(text: str, language: str = "en") -> Narration:
    _, passages = marked(text, language)
    spans = [(one.start - len(one.marks[0]), one.end + len(one.marks[1])) for here in passages for one in here]
    return narrate(text, list(marks.paragraphs(text)), spans, lexicon(language))


def sentences(text: str) -> list[str]:
    narration = told(text)
    return [" ".join(narration.forms[slice(*narration.span(n))]) for n in range(len(narration.paragraphs))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is closed,” she said. Reed left.", [f"{QUOTE} she said .", "Reed left ."]),
        ("Mr. Reed of the U.S. Senate left. He ran.", ["Mr. Reed of the U.S. Senate left .", "He ran ."]),
        ("“It is closed.” Reed left.", [QUOTE, "Reed left ."]),
        ("“Is it closed?” Reed asked.", [f"{QUOTE} Reed asked ."]),
        ("“It is closed.” — Ada Quill", [f"{QUOTE} — Ada Quill"]),
        ("One\nTwo", ["One", "Two"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("She said it", "rsr"),
        ("the report said", "dns"),
        ("a recent report said", "dnns"),
        ("the critics report", "dns"),
        ("Reed (a senator) said", "n((((s"),
        ("Quill’s answer", "ngn"),
        ("he quickly left", "rav"),
    ],
)
def test_sorts(text: str, sorts: str) -> None:
    assert "".join(told(text).sorts) == sorts


@given(st.text(alphabet="“”\"'’.,?!- \nAabt", max_size=80))
def test_every_token_stands_where_it_says_and_every_one_is_in_one_sentence(text: str) -> None:
    narration = told(text)
    for form, start, end in zip(narration.forms, narration.starts, narration.ends, strict=True):
        assert form == QUOTE or text[start:end] == form
    assert narration.starts == sorted(narration.starts)
    assert narration.sentences[-1] == len(narration.forms)
    assert narration.sentences == sorted(set(narration.sentences))
