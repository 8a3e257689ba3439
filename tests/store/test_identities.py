"""Threads whose pages show no ids: each comment keeps its row, whatever became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from archiver.items import Comment, ThreadPage
from archiver.store.database import Database
from tests.store.site import NOW, begin, follow_up, latest, lease, page, rows, save, thread, visit

DAY = timedelta(days=1)
TEXTS = (
    "The ferry was late again, and nobody picked up the phone.",
    "Mine was on time, for once in all these years.",
    "lol",
    "I have written to the harbour board about it three times now.",
    "lol",
)


def shown(*texts: str, author: str | None = "Ida Holm", **more: Any) -> ThreadPage:
    """A page as the thread reader gives it: ids are places on it."""
    comments = (
        Comment(id=f"{place}", id_origin="derived", author=author, text=text)
        for place, text in enumerate(texts, start=1)
    )
    return thread(*comments, platform="generic", extractor="generic 1", id="", **more)


def test_a_second_visit_finds_each_comment_again(database: Database) -> None:
    visit(database, shown(*TEXTS))
    closed = visit(database, shown(*TEXTS), at=NOW + DAY)
    assert sorted(latest(database)) == [f"ida-holm-{number}" for number in range(1, 6)]
    assert in_order(database) == list(TEXTS)
    assert (closed.threads[0].new, closed.threads[0].edited, closed.threads[0].gone) == (0, 0, 0)
    assert {row["id_origin"] for row in rows(database, "SELECT id_origin FROM comment")} == {"derived"}


def test_an_edit_a_deletion_and_an_addition_are_just_that(database: Database) -> None:
    visit(database, shown(*TEXTS))
    edited = "The ferry was late again, and nobody picked up. EDIT: they called back."
    texts = ("And now it is raining as well.", edited, *TEXTS[2:])
    closed = visit(database, shown(*texts), at=NOW + DAY).threads[0]
    assert (closed.new, closed.edited, closed.gone) == (1, 1, 1)
    found = latest(database)
    assert found["ida-holm-1"]["text"] == edited
    assert found["ida-holm-2"]["state"] == "missing"
    assert found["ida-holm-6"]["text"] == texts[0]
    assert [row["text"] for row in rows(database, _REVISIONS)] == [TEXTS[0], edited]


_REVISIONS = """
    SELECT r.text FROM comment_revision r JOIN comment c ON c.id = r.comment_id
     WHERE c.native_id = 'ida-holm-1' ORDER BY r.id
"""


def test_the_first_comments_of_two_pages_are_two_comments(database: Database) -> None:
    first = shown(*TEXTS[:2], claimed=5, follow_ups=(_next(),), page_number=1)
    for day in range(2):
        closed = visit(
            database, first, answers=lambda _: [shown(*TEXTS[2:], claimed=5, page_number=2)], at=NOW + day * DAY
        )
        assert (closed.threads[0].collected, closed.completeness) == (5, "complete")
    assert in_order(database) == list(TEXTS)
    assert {row["change"] for row in rows(database, "SELECT change FROM comment_revision")} == {"first"}


def test_what_moved_to_the_next_page_while_they_were_read_is_not_stored_twice(database: Database) -> None:
    first = shown(*TEXTS[:2], claimed=5, follow_ups=(_next(),), page_number=1)
    visit(database, first, answers=lambda _: [shown(*TEXTS[1:], claimed=5, page_number=2)])
    assert in_order(database) == list(TEXTS)


def test_replies_follow_their_parents_to_the_lasting_id(database: Database) -> None:
    for day in range(2):
        reply = Comment(id="2", id_origin="derived", parent_id="1", author="Jon", text="So was mine.")
        top = Comment(id="1", id_origin="derived", author="Ida", text=TEXTS[0])
        visit(database, thread(top, reply, platform="generic", extractor="generic 1"), at=NOW + day * DAY)
    assert latest(database)["jon-1"]["parent_native_id"] == "ida-1"
    assert len(latest(database)) == 2


def test_saving_a_page_twice_changes_nothing(database: Database) -> None:
    first = begin(database)
    item = page(first, shown(*TEXTS))
    for _ in range(2):
        save(database, item)
    assert len(rows(database, "SELECT 1 FROM comment")) == len(TEXTS)
    assert len(rows(database, "SELECT 1 FROM comment_revision")) == len(TEXTS)
    assert lease(database, first.visit_id) == []


def in_order(database: Database) -> list[str]:
    """The words of all comments as they are read."""
    return [row["text"] for row in rows(database, "SELECT text FROM latest_comment ORDER BY position")]


def _next() -> Any:
    return follow_up("2", platform="generic", thread_id="")
