"""Reading order and depth, for whatever parents a stranger's page may claim."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archiver.threads.order import depths, positions, woven
from archiver.threads.values import Member, Place

from .test_close import member

START = datetime(2026, 1, 1, tzinfo=UTC)


def place(page: int, index: int, *, newest_first: bool = False) -> tuple[Place, ...]:
    return (Place(source="markup", page_number=page, newest_first=newest_first, index=index),)


def order(members: list[Member]) -> list[str]:
    found = positions(members)
    return sorted(found, key=lambda name: found[name])


def test_pages_give_the_order() -> None:
    members = [member("c", places=place(2, 0)), member("a", places=place(1, 0)), member("b", places=place(1, 1))]
    assert order(members) == ["a", "b", "c"]


def test_pages_with_the_newest_first_are_turned_from_the_last() -> None:
    members = [
        member("old", places=place(1, 0, newest_first=True)),
        member("new", places=place(2, 0, newest_first=True)),
        member("mid", places=place(2, 1, newest_first=True)),
    ]
    assert order(members) == ["new", "mid", "old"]


def test_a_page_of_one_comment_cannot_turn_the_thread_round() -> None:
    members = [
        member("new", places=place(2, 0, newest_first=False)),
        member("mid", places=place(1, 0, newest_first=True)),
        member("old", places=place(1, 1, newest_first=True)),
    ]
    assert order(members) == ["new", "mid", "old"]


def test_what_is_gone_stands_where_it_stood_on_pages_with_the_newest_first() -> None:
    members = [
        member("2", places=place(1, 1, newest_first=True), position=0, published=START + timedelta(2)),
        member("gone", seen=False, position=1, published=START + timedelta(1)),
        member("1", places=place(1, 2, newest_first=True), position=2, published=START),
        member("3", places=place(1, 0, newest_first=True), published=START + timedelta(3)),
    ]
    assert order(members) == ["3", "2", "gone", "1"]


def test_answers_that_came_since_stand_before_a_sibling_that_is_gone() -> None:
    assert woven(["a", "gone", "b"], ["a", "a1", "b"], {"a1": 1}) == ["a", "a1", "gone", "b"]
    assert woven(["gone", "a", "also gone"], ["a"]) == ["gone", "a", "also gone"]


names = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(names, names, st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2)))
def test_weaving_keeps_every_name_once_and_the_order_of_the_page(
    before: list[str], now: list[str], levels: dict[str, int]
) -> None:
    found = woven(before, now, levels)
    assert sorted(found) == sorted({*before, *now})
    assert [name for name in found if name in now] == now


def test_an_api_is_read_depth_first_by_time() -> None:
    api = (Place(source="api", page_number=1, newest_first=False, index=0),)
    times = {"1": 0, "2": 10, "3": 5}
    members = [
        member(name, parent="1" if name == "2" else None, places=api, published=START + timedelta(minutes=minutes))
        for name, minutes in times.items()
    ]
    assert order(members) == ["1", "2", "3"]


def test_a_pingback_without_a_time_stands_where_its_id_was_given() -> None:
    members = [
        member("8", parent=None, seen=False, published=START),
        member("9", seen=False),
        member("10", seen=False, published=START + timedelta(hours=1)),
    ]
    assert order(members) == ["8", "9", "10"]


def test_a_comment_that_is_gone_keeps_its_place() -> None:
    members = [
        member("1", published=START),
        member("2", parent="1", seen=False),
        member("3", published=START + timedelta(1)),
    ]
    assert order(members) == ["1", "2", "3"]


def test_a_chain_of_fifty_thousand_is_no_recursion() -> None:
    members = [member(str(n), parent=str(n - 1) if n else None, seen=False) for n in range(50_000)]
    assert depths(members)["49999"] == 49_999
    assert positions(members)["49999"] == 49_999


@given(st.lists(st.integers(-1, 12), max_size=12), st.booleans())
def test_every_comment_has_one_place_whatever_the_parents(parents: list[int], seen: bool) -> None:
    members = [member(str(n), n, parent=None if p < 0 else str(p), seen=seen) for n, p in enumerate(parents)]
    assert sorted(positions(members).values()) == list(range(len(parents)))
    assert set(depths(members)) == {str(n) for n in range(len(parents))}
    assert all(0 <= depth <= len(parents) for depth in depths(members).values())
