"""What a visit changed, with the comments themselves."""

from __future__ import annotations

from datetime import timedelta

from archiver.store import changes
from archiver.store.changes import VisitChanges, Wording
from archiver.store.closing import ClosedVisit
from archiver.store.database import Database
from tests.store.site import NOW, URL, api, comment, thread, visit

HOUR = timedelta(hours=1)


def test_the_first_reading_of_a_thread_cannot_tell_since_when_comments_are_there(database: Database) -> None:
    found = of(database, visit(database, thread(comment("1"), comment("2", parent_id="1"))))
    assert (found.url, found.title, found.at) == (URL, "The harbour stays open", NOW)
    assert [(each.change, each.comment.id, each.comment.parent_id) for each in found.changes] == [
        ("first", "1", None),
        ("first", "2", "1"),
    ]


def test_a_comment_that_comes_later_is_new_and_carried_whole(database: Database) -> None:
    visit(database, thread(comment("1")))
    (change,) = of(
        database, visit(database, thread(comment("1"), comment("2", "On time today.")), at=NOW + HOUR)
    ).changes
    assert (change.change, change.at, change.before) == ("new", NOW + HOUR, None)
    told = change.comment
    assert (told.article_url, told.id, told.author, told.text) == (URL, "2", "Ida Holm", "On time today.")
    assert told.published == NOW - timedelta(days=1)


def test_an_edit_is_told_with_the_words_before(database: Database) -> None:
    visit(database, thread(comment("1", "Late.", author="Ida")))
    (change,) = of(database, visit(database, thread(comment("1", "Late again.")), at=NOW + HOUR)).changes
    assert (change.change, change.comment.text) == ("edited", "Late again.")
    assert change.before == Wording(author="Ida", text="Late.")


def test_an_edit_that_two_sources_read_each_in_its_own_way_is_one(database: Database) -> None:
    visit(database, thread(comment("1", "Late :)")), api(comment("1", "Late (smiles)")))
    both = thread(comment("1", "Early :)")), api(comment("1", "Early (smiles)"))
    (change,) = of(database, visit(database, *both, at=NOW + HOUR)).changes
    assert (change.change, change.comment.text) == ("edited", "Early (smiles)")
    assert change.before == Wording(author="Ida Holm", text="Late (smiles)")


def test_what_goes_is_told_with_its_last_words_and_what_comes_back_too(database: Database) -> None:
    visit(database, thread(comment("1"), comment("2", "Soon gone.")))
    (gone,) = of(database, visit(database, thread(comment("1")), at=NOW + HOUR)).changes
    assert (gone.change, gone.comment.id, gone.comment.text) == ("gone", "2", "Soon gone.")
    assert (gone.comment.state, gone.comment.gone_after, gone.comment.gone_before) == ("missing", NOW, NOW + HOUR)
    again = visit(database, thread(comment("1"), comment("2", "Soon gone.")), at=NOW + 2 * HOUR)
    (back,) = of(database, again).changes
    assert (back.change, back.comment.id, back.comment.state) == ("back", "2", "visible")


def test_a_visit_that_changed_nothing_says_nothing(database: Database) -> None:
    visit(database, thread(comment("1")))
    with database.read() as conn:
        assert changes.of_visit(conn, visit(database, thread(comment("1")), at=NOW + HOUR).visit_id) is None


def of(database: Database, closed: ClosedVisit) -> VisitChanges:
    with database.read() as conn:
        found = changes.of_visit(conn, closed.visit_id)
    assert found is not None
    counted = [
        sum(each.change in kinds for each in found.changes)
        for kinds in (("first", "new"), ("edited",), ("gone",), ("back",))
    ]
    told = [sum(getattr(each, name) for each in closed.threads) for name in ("new", "gone", "back")]
    assert [counted[0], *counted[2:]] == told
    return found
