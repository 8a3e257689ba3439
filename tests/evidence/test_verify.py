"""What is damaged is named, with the rows that were read from it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archiver.crawl import run as run_crawl
from archiver.crawl.options import Options
from tests.cli.conftest import Run, run
from tests.site.server import serving

__all__ = ["run"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one article and its thread."""
    folder = tmp_path_factory.mktemp("made")
    with serving() as site:
        report = run_crawl.archive([site.url(site.story("ferry").path)], Options(folder=folder, delay=0))
    assert report.exit_status == 0
    return folder


@pytest.fixture
def archived(run: Run, made: Path) -> Path:
    """The only WARC file of a copy of it."""
    shutil.copytree(made, "output")
    [file] = Path("output/captures").iterdir()
    return file


def test_an_archive_as_it_was_written_is_whole(run: Run, archived: Path) -> None:
    ran = run("verify")
    assert (ran.status, ran.out.split(":")[0]) == (0, "Whole")
    assert run("verify", "--json").json["verdict"]["damages"] == []


def test_no_archive_is_no_whole_archive(run: Run) -> None:
    assert run("verify").status == 1


def _own_page() -> tuple[int, int, int]:
    """The article's own page: capture, offset, length."""
    with closing(sqlite3.connect("output/archive.db")) as database:
        query = "select c.id, warc_offset, warc_length from capture c join article_revision r on r.capture_id = c.id"
        found: tuple[int, int, int] = database.execute(query).fetchone()
    return found


def test_a_flipped_byte_is_named_with_the_rows_that_hang_on_it(run: Run, archived: Path) -> None:
    capture_id, offset, length = _own_page()
    data = bytearray(archived.read_bytes())
    data[offset + length // 2] ^= 1
    archived.write_bytes(data)
    ran = run("verify", "--json")
    assert ran.status == 5
    carried = [each for damage in ran.json["verdict"]["damages"] for each in damage["carries"]]
    assert [each["capture_id"] for each in carried] == [capture_id]
    assert carried[0]["rows"]["article"] == 1
    told = run("verify")
    assert archived.name in told.out
    assert f"capture {capture_id}" in told.out


def test_a_missing_file_is_named(run: Run, archived: Path) -> None:
    archived.unlink()
    ran = run("verify")
    assert (ran.status, "the file is missing" in ran.out) == (5, True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("status", 404),
        ("url", "https://elsewhere.example/"),
        ("method", "POST"),
        ("at", "2001-01-01T00:00:00Z"),
        ("content_type", "text/plain"),
        ("warc_file", "other.warc.gz"),
        ("warc_offset", 1),
        ("warc_length", 9),
        ("record_id", "<urn:uuid:0>"),
        ("sha256", "0" * 64),
        ("robots", "ignored"),
        ("fidelity", "reconstructed"),
    ],
)
def test_a_changed_cell_of_a_capture_is_named(run: Run, archived: Path, cell: str, value: object) -> None:
    with closing(sqlite3.connect("output/archive.db")) as database, database:
        database.execute(f"update capture set {cell} = ? where id = 1", (value,))
    ran = run("verify", "--json")
    assert ran.status == 5
    assert any(each["capture_id"] == 1 for damage in ran.json["verdict"]["damages"] for each in damage["carries"])


@pytest.mark.parametrize(
    ("table", "cell", "value"),
    [
        ("run", "command", "another"),
        ("run", "software", "another"),
        ("run", "settings", "{}"),
        ("run", "started", "2001-01-01T00:00:00Z"),
        ("run", "ended", None),
        ("run", "counts", "{}"),
        ("run", "seal", None),
        ("visit", "run_id", None),
        ("visit", "article_id", None),
        ("visit", "url", "https://elsewhere.example/"),
        ("visit", "started", "2001-01-01T00:00:00Z"),
        ("visit", "ended", "2031-01-01T00:00:00Z"),
        ("visit", "ended", None),
        ("visit", "deadline", "2031-01-01T00:00:00Z"),
        ("visit", "outcome", "failed"),
        ("visit", "reason", "none"),
        ("capture", "run_id", None),
        ("capture", "request_id", None),
    ],
)
def test_a_changed_cell_of_what_no_capture_tells_is_named(
    run: Run, archived: Path, table: str, cell: str, value: object
) -> None:
    with closing(sqlite3.connect("output/archive.db")) as database, database:
        database.execute(f"update {table} set {cell} = ? where id = (select max(id) from {table})", (value,))
    ran = run("verify")
    assert (ran.status, f"{table} " in ran.out) == (5, True)


def test_repair_keeps_every_whole_record_and_says_what_is_lost(run: Run, archived: Path) -> None:
    whole = archived.read_bytes()
    archived.write_bytes(whole[:-700])
    ran = run("verify", "--repair")
    assert ran.status == 5
    assert f"Repaired {archived.name}" in ran.out
    assert (archived.parent / f"{archived.name}.damaged").read_bytes() == whole[:-700]
    after = run("verify", "--json").json["verdict"]["damages"]
    assert all(damage["carries"] for damage in after)  # the file reads again; only rows miss their records


def test_what_a_killed_process_left_open_is_closed_by_repair(run: Run, archived: Path) -> None:
    archived.write_bytes(archived.read_bytes()[:-100])
    archived.rename(archived.with_name(archived.name + ".open"))
    assert run("verify").status == 0
    assert run("verify", "--repair").status == 0
    assert [path.name for path in archived.parent.iterdir()] == [archived.name]


@pytest.mark.parametrize(
    ("table", "cell", "value"),
    [
        ("article", "url", "https://elsewhere.example/"),
        ("article_url", "url", "https://elsewhere.example/"),
        ("article", "first_seen", "2001-01-01T00:00:00Z"),
        ("article_revision", "text", "never printed"),
        ("article_revision", "title", None),
        ("thread", "state", "closed?"),
        ("reading", "claimed", 7),
        ("reading_page", "claimed", 7),
        ("author", "name", "Nobody"),
        ("author", "native_id", "somebody"),
        ("comment", "parent_native_id", "1"),
        ("comment", "position", 99),
        ("comment", "published", "2001-01-01T00:00:00Z"),
        ("comment", "state", "deleted"),
        ("comment_revision", "text", "never said"),
        ("comment_revision", "author", "Nobody"),
        ("comment_revision", "locator", "/html"),
        ("comment_revision", "capture_id", 2),
        ("quote", "text", "never quoted"),
    ],
)
def test_a_changed_cell_is_named_by_a_deep_look(run: Run, archived: Path, table: str, cell: str, value: object) -> None:
    assert run("verify", "--deep").status == 0
    with closing(sqlite3.connect("output/archive.db")) as database, database:
        database.execute(f"update {table} set {cell} = ? where id = (select max(id) from {table})", (value,))
    assert run("verify").status == 0
    ran = run("verify", "--deep", "--json")
    assert ran.status == 5
    first = ran.json["verdict"]["deep"]["first"]
    assert any(each["table"] == table and each["column"] in (cell, None) for each in first)


def test_a_deep_look_needs_no_right_to_write(run: Run, archived: Path) -> None:
    before = Path("output/archive.db").read_bytes()
    Path("output/archive.db").chmod(0o444)
    assert run("verify", "--deep").status == 0
    assert Path("output/archive.db").read_bytes() == before
