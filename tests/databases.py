"""Empty archives for tests, one a test: in SQLite always, in PostgreSQL where a server answers."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from archiver.store.database import Database, open_database
from archiver.store.schema import metadata

POSTGRES = os.environ.get("ARCHIVER_TEST_POSTGRES", "postgresql+psycopg://127.0.0.1/postgres")
"""A server on which tests may make schemas; each test drops its own."""


BACKENDS = ["sqlite", "postgresql"]


@cache
def why_no_postgres() -> str | None:
    """None where a server answers."""
    try:
        server = create_engine(POSTGRES, connect_args={"connect_timeout": 2})
        with server.connect():
            pass
        server.dispose()
    except (OperationalError, ImportError):
        return "no PostgreSQL answers; ARCHIVER_TEST_POSTGRES=postgresql+psycopg://user@host/name names one"
    return None


@contextlib.contextmanager
def own_schema() -> Iterator[str]:
    """The URL of a new schema on the server; skips the test where there is none."""
    if reason := why_no_postgres():
        pytest.skip(reason)
    name = f"test_{uuid4().hex}"
    server = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as conn:
        conn.execute(text(f"CREATE SCHEMA {name}"))
    options = {"options": f"-c search_path={name}"}
    try:
        yield make_url(POSTGRES).update_query_dict(options).render_as_string(hide_password=False)
    finally:
        with server.connect() as conn:
            conn.execute(text(f"DROP SCHEMA {name} CASCADE"))
        server.dispose()


@pytest.fixture(params=BACKENDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new archive may be made: a path, or the URL of a schema of its own."""
    if request.param == "sqlite":
        yield str(tmp_path / "archive.db")
        return
    with own_schema() as url:
        yield url


@pytest.fixture(scope="session")
def server_archive() -> Iterator[Database]:
    """One archive in PostgreSQL for all tests that do not mind: to make one takes a third of a second."""
    with own_schema() as url, open_database(url, create=True) as opened:
        yield opened


@pytest.fixture
def on_server(server_archive: Database) -> Iterator[Database]:
    """An empty archive in PostgreSQL."""
    yield server_archive
    with server_archive.write() as conn:
        for table in reversed(metadata.sorted_tables):
            conn.execute(table.delete())


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty archive, open to be written."""
    if request.param == "postgresql":
        yield request.getfixturevalue("on_server")
        return
    with open_database(tmp_path / "archive.db", create=True) as opened:
        yield opened
