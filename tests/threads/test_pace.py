"""A look is due when comments have waited long enough together, and so late that looks fit the budget."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.threads.pace import AHEAD, HIGHEST, SAVED, Bounds, Outlook, Waiting, pace_for, saved_up

BOUNDS = Bounds(shortest=1 / 6, longest=720)
hours = st.floats(0, 24 * 365 * 20)
comments = st.integers(0, 1_000_000)
paces = st.floats(1e-3, 1e6)


@given(hours, comments, paces)
def test_the_wait_is_where_comments_times_waiting_reach_the_pace(age: float, seen: int, pace: float) -> None:
    outlook = Outlook.of(age, seen)
    wait = outlook.worth_after(pace)
    assert outlook.expected(wait) * wait == pytest.approx(pace, rel=1e-6)


@given(hours, comments, paces)
def test_a_higher_pace_never_makes_a_look_sooner(age: float, seen: int, pace: float) -> None:
    outlook = Outlook.of(age, seen)
    assert outlook.worth_after(pace * 2) > outlook.worth_after(pace)


def test_a_lively_thread_is_looked_at_sooner_than_a_quiet_one_and_a_young_one_sooner_than_an_old_one() -> None:
    lively, quiet = Outlook.of(24, 500), Outlook.of(24, 1)
    assert lively.worth_after(1) < quiet.worth_after(1)
    assert Outlook.of(24, 100).worth_after(1) < Outlook.of(24 * 30, 100).worth_after(1)


def test_half_of_the_comments_come_in_the_first_six_hours() -> None:
    newborn = Outlook.of(0, 0)
    assert newborn.expected(6) == pytest.approx(newborn.expected(1e12) / 2)


@given(st.lists(st.tuples(st.floats(0, 800), st.floats(0, 1000), st.integers(0, 2000)), max_size=40), st.floats(1, 50))
def test_looks_fit_the_budget_and_no_lower_pace_would_do(told: list[tuple[float, float, int]], budget: float) -> None:
    threads = [Waiting(since, Outlook.of(age, seen), 1.0) for since, age, seen in told]
    pace = pace_for(threads, budget, 1.0, BOUNDS)

    def due(pace: float) -> float:
        return sum(each.looks(pace, BOUNDS) for each in threads)

    assert pace >= HIGHEST or due(pace) <= budget
    assert pace == 1.0 or due(pace / 1.02) > budget


def test_what_is_overdue_counts_as_one_look_however_long_it_is() -> None:
    assert Waiting(900, Outlook.of(5000, 0), 1.0).looks(1.0, BOUNDS) == pytest.approx(1 + AHEAD / 720)


def test_a_site_s_own_pace_holds_where_the_archive_could_go_faster() -> None:
    thread = Waiting(1.0, Outlook.of(10, 100), 1e6)
    assert thread.looks(1.0, BOUNDS) == 0


@given(st.lists(st.floats(0, 24), max_size=50), st.floats(1, 10_000))
def test_never_more_is_saved_than_some_hours_of_the_budget(ago: list[float], a_day: float) -> None:
    assert saved_up(sorted(ago, reverse=True), a_day) <= max(a_day / 24 * SAVED, 1.0)


def test_a_budget_that_was_used_up_comes_back_steadily() -> None:
    a_day = 240.0
    assert saved_up([], a_day) == 30
    assert saved_up([1.0] * 30, a_day) == pytest.approx(10)
    assert saved_up([0.0] * 30, a_day) == pytest.approx(0)


def test_a_budget_of_one_look_a_day_is_one_look() -> None:
    assert saved_up([], 1.0) == 1
    assert saved_up([12.0], 1.0) == pytest.approx(0.5)
