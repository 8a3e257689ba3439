"""Messages on their way: queued with the visit, leased one at a time, put off, given up, never lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from archiver.store import outbox
from archiver.store.closing import close_finished
from archiver.store.database import Database, open_database
from archiver.store.outbox import GIVEN_UP, LEASE, PAUSE, WAITS, LeasedMessage, Wanted
from tests.store.site import NOW, begin, comment, page, rows, save, thread, visit

HOUR = timedelta(hours=1)
EVERYBODY = Wanted(first=True, by_notifier=lambda found: {"desk": found, "mail": found})
DESK = Wanted(first=True, by_notifier=lambda found: {"desk": found})


def waiting(database: Database, number: int = 1) -> None:
    """Messages to the desk, one a visit."""
    for hour in range(number):
        words = [comment(str(each)) for each in range(hour + 1)]
        visit(database, thread(*words), at=NOW + hour * HOUR, wanted=DESK)


def lease(database: Database, at: datetime = NOW, notifier: str = "desk") -> LeasedMessage | None:
    with database.write() as conn:
        return outbox.lease(conn, notifier, now=at)


def fail(database: Database, leased: LeasedMessage, at: datetime) -> None:
    with database.write() as conn:
        outbox.failed(conn, leased, "desk", "the server answered 500", now=at)


def test_each_notifier_gets_the_changes_that_it_wants(database: Database) -> None:
    visit(database, thread(comment("1")), wanted=EVERYBODY)
    leased = {name: lease(database, notifier=name) for name in ("desk", "mail")}
    found = [each.message for each in leased.values() if each]
    assert [[change.comment.id for change in each.content.changes] for each in found] == [["1"], ["1"]]
    assert len({each.uid for each in found}) == 2


def test_where_nobody_wants_to_know_nothing_is_queued(database: Database) -> None:
    visit(database, thread(comment("1")))
    visit(
        database, thread(comment("1"), comment("2")), at=NOW + HOUR, wanted=Wanted(first=True, by_notifier=lambda _: {})
    )
    assert rows(database, "SELECT * FROM message") == []


def test_what_a_first_reading_found_is_told_only_to_those_who_ask_for_it(database: Database) -> None:
    later = Wanted(first=False, by_notifier=DESK.by_notifier)
    visit(database, thread(comment("1")), wanted=later)
    assert lease(database) is None
    visit(database, thread(comment("1"), comment("2")), at=NOW + HOUR, wanted=later)
    leased = lease(database, NOW + HOUR)
    assert leased is not None
    assert [each.comment.id for each in leased.message.content.changes] == ["2"]


def test_what_a_killed_run_left_to_be_closed_is_told_too(database: Database) -> None:
    save(database, page(begin(database), thread(comment("1"))))
    assert close_finished(database, now=NOW, wanted=DESK) == 1
    assert lease(database) is not None
    assert close_finished(database, now=NOW, wanted=DESK) == 0
    assert lease(database) is None


def test_a_delivered_message_is_dropped_and_the_next_comes(database: Database) -> None:
    waiting(database, 2)
    for expected in (1, 1):
        leased = lease(database, NOW + HOUR)
        assert leased is not None
        assert len(leased.message.content.changes) == expected
        with database.write() as conn:
            outbox.delivered(conn, leased)
    assert rows(database, "SELECT * FROM message") == []


def test_a_message_that_fails_is_tried_again_later_and_later_under_the_same_name(database: Database) -> None:
    waiting(database)
    at, names = NOW, set()
    for wait in (*WAITS, WAITS[-1]):
        leased = lease(database, at)
        assert leased is not None
        names.add(leased.message.uid)
        fail(database, leased, at)
        assert lease(database, at + wait - timedelta(seconds=1)) is None
        at += wait
    assert len(names) == 1


def test_after_a_week_it_is_given_up_and_said_why(database: Database) -> None:
    waiting(database)
    at = NOW + GIVEN_UP
    leased = lease(database, at)
    assert leased is not None
    fail(database, leased, at)
    assert lease(database, at + 100 * HOUR) is None
    with database.read() as conn:
        (told,) = outbox.outgoing(conn)
        assert outbox.next_due(conn, ["desk"]) is None
    assert (told.notifier, told.waiting, told.given_up, told.error) == ("desk", 0, 1, "the server answered 500")
    with database.write() as conn:
        assert outbox.retry(conn, "desk", now=at) == 1
    again = lease(database, at)
    assert again is not None
    assert (again.message.uid, again.attempts) == (leased.message.uid, 1)


def test_a_receiver_that_failed_is_not_asked_for_each_message(database: Database) -> None:
    waiting(database, 3)
    at = NOW + 3 * HOUR
    first = lease(database, at)
    assert first is not None
    fail(database, first, at)
    assert lease(database, at + PAUSE - timedelta(seconds=1)) is None
    second = lease(database, at + PAUSE)
    assert second is not None
    with database.read() as conn:
        assert outbox.outgoing(conn)[0].waiting == 3


def test_a_message_that_is_poison_holds_up_no_other(database: Database) -> None:
    waiting(database, 3)
    at, arrived, poison = NOW + 3 * HOUR, [], None
    while (leased := lease(database, at)) is not None or at < NOW + 4 * HOUR:
        if leased is None:
            at += PAUSE
            continue
        poison = poison or leased.message.uid
        if leased.message.uid == poison:
            fail(database, leased, at)
            continue
        arrived.append(leased.message.uid)
        with database.write() as conn:
            outbox.delivered(conn, leased)
    assert len(arrived) == 2


def test_one_that_nobody_came_back_for_is_free_again(database: Database) -> None:
    waiting(database)
    assert lease(database) is not None
    assert lease(database) is None
    assert lease(database, NOW + LEASE) is not None


def test_the_only_writer_of_an_archive_frees_what_a_killed_one_had_taken(tmp_path: Path) -> None:
    with open_database(tmp_path / "archive.db", create=True) as database:
        waiting(database)
        taken = lease(database)
    with open_database(tmp_path / "archive.db", create=False) as database:
        again = lease(database)
    assert taken is not None
    assert again is not None
    assert (again.message, again.attempts) == (taken.message, 2)


def test_what_is_not_wanted_any_more_is_dropped(database: Database) -> None:
    waiting(database, 2)
    with database.write() as conn:
        assert outbox.drop(conn, "desk") == 2
        assert outbox.outgoing(conn) == ()
