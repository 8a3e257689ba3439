"""Opening an archive: made where asked for, never made by mistake, and whatever is wrong is said in plain words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from archiver.errors import ArchiveBusy, ArchiverError, ArchiveTooNew, ArchiveUnusable, BadSetting, NotArchived
from archiver.store.database import APPLICATION_ID, Database, open_database
from tests.databases import own_schema
from tests.store.site import begin, comment, latest, page, save, thread, visit


def test_a_new_archive_is_made_where_it_is_asked_for(address: str) -> None:
    with open_database(address, create=True) as database:
        assert database.created
    with open_database(address, create=True) as database:
        assert not database.created


def test_no_archive_is_made_by_reading(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with pytest.raises(NotArchived) as caught:
        open_database(path, create=False)
    assert str(path) in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_no_archive_is_made_on_a_server_by_reading() -> None:
    with own_schema() as url, pytest.raises(NotArchived):
        open_database(url, create=False)


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    with open_database(tmp_path / "new" / "folder" / "archive.db", create=True) as database:
        assert database.created


def test_what_was_written_is_read_again(address: str) -> None:
    with open_database(address, create=True) as database:
        visit(database, thread(comment("1", "still here")))
    with open_database(address, create=False, write=False) as database:
        assert latest(database)["1"]["text"] == "still here"


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_database(path, create=True):
        with pytest.raises(ArchiveBusy) as caught:
            open_database(path, create=True)
        assert str(path) in str(caught.value)
    open_database(path, create=True).close()


def test_readers_read_while_another_process_writes(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_database(path, create=True) as writer:
        visit(writer, thread(comment("1")))
        leased = begin(writer)
        with writer.write():
            code = (
                "import sys; from archiver.store.database import open_database; from sqlalchemy import text\n"
                "with open_database(sys.argv[1], create=False, write=False) as d, d.read() as c:\n"
                "    print(c.scalar(text('SELECT COUNT(*) FROM latest_comment')))"
            )
            told = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
        assert told.stdout.strip() == "1"
        save(writer, page(leased, thread(comment("1"))))


def test_a_newer_archive_is_left_alone(address: str) -> None:
    with open_database(address, create=True) as database, database.write() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveTooNew) as caught:
        open_database(address, create=True)
    assert "9999" in str(caught.value)
    assert "Install the newer version" in str(caught.value)


def test_the_lock_is_given_back_when_opening_fails(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(b"no database at all, but longer than a header of one hundred bytes " * 3)
    for _ in range(2):
        with pytest.raises(ArchiveUnusable) as caught:
            open_database(path, create=True)
        assert "is no archive" in str(caught.value)


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE note (text)")
    with pytest.raises(ArchiveUnusable) as caught:
        open_database(path, create=True)
    assert "something else" in str(caught.value)


@pytest.mark.parametrize("name", ["file/archive.db", "file/below/archive.db"])
def test_a_file_in_the_way_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveUnusable) as caught:
        open_database(tmp_path / name, create=True)
    assert str(tmp_path / name) in str(caught.value)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive.db").mkdir()
    with pytest.raises(ArchiveUnusable) as caught:
        open_database(tmp_path / "archive.db", create=True)
    assert str(tmp_path / "archive.db") in str(caught.value)


def test_a_full_disk_is_named_and_what_was_stored_stays(tmp_path: Path) -> None:
    with open_database(tmp_path / "archive.db", create=True) as database:
        visit(database, thread(comment("1")))
        leased = begin(database)
        with database.engine.connect() as conn:
            pages = conn.scalar(text("PRAGMA page_count"))
            conn.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(ArchiveUnusable) as caught:
            save(database, page(leased, thread(comment("1"), comment("2", "x" * 1_000_000))))
        assert "full" in str(caught.value)
        assert list(latest(database)) == ["1"]


def test_a_torn_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_database(path, create=True) as database:
        visit(database, thread(comment("1", "x" * 100_000)))
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(ArchiverError) as caught, open_database(path, create=False, write=False) as database:
        latest(database)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("address", ["nonsense://host/name", "sqlite://", "postgresql+nothing://host/name"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(BadSetting):
        open_database(address, create=True)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(ArchiveUnusable) as caught:
        open_database("postgresql+psycopg://ida:secret@127.0.0.1:1/archive", create=True)
    assert "127.0.0.1:1/archive" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_sqlite_that_is_too_old_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(ArchiveUnusable, match=r"needs SQLite 3\.35 or later"):
        open_database(tmp_path / "archive.db", create=True)


def test_a_file_can_tell_what_it_is(tmp_path: Path) -> None:
    open_database(tmp_path / "archive.db", create=True).close()
    with closing(sqlite3.connect(tmp_path / "archive.db")) as conn:
        assert conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_foreign_keys_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as conn:
        conn.execute(text("INSERT INTO article_url (article_id, url, origin) VALUES (99, 'x', 'read')"))


def test_alembic_is_not_imported_to_open_an_archive_that_is_up_to_date(tmp_path: Path) -> None:
    code = (
        "import sys; from archiver.store.database import open_database\n"
        "open_database(sys.argv[1], create=True).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "archive.db"], check=True)
