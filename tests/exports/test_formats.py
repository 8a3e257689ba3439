"""An export is a whole file or none, and says what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archiver
from archiver.errors import ArchiverError, BadSetting, NotArchived
from archiver.exports.formats import FORMATS, export
from archiver.exports.target import target
from archiver.store.database import Database, open_database
from tests.store.site import URL, comment, thread, visit


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_how_many_comments_it_wrote(database: Database, tmp_path: Path, name: str) -> None:
    visit(database, thread(comment("1"), comment("2")))
    path = tmp_path / "new" / f"comments.{name}"
    assert export(database, name, path) == 2
    assert path.stat().st_size > 100
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_standard_output_is_a_file_too(database: Database, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    visit(database, thread(comment("1")))
    export(database, "csv", "-")
    assert capfdbinary.readouterr().out.startswith(b"article_url,")


def test_an_unknown_format_names_the_known_ones(database: Database, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="csv, json, jsonl"):
        export(database, "xlsx", tmp_path / "file")


@pytest.mark.parametrize("name", FORMATS)
def test_an_unknown_article_leaves_an_older_file_as_it_was(database: Database, tmp_path: Path, name: str) -> None:
    path = tmp_path / "file"
    path.write_text("older")
    with pytest.raises(NotArchived):
        export(database, name, path, url="https://news.example/nothing")
    assert path.read_text() == "older"
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".db" and "db" not in each.name] == ["file"]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(ArchiverError, match=re.escape(str(tmp_path / "file" / "a.csv"))),
        target(tmp_path / "file" / "a.csv"),
    ):
        pass


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    def fill() -> None:
        with target(tmp_path / "a.csv") as file:
            file.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(ArchiverError, match="No space left"):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_an_archive_opened_from_python_gives_values_and_files(tmp_path: Path) -> None:
    with open_database(tmp_path / "archive.db", create=True) as database:
        visit(database, thread(comment("1"), claimed=1))
    with archiver.open(tmp_path) as archive:
        assert [each.url for each in archive.articles()] == [URL]
        assert [each.completeness for each in archive.threads(URL)] == ["complete"]
        assert [each.id for each in archive.comments(URL, state="visible")] == ["1"]
        assert [each.capture.status for each in archive.captures()] == [200]
        assert list(archive.quotes()) == []
        assert archive.status().comments == 1
        assert archive.export("csv", tmp_path / "out.csv") == 1


def test_an_archive_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotArchived):
        archiver.open(tmp_path)
