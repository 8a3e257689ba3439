"""A full disk, a folder that cannot be written, a locked database, a clock set back: one message, and going on."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archiver.crawl import run
from archiver.crawl.events import Event, PageStored
from archiver.crawl.options import Options
from archiver.crawl.report import Report
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


def archive(folder: Path, *urls: str) -> Report:
    return run.archive(urls, Options(folder=folder, delay=0))


def command(folder: Path, *urls: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    words = [sys.executable, "-m", "archiver", "archive", "--delay", "0", "--quiet", "--archive", str(folder), *urls]
    return subprocess.run([*before, *words], capture_output=True, text=True, check=False, timeout=120, cwd=ROOT)


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
@pytest.mark.parametrize("size", [0, 4096, 20_000, 60_000, 370_000, 440_000])
def test_a_disk_that_is_full_ends_the_run_and_the_next_one_goes_on(tmp_path: Path, size: int) -> None:
    """Whichever file meets the end of the disk first: captures, database or its log."""
    with printed(6) as site:
        urls = [site.url(each.path) for each in site.stories]
        limited = [sys.executable, "-c", textwrap.dedent(LIMITED), str(size), str(tmp_path), *urls]
        ended = subprocess.run(limited, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
        assert "Check the folder's permissions and free space" in ended.stderr
        if (tmp_path / "archive.db").exists() and size > 350_000:  # as much as an archive without rows takes
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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 megabytes, which only root can mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None:
        pytest.skip("no 'mount' here")
    words = [mount, "-t", "tmpfs", "-o", "size=16m", "archive", str(disk)]
    mounted = subprocess.run(words, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("left", [0, 20_000, 100_000, 300_000])
def test_a_disk_that_is_really_full_loses_nothing_stored_before(small_disk: Path, left: int) -> None:
    """Half of the paper is stored, then something else takes the disk but for `left` bytes."""
    folder, other = small_disk / "archive", small_disk / "something else"
    with printed(8) as site:
        urls = [site.url(each.path) for each in site.stories]
        assert archive(folder, *urls[:3]).exit_status == 0
        before = comments(folder)
        assert fill(other, leave=left) > 0
        ended = command(folder, *urls[3:])
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
        assert "Check the folder's permissions and free space" in ended.stderr
        other.unlink()
        assert before.items() <= comments(folder).items()
        assert verify_archive(folder).damages == ()
        assert archive(folder, *urls[3:]).exit_status == 0
        assert_whole(folder, site)


def fill(path: Path, *, leave: int) -> int:
    """Takes what is free on a disk but for `leave` bytes; how many it took."""
    free = shutil.disk_usage(path.parent).free
    path.write_bytes(bytes(max(0, free - leave)))
    return path.stat().st_size


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
@pytest.mark.parametrize("name", [".", "captures", "archive.db"])
def test_what_may_not_be_written_is_named(tmp_path: Path, name: str) -> None:
    with printed(2) as site:
        first, second = (site.url(each.path) for each in site.stories)
        archive(tmp_path, first)
        mode = (tmp_path / name).stat().st_mode
        (tmp_path / name).chmod(mode & 0o555)
        try:
            ended = command(tmp_path, second, before=obedient())
        finally:
            (tmp_path / name).chmod(mode)
        assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1), ended.stderr
        assert re.search(r"cannot be (written|used)", ended.stderr), ended.stderr
        archive(tmp_path, second)
        assert_whole(tmp_path, site)


def obedient() -> Sequence[str]:
    """What a command is begun with so that permissions hold for it: root may write everywhere."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may write everywhere, and no 'setpriv' is here to give that up")
    return (setpriv, "--bounding-set=-dac_override")


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
