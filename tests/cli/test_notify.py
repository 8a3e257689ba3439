"""Who is told of changes, the whole way: archiver.toml, a newspaper that goes on printing, receivers on loopback."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest

from archiver.crawl.options import Options
from archiver.crawl.watch import watch
from archiver.notify import postman
from archiver.notify.notifier import Notifier
from tests.cli.conftest import Run
from tests.cli.test_watch import NOON, Clock, clock, comment_on, print_story
from tests.notify.receiver import Receiver, receiving
from tests.site.server import Site

__all__ = ["clock"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(run: Run) -> Iterator[Receiver]:
    """A receiver that archiver.toml names."""
    with receiving() as receiver:
        toml(f'[[notify]]\nname = "desk"\nwebhook = "{receiver.url}"\n')
        yield receiver


def toml(text: str) -> None:
    Path("archiver.toml").write_text(text)


def ferry(site: Site) -> str:
    return site.url(site.story("ferry").path)


def messages() -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect("output/archive.db")) as database:
        return database.execute("select notifier, state, attempts from message").fetchall()


def told(receiver: Receiver) -> list[list[tuple[str, str]]]:
    return [[(each["change"], each["comment"]["id"]) for each in message["changes"]] for message in receiver.got]


def test_new_edited_and_gone_comments_are_told_each_once(run: Run, site: Site, desk: Receiver) -> None:
    assert run("archive", ferry(site)).status == 0
    assert desk.got == []  # what the first reading finds may be old
    story = site.story("ferry")
    *others, edited, gone = sorted(story.comments, key=lambda each: each.at)
    print_story(site, replace(story, comments=(*others, replace(edited, text="<p>Never mind.</p>"))))
    comment_on(site, "ferry", NOON + timedelta(days=1))
    assert run("archive", ferry(site)).status == 0
    (changes,) = told(desk)
    assert sorted(changes) == [("edited", str(edited.id)), ("gone", str(gone.id)), ("new", "9001")]
    words = {each["change"]: each for each in desk.got[0]["changes"]}
    assert words["new"]["comment"]["text"] == "And what of the goat?"
    assert words["edited"]["comment"]["text"] == "Never mind."
    assert words["edited"]["words_before"]["text"] not in ("", "Never mind.")
    assert words["gone"]["comment"]["text"]
    print_story(site, replace(site.story("ferry"), comments=(*site.story("ferry").comments, gone)))
    assert run("archive", ferry(site)).status == 0
    assert told(desk)[1:] == [[("back", str(gone.id))]]
    assert run("archive", ferry(site)).status == 0
    assert len(desk.got) == 2
    assert messages() == []


def test_each_notifier_gets_what_it_asked_for_in_its_own_way(run: Run, site: Site) -> None:
    toml(f"""
[[notify]]
name = "goats"
command = ["{sys.executable}", "-c", "import sys; open('got', 'a').write(sys.stdin.read())"]
body = "text"
words = ["goat*"]

[[notify]]
name = "feed"
atom = "feeds/changes.xml"
on = ["first", "new", "edited", "gone", "back"]

