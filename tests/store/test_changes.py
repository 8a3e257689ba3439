"""What a visit changed, with the comments themselves."""

from __future__ import annotations

from datetime import timedelta

from archiver.store import changes
from archiver.store.changes import VisitChanges
from archiver.store.closing import ClosedVisit
from archiver.store.database import Database
from tests.store.site import NOW, URL, api, comment, thread, visit

HOUR = timedelta(hours=1)


def test_the_first_reading_of_a_thread_cannot_tell_since_when_comments_are_there(database: Database) -> None:
    found = of(database, visit(database, thread(comment("1"), comment("2", parent_id="1"))))
    assert (found.url, found.title, found.at) == (URL, "The harbour stays open", NOW)
    assert [(each.event.kind, each.first, each.comment.id, each.comment.parent_id) for each in found.changes] == [
        ("added", True, "1", None),
        ("added", True, "2", "1"),
    ]


def test_a_comment_that_comes_later_is_new_and_carried_whole(database: Database) -> None:
    visit(database, thread(comment("1")))
    later = visit(database, thread(comment("1"), comment("2", "On time today.")), at=NOW + HOUR)
    (change,) = of(database, later).changes
    assert (change.event.kind, change.first, change.event.at) == ("added", False, NOW + HOUR)
    told = change.comment
    assert (told.article_url, told.id, told.author, told.text) == (URL, "2", "Ida Holm", "On time today.")
    assert told.published == NOW - timedelta(days=1)


def test_an_edit_is_told_with_the_words_before(database: Database) -> None:
    visit(database, thread(comment("1", "Late.", author="Ida")))
    (change,) = of(database, visit(database, thread(comment("1", "Late again.")), at=NOW + HOUR)).changes
    assert (change.event.kind, change.comment.text) == ("edited", "Late again.")
    assert change.event.before is not None
    assert (change.event.before.author, change.event.before.text) == ("Ida", "Late.")


def test_an_edit_that_two_sources_read_each_in_its_own_way_is_one(database: Database) -> None:
    visit(database, thread(comment("1", "Late :)")), api(comment("1", "Late (smiles)")))
    both = thread(comment("1", "Early :)")), api(comment("1", "Early (smiles)"))
    (change,) = of(database, visit(database, *both, at=NOW + HOUR)).changes
    assert (change.event.kind, change.comment.text) == ("edited", "Early (smiles)")


def test_what_goes_is_told_with_its_last_words_and_what_comes_back_too(database: Database) -> None:
    visit(database, thread(comment("1"), comment("2", "Soon gone.")))
    (gone,) = of(database, visit(database, thread(comment("1")), at=NOW + HOUR)).changes
    assert (gone.event.kind, gone.comment.id, gone.comment.text) == ("gone", "2", "Soon gone.")
    assert (gone.comment.state, gone.comment.gone_after, gone.comment.gone_before) == ("missing", NOW, NOW + HOUR)
    again = visit(database, thread(comment("1"), comment("2", "Soon gone.")), at=NOW + 2 * HOUR)
    (back,) = of(database, again).changes
    assert (back.event.kind, back.comment.id, back.comment.state) == ("back", "2", "visible")


def test_only_what_the_visit_itself_noticed_is_told(database: Database) -> None:
    """A comment with a past: what earlier visits noticed was told then."""
    visit(database, thread(comment("1", "One."), comment("2")))
    visit(database, thread(comment("1", "Two."), comment("2")), at=NOW + HOUR)
    visit(database, thread(comment("2")), at=NOW + 2 * HOUR)
    found = of(database, visit(database, thread(comment("1", "Three."), comment("2")), at=NOW + 3 * HOUR))
    assert [each.event.kind for each in found.changes] == ["edited", "back"]


def test_visits_within_a_second_are_kept_apart(database: Database) -> None:
    """Times are kept to the second: they do not tell which visit noticed something."""
    visit(database, thread(comment("1"), comment("2")), at=NOW - HOUR)
    gone = visit(database, thread(comment("2")))
    back = visit(database, thread(comment("1"), comment("2")))
    assert [each.event.kind for each in of(database, gone).changes] == ["gone"]
    assert [each.event.kind for each in of(database, back).changes] == ["back"]


def test_a_visit_that_changed_nothing_says_nothing(database: Database) -> None:
    visit(database, thread(comment("1")))
    with database.read() as conn:
        assert changes.of_visit(conn, visit(database, thread(comment("1")), at=NOW + HOUR).visit_id) is None


def of(database: Database, closed: ClosedVisit) -> VisitChanges:
    """The changes, which agree with what is counted at the end of the visit."""
    with database.read() as conn:
        found = changes.of_visit(conn, closed.visit_id)
    assert found is not None
    counted = [sum(each.event.kind == kind for each in found.changes) for kind in ("added", "gone", "back")]
    assert counted == [sum(getattr(each, name) for each in closed.threads) for name in ("new", "gone", "back")]
    return found
