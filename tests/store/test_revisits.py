"""When a visit ends, the next look at its article is put down, with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from archiver.items import PageItem, Probe
from archiver.store import frontier
from archiver.store.closing import close_overdue, close_visit
from archiver.store.database import Database
from archiver.store.save import record_failure
from archiver.store.status import status
from tests.store.site import NOW, URL, article, begin, comment, page, rows, save, thread, visit

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PROBE = Probe(platform="wordpress", url="https://news.example/wp-json/wp/v2/comments")


def planned(database: Database) -> dict[str, Any]:
    """The only article's next look."""
    (row,) = rows(database, "SELECT * FROM revisit")
    return row


def moment(value: Any) -> Any:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def test_a_visit_that_ends_puts_the_next_look_down(database: Database) -> None:
    visit(database, thread(comment("1")), article=article(published=NOW - 2 * HOUR))
    row = planned(database)
    assert (row["host"], row["seen"], row["why"]) == ("news.example", 1, "first look: 1 comment")
    assert NOW < moment(row["due_at"]) < NOW + DAY
    with database.read() as conn:
        looks = status(conn, now=NOW + DAY).looks
    assert (looks.due, looks.later, looks.let_go) == (1, 0, 0)
    assert [(each.url, each.why) for each in looks.next] == [(URL, "first look: 1 comment")]


def test_the_reason_is_what_came_since_the_last_visit(database: Database) -> None:
    fresh = {"article": article(published=NOW - 2 * HOUR)}
    visit(database, thread(comment("1", published=NOW)), **fresh)
    visit(database, thread(*(comment(name, published=NOW) for name in "123")), at=NOW + 2 * HOUR, **fresh)
    assert planned(database)["why"] == "2 new comments in 2 h"
    visit(database, thread(*(comment(name, published=NOW) for name in "123")), at=NOW + 5 * HOUR, **fresh)
    assert planned(database)["why"] == "no new comments in 3 h"


def test_an_old_article_is_let_go_after_its_first_visit(database: Database) -> None:
    old = NOW - 400 * DAY
    visit(database, thread(comment("1", published=old)), article=article(published=old))
    assert (planned(database)["due_at"], planned(database)["why"]) == (None, "no comment for 30 days: stopped")


def test_comments_without_any_date_let_no_article_go_at_once(database: Database) -> None:
    undated = {"published": None, "published_raw": None, "published_precision": None}
    visit(database, thread(comment("1", **undated)), article=article(published=NOW - 400 * DAY))
    assert planned(database)["due_at"] is not None
    visit(database, thread(comment("1", **undated)), at=NOW + 30 * DAY, article=article(published=NOW - 400 * DAY))
    assert planned(database)["due_at"] is None


def test_a_comment_dated_in_the_future_is_as_old_as_its_first_sighting(database: Database) -> None:
    odd = thread(comment("1", published=NOW + 3000 * DAY))
    visit(database, odd)
    visit(database, odd, at=NOW + 30 * DAY)
    assert planned(database)["due_at"] is None


def test_where_nothing_tells_when_a_thread_began_what_was_there_at_first_tells_nothing(database: Database) -> None:
    undated = {"published": None, "published_raw": None, "published_precision": None}
    many = [comment(str(number), **undated) for number in range(50)]
    visit(database, thread(*many))
    assert (moment(planned(database)["began"]), planned(database)["seen"]) == (NOW, 0)
    visit(database, thread(*many, comment("new", **undated)), at=NOW + HOUR)
    assert planned(database)["seen"] == 1


def test_a_printed_clock_without_a_zone_is_good_enough(database: Database) -> None:
    local = {"published": None, "published_local": (NOW - 3 * HOUR).replace(tzinfo=None)}
    visit(database, thread(comment("1", **local)))
    assert moment(planned(database)["began"]) == NOW - 3 * HOUR
    assert moment(planned(database)["newest"]) == NOW - 3 * HOUR


def test_a_thread_that_was_closed_is_looked_at_once_more(database: Database) -> None:
    visit(database, thread(comment("1"), state="closed"))
    assert moment(planned(database)["due_at"]) == NOW + 7 * DAY
    assert planned(database)["why"] == "closed by the site: last look 7 days later"
    visit(database, thread(comment("1"), state="closed"), at=NOW + 7 * DAY)
    assert (planned(database)["due_at"], planned(database)["why"]) == (None, "closed by the site: stopped")