[[notify]]
name = "elsewhere"
atom = "feeds/elsewhere.xml"
sites = ["other.example"]
""")
    assert run("archive", ferry(site)).status == 0
    assert not Path("got").exists()
    whole = feedparser.parse(Path("feeds/changes.xml").read_bytes())
    assert len(whole.entries) == len(site.story("ferry").comments)
    comment_on(site, "ferry", NOON + timedelta(days=1))
    assert run("archive", ferry(site)).status == 0
    assert "And what of the goat?" in Path("got").read_text()
    first, *rest = feedparser.parse(Path("feeds/changes.xml").read_bytes()).entries
    assert (first.author, first.link) == ("Ida Holm", f"{ferry(site)}comment-page-2/#comment-9001")
    assert [each.id for each in rest] == [each.id for each in whole.entries]
    assert not Path("feeds/elsewhere.xml").exists()


def test_a_receiver_that_fails_stops_nothing_and_gets_it_later(run: Run, site: Site, desk: Receiver) -> None:
    assert run("archive", ferry(site)).status == 0
    comment_on(site, "ferry", NOON + timedelta(days=1))
    desk.answers = [500]
    ran = run("archive", ferry(site))
    assert (ran.status, len(desk.got)) == (0, 1)
    assert "1 new" in ran.out
    said = run("status").out
    assert "Not delivered to: 1\n  desk  1 message to come, next try in " in said
    assert "the receiver answered 500 (because)" in said
    assert "secret" not in said
    assert "1 to come: 127.0.0.1" in run("notify").out
    assert "1 message due again" in run("notify", "--retry", "desk").out
    assert run("archive", ferry(site)).status == 0
    assert desk.got[0] == desk.got[1]
    assert len(desk.got) == 2
    assert "Not delivered" not in run("status").out


def test_a_receiver_that_never_answers_stops_nothing(
    run: Run, site: Site, desk: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "LAST_WAIT", 0.1)
    assert run("archive", ferry(site)).status == 0
    comment_on(site, "ferry", NOON + timedelta(days=1))
    desk.answers = [0]
    ran = run("archive", ferry(site))
    assert ran.status == 0
    assert "1 new" in ran.out
    assert "desk  1 message to come" in run("status").out
    assert "0 messages forgotten" in run("notify", "--drop", "other").out
    assert "1 message forgotten" in run("notify", "--drop", "desk").out
    assert messages() == []


def test_what_was_told_stays_told_through_a_rebuild(run: Run, site: Site, desk: Receiver) -> None:
    assert run("archive", ferry(site)).status == 0
    comment_on(site, "ferry", NOON + timedelta(days=1))
    assert run("archive", ferry(site)).status == 0
    assert run("rebuild").status == 0
    assert run("archive", ferry(site)).status == 0
    assert told(desk) == [[("new", "9001")]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_between_commit_and_delivery_costs_nothing(run: Run, site: Site, desk: Receiver) -> None:
    """The receiver has the message, the archive does not know it yet: it comes twice, with the same id."""
    assert run("archive", ferry(site)).status == 0
    comment_on(site, "ferry", NOON + timedelta(days=1))
    desk.answers = [0]
    command = [sys.executable, "-m", "archiver", "archive", ferry(site), "--delay", "0"]
    python_path = {"PYTHONPATH": str(ROOT), "ARCHIVER_ARCHIVE": str(Path("output").absolute())}
    with subprocess.Popen(command, env={**os.environ, **python_path}, stderr=subprocess.DEVNULL) as process:
        desk.wait_for(1)
        process.send_signal(signal.SIGKILL)
    assert messages() == [("desk", "leased", 1)]
    assert run("archive", ferry(site)).status == 0
    assert told(desk) == [[("new", "9001")]] * 2
    assert desk.got[0] == desk.got[1]
    assert messages() == []


def test_a_watcher_that_sleeps_tries_again(run: Run, site: Site, desk: Receiver, clock: Clock) -> None:
    archived = ("archive", ferry(site), "--delay", "0")
    assert run(*archived).status == 0
    comment_on(site, "ferry", NOON)
    desk.answers = [500, 500]
    assert run(*archived).status == 0
    asked = len(site.asked)

    def sleep(_: float) -> None:
        if len(desk.got) > 2:
            raise KeyboardInterrupt
        clock.time += timedelta(seconds=30)

    notifier = Notifier(name="desk", webhook=desk.url)
    watch(Options(folder=Path("output"), notifiers=(notifier,), delay=0), sleep=sleep)
    assert clock.time - NOON < timedelta(minutes=8)
    assert told(desk) == [[("new", "9001")]] * 3
    assert len(site.asked) == asked
    assert messages() == []


def test_a_setting_can_be_tried(run: Run, desk: Receiver) -> None:
    ran = run("notify", "--test", "desk")
    assert (ran.status, ran.out) == (0, "desk: a sample message was delivered.\n")
    assert told(desk) == [[("new", "1"), ("edited", "2"), ("gone", "3")]]
    desk.answers = [404]
    ran = run("notify", "--test", "desk")
    assert ran.status == 1
    assert ran.err.startswith("127.0.0.1:")
    assert "the receiver answered 404 (because)" in ran.err
    ran = run("notify", "--test", "dsk")
    assert (ran.status, ran.err) == (2, "archiver.toml: no [[notify]] is named 'dsk'. Did you mean 'desk'?\n")
    assert run("notify", "--test", "desk", "--drop", "desk").status == 2


def test_a_feed_can_be_tried(run: Run) -> None:
    toml('[[notify]]\nname = "feed"\natom = "changes.xml"\n')
    assert run("notify", "--test", "feed").status == 0
    assert len(feedparser.parse(Path("changes.xml").read_bytes()).entries) == 3


def test_who_is_told_is_listed_without_secrets(run: Run, desk: Receiver) -> None:
    ran = run("notify")
    assert ran.out == f"desk  {desk.url.split('/')[2]}  on new, edited, gone, back\n"
    assert run("notify", "--json").json == [
        {"name": "desk", "to": desk.url.split("/")[2], "on": ["new", "edited", "gone", "back"], "messages": None}
    ]
    toml("")
    assert "Nobody is told" in run("notify").out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('[[notify]]\nname = "a"\natm = "x.xml"', "unknown setting 'notify 1: atm'. Did you mean 'notify 1: atom'?"),
        ('[[notify]]\nname = "a"\natom = "x.xml"\non = ["deleted"]', "notify 1: `on[0]`: invalid enum value 'deleted'"),
        ('[[notify]]\nname = "a"', "notify 1: give one of `command`, `webhook` and `atom`, not none"),
        ('[notify]\nname = "a"', "'[notify]' is one table. Write '[[notify]]', once for each notify."),
        ('[[notify]]\nname = "a"\natom = "x"\n' * 2, "two '[[notify]]' have the name 'a'. Rename one of them."),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named_before_anything_is_fetched(
    run: Run, site: Site, given: str, said: str
) -> None:
    toml(given)
    ran = run("archive", ferry(site))
    assert ran.status == 2
    assert ran.err.startswith("archiver.toml: ")
    assert said in ran.err
    assert site.asked == []
