"""The times of all looks fit the budgets, and a clock that was set back puts nothing off for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from archiver.crawl.budget import Budget
from archiver.store import frontier, hosts, replan, runs
from archiver.store.database import Database
from archiver.threads.pace import SAVED
from archiver.threads.revisits import DEFAULT_MANNERS, Manners
from tests.store.site import NOW, rows
from tests.store.test_looks import DAY, HOUR, archived

MINUTE = timedelta(minutes=1)


def plan_anew(database: Database, at: datetime, manners: Manners = DEFAULT_MANNERS) -> Any:
    with database.write() as conn:
        made = replan.spent(conn, now=at, manners=manners, delay=1.0)
        return replan.plan_anew(conn, now=at, manners=manners, made=made)


def due(database: Database) -> list[datetime]:
    found = [row["due_at"] for row in rows(database, "SELECT due_at FROM revisit ORDER BY due_at")]
    return [datetime.fromisoformat(each) if isinstance(each, str) else each for each in found]


def looked(database: Database, host: str, *hours_ago: float) -> None:
    """Visits that `watch` made before NOW."""
    with database.write() as conn:
        run = runs.start_run(conn, command="watch", software="", settings={}, now=NOW)
        for number, ago in enumerate(hours_ago):
            frontier.add_visit(conn, url=f"https://{host}/{number}", run_id=run, now=NOW - timedelta(hours=ago))


def test_looks_are_put_off_until_they_fit_the_budget_of_their_site(database: Database) -> None:
    for number in range(12):
        archived(database, f"story-{number}", "1")
    generous = plan_anew(database, NOW)
    early = due(database)
    assert generous == {"news.example": DEFAULT_MANNERS.pace}
    small = Manners(a_day_at_a_site=24)
    paces = plan_anew(database, NOW + 3 * HOUR, small)
    assert paces["news.example"] > DEFAULT_MANNERS.pace
    soon = [each for each in due(database) if each < NOW + 4 * HOUR]
    assert len(soon) <= 24 / 24 * (1 + SAVED)
    assert due(database) > early
    assert "to keep to the budget" in rows(database, "SELECT why FROM revisit")[0]["why"]
    plan_anew(database, NOW + 3 * HOUR)
    assert due(database) == early


def test_all_sites_together_keep_to_the_budget_of_the_archive(database: Database) -> None:
    for number in range(12):
        archived(database, f"story-{number}", "1")
    assert plan_anew(database, NOW + 3 * HOUR, Manners(a_day=24))["news.example"] > DEFAULT_MANNERS.pace


def test_looks_that_were_made_count_against_the_budget_after_a_restart_too(database: Database) -> None:
    looked(database, "news.example", *[1 / 60] * 3)
    with database.read() as conn:
        made = replan.spent(conn, now=NOW, manners=Manners(a_day_at_a_site=24), delay=1.0)
    budget = Budget(Manners(a_day_at_a_site=24), made, NOW)
    assert not budget.take("news.example", NOW)
    assert budget.spent_hosts(NOW) == {"news.example"}
    assert budget.take("elsewhere.example", NOW)
    assert budget.take("news.example", NOW + HOUR)


def test_what_the_archive_command_asked_for_is_no_look(database: Database) -> None:
    archived(database, "a", "1")
    with database.read() as conn:
        assert replan.spent(conn, now=NOW, manners=DEFAULT_MANNERS, delay=1.0) == {}


def test_a_slow_host_allows_fewer_looks_a_day(database: Database) -> None:
    """Ten seconds between two requests, and one request a look: no more than 8,640."""
    with database.write() as conn:
        hosts.remember(conn, "news.example", delay=10.0)
        made = replan.spent(conn, now=NOW, manners=Manners(a_day_at_a_site=100_000), delay=1.0)
    assert made["news.example"].a_day == pytest.approx(8640)


def test_the_budget_of_the_archive_holds_for_every_site() -> None:
    budget = Budget(Manners(a_day=8), {}, NOW)
    assert [budget.take(f"{number}.example", NOW) for number in range(2)] == [True, False]
    assert budget.is_spent(NOW)
    assert budget.one_look(NOW) == 3 * HOUR
    assert not budget.is_spent(NOW + 3 * HOUR)


def test_a_clock_that_was_set_back_puts_no_look_off_for_ever(database: Database) -> None:
    """The visit was dated four years ahead; by the right clock its next look comes within a month."""
    archived(database, "a", "1", at=NOW + 1500 * DAY)
    plan_anew(database, NOW)
    assert due(database)[0] <= NOW + DEFAULT_MANNERS.longest


def test_an_article_that_is_being_visited_stays_as_it_is(database: Database) -> None:
    url = archived(database, "a", "1")
    with database.write() as conn:
        frontier.add_visit(conn, url=url, run_id=None, now=NOW)
    before = due(database)
    plan_anew(database, NOW + DAY, Manners(a_day=1))
    assert due(database) == before
