"""Watching for real: the command, a newspaper that goes on printing, a clock that the test sets."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from archiver.crawl import sites
from archiver.crawl.looking import next_listing
from archiver.crawl.options import Options
from archiver.crawl.watch import look_once
from archiver.store.database import open_database
from tests.cli.conftest import Run
from tests.site.answers import Answer
from tests.site.server import Site
from tests.site.stories import Remark, Story

NOON = datetime(2024, 5, 14, 12, tzinfo=UTC)
"""Two and a half hours after the ferry story was published."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
READERS = ("archiver.crawl.session", "archiver.crawl.looking", "archiver.crawl.watch", "archiver.crawl.robots")


class Clock:
    """What the archiver takes for the time."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (*READERS, "spiders.article"):
        monkeypatch.setattr(f"{module}.now", clock)
    monkeypatch.setenv("ARCHIVER_WATCH_DELAY", "0")
    return clock


@pytest.fixture
def paper(site: Site) -> Site:
    """Two stories of the day: the ferry's, with the comments of the first hours, and another with a few."""
    ferry = site.story("ferry")
    early = tuple(each for each in ferry.comments if each.at < NOON)
    other = replace(ferry, name="bridge", id=219, path="/2024/05/14/the-bridge/", title="The bridge", comments=())
    print_story(site, replace(ferry, comments=early))
    print_story(site, replace(other, comments=tuple(replace(each, id=each.id + 5000, parent=None) for each in early)))
    return site


def print_story(site: Site, story: Story) -> None:
    """A new state of a story, in place of the one of the same name."""
    others = tuple(each for each in site.stories if each.name != story.name)
    site.stories = (*others, story)
    site.asked.clear()


def comment_on(site: Site, name: str, at: datetime, number: int = 9001) -> None:
    story = site.story(name)
    said = Remark(id=number, at=at, text="<p>And what of the goat?</p>", author="Ida Holm")
    print_story(site, replace(story, comments=(*story.comments, said)))


def rows(query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect("output/archive.db")) as database:
        return database.execute(query).fetchall()


def asked(site: Site) -> list[str]:
    """The paths that were asked for, without their queries."""
    return [line.split()[1].partition("?")[0] for line in site.asked]


def archive(run: Run, site: Site, *names: str) -> None:
    assert run("archive", *(site.url(site.story(name).path) for name in names), "--delay", "0").status == 0
    site.asked.clear()


def due() -> datetime:
    return datetime.fromisoformat(rows("select min(due_at) from revisit")[0][0])


