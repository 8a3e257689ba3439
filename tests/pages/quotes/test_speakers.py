"""Who says what: the speaker by full name, the words that name them there, the verb, who is spoken to."""

from __future__ import annotations

import pytest

from archiver.items import Quote
from archiver.pages import quotes

INTRODUCED = "Ada Quill, the mayor of Holm, met Bo Reed on Monday. Mr. Reed owns the mill.\n\n"


def one(text: str, language: str = "en") -> Quote:
    (found,) = quotes.find(text, language)
    return found


@pytest.mark.parametrize(
    ("text", "speaker", "mention", "cue"),
    [
        ("“The mill is closed,” Quill said.", "Ada Quill", "Quill", "said"),
        ("“The mill is closed,” said Quill.", "Ada Quill", "Quill", "said"),
        ("“The mill is closed,” Quill told the council on Tuesday.", "Ada Quill", "Quill", "told"),
        ("Quill added: “The mill is closed.”", "Ada Quill", "Quill", "added"),
        ("According to Quill, the mill is “closed for good.”", "Ada Quill", "Quill", "According"),
        ("“The mill is closed,” the mill’s owner, Bo Reed, said.", "Bo Reed", "Bo Reed", "said"),
        ("Quill, who had come with Reed, said the mill was “closed for good.”", "Ada Quill", "Quill", "said"),
        ("“The mill is closed for good.” — Ada Quill", "Ada Quill", "Ada Quill", None),
        ("“The mill is closed,” a spokesman for the council said.", "a spokesman", "a spokesman", "said"),
    ],
)
def test_the_speaker_is_found_where_newspapers_put_them(text: str, speaker: str, mention: str, cue: str | None) -> None:
    found = one(INTRODUCED + text)
    assert (found.speaker, found.speaker_mention, found.cue) == (speaker, mention, cue)
    assert found.rule != "marks"
    assert 0 < found.confidence <= 1


def test_a_quotation_split_around_its_tag_has_one_speaker() -> None:
    first, second = quotes.find(INTRODUCED + "“The mill,” Quill said, “is closed for good.”")
    assert (first.speaker, second.speaker) == ("Ada Quill", "Ada Quill")
    assert second.cue == "said"


def test_a_speaker_is_carried_over_paragraphs() -> None:
    found = quotes.find(
        INTRODUCED
        + "“The mill is closed.\n\n“It will not open again,” Quill said.\n\n“We are all very sorry for that.”"
    )
    assert [quote.speaker for quote in found] == ["Ada Quill"] * 3


def test_two_speakers_in_one_paragraph_keep_their_words() -> None:
    first, second = quotes.find(INTRODUCED + "“It is closed,” Quill said. Reed answered: “It is not.”")
    assert (first.speaker, second.speaker) == ("Ada Quill", "Bo Reed")


@pytest.mark.parametrize(("pronoun", "speaker"), [("she", "Ada Quill"), ("he", "Bo Reed")])
def test_a_pronoun_means_the_person_whom_it_can_mean(pronoun: str, speaker: str) -> None:
    found = one(INTRODUCED + f"“The mill is closed,” {pronoun} said.")
    assert (found.speaker_mention, found.speaker) == (pronoun, speaker)


def test_a_pronoun_that_means_nobody_known_stays_a_mention() -> None:
    found = one("“The mill is closed,” she said.")
    assert (found.speaker, found.speaker_mention) == (None, "she")


def test_a_weak_pronoun_stays_untold_beside_its_mention() -> None:
    text = "The hall was full of Emma Quill’s, Sarah Holm’s, Eva Vik’s and Mia Berg’s friends.\n\n"
    found = one(text + "“It is closed,” she said.")
    assert (found.speaker, found.speaker_mention) == (None, "she")


def test_who_still_speaks_to_the_same_person_is_whom_the_pronoun_means() -> None:
    text = (
        INTRODUCED
        + "“It is closed,” Reed told Ida Holm.\n\nTom Vik was silent, but he told Holm it was “closed for good.”"
    )
    assert quotes.find(text, "en")[-1].speaker == "Bo Reed"


def test_whose_words_were_announced_is_whom_the_pronoun_means() -> None:
    text = INTRODUCED + "The paper printed an admission from Reed. “I shut the mill myself,” he said."
    assert one(text).speaker == "Bo Reed"


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("“It is closed,” Quill told Reed.", "Reed"),
        ("“It is closed,” Quill told reporters on Monday.", "reporters"),
        ("“It is closed,” Quill told him.", "him"),
        ("“It is closed,” Quill said.", None),
    ],
)
def test_who_is_spoken_to(text: str, addressee: str | None) -> None:
    assert one(INTRODUCED + text).addressee == addressee


def test_nobody_is_made_up_where_the_text_names_nobody() -> None:
    found = one("It was dark. “The mill is closed, and it will never open again.”")
    assert (found.speaker, found.speaker_mention, found.cue) == (None, None, None)


def test_a_term_at_arms_length_keeps_whoever_uses_it() -> None:
    found = one(INTRODUCED + "Quill called that a “myth,” and left.")
    assert (found.kind, found.speaker) == ("scare", "Ada Quill")


def test_a_list_of_hundreds_of_marked_words_is_nobody_s_speech() -> None:
    found = quotes.find("Quill said: " + "“word,” " * 300)
    assert len(found) == 300
    assert {quote.speaker for quote in found} == {None}


def test_a_mark_that_was_repaired_is_told_beside_the_speaker() -> None:
    found = quotes.find(INTRODUCED + "The mill is closed,” Quill said.")[0]
    assert found.speaker == "Ada Quill"
    assert found.rule == "who says, after; opening mark lost at the start of the paragraph"
