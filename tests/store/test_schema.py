"""Names of tables and columns are a promise, and each column explains itself."""

from __future__ import annotations

import pytest
from sqlalchemy import Table

from archiver.store import schema
from archiver.store.database import Database
from archiver.store.views import views
from tests.store.site import comment, rows, thread, visit

EVERYTHING = [*schema.metadata.sorted_tables, *views.tables.values()]


@pytest.mark.parametrize("table", EVERYTHING, ids=lambda table: table.name)
def test_every_column_is_explained_in_a_sentence(table: Table) -> None:
    assert table.comment
    assert table.comment.endswith(".")
    for column in table.columns:
        assert column.comment, column.name
        assert column.comment.endswith("."), column.name


def test_every_table_has_its_place_in_the_data_model() -> None:
    grouped = [table.name for tables in schema.GROUPS.values() for table in tables]
    assert sorted(grouped) == sorted(schema.metadata.tables)


def test_the_columns_of_the_views_are_those_that_were_promised() -> None:
    promised = """article_url platform native_id parent_native_id depth position kind state author author_url published
        published_local text html permalink first_seen last_seen gone_after gone_before"""
    assert views.tables["latest_comment"].c.keys() == promised.split()
    assert views.tables["latest_article"].c.keys()[:7] == [
        "url",
        "title",
        "deck",
        "authors",
        "dateline",
        "published",
        "published_local",
    ]


@pytest.mark.parametrize("name", views.tables)
def test_a_view_has_the_columns_that_are_declared(database: Database, name: str) -> None:
    with database.read() as conn:
        found = conn.exec_driver_sql(f"SELECT * FROM {name}")
        assert list(found.keys()) == [column.name for column in views.tables[name].columns]


def test_a_summary_of_a_thread_counts(database: Database) -> None:
    visit(database, thread(comment("1"), comment("2", author="Jon Vik"), comment("3", state="deleted"), claimed=4))
    (row,) = rows(database, "SELECT * FROM thread_summary")
    numbers = {name: row[name] for name in ("comments", "gone", "authors", "claimed", "collected", "completeness")}
    assert numbers == {
        "comments": 3,
        "gone": 1,
        "authors": 2,
        "claimed": 4,
        "collected": 3,
        "completeness": "incomplete",
    }


def test_times_are_text_that_sorts_in_sqlite_and_moments_in_postgresql(database: Database) -> None:
    visit(database, thread(comment("1")))
    (row,) = rows(database, "SELECT published, first_seen FROM latest_comment")
    if database.engine.dialect.name == "sqlite":
        assert row == {"published": "2026-02-28T12:00:00Z", "first_seen": "2026-03-01T12:00:00Z"}
    else:
        assert row["published"].isoformat() == "2026-02-28T12:00:00+00:00"
