"""robots.txt is asked for once a day, kept, obeyed, and not taken for granted where it cannot be had."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archiver.crawl import run
from archiver.crawl.options import Options
from archiver.crawl.report import Report
from archiver.store import hosts
from archiver.store.database import open_database
from archiver.warc.verify import check_capture
from tests.site.answers import Answer
from tests.site.server import Site


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(folder=tmp_path, delay=0, patience=timedelta(0))


def archive(site: Site, options: Options, name: str = "library") -> Report:
    return run.archive([site.url(site.story(name).path)], options)


def known(options: Options, site: Site) -> hosts.Host:
    with open_database(options.folder / "archive.db", create=False) as database, database.read() as conn:
        host = hosts.known(conn, hosts.host_of(site.base))
    assert host is not None
    return host


def asked_for_robots(site: Site) -> int:
    return site.asked.count("GET /robots.txt")


def plain(text: str, status: int = 200, **more: object) -> Answer:
    return Answer(text, status=status, content_type="text/plain", **more)  # type: ignore[arg-type]


def test_it_is_asked_for_once_and_known_after_a_restart(site: Site, options: Options) -> None:
    site.plan("/robots.txt", plain("User-agent: *\nCrawl-delay: 0.2\nDisallow: /nothing/\n"))
    archive(site, options)
    archive(site, options, "night-bus")
    assert asked_for_robots(site) == 1
    host = known(options, site)
    assert (host.delay, host.robots is not None and "Disallow: /nothing/" in host.robots) == (0.2, True)
    assert archive(site, options, "sealed").exit_status == 0  # what the server says today is not asked for


def test_a_day_later_it_is_asked_for_again(site: Site, options: Options) -> None:
    archive(site, options)
    with open_database(options.folder / "archive.db", create=False) as database, database.write() as conn:
        old = datetime.now(UTC) - timedelta(hours=25)
        hosts.remember(conn, hosts.host_of(site.base), robots_fetched=old)
    archive(site, options)
    assert asked_for_robots(site) == 2
    assert known(options, site).robots_fetched > old  # type: ignore[operator]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_server_without_one_allows_everything(site: Site, options: Options, status: int) -> None:
    site.plan("/robots.txt", plain("Disallow: /", status))
    assert archive(site, options).exit_status == 0
    with open_database(options.folder / "archive.db", create=False) as database, database.read() as conn:
        robots = conn.exec_driver_sql("select robots from capture where url not like '%robots.txt'").scalars().all()
    assert set(robots) == {"none"}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_cannot_say_is_asked_for_nothing_and_later_again(
    site: Site, options: Options, status: int
) -> None:
    site.plan("/robots.txt", plain("", status))
    report = archive(site, options)
    [left] = report.unfinished
    assert left.error is not None
    assert f"robots.txt cannot be had (the server answered {status})" in left.error
    assert [line for line in site.asked if "robots" not in line] == []
    patient = Options(folder=options.folder, delay=0, patience=timedelta(seconds=40))
    assert archive(site, patient).exit_status == 0


def test_an_older_copy_serves_while_the_server_cannot_say(site: Site, options: Options) -> None:
    archive(site, options)
    with open_database(options.folder / "archive.db", create=False) as database, database.write() as conn:
        old = datetime.now(UTC) - timedelta(days=5)
        hosts.remember(conn, hosts.host_of(site.base), robots_fetched=old)
    site.plan("/robots.txt", plain("", 503))
    assert archive(site, options, "sealed").exit_status == 4
    assert archive(site, options).exit_status == 0


def test_its_bytes_are_evidence_too(site: Site, options: Options) -> None:
    archive(site, options)
    with open_database(options.folder / "archive.db", create=False) as database, database.read() as conn:
        from archiver.store.read import captures

        [kept] = [row for row in captures(conn) if row.capture.url.endswith("/robots.txt")]
    assert kept.purpose is None
    assert check_capture(options.folder / "captures", kept.capture) is None


def test_a_pause_that_was_asked_for_outlives_the_run(site: Site, options: Options) -> None:
    url = site.url("/errors/busy?seconds=3000")
    run.archive([url], options)
    before = len(site.asked)
    report = run.archive([url, site.url(site.story("library").path)], options)
    assert len(site.asked) == before
    assert len(report.unfinished) == 2
    assert known(options, site).not_before > datetime.now(UTC) + timedelta(minutes=40)  # type: ignore[operator]


def test_crawl_delay_holds_for_what_is_known_from_an_earlier_run(site: Site, options: Options) -> None:
    site.plan("/robots.txt", plain("User-agent: archiver\nCrawl-delay: 0.4\n"))
    archive(site, options)
    started = datetime.now(UTC)
    before = len(site.asked)
    archive(site, options, "ferry")
    requests = len(site.asked) - before
    assert requests > 1
    assert datetime.now(UTC) - started >= timedelta(seconds=0.4 * (requests - 1))
