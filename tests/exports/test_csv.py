"""A CSV that is read back holds exactly what is stored, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.exports import csv as exported
from archiver.exports import stream
from archiver.exports.columns import FIELDS
from archiver.store.closing import close_visit
from archiver.store.database import Database
from tests.store.site import NOW, URL, begin, comment, latest, page, save, thread, visit

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''=1",
    "'tis late",
    'a "b", c\r\nd\ne',
    "",
    " ",
    "é😀",
]


def export(database: Database, **options: bool) -> bytes:
    file = io.BytesIO()
    with database.read() as conn:
        exported.write(conn, file, **options)
    return file.getvalue()


def parsed(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_one_comment_is_one_row_with_what_its_thread_says(database: Database) -> None:
    visit(database, thread(comment("1", score=-3), comment("2", parent_id="1"), claimed=3))
    one, two = parsed(export(database))
    assert (one["article_url"], one["article_title"], one["platform"]) == (URL, "The harbour stays open", "wordpress")
    assert (one["claimed"], one["collected"], one["completeness"]) == ("3", "2", "incomplete")
    assert one["reason"] == "the site counts 3 and shows 2"
    assert (one["score"], one["published"], one["depth"]) == ("-3", "2026-02-28T12:00:00Z", "0")
    assert (two["parent_native_id"], two["depth"], two["position"], two["score"]) == ("1", "1", "1", "")


def test_cells_come_back_as_they_are_stored(database: Database) -> None:
    """Every column that `latest_comment` has too, on both databases."""
    visit(database, thread(*(comment(str(number), text, author=text) for number, text in enumerate(HOSTILE))))
    visit(database, thread(comment("0", "", state="deleted", author=None)), at=NOW + timedelta(hours=1))
    for row in parsed(export(database, raw=True)):
        stored = latest(database)[row["native_id"]]
        for name in stored.keys() & row.keys():
            assert row[name] == _printed(stored[name]), name


def test_cells_are_made_safe_and_can_be_had_back(database: Database) -> None:
    visit(database, thread(*(comment(str(number), text) for number, text in enumerate(HOSTILE))))
    cells = [row["text"] for row in parsed(export(database))]
    assert not any(cell[:1] in "=+-@\t\r" for cell in cells if cell)
    assert [exported.unguard(cell) for cell in cells] == HOSTILE
    assert cells[HOSTILE.index("'tis late")] == "'tis late"


@given(st.text())
def test_the_mark_can_always_be_taken_off_again(cell: str) -> None:
    assert exported.unguard(exported.guard(cell)) == cell
    assert exported.guard(cell)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_text_is_in_marks_and_numbers_are_not(database: Database) -> None:
    visit(database, thread(comment("1", score=-3, author=None)))
    line = export(database).decode().split("\r\n")[1]
    assert line.startswith(f'"{URL}","The harbour stays open",wordpress,"7","1",,,,,,0,0,comment,visible,,,,2026-')
    assert ',-3,"The ferry was late again.",' in line


def test_excel_is_told_that_it_is_utf_8(database: Database) -> None:
    assert export(database, excel=True).startswith(b"\xef\xbb\xbfarticle_url,")


def test_an_empty_archive_is_a_line_of_names(database: Database) -> None:
    assert export(database) == ",".join(field.name for field in FIELDS).encode() + b"\r\n"


def test_one_article_can_be_chosen(database: Database, tmp_path: Path) -> None:
    visit(database, thread(comment("1")))
    file = io.BytesIO()
    with database.read() as conn:
        assert exported.write(conn, file, url=f"{URL}#comments") == 1
    assert len(parsed(file.getvalue())) == 1


def test_every_column_is_explained() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert all(field.comment.endswith(".") for field in FIELDS)


@pytest.mark.parametrize("articles", [1, 3])
def test_articles_are_taken_some_at_a_time(database: Database, monkeypatch: pytest.MonkeyPatch, articles: int) -> None:
    monkeypatch.setattr(stream, "ARTICLES", articles)
    monkeypatch.setattr(stream, "BATCH", 2)
    for number in range(5):
        first = begin(database, f"{URL}/{number}")
        save(database, page(first, thread(*(comment(f"{number}-{each}") for each in range(3)))))
        close_visit(database, first.visit_id, now=NOW)
    found = [row["native_id"] for row in parsed(export(database))]
    assert found == [f"{number}-{each}" for number in range(5) for each in range(3)]


def _printed(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else _moment(value)


def _moment(value: object) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%S}" + ("Z" if getattr(value, "tzinfo", None) else "")
