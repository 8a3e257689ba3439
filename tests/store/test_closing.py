"""The end of a visit: order, parents, completeness, what is gone and what is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from archiver.items import FollowUp, ThreadPage
from archiver.store import frontier
from archiver.store.closing import ClosedThread, close_finished, close_visit
from archiver.store.database import Database
from archiver.store.save import record_failure, save_listing
from tests.store.site import (
    NOW,
    URL,
    api,
    begin,
    capture,
    comment,
    follow_up,
    latest,
    lease,
    page,
    rows,
    save,
    thread,
    visit,
)

HOUR = timedelta(hours=1)


def test_a_whole_thread_is_complete(database: Database) -> None:
    closed = visit(database, thread(comment("1"), comment("2", parent_id="1"), claimed=2, state="open"))
    assert (closed.outcome, closed.url, closed.title, closed.completeness) == (
        "stored",
        URL,
        "The harbour stays open",
        "complete",
    )
    assert closed.threads == (
        ClosedThread(
            platform="wordpress",
            id="7",
            state="open",
            claimed=2,
            collected=2,
            completeness="complete",
            reason=None,
            new=2,
        ),
    )


def test_what_the_site_counts_and_does_not_show_is_said(database: Database) -> None:
    closed = visit(database, thread(comment("1"), claimed=3))
    assert closed.threads[0].completeness == "incomplete"
    assert closed.threads[0].reason == "the site counts 3 and shows 1"
    row = rows(database, "SELECT claimed, collected, completeness, reason, read_to_end FROM reading")[0]
    assert (row["claimed"], row["collected"], bool(row["read_to_end"])) == (3, 1, True)


def test_a_thread_without_a_count_is_of_unknown_completeness(database: Database) -> None:
    assert visit(database, thread(comment("1"), claimed=None)).completeness == "unknown"


def test_a_thread_without_comments_has_a_reading_of_none(database: Database) -> None:
    (found,) = visit(database, thread(claimed=0)).threads
    assert (found.claimed, found.collected, found.completeness) == (0, 0, "complete")


def test_an_article_without_a_thread_is_whole(database: Database) -> None:
    closed = visit(database)
    assert (closed.threads, closed.completeness) == ((), "complete")


def test_a_reply_finds_a_parent_that_comes_on_a_later_page(database: Database) -> None:
    first = thread(comment("2", parent_id="1"), claimed=2, follow_ups=(follow_up("2"),))
    visit(database, first, answers=lambda _: [thread(comment("1"), claimed=2)])
    found = rows(
        database, "SELECT c.native_id, p.native_id AS parent FROM comment c LEFT JOIN comment p ON p.id = c.parent_id"
    )
    assert {row["native_id"]: row["parent"] for row in found} == {"1": None, "2": "1"}
    assert latest(database)["2"]["depth"] == 1


def test_a_reply_finds_a_parent_that_comes_with_a_later_visit(database: Database) -> None:
    visit(database, thread(comment("2", parent_id="1")))
    assert rows(database, "SELECT parent_id, parent_native_id FROM comment") == [
        {"parent_id": None, "parent_native_id": "1"}
    ]
    visit(database, thread(comment("1"), comment("2", parent_id="1")), at=NOW + HOUR)
    assert rows(database, "SELECT parent_id FROM comment WHERE native_id = '2'")[0]["parent_id"] is not None


def test_parents_that_form_a_cycle_are_stored_all_the_same(database: Database) -> None:
    visit(database, thread(comment("1", parent_id="2"), comment("2", parent_id="1"), comment("3", parent_id="3")))
    assert sorted(row["position"] for row in latest(database).values()) == [0, 1, 2]


def test_pages_are_put_together_in_the_order_of_their_numbers(database: Database) -> None:
    pages = {"1": thread(comment("1"), comment("2"), page_number=1), "2": thread(comment("3"), page_number=2)}
    shown = replace(pages["2"], follow_ups=(follow_up("1"),))
    visit(database, shown, answers=lambda asked: [pages[asked.url[-1]]])
    assert [latest(database)[name]["position"] for name in ("1", "2", "3")] == [0, 1, 2]


def test_a_tombstone_says_that_a_comment_is_gone_and_its_words_stay(database: Database) -> None:
    visit(database, thread(comment("1", "what she said")))
    tombstone = comment("1", "", author=None, state="deleted", html="")
    closed = visit(database, thread(tombstone), at=NOW + HOUR)
    row = latest(database)["1"]
    assert (row["state"], row["text"], row["author"]) == ("deleted", "what she said", "Ida Holm")
    assert _times(row) == (NOW, NOW + HOUR)
    assert closed.threads[0].gone == 1
    assert rows(database, "SELECT author_id FROM comment")[0]["author_id"] is not None


def test_a_tombstone_seen_again_is_the_same_deletion(database: Database) -> None:
    for hours in range(3):
        visit(database, thread(comment("1", "", author=None, state="removed", html="")), at=NOW + hours * HOUR)
    assert len(rows(database, "SELECT * FROM comment_state")) == 1
    assert _times(latest(database)["1"]) == (None, NOW)


def test_a_comment_that_a_whole_reading_misses_is_missing(database: Database) -> None:
    visit(database, thread(comment("1"), comment("2")))
    closed = visit(database, thread(comment("1")), at=NOW + HOUR)
    row = latest(database)["2"]
    assert (row["state"], _times(row)) == ("missing", (NOW, NOW + HOUR))
    assert closed.threads[0].gone == 1


def test_a_comment_that_comes_back_is_visible_and_its_absence_is_remembered(database: Database) -> None:
    for hours, shown in enumerate((("1", "2"), ("1",), ("1", "2"))):
        closed = visit(database, thread(*(comment(name) for name in shown)), at=NOW + hours * HOUR)
    row = latest(database)["2"]
    assert (row["state"], row["gone_after"], row["gone_before"]) == ("visible", None, None)
    assert [each["state"] for each in rows(database, "SELECT state FROM comment_state ORDER BY id")] == [
        "missing",
        "visible",
    ]
    assert (closed.threads[0].gone, closed.threads[0].back) == (0, 1)


def test_nothing_is_missing_after_a_reading_that_failed(database: Database) -> None:
    two = thread(comment("1"), comment("2"))
    visit(database, two)
    first = begin(database, at=NOW + HOUR)
    save(database, page(first, thread(comment("1"), follow_ups=(follow_up("2"),)), at=NOW + HOUR))
    (asked,) = lease(database, first.visit_id, at=NOW + HOUR)
    record_failure(database, request_id=asked.request_id, error="no answer in time", now=NOW + HOUR)
    closed = close_visit(database, first.visit_id, now=NOW + HOUR)
    assert closed.threads[0].reason == "next page did not come: no answer in time"
    assert latest(database)["2"]["state"] == "visible"


def test_nothing_is_missing_only_because_the_optional_api_did_not_answer(database: Database) -> None:
    """Comment 2 is known from the API alone; the markup never showed it."""
    shown = thread(comment("1"), claimed=1, follow_ups=(follow_up("api", purpose="api", needed=False),))
    told = [api(comment("1"), comment("2"), claimed=1)]
    visit(database, shown, answers=lambda _: told)
    first = begin(database, at=NOW + HOUR)
    save(database, page(first, shown, at=NOW + HOUR))
    (asked,) = lease(database, first.visit_id, at=NOW + HOUR)
    record_failure(database, request_id=asked.request_id, error="the server answered 401", now=NOW + HOUR)
    assert close_visit(database, first.visit_id, now=NOW + HOUR).completeness == "complete"
    assert latest(database)["2"]["state"] == "visible"


def test_nothing_is_missing_only_because_a_feed_no_longer_shows_it(database: Database) -> None:
    feed = {"source": "feed", "extractor": "wordpress.feed 1", "claimed": None}
    shown = thread(comment("2"), claimed=1, follow_ups=(follow_up("feed", purpose="feed"),))
    for hours, newest in enumerate("123"):

        def answers(_: FollowUp, newest: str = newest) -> list[ThreadPage]:
            return [thread(comment(f"f{newest}"), **feed)]

        visit(database, shown, answers=answers, at=NOW + hours * HOUR)
    assert {row["state"] for row in latest(database).values()} == {"visible"}


def test_a_comment_on_an_early_page_of_a_long_reading_was_seen_by_that_reading(database: Database) -> None:
    """Its capture is older than the reading's end: that alone must not count as a reading that missed it."""
    for day in range(2):
        first = begin(database, at=NOW + day * 24 * HOUR)
        start = NOW + day * 24 * HOUR
        save(database, page(first, thread(comment("1"), claimed=None, follow_ups=(follow_up("2"),)), at=start))
        (asked,) = lease(database, first.visit_id, at=start)
        save(database, page(asked, thread(comment("2"), claimed=None), at=start + HOUR))
        close_visit(database, first.visit_id, now=start + HOUR)
    visit(database, thread(comment("2"), claimed=None), at=NOW + 48 * HOUR)
    assert latest(database)["1"]["state"] == "visible"
    visit(database, thread(comment("2"), claimed=None), at=NOW + 72 * HOUR)
    row = latest(database)["1"]
    assert (row["state"], _times(row)) == ("missing", (NOW + 24 * HOUR, NOW + 48 * HOUR))


