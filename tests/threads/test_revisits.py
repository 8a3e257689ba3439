"""When an article is looked at again, and the reason that a person reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.threads import revisits
from archiver.threads.revisits import DEFAULT_MANNERS as MANNERS
from archiver.threads.revisits import Teller, Watched, next_look

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

moments = st.integers(-300_000, 120_000).map(lambda hours: NOW + hours * HOUR)


def article(**more: object) -> Watched:
    """A lively article of the morning, looked at just now."""
    given: dict[str, object] = {
        "began": NOW - 6 * HOUR,
        "seen": 40,
        "looked_at": NOW,
        "visited_at": NOW,
        "newest": NOW - 10 * MINUTE,
        "found": "3 new comments in 2 h",
    }
    return Watched(**given | more)  # type: ignore[arg-type]


def test_a_lively_article_is_looked_at_soon_and_the_reason_is_what_was_found() -> None:
    look = next_look(article(), MANNERS, 1.0)
    assert look.why == "3 new comments in 2 h"
    assert look.due_at is not None
    assert 30 * MINUTE < look.due_at - NOW < 2 * HOUR


def test_a_budget_puts_looks_off_and_is_named() -> None:
    early, late = (next_look(article(), MANNERS, pace) for pace in (1.0, 50.0))
    assert early.due_at is not None
    assert late.due_at is not None
    assert late.due_at > early.due_at
    assert late.why == "3 new comments in 2 h (later than worth it, to keep to the budget)"


def test_an_article_that_nobody_has_commented_for_a_month_is_let_go() -> None:
    quiet = article(began=NOW - 90 * DAY, newest=NOW - 30 * DAY)
    assert next_look(quiet, MANNERS, 1.0) == revisits.Look(due_at=None, why="no comment for 30 days: stopped")


def test_an_article_without_comments_counts_from_its_beginning() -> None:
    assert next_look(article(began=NOW - 31 * DAY, seen=0, newest=None), MANNERS, 1.0).due_at is None
    assert next_look(article(began=NOW - 29 * DAY, seen=0, newest=None), MANNERS, 1.0).due_at == NOW + DAY


def test_the_last_look_comes_when_the_month_is_over_whatever_the_pace() -> None:
    look = next_look(article(began=NOW - 20 * DAY, newest=NOW - 20 * DAY), MANNERS, 1e6)
    assert look.due_at == NOW + 10 * DAY


def test_a_closed_thread_is_looked_at_once_more_and_then_let_go() -> None:
    closed = article(closed_since=NOW)
    assert next_look(closed, MANNERS, 1.0) == revisits.Look(
        due_at=NOW + 7 * DAY, why="closed by the site: last look 7 days later"
    )
    later = replace(closed, visited_at=NOW + 7 * DAY, looked_at=NOW + 7 * DAY)
    assert next_look(later, MANNERS, 1.0) == revisits.Look(due_at=None, why="closed by the site: stopped")


def test_a_look_that_failed_is_tried_again_ever_later_and_then_no_more() -> None:
    failing = [article(failures=number, found="the server answered 404 (not found)") for number in range(1, 7)]
    looks = [next_look(each, MANNERS, 1.0) for each in failing]
    assert [(look.due_at - NOW) / HOUR for look in looks[:-1] if look.due_at] == [1, 4, 16, 64, 256]
    assert looks[-1].due_at is None
    assert looks[-1].why == "the server answered 404 (not found), 6 times in a row: stopped"


@given(moments, moments, st.one_of(st.none(), moments), st.integers(0, 100_000), st.floats(1, 1e6))
def test_whatever_the_dates_the_next_look_is_neither_sooner_nor_later_than_allowed(
    began: datetime, looked_at: datetime, newest: datetime | None, seen: int, pace: float
) -> None:
    """A page dated in the future, comments from 1990, a clock set back between two looks."""
    look = next_look(
        article(began=began, looked_at=looked_at, visited_at=looked_at, newest=newest, seen=seen), MANNERS, pace
    )
    if look.due_at is not None:
        assert MANNERS.shortest <= look.due_at - looked_at <= MANNERS.longest + timedelta(seconds=1)


def test_a_comment_dated_in_the_future_keeps_no_article_alive() -> None:
    """It counts as written when the visit saw it; the store takes the day on which it was first seen."""
    assert article(newest=NOW + 300 * DAY).alive == NOW


def test_a_thread_begins_when_its_article_was_published_but_never_after_it_was_seen() -> None:
    day = NOW - 10 * DAY
    assert revisits.began(published=day, oldest=NOW, first_seen=NOW) == day
    assert revisits.began(published=NOW + DAY, oldest=day, first_seen=NOW) == NOW
    assert revisits.began(published=None, oldest=day, first_seen=NOW) == day
    assert revisits.began(published=None, oldest=None, first_seen=NOW) == NOW


def test_where_a_site_tells_what_is_new_whole_visits_come_more_rarely_and_still_come() -> None:
    """Two days after the last visit, and its site has just said that nothing is new."""
    quiet = article(looked_at=NOW + 2 * DAY, has_teller=True)
    whole = next_look(quiet, MANNERS, 1.0).due_at
    alone = next_look(article(), MANNERS, 1.0).due_at
    assert whole is not None
    assert alone is not None
    assert alone - NOW < 3 * HOUR < whole - NOW < 3 * DAY


def test_what_a_site_tells_is_visited_at_once_or_when_the_budget_lets_it() -> None:
    assert revisits.told_at(1, NOW, MANNERS, 1.0) == NOW
    assert revisits.told_at(1, NOW, MANNERS, 10.0) == NOW + 10 * HOUR
    assert revisits.told_at(20, NOW, MANNERS, 10.0) == NOW + HOUR / 2


def test_questions_take_a_quarter_of_the_looks_at_a_site_at_most() -> None:
    assert revisits.asked_again_at(NOW, MANNERS) == NOW + MANNERS.shortest
    assert revisits.asked_again_at(NOW, replace(MANNERS, a_day_at_a_site=8)) == NOW + 12 * HOUR


@pytest.mark.parametrize(
    ("teller", "more", "what"),
    [
        (None, {}, "visit"),
        (Teller(), {}, "ask"),
        (Teller(since=NOW - HOUR, at=NOW + HOUR), {}, "quiet"),
        (Teller(since=NOW - HOUR, at=NOW + HOUR), {"told": 2}, "visit"),
        (Teller(since=NOW - HOUR, at=NOW + HOUR), {"failures": 1}, "visit"),
        (Teller(since=NOW - HOUR, at=NOW + HOUR), {"closed_since": NOW}, "visit"),
        (Teller(since=NOW - HOUR, at=NOW - MINUTE), {}, "ask"),
        (Teller(since=NOW - HOUR, at=NOW + 2 * HOUR - MINUTE), {"looked_at": NOW + 2 * HOUR}, "wait"),
        (Teller(since=NOW + HOUR, at=NOW + HOUR), {}, "ask"),
        (Teller(since=NOW + 2 * HOUR - MINUTE, at=NOW + 2 * HOUR - MINUTE), {}, "visit"),
        (Teller(since=NOW - HOUR, at=NOW + HOUR), {"visited_at": NOW - 2 * DAY, "began": NOW - 3 * DAY}, "visit"),
    ],
    ids=[
        "no site tells",
        "it was never asked",
        "it answered since and named nothing",
        "it named something",
        "the last visit failed",
        "it is closed",
        "its answer is older than the last look",
        "and it was asked just now",
        "its answers left something out",
        "it left something out, and was asked just now",
        "a whole visit is due",
    ],
)
def test_what_an_article_needs_that_is_due(teller: Teller | None, more: dict[str, object], what: str) -> None:
    assert revisits.how(article(has_teller=True, **more), teller, NOW + 2 * HOUR, MANNERS, 1.0) == what


def test_what_was_found_is_said_in_few_words() -> None:
    assert revisits.what_was_found(0, 0, None, NOW) == "first look: no comments"
    assert revisits.what_was_found(1, 1, None, NOW) == "first look: 1 comment"
    assert revisits.what_was_found(3, 9, NOW - 2 * HOUR, NOW) == "3 new comments in 2 h"
    assert revisits.what_was_found(0, 9, NOW - 3 * DAY, NOW) == "no new comments in 3 days"
    assert revisits.what_was_found(1, 9, NOW + DAY, NOW) == "1 new comment in 1 min"
