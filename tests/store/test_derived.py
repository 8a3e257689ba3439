"""Links and flags in the archive: made when a visit ends, made anew when words change, dropped with nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from archiver.store import campaigns, read
from archiver.store.closing import close_visit
from archiver.store.database import Database
from tests.store.site import NOW, article, comment, page, thread, visit
from tests.store.site import begin as begin_at
from tests.store.site import save as save_page

HOUR = timedelta(hours=1)
CRANE = comment("1", "The crane has stood in the harbour for ninety years.", author="Ann Lee")
ANSWER = comment("2", "Ann Lee, it is rusty.", author="Bob")
OFFER = comment("3", "I make $85 an hour working from home, see www.jobs-now9.com", author="Cleo")


def links(database: Database) -> list[tuple[str, str, str | None, str | None]]:
    with database.read() as conn:
        return [(each.comment_id, each.method, each.target_id, each.target_name) for each in read.links(conn)]


def flags(database: Database) -> list[tuple[str, str]]:
    with database.read() as conn:
        return [(each.comment_id, each.kind) for each in read.flags(conn)]


def test_links_and_flags_are_made_when_a_visit_ends(database: Database) -> None:
    visit(database, thread(CRANE, ANSWER, OFFER))
    assert links(database) == [("2", "answers", "1", "Ann Lee")]
    assert flags(database) == [("3", "spam")]


def test_a_comment_that_was_picked_out_is_linked_as_any_other(database: Database) -> None:
    visit(database, thread(replace(CRANE, kind="pick"), replace(ANSWER, kind="pick")))
    assert links(database) == [("2", "answers", "1", "Ann Lee")]


def test_a_parent_that_the_page_tells_is_no_link(database: Database) -> None:
    visit(database, thread(CRANE, comment("2", "Ann Lee, it is rusty.", author="Bob", parent_id="1")))
    assert links(database) == []


def test_other_words_make_other_links(database: Database) -> None:
    visit(database, thread(CRANE, ANSWER, OFFER))
    edited = comment("2", "It is rusty, and that is that.", author="Bob")
    visit(database, thread(CRANE, edited, comment("3", "Never mind.", author="Cleo")), at=NOW + HOUR)
    assert (links(database), flags(database)) == ([], [])


def test_a_quotation_of_the_article_is_found_in_a_thread_read_before(database: Database) -> None:
    said = comment("1", "“Nobody has asked the people who live by the harbour” – that is a lie!")
    visit(database, thread(said))
    assert links(database) == []
    text = "The mayor spoke. Nobody has asked the people who live by the harbour, she said."
    visit(database, thread(said), at=NOW + HOUR, article=article(text=text))
    assert links(database) == [("1", "quotes", None, None)]


def test_a_name_alone_is_kept_where_nobody_s_name_is_printed(database: Database) -> None:
    visit(database, thread(comment("1", "Dora Quill She means the bird.", author=None)))
    assert links(database) == [("1", "answers", None, "Dora Quill")]


def test_campaigns_are_found_over_threads_and_stay_when_one_is_read_again(database: Database) -> None:
    text = "Sign the petition for the crane before Friday, dear neighbours, please."
    for number in range(3):
        first = begin_at(database, f"https://news.example/{number}")
        save_page(database, page(first, thread(comment("1", text), id=str(number))))
        close_visit(database, first.visit_id, now=NOW)
    with database.write() as conn:
        assert campaigns.find_campaigns(conn) == {"text": 3}
        assert campaigns.find_campaigns(conn) == {"text": 3}
    first = begin_at(database, "https://news.example/0", at=NOW + HOUR)
    save_page(database, page(first, thread(comment("1", text), comment("2", "What?"), id="0"), at=NOW + HOUR))
    close_visit(database, first.visit_id, now=NOW + HOUR)
    assert flags(database) == [("1", "campaign")] * 3
