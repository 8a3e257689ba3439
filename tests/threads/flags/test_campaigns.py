"""The same text or link in many threads."""

from __future__ import annotations

import pytest

from archiver.threads.flags.campaigns import Spoken, find

TEXT = "Sign the petition for the crane before Friday, dear neighbours, please."


def spoken(*comments: tuple[int, str, str]) -> dict[int, str]:
    """Thread, text and link of each comment; the answer by its place from 0."""
    given = [
        Spoken(key=key, thread=thread, site="news.example", text=text, links=(link,) if link else ())
        for key, (thread, text, link) in enumerate(comments)
    ]
    return {each.key: each.rule for each in find(given)}


def test_the_same_words_in_three_threads_are_a_campaign_whatever_their_marks() -> None:
    found = spoken((1, TEXT, ""), (2, TEXT.upper(), ""), (3, TEXT + "!!!", ""), (3, "I have signed nothing yet.", ""))
    assert found == dict.fromkeys((0, 1, 2), "the same text in 3 threads")


def test_the_same_link_in_three_threads_is_a_campaign_whatever_its_tracking() -> None:
    link = "https://petition.example/crane"
    found = spoken((1, "a", link), (2, "b", f"{link}?utm_source=x"), (3, "c", f"{link}#sign"))
    assert found == dict.fromkeys((0, 1, 2), "the same link in 3 threads")


@pytest.mark.parametrize(
    "comments",
    [
        [(1, TEXT, ""), (1, TEXT, ""), (1, TEXT, "")],
        [(1, TEXT, ""), (2, TEXT, "")],
        [(number, "So it goes.", "") for number in range(9)],
        [(number, "x", "https://news.example/a-story") for number in range(9)],
        [(number, "x", "https://petition.example/") for number in range(9)],
    ],
    ids=["one thread", "two threads", "few words", "the site's own story", "a front page"],
)
def test_what_is_no_campaign(comments: list[tuple[int, str, str]]) -> None:
    assert spoken(*comments) == {}
