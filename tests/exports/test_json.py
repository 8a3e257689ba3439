"""JSON and JSON Lines hold what is stored: nested, or one comment a line."""

from __future__ import annotations

import io
import json
from typing import Any

from archiver.exports import json as nested
from archiver.exports import jsonl
from archiver.exports.columns import FIELDS
from archiver.items import Quote
from archiver.store.closing import close_visit
from archiver.store.database import Database
from tests.store.site import NOW, URL, begin, comment, page, save, thread, visit

HOSTILE = '</script> "é😀"\u2028\n=1'


def export(database: Database, url: str | None = None) -> list[dict[str, Any]]:
    file = io.BytesIO()
    with database.read() as conn:
        nested.write(conn, file, url=url)
    found: list[dict[str, Any]] = json.loads(file.getvalue())
    return found


def lines(database: Database, url: str | None = None) -> list[dict[str, Any]]:
    file = io.BytesIO()
    with database.read() as conn:
        count = jsonl.write(conn, file, url=url)
    found = file.getvalue().split(b"\n")
    assert (len(found) - 1, found[-1]) == (count, b"")
    return [json.loads(line) for line in found[:-1]]


def test_articles_hold_quotes_and_threads_and_these_their_comments(database: Database) -> None:
    told = comment("1", HOSTILE, links=("https://x.example/",))
    visit(
        database,
        thread(told, comment("2", parent_id="1"), claimed=2),
        thread(platform="isso", claimed=0),
        quotes=(Quote(start=1, end=3, text="It"),),
    )
    (article,) = export(database)
    assert (article["url"], article["authors"], article["media"]) == (URL, ["Jon Vik"], [])
    assert [quote["text"] for quote in article["quotes"]] == ["It"]
    shown, empty = article["threads"]
    assert (shown["platform"], shown["claimed"], shown["completeness"]) == ("wordpress", 2, "complete")
    assert (empty["platform"], empty["comments"]) == ("isso", [])
    one, two = shown["comments"]
    assert (one["text"], one["links"], one["sources"]) == (HOSTILE, ["https://x.example/"], ["markup"])
    assert (one["published"], one["gone_before"]) == ("2026-02-28T12:00:00Z", None)
    assert (two["parent_native_id"], two["position"]) == ("1", 1)


def test_an_article_without_a_thread_is_there(database: Database) -> None:
    visit(database)
    assert export(database)[0]["threads"] == []


def test_an_empty_archive_is_an_empty_list(database: Database) -> None:
    assert export(database) == []
    assert lines(database) == []


def test_a_comment_takes_one_line(database: Database) -> None:
    visit(database, thread(comment("1", "a\nb"), comment("2")))
    file = io.BytesIO()
    with database.read() as conn:
        assert nested.write(conn, file) == 2
    assert sum(b'"native_id":"' in line and b'"depth"' in line for line in file.getvalue().split(b"\n")) == 2


def test_one_article_can_be_chosen(database: Database) -> None:
    for number in range(2):
        first = begin(database, f"{URL}/{number}")
        save(database, page(first, thread(comment("1"))))
        close_visit(database, first.visit_id, now=NOW)
    assert [each["url"] for each in export(database, f"{URL}/1")] == [f"{URL}/1"]
    assert [each["article_url"] for each in lines(database, f"{URL}/1")] == [f"{URL}/1"]


def test_every_line_has_every_column(database: Database) -> None:
    visit(database, thread(comment("1", HOSTILE), comment("2", author=None)))
    one, two = lines(database)
    assert list(one) == list(two) == [field.name for field in FIELDS]
    assert (one["text"], two["author"], one["position"]) == (HOSTILE, None, 0)
