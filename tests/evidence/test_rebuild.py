"""What is read again from the captures is what was read then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.evidence.rebuild import rebuild_archive
from archiver.items import ThreadPage
from archiver.pages import replies
from archiver.store.schema import metadata
from tests.cli.conftest import Run, run
from tests.site.answers import Answer
from tests.site.server import Site

__all__ = ["run"]

_normalise = replies.normalise


def dump() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, ids and all."""
    with closing(sqlite3.connect("output/archive.db")) as database:
        return {
            table.name: database.execute(f"select * from {table.name} order by 1, 2").fetchall()
            for table in metadata.sorted_tables
        }


def assert_rebuilding_changes_nothing() -> None:
    before = dump()
    rehearsed = rebuild_archive(Path("output"), dry_run=True)
    assert (rehearsed.differences.rows, rehearsed.exit_status) == ({}, 0), rehearsed.differences.first[:9]
    assert dump() == before
    assert not rebuild_archive(Path("output")).differences
    after = dump()
    for table, rows in before.items():
        assert after[table] == rows, table


def test_all_stories_are_read_again_row_for_row(run: Run, site: Site) -> None:
    run("archive", *[site.url(story.path) for story in site.listed])
    run("archive", *[site.url(story.path) for story in site.listed])
    assert_rebuilding_changes_nothing()


def test_a_crawl_with_failures_is_read_again_row_for_row(run: Run, site: Site) -> None:
    run("archive", site.url(site.story("night-bus").path))
    api = next(line.partition(" ")[2] for line in site.asked if "/isso/?" in line)
    site.plan(api, *[Answer("gone", status=403)] * 3)
    run("archive", site.url(site.story("night-bus").path))
    site.plan("/wp-json/wp/v2/comments?post=218&per_page=100", *[Answer("no", status=401)] * 9)
    run("archive", site.url(site.story("ferry").path))
    run(
        "archive",
        site.url("/nowhere/"),
        site.url("/about/"),
        site.url("/errors/brochure.pdf"),
        site.url("/errors/moved"),
    )
    run("archive", site.url("/errors/busy"))
    run("crawl", site.url("/feed.xml"))
    assert_rebuilding_changes_nothing()


def test_better_extractors_improve_an_old_archive_and_make_no_edit(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older extractor left out comes in, under the newer one's name, and nothing looks edited."""
    url = site.url(site.story("ferry").path)
    with monkeypatch.context() as older:
        older.setattr("archiver.pages.replies.normalise", _shouting)
        assert run("archive", url).status == 0
    told = rebuild_archive(Path("output"), dry_run=True)
    assert told.differences.rows["comment_revision", "changed"] == len(site.story("ferry").comments)
    assert run("rebuild").status == 0
    with closing(sqlite3.connect("output/archive.db")) as database:
        texts = database.execute("select text from comment_revision").fetchall()
        changes = database.execute("select distinct change from comment_revision").fetchall()
    assert (len(texts), changes) == (len(site.story("ferry").comments), [("first",)])
    assert not any(text.isupper() for (text,) in texts)


def test_an_article_with_a_damaged_capture_stays_as_it_is(run: Run, site: Site) -> None:
    run("archive", *[site.url(site.story(name).path) for name in ("ferry", "night-bus")])
    [file] = Path("output/captures").iterdir()
    with closing(sqlite3.connect("output/archive.db")) as database:
        (offset,) = database.execute("select warc_offset from capture where url like '%/isso/%'").fetchone()
    data = bytearray(file.read_bytes())
    data[offset + 40] ^= 1
    file.write_bytes(data)
    before = dump()
    ran = run("rebuild")
    assert (ran.status, "Left as it was" in ran.out) == (5, True)
    assert len(dump()["comment"]) == len(before["comment"])


def test_a_dry_run_shows_what_would_change(run: Run, site: Site) -> None:
    run("archive", site.url(site.story("ferry").path))
    assert "The same rows as before." in run("rebuild", "--dry-run").out
    with closing(sqlite3.connect("output/archive.db")) as database, database:
        database.execute("update comment_revision set text = 'never said' where id = 3")
    before = dump()
    ran = run("rebuild", "--dry-run")
    assert "comment_revision: 1 row changed" in ran.out
    assert "'never said' is stored" in ran.out
    assert dump() == before
    assert run("rebuild", "--dry-run", "--json").json["changes"][0]["rows"] == 1


def _shouting(thread: ThreadPage) -> ThreadPage:
    """An older reading of the same page."""
    shown = _normalise(thread)
    comments = tuple(replace(comment, text=comment.text.upper()) for comment in shown.comments)
    return replace(shown, comments=comments, extractor="older 0")
