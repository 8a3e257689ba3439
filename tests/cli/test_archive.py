"""The main job through all layers: an address in; article, quotes and thread out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.site.answers import Answer
from tests.site.server import Site


def rows(query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect("output/archive.db")) as database:
        return database.execute(query, values).fetchall()


def test_a_wordpress_article_comes_out_whole(run: Run, site: Site) -> None:
    story = site.story("ferry")
    ran = run("archive", site.url(story.path))
    assert ran.status == 0, ran.err
    assert "Stored 1 article" in ran.out
    assert f"archiver show {site.url(story.path)}" in ran.out
    stored = rows("select native_id, parent_native_id, author, text from latest_comment order by position")
    assert {row[0] for row in stored} == {str(comment.id) for comment in story.comments}
    by_id = {row[0]: row for row in stored}
    for comment in story.comments:
        found = by_id[str(comment.id)]
        assert found[1] == (str(comment.parent) if comment.parent else None)
    assert rows("select completeness, claimed = collected from reading") == [("complete", 1)]


def test_an_isso_thread_comes_from_its_api(run: Run, site: Site) -> None:
    story = site.story("night-bus")
    ran = run("archive", site.url(story.path), "--json")
    assert ran.status == 0, ran.err
    [thread] = ran.json["visits"][0]["threads"]
    assert (thread["platform"], thread["completeness"]) == ("isso", "complete")
    assert thread["collected"] == len(rows("select 1 from latest_comment"))


def test_an_article_without_a_thread_is_stored_and_says_so(run: Run, site: Site) -> None:
    ran = run("archive", site.url(site.story("library").path))
    assert (ran.status, "no comment thread" in ran.out) == (0, True)


def test_every_row_names_a_record_that_holds_its_page(run: Run, site: Site) -> None:
    from archiver.warc.reader import read_record

    run("archive", site.url(site.story("ferry").path))
    captures = rows("select url, warc_file, warc_offset, warc_length from capture")
    assert captures
    for url, file, offset, length in captures:
        record = read_record(Path("output/captures"), file, offset, length)
        assert record.url == url


def test_archiving_twice_adds_nothing_but_a_visit(run: Run, site: Site) -> None:
    url = site.url(site.story("ferry").path)
    run("archive", url)
    before = rows("select count(*) from comment_revision"), rows("select count(*) from article_revision")
    ran = run("archive", url)
    assert ran.status == 0
    assert (rows("select count(*) from comment_revision"), rows("select count(*) from article_revision")) == before
    assert rows("select count(*) from visit") == [(2,)]
    assert rows("select count(*) from comment where state <> 'visible'") == [(0,)]


def test_a_failing_page_of_a_thread_makes_it_incomplete_and_says_why(run: Run, site: Site) -> None:
    story = site.story("night-bus")
    api = next(path for path in _asked_for(run, site, story.path) if path.startswith("/isso/?"))
    site.plan(api, *[Answer("gone", status=403)] * 3)
    ran = run("archive", site.url(story.path), "--archive", "other")
    assert ran.status == 3
    assert "Incomplete" in ran.out
    assert "403" in ran.out


def test_a_server_that_asks_for_a_long_pause_is_left_alone_and_nothing_is_lost(run: Run, site: Site) -> None:
    ran = run("archive", site.url("/errors/busy"))
    assert ran.status == 1
    assert "429" in ran.err
    assert "not to be asked before" in ran.err
    assert rows("select state from request") == [("pending",)]
    status = run("status")
    assert "Not finished: 1" in status.out


def test_a_short_pause_is_waited_for(run: Run, site: Site) -> None:
    story = site.story("library")
    site.plan(story.path, Answer("wait", status=503, headers=[("Retry-After", "5")]))
    ran = run("archive", site.url(story.path))
    assert ran.status == 0
    assert "trying again at" in ran.err


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere/", 1, "404"),
        ("/errors/brochure.pdf", 1, "application/pdf"),
        ("/about/", 1, ""),
    ],
)
def test_what_cannot_be_archived_is_named_with_its_cause(
    run: Run, site: Site, path: str, status: int, words: str
) -> None:
    ran = run("archive", site.url(path))
    assert ran.status == status
    assert ran.err.splitlines()[-1].startswith(site.url(path))
    assert words in ran.err


def test_robots_txt_is_obeyed_unless_told_otherwise_and_that_is_recorded(run: Run, site: Site) -> None:
    url = site.url(site.story("sealed").path)
    ran = run("archive", url)
    assert ran.status == 4
    assert "robots.txt" in ran.err
    assert not any(line.endswith(site.story("sealed").path) for line in site.asked)
    assert run("archive", url, "--ignore-robots").status == 0
    assert ("ignored",) in rows("select distinct robots from capture")


@pytest.mark.parametrize(
    "address", ["nonsense", "ftp://news.example/a", "http://", "file:///etc/hosts", "javascript:alert(1)"]
)
def test_a_wrong_address_is_wrong_usage_and_makes_no_archive(run: Run, address: str) -> None:
    ran = run("archive", address)
    assert ran.status == 2
    assert ran.err.startswith(address)
    assert not Path("output").exists()


def test_no_address_is_wrong_usage(run: Run) -> None:
    assert run("archive").status == 2


def test_an_unknown_host_and_a_closed_port_are_told_apart(run: Run) -> None:
    assert "the host is unknown" in run("archive", "https://nowhere.invalid/a").err
    assert "nothing answers" in run("archive", "http://127.0.0.1:1/a").err


def test_a_timeout_is_one_sentence(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.crawl.failures.TRIES", 1)
    ran = run("archive", site.url("/errors/slow"), "--timeout", "0.5")
    assert (ran.status, "no answer in time" in ran.err) == (1, True)


def test_addresses_that_begin_with_a_dash_or_hold_other_letters_work(run: Run, site: Site) -> None:
    path = "/2026/03/" + "fähre?q=ü"
    site.plan("/2026/03/f%C3%A4hre?q=%C3%BC", Answer("nothing here", status=404))
    assert "404" in run("archive", "--", site.url(path)).err
    assert run("archive", "--", "-x").status == 2


def test_addresses_come_from_a_file_too(run: Run, site: Site) -> None:
    urls = [site.url(site.story(name).path) for name in ("ferry", "library")]
    Path("list.txt").write_text("# two stories\n\n" + "\n".join(urls) + "\n", encoding="utf-8")
    ran = run("archive", "--from", "list.txt", "--json")
    assert [visit["url"] for visit in ran.json["visits"]] == urls or len(ran.json["visits"]) == 2


def test_a_folder_that_cannot_be_written_is_named(run: Run, site: Site) -> None:
    Path("occupied").write_text("a file", encoding="utf-8")
    ran = run("archive", site.url(site.story("ferry").path), "--archive", "occupied/below")
    assert ran.status == 1
    assert "occupied" in ran.err


def test_a_database_of_a_later_version_is_left_alone(run: Run, site: Site) -> None:
    run("archive", site.url(site.story("library").path))
    with closing(sqlite3.connect("output/archive.db")) as database, database:
        database.execute("update alembic_version set version_num = '9999'")
    ran = run("archive", site.url(site.story("ferry").path))
    assert ran.status == 1
    assert "newer version" in ran.err
    assert rows("select count(*) from article") == [(1,)]


def _asked_for(run: Run, site: Site, path: str) -> list[str]:
    run("archive", site.url(path))
    return [line.partition(" ")[2] for line in site.asked]