def test_before_anything_is_due_nobody_is_asked(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry")
    ran = run("watch", "--once")
    assert (ran.status, paper.asked) == (0, [])
    assert ran.out.startswith("Nothing was due. Next: in ")
    assert "the-night-ferry-sails-again" in ran.out


def test_what_is_due_is_looked_at_and_what_came_since_is_found(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry")
    clock.time = due()
    comment_on(paper, "ferry", NOON + timedelta(minutes=1))
    ran = run("watch", "--once")
    assert ran.status == 0, ran.err
    assert "1 new" in ran.out
    assert rows("select count(*) from latest_comment where native_id = '9001'") == [(1,)]
    assert due() > clock.time
    assert "1 new comment in" in rows("select why from revisit")[0][0]


def test_one_request_tells_which_article_moved_and_only_that_is_visited(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry", "bridge")
    for number in range(2):  # from the second answer on it is known that none was left out
        clock.time = max(due(), clock.time + timedelta(minutes=20))
        comment_on(paper, "bridge", clock.time, 9001 + number)
        assert run("watch", "--once").status == 0
    api = "/wp-json/wp/v2/comments"
    assert asked(paper)[0] == api
    assert "per_page=100&orderby=id" in paper.asked[0]
    assert set(asked(paper)) == {api, paper.story("bridge").path}
    assert rows("select count(*) from latest_comment where native_id in ('9001', '9002')") == [(2,)]
    told = rows("select outcome from visit join request on request.visit_id = visit.id where purpose = 'probe'")
    assert set(told) == {("listed",)}
    assert rows("select count(*) from capture where url like '%orderby=id&order=desc%'") == [(2,)]


def test_where_the_api_is_closed_the_feed_of_the_site_is_asked(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry", "bridge")
    clock.time = due() + HOUR
    api = "/wp-json/wp/v2/comments?per_page=100&orderby=id&order=desc&_fields=id,post"
    paper.plan(api, *[Answer("{}", status=401)] * 9)
    assert run("watch", "--once").status == 0
    clock.time += timedelta(minutes=20)
    assert run("watch", "--once").status == 0
    assert asked(paper).count("/comments/feed/") == 1
    assert run("status", "--json").json["failed"] == []


def test_what_an_interrupted_command_left_is_gone_on_with(run: Run, paper: Site, clock: Clock) -> None:
    path = paper.story("ferry").path
    paper.plan(path, Answer("wait", status=429, headers=[("Retry-After", "3600")]))
    assert run("archive", paper.url(path), "--delay", "0").status == 1
    assert "archiver watch --once" in run("status").out
    clock.time = NOON + 2 * HOUR
    ran = run("watch", "--once")
    assert ran.status == 0, ran.err
    assert "Stored 1 article" in ran.out


def test_a_page_that_is_gone_is_named_and_tried_again_later(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry")
    clock.time += 3 * DAY
    paper.plan(paper.story("ferry").path, Answer("gone", status=404))
    ran = run("watch", "--once")
    assert ran.status == 1
    assert "404" in ran.err
    assert due() == clock.time + HOUR
    assert rows("select why from revisit") == [("the server answered 404 (not found)",)]


def test_events_are_lines_of_json(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry")
    clock.time += 3 * DAY
    ran = run("watch", "--once", "--log", "json")
    told = [json.loads(line) for line in ran.out.splitlines()]
    names = [each["event"] for each in told]
    assert names[0] == "run_started"
    assert names[-1] == "ended"
    assert {"page_stored", "visit_closed"} <= set(names)
    assert [each["visit"]["outcome"] for each in told if each["event"] == "visit_closed"] == ["stored"]
    assert told[-1]["exit_status"] == 0
    assert all(datetime.fromisoformat(each["at"]) for each in told)


def test_one_object_at_the_end_for_programs(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry")
    clock.time += 3 * DAY
    assert [each["outcome"] for each in run("watch", "--once", "--json").json["visits"]] == ["stored"]
    assert run("watch", "--json").status == 2


def test_two_never_write_at_the_same_time(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry")
    with FileLock("output/archive.db.lock"):
        ran = run("watch", "--once")
    assert ran.status == 1
    assert ran.err.splitlines()[-1].startswith("output/archive.db: another process writes to it. Wait for it to end")


def test_without_an_archive_there_is_nothing_to_watch(run: Run) -> None:
    ran = run("watch", "--once")
    assert ran.status == 1
    assert "there is no archive here" in ran.err
    assert "archiver archive URL" in ran.err


def test_with_its_budget_spent_nothing_more_is_asked(run: Run, paper: Site, clock: Clock) -> None:
    archive(run, paper, "ferry", "bridge")
    clock.time += 3 * DAY
    assert run("watch", "--once", "--budget", "1").status == 0
    assert rows("select count(*) from visit join run on run.id = run_id where command = 'watch'") == [(1,)]
    paper.asked.clear()
    assert run("watch", "--once", "--budget", "1").status == 0
    assert paper.asked == []
    clock.time += DAY
    assert run("watch", "--once", "--budget", "1").status == 0
    assert paper.asked != []


def test_a_crawl_delay_holds_in_the_next_run_too(run: Run, paper: Site, clock: Clock) -> None:
    """The host's Retry-After is kept in the archive: what is due there waits."""
    archive(run, paper, "ferry")
    clock.time += 3 * DAY
    with closing(sqlite3.connect("output/archive.db")) as database, database:
        later = f"{clock.time + HOUR:%Y-%m-%dT%H:%M:%SZ}"
        database.execute("update host set not_before = ?", (later,))
    assert run("watch", "--once").status == 0
    assert paper.asked == []
    clock.time += HOUR
    assert run("watch", "--once").status == 0
    assert paper.asked != []


def test_watch_archives_the_new_articles_of_the_sites_in_archiver_toml(run: Run, paper: Site, clock: Clock) -> None:
    Path("archiver.toml").write_text(f"""[[site]]
url = "{paper.url("/")}"
include = ["/2024/*"]
every = 120
""")
    first = run("watch", "--once", "--json").json
    ferry = paper.story("ferry")
    assert paper.url(ferry.path) in [visit["url"] for visit in first["visits"]]
    new = replace(ferry, name="tunnel", id=333, path="/2024/05/14/the-tunnel/", title="The tunnel", comments=())
    paper.listed = (*paper.listed, new)
    print_story(paper, new)
    clock.time = NOON + HOUR
    assert "the-tunnel" not in str(run("watch", "--once", "--json").json)
    clock.time = NOON + 2 * HOUR
    assert paper.url(new.path) in [visit["url"] for visit in run("watch", "--once", "--json").json["visits"]]
    assert not any("/page/" in asked or "sitemap" in asked for asked in paper.asked)


def test_watch_sleeps_until_new_articles_are_looked_for(run: Run, paper: Site, clock: Clock) -> None:
    options = Options(folder=Path("output"), delay=0, sites=(sites.Site(url=paper.url("/feed.xml"), every=30),))
    look_once(options)
    with open_database("output/archive.db", create=False, write=False) as database, database.read() as connection:
        assert next_listing(connection, options.sites) == NOON + HOUR / 2
