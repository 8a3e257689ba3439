"""What is stored comes out as values, in the order in which people read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archiver.errors import NotArchived
from archiver.items import Quote
from archiver.store import frontier, read
from archiver.store.closing import close_visit
from archiver.store.database import Database
from archiver.store.rows import FailedVisit, Incomplete
from archiver.store.runs import end_run, start_run
from archiver.store.save import record_failure
from archiver.store.status import status
from tests.store.site import NOW, URL, api, article, begin, comment, follow_up, page, rows, save, thread, visit

HOUR = timedelta(hours=1)
OTHER = "https://news.example/bridge"


def _two_articles(database: Database) -> None:
    visit(
        database,
        thread(comment("2", parent_id="1"), comment("1"), claimed=2),
        quotes=(Quote(start=1, end=3, text="It"),),
    )
    first = begin(database, OTHER)
    save(database, page(first, thread(comment("9"), claimed=5), article=article(url=OTHER, title="The bridge")))
    close_visit(database, first.visit_id, now=NOW)


def test_articles_come_as_they_came_in(database: Database) -> None:
    _two_articles(database)
    with database.read() as conn:
        found = list(read.articles(conn))
    assert [(each.url, each.title, each.authors) for each in found] == [
        (URL, "The harbour stays open", ("Jon Vik",)),
        (OTHER, "The bridge", ("Jon Vik",)),
    ]
    assert (found[0].first_seen, found[0].last_seen) == (NOW, NOW)


def test_comments_come_in_reading_order_with_all_that_is_known(database: Database) -> None:
    told = comment("1", author_id="8", links=("https://x.example/",), score=-2, number=12)
    visit(database, thread(told, comment("2", parent_id="1")))
    with database.read() as conn:
        one, two = read.comments(conn, url=URL)
    assert (one.id, one.author, one.author_id, one.links, one.score, one.number) == (
        "1",
        "Ida Holm",
        "8",
        ("https://x.example/",),
        -2,
        12,
    )
    assert (one.published, one.sources, one.state) == (NOW - timedelta(days=1), ("markup",), "visible")
    assert (two.parent_id, two.depth, two.position, two.thread) == ("1", 1, 1, "7")


def test_comments_can_be_chosen(database: Database) -> None:
    visit(database, thread(comment("1"), comment("2", "", state="deleted")), thread(comment("3"), platform="isso"))
    with database.read() as conn:
        assert [each.id for each in read.comments(conn, state="deleted")] == ["2"]
        assert [each.id for each in read.comments(conn, platform="isso")] == ["3"]
        assert [each.id for each in read.comments(conn, platform="isso", state="deleted")] == []


def test_threads_come_with_the_verdict_of_their_last_reading(database: Database) -> None:
    visit(database, thread(comment("1"), claimed=5))
    visit(database, thread(comment("1"), claimed=1), at=NOW + HOUR)
    with database.read() as conn:
        (found,) = read.threads(conn)
    assert (found.claimed, found.collected, found.completeness, found.read_at) == (1, 1, "complete", NOW + HOUR)


def test_quotes_come_in_the_order_of_the_text(database: Database) -> None:
    visit(database, quotes=(Quote(start=1, end=3, text="It"), Quote(start=4, end=9, text="stays")))
    with database.read() as conn:
        assert [(each.start, each.text) for each in read.quotes(conn, url=URL)] == [(1, "It"), (4, "stays")]


def test_captures_say_what_they_answer(database: Database) -> None:
    asked = follow_up("api", purpose="api", context={"page": "2"})
    visit(database, thread(follow_ups=(asked,)), answers=lambda _: [api(comment("1"))])
    with database.read() as conn:
        own, answer = read.captures(conn, url=URL)
    assert (own.follow_up, answer.follow_up) == (None, asked)
    assert (own.capture.status, own.capture.file, own.article_url) == (200, "captures.warc.gz", URL)


@pytest.mark.parametrize("typed", [URL, f"{URL}#comment-1", f"{URL}?utm_source=x", "news.example/harbour"])
def test_an_article_is_found_as_people_type_addresses(database: Database, typed: str) -> None:
    visit(database, thread())
    with database.read() as conn:
        assert [each.url for each in read.articles(conn, url=typed)] == [URL]


def test_an_address_that_is_not_here_is_said(database: Database) -> None:
    with database.read() as conn, pytest.raises(NotArchived, match=r"news\.example/nothing: is not in this archive"):
        list(read.comments(conn, url="https://news.example/nothing"))


def test_an_archive_is_read_in_pieces(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "BATCH", 2)
    visit(database, thread(*(comment(str(number)) for number in range(7))))
    with database.read() as conn:
        assert len(list(read.comments(conn))) == 7


def test_the_status_counts_what_is_here_and_names_what_is_missing(database: Database) -> None:
    _two_articles(database)
    failing = begin(database, "https://news.example/gone")
    record_failure(database, request_id=failing.request_id, error="the host is unknown", now=NOW)
    close_visit(database, failing.visit_id, now=NOW)
    begin(database, "https://news.example/later")
    with database.read() as conn:
        found = status(conn, now=NOW)
    assert (found.articles, found.threads, found.comments, found.gone, found.quotes, found.captures) == (
        2,
        2,
        3,
        0,
        1,
        2,
    )
    assert found.incomplete == (
        Incomplete(
            article_url=OTHER, platform="wordpress", claimed=5, collected=1, reason="the site counts 5 and shows 1"
        ),
    )
    assert found.failed == (
        FailedVisit(url="https://news.example/gone", outcome="failed", reason="the host is unknown", ended=NOW),
    )
    assert [(each.url, each.waiting, each.due) for each in found.open] == [("https://news.example/later", 1, NOW)]


def test_a_failure_that_was_mended_is_none(database: Database) -> None:
    failing = begin(database)
    record_failure(database, request_id=failing.request_id, error="no answer in time", now=NOW)
    close_visit(database, failing.visit_id, now=NOW)
    visit(database, thread(), at=NOW + HOUR)
    with database.read() as conn:
        assert status(conn, now=NOW).failed == ()


def test_runs_are_recorded(database: Database) -> None:
    with database.write() as conn:
        run = start_run(conn, command="archive", software="archiver/0", settings={"delay": 1}, now=NOW)
        frontier.add_visit(conn, url=URL, run_id=run, now=NOW)
        end_run(conn, run, counts={"visits": 1}, now=NOW + HOUR)
    (row,) = rows(database, "SELECT * FROM run")
    assert (row["command"], row["software"], row["ended"] is not None) == ("archive", "archiver/0", True)
