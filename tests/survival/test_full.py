"""A full disk, a folder that cannot be written, a locked database, a clock set back: one message, and going on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archiver.crawl import run
from archiver.crawl.events import Event, PageStored
from archiver.crawl.options import Options
from archiver.errors import ArchiveBusy, ArchiveUnusable
from archiver.evidence.rebuild import rebuild_archive
from archiver.evidence.verify import verify_archive
from tests.site.server import Site
from tests.survival.paper import printed, truth

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
LIMITED = """
    import resource, signal, sys
    from archiver.cli import main
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
    sys.argv = ["archiver", "archive", "--delay", "0", "--quiet", "--archive", *sys.argv[2:]]
    main()
"""


def archive(folder: Path, *urls: str) -> run.Report:
    return run.archive(urls, Options(folder=folder, delay=0))


def comments(folder: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(folder / "archive.db")) as database:
        rows = database.execute("select native_id, text from latest_comment").fetchall()
    return {name: [text for other, text in rows if other == name] for name, _ in rows}


def assert_whole(folder: Path, site: Site) -> None:
    """All comments, once each; every record is whole and every row follows from it."""
    wanted = {name for thread in truth(site.stories).values() for name in thread}
    assert set(comments(folder)) == wanted
    assert all(len(texts) == 1 for texts in comments(folder).values())
    assert verify_archive(folder, deep=True).exit_status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file sizes")
@pytest.mark.parametrize("size", [0, 4096, 20_000, 60_000, 330_000, 400_000])
def test_a_disk_that_is_full_ends_the_run_and_the_next_one_goes_on(tmp_path: Path, size: int) -> None:
    """Whichever file meets the end of the disk first: captures, database or its log."""
    with printed(6) as site:
        urls = [site.url(each.path) for each in site.stories]
        command = [sys.executable, "-c", textwrap.dedent(LIMITED), str(size), str(tmp_path), *urls]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
        assert "Check the folder's permissions and free space" in ended.stderr
        if (tmp_path / "archive.db").exists() and size > 300_000:
            assert verify_archive(tmp_path).damages == ()
        assert archive(tmp_path, *urls).exit_status == 0
        assert_whole(tmp_path, site)


def test_captures_that_cannot_be_written_end_the_run_before_any_row(tmp_path: Path) -> None:
    (tmp_path / "captures").write_text("not a folder", encoding="utf-8")
    with printed(1) as site:
        with pytest.raises(ArchiveUnusable, match="captures cannot be written"):
            archive(tmp_path, site.url(site.stories[0].path))
        with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
            assert database.execute("select count(*) from capture").fetchone() == (0,)
        (tmp_path / "captures").unlink()
        assert archive(tmp_path, site.url(site.stories[0].path)).exit_status == 0
        assert_whole(tmp_path, site)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("name", [".", "captures", "archive.db"])
def test_what_may_not_be_written_is_named(tmp_path: Path, name: str) -> None:
    with printed(2) as site:
        first, second = (site.url(each.path) for each in site.stories)
        archive(tmp_path, first)
        mode = (tmp_path / name).stat().st_mode
        (tmp_path / name).chmod(mode & 0o555)
        try:
            with pytest.raises(ArchiveUnusable, match=r"cannot be (written|used)"):
                archive(tmp_path, second)
        finally:
            (tmp_path / name).chmod(mode)
        archive(tmp_path, second)
        assert_whole(tmp_path, site)


def test_a_database_that_somebody_locks_half_way_ends_the_run_and_the_next_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.store.database.BUSY_SECONDS", 0.1)
    others: list[sqlite3.Connection] = []

    def lock(event: Event) -> None:
        if isinstance(event, PageStored) and not others:
            others.append(sqlite3.connect(tmp_path / "archive.db", check_same_thread=False, isolation_level=None))
            others[0].execute("begin immediate")

    with printed(6) as site:
        urls = [site.url(each.path) for each in site.stories]
        with pytest.raises(ArchiveBusy, match="another process writes to it"):
            run.archive(urls, Options(folder=tmp_path, delay=0), listeners=[lock])
        others[0].close()
        assert archive(tmp_path, *urls).exit_status == 0
        assert_whole(tmp_path, site)


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    told: list[str] = []

    def second(event: Event) -> None:
        if isinstance(event, PageStored) and not told:
            with pytest.raises(ArchiveBusy) as busy:
                rebuild_archive(tmp_path)
            told.append(str(busy.value))

    with printed(1) as site:
        run.archive([site.url(site.stories[0].path)], Options(folder=tmp_path, delay=0), listeners=[second])
    assert "another process writes to it. Wait for it to end" in told[0]


def test_a_clock_that_is_set_back_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back = timedelta(0)

    def clock() -> datetime:
        return datetime.now(UTC) - back

    def set_back(event: Event) -> None:
        nonlocal back
        if isinstance(event, PageStored) and event.pages == 1:
            back = timedelta(hours=3)

    for module in ("archiver.crawl.session", "spiders.article", "archiver.crawl.robots"):
        monkeypatch.setattr(f"{module}.now", clock)
    with printed(6) as site:
        urls = [site.url(each.path) for each in site.stories]
        run.archive(urls, Options(folder=tmp_path, delay=0), listeners=[set_back])
        back = timedelta(0)
        assert archive(tmp_path, *urls).exit_status == 0
        assert set(comments(tmp_path)) == {name for thread in truth(site.stories).values() for name in thread}
        with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
            assert database.execute("select count(*) from comment where state <> 'visible'").fetchone() == (0,)
            assert database.execute("select count(*) from comment_revision where change <> 'first'").fetchone() == (0,)
        assert verify_archive(tmp_path).exit_status == 0
