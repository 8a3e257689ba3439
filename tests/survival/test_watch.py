"""`archiver watch` in a process of its own: stopped or killed, nothing is lost, and the archive is free for others."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archiver.crawl import run
from archiver.crawl.options import Options
from archiver.evidence.verify import verify_archive
from tests.site.answers import Answer
from tests.site.server import Site
from tests.site.stories import Remark, Story

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@contextmanager
def watching(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], Iterator[dict[str, Any]]]]:
    """The real command, and its events as they come."""
    command = [sys.executable, "-m", "archiver", "watch", "--archive", str(folder), "--delay", "0", "--log", "json"]
    with subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, (json.loads(line) for line in process.stdout)
        finally:
            process.kill()


def wait_for(events: Iterator[dict[str, Any]], name: str, **told: object) -> dict[str, Any]:
    """The next event of this name."""
    for event in events:
        if event["event"] == name and told.items() <= event.items():
            return event
    raise AssertionError(f"it ended before {name}")


@pytest.fixture
def story(site: Site, tmp_path: Path) -> Story:
    """A story of this morning that was archived yesterday, and has got one more comment since."""
    model = site.story("ferry")
    moved = datetime.now(UTC) - timedelta(hours=2) - model.published
    fresh = replace(
        model,
        published=model.published + moved,
        comments=tuple(replace(each, at=model.published + moved) for each in model.comments),
    )
    site.stories = (fresh, site.story("library"))
    run.archive([site.url(fresh.path)], Options(folder=tmp_path, delay=0))
    with closing(sqlite3.connect(tmp_path / "archive.db")) as database, database:
        for column in ("began", "looked_at", "visited_at", "newest", "due_at"):
            database.execute(f"update revisit set {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '-2 days')")
    said = Remark(id=9001, at=datetime.now(UTC), text="<p>And what of the goat?</p>", author="Ida Holm")
    site.stories = (replace(fresh, comments=(*fresh.comments, said)), site.story("library"))
    site.asked.clear()
    return site.stories[0]


def ids(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "archive.db")) as database:
        return {name for (name,) in database.execute("select native_id from latest_comment where state = 'visible'")}


def left_open(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "archive.db")) as database:
        found: int = database.execute("select count(*) from visit where ended is null").fetchone()[0]
    return found


def every_id(story: Story) -> set[str]:
    return {str(each.id) for each in story.comments if not each.deleted}


def hold(site: Site, story: Story) -> threading.Event:
    """The API's answer for this story does not come, the first time; set once it is waited for."""
    path = f"/wp-json/wp/v2/comments?post={story.id}&per_page=100&page=1&order=asc&orderby=id"
    waited_for, answer = threading.Event(), site.answer

    def slow(method: str, target: str, body: bytes) -> Answer:
        if target == path and not waited_for.is_set():
            waited_for.set()
            return Answer(after=60)
        return answer(method, target, body)

    site.answer = slow  # type: ignore[method-assign]
    return waited_for


def test_it_looks_rests_lets_others_work_and_stops_cleanly(site: Site, story: Story, tmp_path: Path) -> None:
    with watching(tmp_path) as (process, events):
        wait_for(events, "visit_closed")
        resting = wait_for(events, "resting", held=False)
        assert resting["url"] == site.url(story.path)
        assert run.archive([site.url(site.story("library").path)], Options(folder=tmp_path, delay=0)).exit_status == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 130
    assert every_id(story) <= ids(tmp_path)


def test_killed_in_the_middle_of_a_thread_the_next_start_goes_on(site: Site, story: Story, tmp_path: Path) -> None:
    waited_for = hold(site, story)
    with watching(tmp_path, "--once") as (process, _):
        assert waited_for.wait(60)
        process.kill()
    goes_on(site, story, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=lambda how: how.name)
def test_stopped_in_the_middle_of_a_thread_the_next_start_goes_on(
    site: Site, story: Story, tmp_path: Path, how: signal.Signals
) -> None:
    waited_for = hold(site, story)
    with watching(tmp_path, "--once", "--timeout", "2") as (process, _):
        assert waited_for.wait(60)
        process.send_signal(how)
        assert process.wait(60) == 130
    goes_on(site, story, tmp_path)


def goes_on(site: Site, story: Story, folder: Path) -> None:
    """The next start asks for what was missing, and for nothing again."""
    assert left_open(folder) == 1
    with watching(folder, "--once") as (process, events):
        assert wait_for(events, "ended")["exit_status"] == 0
        assert process.wait(60) == 0
    assert every_id(story) <= ids(folder)
    assert left_open(folder) == 0
    assert [line.split()[1] for line in site.asked].count(story.path) == 1
    assert verify_archive(folder, deep=True).exit_status == 0


@pytest.mark.long
def test_a_second_watch_waits_for_the_first(site: Site, story: Story, tmp_path: Path) -> None:
    waited_for = hold(site, story)
    with watching(tmp_path, "--timeout", "5") as (first, _):
        assert waited_for.wait(60)
        with watching(tmp_path) as (second, events):
            assert wait_for(events, "resting")["why"] == "another process writes to it"
            second.send_signal(signal.SIGINT)
            assert second.wait(60) == 130
        first.send_signal(signal.SIGINT)
        assert first.wait(60) == 130
