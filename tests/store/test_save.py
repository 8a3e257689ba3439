"""What a page shows is stored whole and once, and told apart from what was known before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from archiver.items import Quote
from archiver.store.captures import save_capture
from archiver.store.database import Database
from archiver.store.save import record_failure, save_page
from tests.store.site import (
    NOW,
    URL,
    api,
    article,
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
    with_text,
)

HOUR = timedelta(hours=1)


def test_what_is_saved_is_seen(database: Database) -> None:
    told = comment("41", "“Late again”\n\nsays Ida.", author_url="https://ida.example/", permalink=f"{URL}#c41")
    visit(database, thread(told))
    row = latest(database)["41"]
    assert (row["article_url"], row["platform"], row["author"], row["text"]) == (
        URL,
        "wordpress",
        "Ida Holm",
        told.text,
    )
    assert (row["author_url"], row["permalink"], row["html"]) == (told.author_url, told.permalink, told.html)
    assert (row["state"], row["kind"], row["depth"], row["position"]) == ("visible", "comment", 0, 0)


def test_counts_say_what_is_new(database: Database) -> None:
    first = begin(database)
    saved = save(
        database, page(first, thread(comment("1"), comment("2")), quotes=(Quote(start=1, end=5, text="It s"),))
    )
    assert (saved.seen, saved.new, saved.edited, saved.quotes, saved.remaining) == (2, 2, 0, 1, 0)


def test_saving_a_page_twice_equals_saving_it_once(database: Database) -> None:
    first = begin(database)
    item = page(first, thread(comment("1", score=3), comment("2", parent_id="1"), follow_ups=(follow_up("2"),)))
    save(database, item)
    once = _everything(database)
    saved = save_page(database, item, now=NOW + HOUR)
    assert (saved.new, saved.edited) == (0, 0)
    assert _everything(database) == once


def test_a_page_is_stored_whole_or_not_at_all(database: Database) -> None:
    first = begin(database)
    broken = replace(page(first, thread(comment("1"))), visit_id=first.visit_id + 1000)
    with pytest.raises((IntegrityError, Exception)):
        save(database, broken)
    assert rows(database, "SELECT * FROM capture") == []
    assert rows(database, "SELECT * FROM comment") == []


def test_an_edit_is_a_new_revision_and_the_old_words_stay(database: Database) -> None:
    visit(database, thread(comment("1", "before")))
    closed = visit(database, thread(comment("1", "after")), at=NOW + HOUR)
    found = rows(database, "SELECT text, change, is_current FROM comment_revision ORDER BY id")
    assert [(row["text"], row["change"], bool(row["is_current"])) for row in found] == [
        ("before", "first", False),
        ("after", "edited", True),
    ]
    assert latest(database)["1"]["text"] == "after"
    assert (closed.threads[0].new, closed.threads[0].edited) == (0, 1)


def test_likes_dates_in_words_and_markup_are_no_edit(database: Database) -> None:
    visit(database, thread(comment("1", score=1)))
    noise = comment("1", score=9, html="<p class='x'>The ferry was late again.</p>", published_raw="2 days ago")
    visit(database, thread(noise), at=NOW + HOUR)
    assert len(rows(database, "SELECT * FROM comment_revision")) == 1
    assert [row["score"] for row in rows(database, "SELECT score FROM score ORDER BY reading_id")] == [1, 9]


def test_a_score_that_stayed_is_not_written_again(database: Database) -> None:
    for hours in range(3):
        visit(database, thread(comment("1", score=4)), at=NOW + hours * HOUR)
    assert len(rows(database, "SELECT * FROM score")) == 1


def test_another_extractors_words_are_no_edit(database: Database) -> None:
    visit(database, thread(comment("1", "Late  again")))
    visit(database, thread(comment("1", "Late again :-)"), extractor="wordpress.markup 2"), at=NOW + HOUR)
    assert [row["change"] for row in rows(database, "SELECT change FROM comment_revision ORDER BY id")] == [
        "first",
        "reread",
    ]
    closed = visit(database, thread(comment("1", "Late again :-)"), extractor="wordpress.markup 2"), at=NOW + 2 * HOUR)
    assert closed.threads[0].edited == 0


def test_two_sources_tell_of_one_comment(database: Database) -> None:
    """The API knows the parent and the time; the page's words are the same."""
    shown = thread(comment("1"), comment("2", published=None, published_raw="yesterday", published_precision=None))
    told = api(comment("1"), comment("2", parent_id="1", author_id="9"))
    visit(database, replace(shown, follow_ups=(follow_up("api", purpose="api"),)), answers=lambda _: [told])
    assert len(rows(database, "SELECT * FROM comment")) == 2
    assert len(rows(database, "SELECT * FROM comment_revision")) == 2
    row = latest(database)["2"]
    assert row["parent_native_id"] == "1"
    assert row["published"] is not None
    confirmed = rows(database, "SELECT confirmed_by FROM comment_revision")
    assert all("api" in str(row["confirmed_by"]) and "markup" in str(row["confirmed_by"]) for row in confirmed)


