"""An older archive becomes, step by step, exactly what a new one is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from archiver.store import schema, upgrade
from archiver.store.database import open_database
from archiver.store.views import views
from tests.store.site import comment, latest, thread, visit


@pytest.fixture
def migrated(address: str) -> Iterator[Engine]:
    """A database that the migrations alone have made."""
    engine = create_engine(address if "://" in address else f"sqlite:///{address}")
    upgrade.upgrade(engine, None)
    yield engine
    engine.dispose()


def test_migrations_make_the_tables_of_the_schema(migrated: Engine) -> None:
    with migrated.connect() as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_migrations_make_the_views_of_the_schema(migrated: Engine, tmp_path: Path) -> None:
    assert set(inspect(migrated).get_view_names()) == set(views.tables)
    for name, view in views.tables.items():
        assert [column["name"] for column in inspect(migrated).get_columns(name)] == [each.name for each in view.c]
    with open_database(tmp_path / "new.db", create=True) as new:
        for name in views.tables if migrated.dialect.name == "sqlite" else ():
            assert inspect(migrated).get_view_definition(name) == inspect(new.engine).get_view_definition(name)


def test_the_schema_names_the_last_migration() -> None:
    assert ScriptDirectory.from_config(upgrade.config()).get_current_head() == schema.REVISION
    assert upgrade.knows(schema.REVISION)
    assert not upgrade.knows("9999")


def test_a_migrated_archive_is_opened_and_used_like_a_new_one(migrated: Engine, address: str) -> None:
    with open_database(address, create=False) as database:
        visit(database, thread(comment("1")))
        assert list(latest(database)) == ["1"]


def test_an_upgrade_copies_the_file_first_and_never_over_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with open_database(path, create=True) as database:
        visit(database, thread(comment("1", "before")))
        upgrade.upgrade(database.engine, "0001")
        visit(database, thread(comment("1", "after")))
        upgrade.upgrade(database.engine, "0001")
    with closing(sqlite3.connect(tmp_path / "archive.db.before-0001")) as copy:
        assert copy.execute("SELECT text FROM latest_comment").fetchall() == [("before",)]
