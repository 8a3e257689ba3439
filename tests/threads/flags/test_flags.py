"""Which comments are flagged, and what the flag says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.threads.flags import Flag, find, spam
from archiver.threads.flags.signs import SIGNS, Look
from archiver.threads.links import Said


def flags(*said: tuple[str | None, str]) -> list[Flag]:
    return list(find([Said(id=str(at), author=author, text=text) for at, (author, text) in enumerate(said, start=1)]))


@pytest.mark.parametrize(
    "text",
    [
        "I make $85 an hour working from home. I never thought it was real. ►► www.jobs-now9.com",
        "my sister's friend earned 7400 dollars monthly on the laptop, it is easy to get rich",
        "You can earn 4800$ at your home, try it: www.cash-on-net7.com Copy&Paste",
    ],
)
def test_an_offer_of_money_is_spam(text: str) -> None:
    (flag,) = flags(("Ann", text))
    assert (flag.kind, flag.rule, flag.comment_id) == ("spam", "an offer of money", "1")


@pytest.mark.parametrize(
    "text",
    [
        "Please subscribe to my channel guys!!! check out my new video",
        "CHECK OUT MY CHANNEL PLEASE, free followers for all who share",
        "http://shrt.example.com/a?r=77",
    ],
)
def test_advertising_is_spam_and_the_flag_says_why(text: str) -> None:
    (flag,) = flags(("Ann", text))
    assert flag.kind == "spam"
    assert flag.rule
    assert spam.THRESHOLD <= flag.score <= 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The council spends $90 an hour on lawyers, and nobody asks why.",
        "I have worked from home since March and earn less than before.",
        "What a beautiful photograph of the harbour.",
        "Subscription prices went up again, so I read it at the library.",
        "Where does the money come from? Who pays for the crane?",
        "The council has the figures on its own page, for those who want to read them: https://council.example/quay/2019",
        "On me dit que la grue coûte trop cher, mais on n'a pas lu le rapport : https://ville.example/rapport.pdf",
    ],
)
def test_what_people_say_is_no_spam(text: str) -> None:
    assert flags(("Ann", text)) == []


def test_the_same_words_by_the_same_person_or_many_words_by_anybody_are_duplicates() -> None:
    long = "Nobody has asked those who live by the harbour."
    found = flags(("Ann", "Sell it!"), ("Bob", "Sell it."), ("Ann", "sell it"), ("Bob", long), (None, long.upper()))
    assert [(flag.comment_id, flag.kind, flag.rule) for flag in found] == [
        ("3", "duplicate", "the same person said the same in comment 1"),
        ("5", "duplicate", "the same words as comment 4"),
    ]


def test_weights_are_of_signs_that_exist_and_few_enough_to_be_read() -> None:
    values = json.loads(spam.WEIGHTS.read_text(encoding="utf-8"))
    assert set(values["signs"]) <= set(SIGNS)
    assert len(values["words"]) < 250


@given(st.text(max_size=400))
def test_any_text_has_a_score_and_a_reason(text: str) -> None:
    assert 0 <= spam.score(text, spam.weights()) <= 1
    assert set(Look.at(text).signs) <= set(SIGNS)
    found = spam.suspicion(text)
    assert found is None or found.rule


def test_a_long_comment_is_read_in_no_time() -> None:
    assert spam.suspicion("work from my " * 50_000 + "$ 1 " * 20_000) is None