def test_closing_twice_is_harmless(database: Database) -> None:
    visit(database, thread(comment("1"), comment("2")))
    first = begin(database, at=NOW + HOUR)
    save(database, page(first, thread(comment("1")), at=NOW + HOUR))
    once = close_visit(database, first.visit_id, now=NOW + HOUR)
    assert close_visit(database, first.visit_id, now=NOW + 2 * HOUR) == once
    assert len(rows(database, "SELECT * FROM comment_state")) == 1
    assert rows(database, "SELECT * FROM sighting") == []


def test_a_visit_that_is_cut_short_says_so(database: Database) -> None:
    first = begin(database)
    save(database, page(first, thread(comment("1"), claimed=1, follow_ups=(follow_up("2"), follow_up("3")))))
    closed = close_visit(database, first.visit_id, now=NOW, outcome="stored", reason="the deadline came")
    assert closed.threads[0].reason == "next page did not come 2 times: the deadline came"
    with database.read() as conn:
        assert frontier.pending(conn, first.visit_id) == 0


def test_a_page_that_comes_late_adds_its_words_and_changes_no_verdict(database: Database) -> None:
    first = begin(database)
    save(database, page(first, thread(comment("1"), claimed=1, follow_ups=(follow_up("2"),))))
    (late,) = lease(database, first.visit_id)
    before = close_visit(database, first.visit_id, now=NOW)
    save(database, page(late, thread(comment("2"), follow_ups=(follow_up("3"),))))
    assert replace(before.threads[0], new=2) == close_visit(database, first.visit_id, now=NOW).threads[0]
    assert latest(database)["2"]["text"]
    assert lease(database, first.visit_id) == []
    visit(database, thread(comment("1"), comment("2")), at=NOW + HOUR)
    assert latest(database)["2"]["position"] == 1


