"""Seven languages have words; a text tells which it is in; elsewhere there are quotations without speakers."""

from __future__ import annotations

import pytest

from archiver.pages import quotes
from archiver.pages.quotes.language import language_of
from archiver.pages.quotes.lexicon import LANGUAGES, lexicon

TEXTS = {
    "en": "“The mill is closed,” Ada Quill said on Monday. The people of the town were not there.",
    "de": "„Die Mühle ist zu“, sagte Ada Quill am Montag. Die Leute in der Stadt waren nicht da.",
    "fr": "« Le moulin est fermé », a déclaré Ada Quill lundi. Les gens de la ville n’étaient pas là.",
    "es": "«El molino está cerrado», dijo Ada Quill el lunes. La gente de la ciudad no estaba allí.",
    "pt": "“O moinho está fechado”, disse Ada Quill na segunda-feira. As pessoas da cidade não estavam lá.",
    "it": "«Il mulino è chiuso», ha detto Ada Quill lunedì. La gente della città non era lì.",
    "nl": "“De molen is dicht”, zei Ada Quill maandag. De mensen uit de stad waren er niet.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_tells_its_language_and_who_speaks(language: str) -> None:
    text = TEXTS[language]
    assert language_of(text) == language
    (found,) = quotes.find(text)
    assert (found.kind, found.speaker) == ("direct", "Ada Quill")
    assert found.cue in lexicon(language).cues


@pytest.mark.parametrize(
    ("language", "text", "speaker", "mention"),
    [
        ("fr", "Ada Quill est venue lundi. « Le moulin est fermé », a-t-elle dit.", "Ada Quill", "elle"),
        ("fr", "Paul Reed est venu lundi. « C’est fini », dit-il.", "Paul Reed", "il"),
        ("fr", "Selon Ada Quill, « rien ne va plus » dans la ville.", "Ada Quill", "Ada Quill"),
        ("de", "Die Bürgermeisterin kam. Laut Polizei ist die Mühle „für immer geschlossen“.", "Polizei", "Polizei"),
        (
            "de",
            "Bürgermeister Paul Krause fügte hinzu: „Sie öffnet nie wieder.“",
            "Paul Krause",
            "Bürgermeister Paul Krause",
        ),
    ],
)
def test_what_other_languages_do_otherwise(language: str, text: str, speaker: str, mention: str) -> None:
    (found,) = quotes.find(text, language)
    assert (found.speaker, found.speaker_mention) == (speaker, mention)


def test_the_language_of_the_page_decides() -> None:
    text = "„Die Mühle ist zu“, sagte Ada Quill am Montag."
    assert quotes.find(text, "de-AT")[0].speaker == "Ada Quill"
    assert quotes.find(text, "sv")[0].speaker is None


def test_a_language_without_words_has_quotations_but_no_speakers() -> None:
    (found,) = quotes.find("”Kvarnen är stängd”, sade Ada Quill på måndagen.")
    assert (found.kind, found.speaker, found.speaker_mention) == ("direct", None, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_lists_that_speakers_are_found_by(language: str) -> None:
    words = lexicon(language)
    for name in ("determiners", "prepositions", "conjunctions", "auxiliaries", "he", "she", "people", "men", "women"):
        assert words.of(name), name
    assert len(words.cues) > 80
    assert all(word == word.lower() for name in words.lists for word in words.of(name))