def test_an_author_is_the_account_where_one_is_known(database: Database) -> None:
    shown = thread(comment("1"), comment("2"), follow_ups=(follow_up("api", purpose="api"),))
    visit(database, shown, answers=lambda _: [api(comment("1", author_id="9"), comment("2", author_id="10"))])
    found = rows(database, "SELECT a.key FROM comment c JOIN author a ON a.id = c.author_id ORDER BY c.id")
    assert [row["key"] for row in found] == ["id:9", "id:10"]


def test_a_comment_without_a_name_has_no_author(database: Database) -> None:
    visit(database, thread(comment("1", author=None)))
    assert rows(database, "SELECT author_id FROM comment") == [{"author_id": None}]


def test_a_renamed_account_stays_one_author(database: Database) -> None:
    visit(database, thread(comment("1", author_id="9")))
    visit(database, thread(comment("1", author_id="9", author="Ida Berg")), at=NOW + HOUR)
    assert [row["name"] for row in rows(database, "SELECT name FROM author")] == ["Ida Berg"]
    assert latest(database)["1"]["author"] == "Ida Berg"


def test_a_comment_shown_twice_on_a_page_is_stored_once(database: Database) -> None:
    visit(database, thread(comment("1", "whole"), comment("1", "wh…")))
    assert [row["text"] for row in rows(database, "SELECT text FROM comment_revision")] == ["whole"]


def test_an_article_that_says_the_same_has_one_revision(database: Database) -> None:
    visit(database, thread())
    visit(database, thread(), at=NOW + HOUR)
    visit(database, thread(), article=article(title="The harbour closes"), at=NOW + 2 * HOUR)
    found = rows(database, "SELECT title, change FROM article_revision ORDER BY id")
    assert [(row["title"], row["change"]) for row in found] == [
        ("The harbour stays open", "first"),
        ("The harbour closes", "edited"),
    ]
    assert rows(database, "SELECT title FROM latest_article") == [{"title": "The harbour closes"}]


def test_quotes_are_those_of_the_last_reading_of_the_same_text(database: Database) -> None:
    visit(database, thread(), quotes=(Quote(start=1, end=5, text="It s"), Quote(start=7, end=9, text="ys")))
    closed = visit(database, thread(), quotes=(Quote(start=1, end=15, text="It stays open,"),), at=NOW + HOUR)
    assert [row["text"] for row in rows(database, "SELECT text FROM quote")] == ["It stays open,"]
    assert closed.quotes == 1


def test_a_failed_request_keeps_its_answer_and_what_is_asked_instead(database: Database) -> None:
    first = begin(database)
    save(database, page(first, thread(follow_ups=(follow_up("api", purpose="api"),))))
    (asked,) = lease(database, first.visit_id)
    saved = record_failure(
        database,
        request_id=asked.request_id,
        error="the server answered 401",
        capture=capture(asked.url),
        instead=[thread(follow_ups=(follow_up("2"),), gap="API refused: 401")],
        now=NOW,
    )
    assert saved.remaining == 1
    assert len(rows(database, "SELECT * FROM capture")) == 2
    assert [each.follow_up for each in lease(database, first.visit_id)] == [follow_up("2")]


def test_what_no_database_can_hold_is_replaced(database: Database) -> None:
    hostile = comment("1\0", "a\0b \ud83d", score=10**40, number=-(10**40), links=("https://x.example/\ud800",))
    visit(database, with_text(thread(hostile, claimed=10**30), "a\0b \ud83d"))
    visit(database, with_text(thread(hostile, claimed=10**30), "a\0b \ud83d"), at=NOW + HOUR)
    assert latest(database)["1\ufffd"]["text"] == "a\ufffdb \ufffd"
    assert rows(database, "SELECT score, number FROM comment") == [{"score": None, "number": None}]
    assert len(rows(database, "SELECT * FROM comment_revision")) == 1


def test_ids_and_names_of_any_length_are_stored(database: Database) -> None:
    long = "ö" * 20_000
    visit(database, thread(comment(long, author=long), comment("2", parent_id=long), id=long))
    visit(database, thread(comment(long, author=long), comment("2", parent_id=long), id=long), at=NOW + HOUR)
    assert len(rows(database, "SELECT * FROM comment")) == 2
    assert latest(database)["2"]["depth"] == 1


def test_a_capture_is_kept_once(database: Database) -> None:
    first = begin(database)
    kept = capture()
    with database.write() as conn:
        ids = {save_capture(conn, kept, visit_id=first.visit_id, request_id=first.request_id) for _ in range(2)}
    assert len(ids) == 1


def _everything(database: Database) -> dict[str, list[dict[str, object]]]:
    tables = ("capture", "article", "article_url", "article_revision", "thread", "reading", "author", "comment")
    more = ("comment_revision", "score", "quote", "request")
    found = {table: rows(database, f"SELECT * FROM {table} ORDER BY 1, 2") for table in (*tables, *more)}
    columns = "reading_id, comment_id, capture_id, place, state"  # sightings of a page are written anew
    return found | {"sighting": rows(database, f"SELECT {columns} FROM sighting ORDER BY place")}