def test_a_page_that_did_not_come_is_a_failed_visit(database: Database) -> None:
    first = begin(database)
    record_failure(database, request_id=first.request_id, error="the host is unknown", now=NOW)
    closed = close_visit(database, first.visit_id, now=NOW)
    assert (closed.outcome, closed.reason, closed.url, closed.article_id) == (
        "failed",
        "the host is unknown",
        URL,
        None,
    )


def test_a_page_that_is_gone_leaves_the_article_as_it_was(database: Database) -> None:
    visit(database, thread(comment("1")))
    first = begin(database, at=NOW + HOUR)
    record_failure(database, request_id=first.request_id, error="the server answered 404", now=NOW + HOUR)
    closed = close_visit(database, first.visit_id, now=NOW + HOUR, outcome="missing", reason="the server answered 404")
    assert (closed.outcome, closed.title) == ("missing", "The harbour stays open")
    assert latest(database)["1"]["state"] == "visible"


def test_a_page_without_article_and_thread_is_no_article(database: Database) -> None:
    first = begin(database)
    save(database, page(first, article=None))
    assert close_visit(database, first.visit_id, now=NOW).outcome == "not_article"
    assert rows(database, "SELECT * FROM article") == []


def test_a_thread_may_stand_on_a_page_that_is_no_article(database: Database) -> None:
    first = begin(database)
    save(database, page(first, thread(comment("1")), article=None))
    closed = close_visit(database, first.visit_id, now=NOW)
    assert (closed.outcome, closed.title, closed.threads[0].collected) == ("stored", None, 1)
    assert rows(database, "SELECT url, title FROM latest_article") == [{"url": URL, "title": None}]


def test_the_source_that_knows_best_says_whether_a_thread_is_open(database: Database) -> None:
    shown = thread(comment("1"), state="open", follow_ups=(follow_up("api", purpose="api"),))
    closed = visit(database, shown, answers=lambda _: [api(comment("1"), state="closed")])
    assert closed.threads[0].state == "closed"
    assert visit(database, thread(comment("1")), at=NOW + HOUR).threads[0].state == "closed"


