"""Whether comments moved from page to page while the pages were read."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.threads.drift import ReadPage, ask_again, moved


def page(number: int, ids: str, *, newest: int | None = None, claimed: int | None = None) -> ReadPage:
    time = None if newest is None else datetime(2026, 3, newest)  # noqa: DTZ001 - compared with its like only
    return ReadPage(url=f"https://a.example/{number}", ids=tuple(ids), newest=time, claimed=claimed)


def test_one_page_cannot_drift() -> None:
    assert ask_again([page(1, "abc")], claimed=None, collected=3, never_shown=0) is None
    assert moved([page(1, "abc")]) is None


def test_without_a_count_the_first_page_is_read_again_unless_the_pages_overlap() -> None:
    first = page(1, "abc")
    assert ask_again([first, page(2, "def")], claimed=None, collected=6, never_shown=0) is first
    assert ask_again([first, page(2, "cde")], claimed=None, collected=5, never_shown=0) is None
    assert ask_again([first, page(2, "def"), first], claimed=None, collected=6, never_shown=0) is None


def test_with_a_count_nothing_is_read_again_where_nothing_is_missing_that_was_ever_shown() -> None:
    pages = [page(1, "abc"), page(2, "def")]
    assert ask_again(pages, claimed=6, collected=6, never_shown=0) is None
    assert ask_again(pages, claimed=8, collected=6, never_shown=2) is None


def test_what_came_meanwhile_is_looked_for_where_the_newest_stand() -> None:
    pages = [page(1, "abc", newest=1, claimed=6), page(2, "def", newest=9, claimed=7)]
    assert ask_again(pages, claimed=7, collected=6, never_shown=0) is pages[1]


def test_what_moved_up_because_others_went_is_looked_for_on_the_first_page() -> None:
    pages = [page(1, "abc", newest=1, claimed=7), page(2, "efg", newest=9, claimed=6)]
    assert ask_again(pages, claimed=7, collected=6, never_shown=0) is pages[0]


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ("abc", None),  # as before
        ("xab", None),  # one came, and pushed another to the next page
        ("abcx", None),  # one came at the end
        ("xyz", "more comments came while its pages were read than one of them holds"),
        ("acd", "comments went or changed places while its pages were read: some may have been missed"),
        ("ab", "comments went or changed places while its pages were read: some may have been missed"),
        ("bac", "comments went or changed places while its pages were read: some may have been missed"),
    ],
)
def test_the_first_page_read_again_tells_what_happened(again: str, said: str | None) -> None:
    assert moved([page(1, "abc"), page(2, "def"), page(1, again)]) == said


def test_pages_that_neither_overlap_nor_were_read_again_leave_it_open() -> None:
    assert moved([page(1, "abc"), page(2, "def")]) == "whether comments moved while its pages were read is not known"
    assert moved([page(1, "abc"), page(2, "cde")]) is None


ids = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6).map("".join)


@given(ids.filter(bool), ids, st.lists(st.sampled_from("uvwxyz"), unique=True, max_size=3).map("".join))
def test_comments_that_only_came_never_make_a_reading_incomplete(first: str, second: str, came: str) -> None:
    """Newest first, as many a page as before; at least one comment of the first page is still on it."""
    pushed = (came + first)[: len(first)]
    if set(pushed) & set(first):
        assert moved([page(1, first), page(2, second), page(1, pushed)]) is None
