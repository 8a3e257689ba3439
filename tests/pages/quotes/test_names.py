"""Names: which words are one, whose full name a surname is short for, who is a man and who a woman."""

from __future__ import annotations

import pytest

from archiver.pages.quotes import marks
from archiver.pages.quotes.lexicon import lexicon
from archiver.pages.quotes.names import People, people_of
from archiver.pages.quotes.narration import narrate


def people(text: str, language: str = "en") -> People:
    return people_of(narrate(text, list(marks.paragraphs(text)), [], lexicon(language)))


def full(text: str, language: str = "en") -> list[str]:
    return [name.full for name in people(text, language).names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Quill came. Quill left.", ["Ada Quill", "Ada Quill"]),
        ("Mayor Emma Quill came. Emma left.", ["Emma Quill", "Emma Quill"]),
        ("Bo Reed came with Emma Reed. Mrs. Reed left.", ["Bo Reed", "Emma Reed", "Emma Reed"]),
        ("Ludwig van Holm came. He left.", ["Ludwig van Holm"]),
        ("Robert Reed Jr. came. Reed left.", ["Robert Reed", "Robert Reed"]),
        ("The American president came on Monday.", []),
        ("Mr. King came. Mr. White left.", ["King", "White"]),
    ],
)
def test_names_and_their_full_forms(text: str, expected: list[str]) -> None:
    assert full(text) == expected


def test_a_nickname_belongs_to_the_name_around_it() -> None:
    assert full("Robert “Red” Reed came.") == ["Robert Red Reed"]


def test_where_every_noun_has_a_capital_a_noun_is_no_name() -> None:
    assert full("Die Mühle steht in der Stadt. Anna Quill kam, dann ging Quill.", "de") == ["Anna Quill", "Anna Quill"]


def test_titles_and_first_names_tell_men_from_women() -> None:
    found = people("Mr. Reed came. Emma Quill left. Chairwoman Zu Li stayed.")
    assert found.genders == {"Reed": "man", "Emma Quill": "woman", "Zu Li": "woman"}