def test_a_listing_begins_visits_to_what_is_new(database: Database) -> None:
    visit(database, thread())
    with database.write() as conn:
        visit_id = frontier.add_visit(conn, url=f"{URL}/feed", run_id=None, now=NOW, purpose="listing")
    (leased,) = lease(database, visit_id)
    assert leased.purpose == "listing"
    found = [URL, f"{URL}#comments", "https://news.example/a", "https://news.example/b", "https://news.example/c"]
    listed = save_listing(
        database,
        request_id=leased.request_id,
        capture=capture(leased.url),
        articles=found[:4],
        more=[("https://news.example/feed?2", 0)],
        limit=3,
        now=NOW,
    )
    assert (listed.begun, listed.remaining) == (2, 1)
    (more,) = lease(database, visit_id)
    assert (more.purpose, more.steps) == ("listing", 0)
    save_listing(database, request_id=more.request_id, capture=capture(more.url), articles=found, now=NOW)
    assert close_visit(database, visit_id, now=NOW).outcome == "listed"
    waiting = [row["url"] for row in rows(database, "SELECT url FROM visit WHERE ended IS NULL ORDER BY id")]
    assert waiting == found[2:]


def test_a_visit_whose_process_was_killed_before_it_could_end_it_is_ended_later(database: Database) -> None:
    first = begin(database)
    save(database, page(first, thread(comment("1"), claimed=1)))
    other = begin(database, f"{URL}/other")
    assert close_finished(database, now=NOW + HOUR) == 1
    assert close_finished(database, now=NOW + HOUR) == 0
    assert rows(database, "SELECT id FROM visit WHERE ended IS NULL") == [{"id": other.visit_id}]
    assert close_visit(database, first.visit_id, now=NOW + 2 * HOUR).completeness == "complete"


def test_a_printed_clock_becomes_utc_by_the_same_evidence_every_time(database: Database) -> None:
    """A time that was inferred once is no evidence for a comment months later."""
    local = NOW.replace(tzinfo=None) + HOUR
    known = comment("1", published=NOW, published_local=local, published_precision="minute")
    clocks = [_by_clock(f"{days}", local + timedelta(days=days)) for days in range(10, 200, 10)]
    found = []
    for hours in range(3):
        visit(database, thread(known, *clocks), at=NOW + hours * HOUR)
        found.append({name: row["published"] for name, row in latest(database).items()})
    assert _time(found[0]["10"]) == NOW + timedelta(days=10)
    assert found[0] == found[1] == found[2]


def _by_clock(name: str, local: datetime):  # type: ignore[no-untyped-def]
    return comment(name, published=None, published_local=local, published_raw="then", published_precision="minute")


def _times(row: dict[str, object]) -> tuple[datetime | None, datetime | None]:
    return _time(row["gone_after"]), _time(row["gone_before"])


def _time(value: object) -> datetime | None:
    """As `latest_comment` gives it: text in SQLite, a moment in PostgreSQL."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]


def test_an_uncertain_page_never_replaces_a_certain_thread(database: Database) -> None:
    certain, unsure = thread(comment("1"), comment("2"), confidence=0.9), thread(comment("9", "A menu"), confidence=0.5)
    assert visit(database, certain).threads[0].confidence == 0.9
    closed = visit(database, unsure, at=NOW + HOUR)
    assert (closed.threads[0].new, closed.threads[0].gone, closed.threads[0].confidence) == (0, 0, 0.9)
    assert closed.completeness == "incomplete"
    assert "uncertain" in (closed.threads[0].reason or "")
    kept = rows(database, "SELECT native_id, state FROM comment ORDER BY native_id")
    assert [tuple(row.values()) for row in kept] == [("1", "visible"), ("2", "visible")]


def test_an_uncertain_thread_is_kept_and_a_surer_reading_makes_it_certain(database: Database) -> None:
    first = visit(database, thread(comment("1"), confidence=0.6))
    assert (first.threads[0].collected, first.threads[0].confidence) == (1, 0.6)
    second = visit(database, thread(comment("1"), comment("2"), confidence=0.8), at=NOW + HOUR)
    assert (second.threads[0].new, second.threads[0].confidence) == (1, 0.8)