def test_a_closed_thread_that_still_gets_comments_counts_from_the_last_of_them(database: Database) -> None:
    visit(database, thread(comment("1"), state="closed"))
    visit(database, thread(comment("1"), comment("2"), state="closed"), at=NOW + DAY)
    assert moment(planned(database)["due_at"]) == NOW + 8 * DAY


def test_a_page_that_is_gone_is_tried_again_and_its_reason_stays(database: Database) -> None:
    visit(database, thread(comment("1")))
    for number, hours in enumerate((1, 4, 16), start=1):
        first = begin(database, at=NOW + DAY)
        cause = "the server answered 404 (not found)"
        record_failure(database, request_id=first.request_id, error=cause, now=NOW + DAY)
        close_visit(database, first.visit_id, now=NOW + DAY, outcome="missing", reason=cause)
        row = planned(database)
        assert (row["failures"], moment(row["due_at"]), row["why"]) == (number, NOW + DAY + hours * HOUR, cause)
    visit(database, thread(comment("1")), at=NOW + 2 * DAY)
    assert planned(database)["failures"] == 0


def test_an_address_that_leads_to_another_article_is_no_look_at_its_own(database: Database) -> None:
    other = "https://news.example/other"
    visit(database, thread(comment("1")))
    second = begin(database, other)
    save(database, page(second, thread(comment("2"), id="8")))
    close_visit(database, second.visit_id, now=NOW)
    again = begin(database, at=NOW + DAY)
    save(database, page(again, thread(comment("2"), id="8"), at=NOW + DAY, article=article(url=other)))
    close_visit(database, again.visit_id, now=NOW + DAY)
    found = rows(database, "SELECT url, failures, why FROM revisit JOIN article ON article.id = article_id")
    assert {row["url"]: (row["failures"], row["why"]) for row in found} == {
        URL: (1, "its address leads to another page"),
        other: (0, "no new comments in 24 h"),
    }


def test_an_address_that_was_never_an_article_is_not_looked_at_again(database: Database) -> None:
    first = begin(database)
    record_failure(database, request_id=first.request_id, error="the host is unknown", now=NOW)
    close_visit(database, first.visit_id, now=NOW)
    assert rows(database, "SELECT * FROM revisit") == []


def test_what_tells_of_a_whole_site_is_remembered_for_threads_that_it_can_name(database: Database) -> None:
    first = begin(database)
    item = page(first, thread(comment("1"), id="7"))
    save(database, naming(item, PROBE))
    close_visit(database, first.visit_id, now=NOW)
    assert (planned(database)["teller"], planned(database)["thread_name"]) == (PROBE.url, "7")
    assert [row["url"] for row in rows(database, "SELECT url FROM probe")] == [PROBE.url]
    visit(database, thread(comment("1"), id="7"), at=NOW + HOUR)  # its page names no such address any more
    assert planned(database)["teller"] is None


def test_an_article_with_two_threads_is_visited_whole(database: Database) -> None:
    first = begin(database)
    threads = (thread(comment("1"), id="7"), thread(comment("2"), platform="isso", id="/harbour"))
    save(database, naming(page(first, *threads), PROBE))
    close_visit(database, first.visit_id, now=NOW)
    assert planned(database)["thread_name"] is None


def test_a_visit_that_cannot_end_is_ended_by_its_deadline(database: Database) -> None:
    with database.write() as conn:
        frontier.add_visit(conn, url=URL, run_id=None, now=NOW, deadline=NOW + DAY)
    assert close_overdue(database, now=NOW) == 0
    assert close_overdue(database, now=NOW + DAY) == 1
    assert rows(database, "SELECT outcome, reason FROM visit") == [
        {"outcome": "failed", "reason": "not asked before the visit was closed"}
    ]


def naming(item: PageItem, *probes: Probe) -> PageItem:
    """A page that names addresses which tell what is new on the whole site."""
    return replace(item, extraction=replace(item.extraction, probes=probes))
