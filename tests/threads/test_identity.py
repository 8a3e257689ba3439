"""Comments of pages without ids: which of those that are stored is which of those that are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.items import Comment
from archiver.threads.identity import recognise
from archiver.threads.likeness import Look, look_of, times
from archiver.threads.naming import lasting_id
from tests.threads.histories import KINDS, run

NINE = datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001 - a page's clock has no zone
LONG = "The ferry was late again, and nobody at the office picked up the phone."


def look(name: str, text: str = LONG, author: str | None = "Ida Holm", **more: Any) -> Look:
    told = {"id": name, "text": text, "author": author} | more
    return look_of(Comment(**told))


def at(minutes: int, precision: str = "minute") -> dict[str, Any]:
    return {"published_local": NINE + timedelta(minutes=minutes), "published_precision": precision}


def test_the_same_words_at_the_same_minute_are_the_same_comment() -> None:
    known = [look("a", "+1", **at(0)), look("b", "+1", **at(5))]
    assert recognise([look("1", "+1", **at(5)), look("2", "+1", **at(0))], known) == {"1": "b", "2": "a"}


def test_the_same_words_an_odd_time_later_are_another_comment() -> None:
    assert recognise([look("1", **at(35))], [look("a", **at(0))]) == {}


def test_a_site_that_changes_its_zone_has_the_same_comments() -> None:
    assert recognise([look("1", **at(120))], [look("a", **at(0))]) == {"1": "a"}


def test_an_edited_comment_stays_one_comment() -> None:
    known = [look("a", "First."), look("b"), look("c", "Third.")]
    edited = LONG.replace("nobody at the office picked up the phone", "now I take the bus instead")
    assert recognise([look("1", "First."), look("2", edited), look("3", "Third.")], known)["2"] == "b"


def test_words_that_are_wholly_others_are_the_same_comment_only_with_author_and_minute() -> None:
    assert recognise([look("1", "Never mind.", **at(0))], [look("a", **at(0))]) == {"1": "a"}
    assert recognise([look("1", "Never mind.", "Jon", **at(0))], [look("a", **at(0))]) == {}
    assert recognise([look("1", "Never mind.")], [look("a")]) == {}


def test_doubled_words_find_their_own_by_their_neighbours() -> None:
    texts = ["lol", LONG, "lol", "A quite different remark about the harbour.", "lol"]
    known = [look(f"a{place}", text, None) for place, text in enumerate(texts)]
    shown = [look(f"{place}", text, None) for place, text in enumerate(texts[1:])]
    assert recognise(shown, known) == {"0": "a1", "1": "a2", "2": "a3", "3": "a4"}


def test_a_reply_is_told_from_its_double_by_what_it_answers() -> None:
    known = [
        look("a", "One way to see it is the mayor's."),
        look("b", "Another way to see it is the captain's."),
        look("c", "lol", None, parent_id="a"),
        look("d", "lol", None, parent_id="b"),
    ]
    shown = [
        look("1", "Another way to see it is the captain's."),
        look("2", "lol", None, parent_id="1"),
        look("3", "One way to see it is the mayor's."),
        look("4", "lol", None, parent_id="3"),
    ]
    assert recognise(shown, known) == {"1": "b", "2": "d", "3": "a", "4": "c"}


def test_a_comment_that_moved_to_the_next_page_is_not_there_twice() -> None:
    known = [look("a"), look("b", "The last of the first page, that moved on.")]
    shown = [look("1", "The last of the first page, that moved on."), look("2", "The next one, which is new.")]
    assert recognise(shown, known, seen={"a", "b"}) == {"1": "b"}


def test_short_words_that_recur_on_the_next_page_are_another_comment() -> None:
    assert recognise([look("1", "lol", None), look("2")], [look("a", "lol", None)], seen={"a"}) == {}


def test_ids_that_the_page_does_show_are_certain() -> None:
    known = [look("77", "Same words on both sides, word for word."), look("a", "Same words on both sides.")]
    shown = [look("77", "Something else."), look("1", "Same words on both sides, word for word.")]
    assert recognise(shown, known, certain={"77": "77"}) == {"77": "77", "1": "a"}


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (at(0), at(1), "same"),
        (at(0), at(7), "other"),
        (at(0), at(60), "shifted"),
        (at(0, "hour"), at(50, "hour"), "may be"),
        (at(0, "day"), at(60 * 30, "day"), "may be"),
        (at(0, "day"), at(60 * 24 * 5, "day"), "other"),
        (at(0), {}, "unknown"),
    ],
)
def test_two_printed_times(one: dict[str, Any], other: dict[str, Any], said: str) -> None:
    assert times(look("1", **one), look("2", **other)) == times(look("2", **other), look("1", **one)) == said


looks = st.builds(
    look,
    st.just(""),
    st.sampled_from(["lol", LONG, LONG[:40], "", "漢字かな交じり文", "A word."]),
    st.sampled_from([None, "Ida", "Jon"]),
    published_local=st.sampled_from([None, NINE, NINE + timedelta(hours=1), NINE + timedelta(days=2)]),
    published_precision=st.sampled_from([None, "minute", "hour", "day"]),
    parent_id=st.sampled_from([None, "1", "x1"]),
)


def named(some: list[Look], prefix: str) -> list[Look]:
    return [replace(each, id=f"{prefix}{place}") for place, each in enumerate(some)]


@given(st.lists(looks, max_size=8), st.lists(looks, max_size=8), st.integers(0, 4))
def test_nobody_is_two_comments_and_no_comment_is_two(shown: list[Look], known: list[Look], seen: int) -> None:
    stored = named(known, "x")
    found = recognise(named(shown, ""), stored, seen={each.id for each in stored[:seen]})
    assert len(set(found.values())) == len(found)
    assert set(found) <= {f"{place}" for place in range(len(shown))}
    assert set(found.values()) <= {each.id for each in stored}


@given(st.lists(looks, max_size=8))
def test_a_page_that_did_not_change_has_the_same_comments(some: list[Look]) -> None:
    known = named(some, "x")
    shown = [replace(each, id=each.id[1:]) for each in known]
    assert recognise(shown, known) == {each.id[1:]: each.id for each in known}


def test_lasting_ids_say_who_and_when_or_which() -> None:
    taken = {"ida-holm-2"}
    names = [
        lasting_id(each, is_taken=taken.__contains__)
        for each in (
            Comment(id="1", author="Ida  Holm", **at(0), published_raw="1 March 2026, 9:00"),
            Comment(id="1", author="Ida Holm", **at(0, "day"), published_raw="1 March 2026"),
            Comment(id="1", author="Ida Holm", **at(0), published_raw="2 hours ago"),
            Comment(id="1", author="Øystein Żak!"),
            Comment(id="1"),
        )
    ]
    assert names == ["ida-holm-2026-03-01-0900", "ida-holm-2026-03-01", "ida-holm-1", "øystein-żak-1", "comment-1"]
    assert lasting_id(Comment(id="1", author="Ida Holm"), is_taken={"ida-holm-1", *taken}.__contains__) == "ida-holm-3"


def test_of_a_hundred_comments_ninety_nine_keep_their_identity() -> None:
    """A sample of what `python -m benchmarks.identity` measures: every third kind of page, once."""
    scores = [run(seed, kind, size=40, readings=3) for seed, kind in enumerate(KINDS[::3])]
    assert sum(each.right for each in scores) >= 0.99 * sum(each.shown for each in scores)
