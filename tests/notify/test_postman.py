"""Delivery beside a crawl: tried again, never in the way, once unless killed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest

from archiver.notify import postman
from archiver.notify.notifier import Notifier, wanted
from archiver.notify.postman import Postman
from archiver.store import outbox
from archiver.store.database import Database, open_database
from archiver.store.outbox import GIVEN_UP, WAITS
from archiver.store.rows import Outgoing
from tests.notify.receiver import Receiver, receiving
from tests.store.site import NOW, comment, thread, visit

MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


def webhook(receiver: Receiver, name: str = "desk") -> Notifier:
    return Notifier(name=name, webhook=receiver.url, on=("first", "new", "gone"))


def look(database: Database, notifiers: Sequence[Notifier], number: int, at: datetime = NOW) -> None:
    """A visit that finds so many comments."""
    visit(database, thread(*(comment(str(each)) for each in range(number))), at=at, wanted=wanted(notifiers))


def bring(database: Database, notifiers: Sequence[Notifier], at: datetime = NOW) -> None:
    """A run that has nothing else to do."""
    clock = Clock()
    clock.time = at
    with Postman(database, notifiers, clock=clock):
        pass


def left(database: Database) -> tuple[Outgoing, ...]:
    with database.read() as conn:
        return outbox.outgoing(conn)


def test_a_message_is_delivered_once(database: Database) -> None:
    with receiving() as receiver:
        desk = [webhook(receiver)]
        look(database, desk, 2)
        bring(database, desk)
        bring(database, desk, NOW + MINUTE)
    assert [[each["comment"]["id"] for each in told["changes"]] for told in receiver.got] == [["0", "1"]]
    assert left(database) == ()


def test_while_a_run_goes_on_messages_go_out(database: Database) -> None:
    with receiving() as receiver:
        desk = [webhook(receiver)]
        with Postman(database, desk, clock=Clock()) as running:
            for number in (1, 2, 3):
                look(database, desk, number)
                running.wake()
                receiver.wait_for(number)


def test_after_a_failure_it_comes_later_under_the_same_name(database: Database) -> None:
    with receiving(500) as receiver:
        desk = [webhook(receiver)]
        look(database, desk, 1)
        bring(database, desk)
        assert len(receiver.got) == 1
        (waiting,) = left(database)
        assert (waiting.waiting, waiting.due) == (1, NOW + WAITS[0])
        assert waiting.error == f"{receiver.url.split('/')[2]}: the receiver answered 500 (because)"
        bring(database, desk, NOW + WAITS[0] / 2)
        assert len(receiver.got) == 1
        bring(database, desk, NOW + WAITS[0])
    first, second = receiver.got
    assert first == second
    assert left(database) == ()


def test_what_fails_for_a_week_is_given_up(database: Database) -> None:
    with receiving(500, 500) as receiver:
        desk = [webhook(receiver)]
        look(database, desk, 1)
        bring(database, desk)
        bring(database, desk, NOW + GIVEN_UP)
        bring(database, desk, NOW + 2 * GIVEN_UP)
    assert len(receiver.got) == 2
    (waiting,) = left(database)
    assert (waiting.waiting, waiting.given_up) == (0, 1)


def test_a_receiver_that_hangs_holds_up_neither_others_nor_the_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "LAST_WAIT", 0.5)
    with receiving(0) as hanging, receiving() as receiver:
        both = [webhook(hanging, "hangs"), webhook(receiver, "desk")]
        look(database, both, 1)
        running = Postman(database, both, clock=Clock())
        running.start()
        hanging.wait_for(1)
        receiver.wait_for(1)
        look(database, both, 2)
        running.wake()
        receiver.wait_for(2)
        running.end()
        assert {each.notifier: each.waiting for each in left(database)} == {"hangs": 2}
    for each in threading.enumerate():  # the one that was left behind ends by itself, and touches nothing
        if each.name == "archiver-notify-hangs":
            each.join(60)
    assert {each.notifier: each.waiting for each in left(database)} == {"hangs": 2}


def test_at_the_end_what_has_begun_is_finished_and_nothing_else_begun(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "LAST_START", -1)
    begun, ends = threading.Event(), threading.Event()

    def deliver(*_: object) -> None:
        begun.set()
        assert ends.wait(60)

    monkeypatch.setattr(postman, "deliver", deliver)
    desk = [Notifier(name="desk", command=("true",), on=("first", "new"))]
    for number in (1, 2):
        look(database, desk, number)
    running = Postman(database, desk, clock=Clock())
    running.start()
    assert begun.wait(60)
    monkeypatch.setattr(running, "wake", lambda: (ends.set(), Postman.wake(running)))  # by which the end begins
    running.end()
    (waiting,) = left(database)
    assert (waiting.waiting, waiting.error) == (1, None)


def test_what_was_delivered_and_not_noted_comes_twice_with_the_same_id(tmp_path: Path) -> None:
    """As where the process is killed between the two."""
    path = tmp_path / "archive.db"
    with receiving() as receiver:
        desk = [webhook(receiver)]
        with open_database(path, create=True) as database:
            look(database, desk, 1)
            with database.write() as conn:
                leased = outbox.lease(conn, "desk", now=NOW)
            assert leased is not None
            postman.deliver(desk[0], leased.message)
        with open_database(path, create=False) as database:
            bring(database, desk)
            assert left(database) == ()
    assert [told["id"] for told in receiver.got] == [leased.message.uid] * 2


def test_a_feed_shows_the_latest_changes_and_keeps_them(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "changes.xml"
    feed = [Notifier(name="feed", atom=str(file), on=("first", "new", "gone"), entries=3)]
    seen = []
    for number in (1, 2, 3, 4, 5):
        look(database, feed, number, NOW + number * MINUTE)
        bring(database, feed, NOW + number * MINUTE)
        file.replace(tmp_path / "seen.xml")  # the state is in the archive, not in the file
        entries = feedparser.parse((tmp_path / "seen.xml").read_bytes()).entries
        seen.append([entry.id for entry in entries])
    assert [len(ids) for ids in seen] == [1, 2, 3, 3, 3]
    assert all(later[1:] == earlier[:2] for earlier, later in pairwise(seen[1:]))
    assert left(database) == ()
    with database.read() as conn:
        assert len(outbox.latest(conn, "feed", 100)) == 3


def test_a_feed_that_could_not_be_written_is_written_later_with_all(database: Database, tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("a file, no folder")
    feed = [Notifier(name="feed", atom=str(tmp_path / "feeds" / "changes.xml"), on=("first", "new"))]
    look(database, feed, 1)
    bring(database, feed)
    look(database, feed, 2, NOW + MINUTE / 2)
    (tmp_path / "feeds").unlink()
    assert left(database)[0].waiting == 2
    bring(database, feed, NOW + 2 * MINUTE)
    assert len(feedparser.parse((tmp_path / "feeds" / "changes.xml").read_bytes()).entries) == 2
    assert left(database) == ()
