"""What is due is begun: a visit, or a question to the site; what the site tells makes articles due or puts them off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from archiver.items import NewestComment, Probe
from archiver.store import frontier, hosts, looks, runs
from archiver.store.closing import close_visit
from archiver.store.database import Database, open_database
from archiver.store.looks import Begun
from archiver.threads.revisits import DEFAULT_MANNERS
from tests.store.site import NOW, article, begin, comment, page, rows, save, thread

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SITE = "https://news.example"
API = Probe(platform="wordpress", url=f"{SITE}/wp-json/wp/v2/comments?per_page=100")
FEED = Probe(platform="wordpress", url=f"{SITE}/comments/feed/")
LONG_AGO = NOW - 2 * HOUR


def archived(database: Database, name: str, *ids: str, at: datetime = NOW, probes: Sequence[Probe] = ()) -> str:
    """An article of two hours ago with some comments, read at `at`; its address."""
    url = f"{SITE}/{name}"
    first = begin(database, url, at=at)
    shown = thread(*(comment(each, published=LONG_AGO) for each in ids), id=name)
    item = page(first, shown, at=at, article=article(url=url, published=LONG_AGO))
    save(database, replace(item, extraction=replace(item.extraction, probes=tuple(probes))))
    close_visit(database, first.visit_id, now=at)
    return url


def begin_due(database: Database, at: datetime, *, limit: int = 50, take: Any = None, not_at: Any = ()) -> list[str]:
    """The addresses of the looks that begin at `at`."""
    begun = begun_at(database, at, limit=limit, take=take, not_at=not_at)
    found = {row["id"]: row["url"] for row in rows(database, "SELECT id, url FROM visit")}
    return [found[each.visit_id] for each in begun]


def begun_at(database: Database, at: datetime, *, limit: int = 50, take: Any = None, not_at: Any = ()) -> list[Begun]:
    with database.write() as conn:
        run_id = runs.start_run(conn, command="watch", software="archiver/0", settings={}, now=at)
        return looks.begin_due(
            conn,
            now=at,
            limit=limit,
            run_id=run_id,
            manners=DEFAULT_MANNERS,
            paces={},
            not_at=not_at,
            take=take or (lambda _: True),
        )


def answer(database: Database, told: Probe, named: Sequence[NewestComment] | None, at: datetime) -> int:
    """What comes of an answer; the visit that asked for it is over."""
    with database.write() as conn:
        moved = looks.answered(conn, told.url, named, now=at)
    for row in rows(database, f"SELECT id FROM visit WHERE ended IS NULL AND url = '{told.url}'"):
        close_visit(database, row["id"], now=at)
    return moved


def of(name: str, *ids: str) -> list[NewestComment]:
    return [NewestComment(id=each, thread_id=name) for each in ids]


def why(database: Database) -> dict[str, str]:
    found = rows(database, "SELECT url, why FROM revisit JOIN article ON article.id = article_id")
    return {row["url"].rpartition("/")[2]: row["why"] for row in found}


def test_nothing_is_begun_before_it_is_due_and_nothing_twice(database: Database) -> None:
    url = archived(database, "a", "1")
    assert begin_due(database, NOW) == []
    assert begin_due(database, NOW + DAY) == [url]
    assert begin_due(database, NOW + DAY) == []


def test_what_is_due_longest_comes_first_and_no_more_than_there_is_room_for(database: Database) -> None:
    urls = [archived(database, name, "1", at=NOW + place * HOUR) for place, name in enumerate("cab")]
    assert begin_due(database, NOW + 3 * DAY, limit=2) == urls[:2]
    assert begin_due(database, NOW + 3 * DAY) == urls[2:]


def test_a_host_that_is_busy_or_asked_us_to_wait_is_left_alone_and_what_it_has_stays_due(database: Database) -> None:
    url = archived(database, "a", "1")
    assert begin_due(database, NOW + DAY, not_at={"news.example"}) == []
    with database.write() as conn:
        hosts.remember(conn, "news.example", not_before=NOW + 2 * DAY)
    assert begin_due(database, NOW + DAY) == []
    assert begin_due(database, NOW + 2 * DAY) == [url]


def test_without_a_look_left_in_the_budget_nothing_is_begun(database: Database) -> None:
    url = archived(database, "a", "1")
    assert begin_due(database, NOW + DAY, take=lambda _: False) == []
    assert begin_due(database, NOW + DAY) == [url]


def test_a_visit_that_nobody_ended_is_due_again_after_a_day_and_is_gone_on_with(database: Database) -> None:
    """The process was killed; the next one takes up the visit, and the article is not begun a second time."""
    archived(database, "a", "1")
    (first,) = begun_at(database, NOW + DAY)
    assert begun_at(database, NOW + DAY + HOUR) == []
    with database.write() as conn:
        frontier.take_up(conn, run_id=runs.start_run(conn, command="watch", software="", settings={}, now=NOW))
        assert [each.visit_id for each in frontier.lease(conn, now=NOW + DAY, for_seconds=9, limit=9)] == [
            first.visit_id
        ]


def test_a_site_that_tells_is_asked_once_for_all_its_articles(database: Database) -> None:
    for name in "ab":
        archived(database, name, "1", probes=[API, FEED])
    assert begin_due(database, NOW + 3 * HOUR) == [API.url]
    assert begin_due(database, NOW + 3 * HOUR) == []


def test_what_it_names_is_visited_at_once_and_what_it_does_not_is_put_off(database: Database) -> None:
    for number, name in enumerate("ab"):
        archived(database, name, f"{number}", probes=[API])
    begin_due(database, NOW + HOUR * 3)
    assert answer(database, API, [*of("a", "0"), *of("b", "1")], NOW + 3 * HOUR) == 0
    # The first answer only shows where it begins. What was read before is asked about once more.
    asked = NOW + 3 * HOUR + timedelta(minutes=11)
    assert begin_due(database, asked) == [API.url]
    assert answer(database, API, [*of("b", "8", "9"), *of("a", "0"), *of("b", "1")], asked) == 1
    assert begin_due(database, asked) == [f"{SITE}/b"]
    assert why(database)["b"] == "its site tells of 2 new comments"


def test_an_answer_that_covers_the_time_since_the_last_look_is_as_good_as_a_look(database: Database) -> None:
    archived(database, "a", "1", probes=[API])
    first = NOW + timedelta(minutes=1)
    answer(database, API, of("a", "1"), first)
    archived(database, "b", "2", at=NOW + timedelta(minutes=2), probes=[API])
    asked = NOW + 3 * HOUR
    answer(database, API, [*of("b", "2"), *of("a", "1")], asked)
    late = asked + timedelta(minutes=1)
    begun = begin_due(database, late)
    assert f"{SITE}/b" not in begun
    assert why(database)["b"] == "its site told of no new comment in 3 h"


def test_an_answer_that_does_not_reach_back_to_the_one_before_covers_nothing(database: Database) -> None:
    """More comments came than it names: some articles may have moved unseen."""
    archived(database, "a", "1", probes=[API])
    answer(database, API, of("a", "1"), NOW + timedelta(minutes=1))
    since = [row["since"] for row in rows(database, "SELECT since FROM probe")]
    answer(database, API, of("x", "5", "6"), NOW + 2 * HOUR)
    assert [row["since"] for row in rows(database, "SELECT since FROM probe")] > since


def test_a_comment_that_no_visit_finds_makes_its_article_due_once(database: Database) -> None:
    """It was deleted in between, or the site shows it nowhere else."""
    archived(database, "a", "1", probes=[API])
    assert answer(database, API, of("a", "5", "1"), NOW + HOUR) == 1
    assert begin_due(database, NOW + HOUR) == [f"{SITE}/a"]
    close_visit(database, rows(database, "SELECT max(id) AS id FROM visit")[0]["id"], now=NOW + HOUR)
    assert answer(database, API, of("a", "5", "1"), NOW + 2 * HOUR) == 0


def test_a_comment_that_comes_while_its_article_is_being_visited_is_told_of_again(database: Database) -> None:
    archived(database, "a", "1", probes=[API])
    answer(database, API, of("a", "1"), NOW)
    running = begin(database, f"{SITE}/a", at=NOW + HOUR)
    answer(database, API, of("a", "5", "1"), NOW + HOUR)
    close_visit(database, running.visit_id, now=NOW + HOUR)
    assert answer(database, API, of("a", "5", "1"), NOW + 2 * HOUR) == 1


def test_where_it_names_comments_by_the_address_of_their_article_that_is_found_too(database: Database) -> None:
    url = archived(database, "a", "1", probes=[API, FEED])
    answer(database, API, None, NOW + 2 * HOUR)
    assert begin_due(database, NOW + 3 * HOUR) == [FEED.url]
    assert answer(database, FEED, [NewestComment(id="9", url=f"{url}#comment-9")], NOW + 3 * HOUR) == 1


@pytest.mark.parametrize("named", [None, of("unheard-of", "7")], ids=["no answer", "names that nobody knows"])
def test_an_answer_of_no_use_lets_articles_be_visited(database: Database, named: list[NewestComment] | None) -> None:
    url = archived(database, "a", "1", probes=[API])
    begin_due(database, NOW + 3 * HOUR)
    answer(database, API, named, NOW + 3 * HOUR)
    assert begin_due(database, NOW + 3 * HOUR + looks.ASKING) == [url]


def test_no_statement_reads_all_articles_to_find_the_due_ones(tmp_path: Path) -> None:
    asked: list[tuple[str, Any]] = []

    def note(conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with open_database(tmp_path / "archive.db", create=True) as database:
        archived(database, "a", "1")
        event.listen(database.engine, "before_cursor_execute", note)
        begun_at(database, NOW + DAY)
        with database.read() as conn:
            looks.next_due(conn)
            looks.upcoming(conn, limit=5)
        event.remove(database.engine, "before_cursor_execute", note)
        with database.read() as conn:
            plans = [
                row[3]
                for statement, parameters in asked
                if statement.startswith(("SELECT", "UPDATE revisit"))
                for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]
    assert any("ix_revisit_due_at" in line for line in plans)
    big = ("SCAN revisit", "SCAN article", "SCAN visit", "SCAN request", "SCAN thread", "SCAN comment")
    assert [line for line in plans if line.startswith(big) and "ix_revisit_due_at" not in line] == []
    assert [line for line in plans if "TEMP B-TREE" in line] == []
