"""Opening an archive's database: a file or a server, new or old, to read or to write."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import QueuePool

from archiver.errors import ArchiveBusy, ArchiverError, ArchiveTooNew, ArchiveUnusable, BadSetting, NotArchived
from archiver.store import frontier, outbox, schema, views
from archiver.store.types import storable

DATABASE_FILE = "archive.db"
"""The database's name in an archive's folder."""

APPLICATION_ID = 0x41524356
"""'ARCV' in the header of the SQLite file: `file archive.db` can tell what it is."""

OLDEST_SQLITE = (3, 35)
"""The first to give back what it has written (RETURNING)."""

BUSY_SECONDS = 10
"""How long a statement waits for another one in the same process."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Database:
    """An open archive. `write` and `read` give connections; what happens in one `write` happens whole or not at all."""

    engine: Engine
    subject: str
    """The file or server, for messages: no password in it."""
    created: bool = False
    """Whether this call made it."""
    lock: FileLock | None = field(default=None, repr=False)

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction. A full disk, or a file that became unwritable, raises `ArchiveUnusable`."""
        with self._explained(), self.engine.connect() as connection:
            connection = connection.execution_options(archiver_write=True)
            with connection.begin():
                yield connection

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A steady view of the archive: what others write meanwhile is not seen."""
        with self._explained(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Gives the file back to others. A second call is harmless."""
        self.engine.dispose()
        if self.lock is not None:
            self.lock.release()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            if type(error) not in (DatabaseError, OperationalError):
                raise  # a statement of ours that is wrong is nothing that a user could mend
            raise _explain(self.subject, error) from error


def open_database(address: str | Path, *, create: bool, write: bool = True) -> Database:
    """The archive at a path or at an SQLAlchemy URL.

    `create` makes one where there is none; without it `NotArchived` is raised. An older archive is copied, then
    brought up to date, when it is opened to write. Only one process at a time may write to a file; requests and
    messages that a killed one had leased are free again.
    """
    url = _url(address)
    _check_sqlite(url)
    subject = url.database if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    assert subject is not None
    lock = _prepare_file(Path(subject), create=create, write=write) if url.get_backend_name() == "sqlite" else None
    try:
        database = _open(url, subject, lock, create=create, write=write)
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return database


def _open(url: URL, subject: str, lock: FileLock | None, *, create: bool, write: bool) -> Database:
    engine = _engine(url, write=write)
    try:
        found = _revision(engine, subject)
        if found is None and not create:
            raise NotArchived(subject, "there is no archive here")
        if found is None:
            _make(engine)
        elif found != schema.REVISION:
            _bring_up_to_date(engine, subject, found, write=write)
        database = Database(engine=engine, subject=subject, created=found is None, lock=lock)
        if lock is not None:
            with database.write() as connection:
                frontier.release_leases(connection)
                outbox.release_leases(connection)
    except DBAPIError as error:
        engine.dispose()
        raise _explain(subject, error) from error
    except BaseException:
        engine.dispose()
        raise
    return database


def _url(address: str | Path) -> URL:
    if isinstance(address, Path) or "://" not in address:
        return URL.create("sqlite", database=str(address))
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise BadSetting(address, "is no database address, such as postgresql+psycopg://host/name") from error
    if url.get_backend_name() == "sqlite" and not url.database:
        raise BadSetting(address, "names no file")
    return url


def _check_sqlite(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        cause = f"needs SQLite {needed} or later, and Python was built with {sqlite3.sqlite_version}"
        raise ArchiveUnusable(str(url.database), cause, remedy="Use a newer Python, or PostgreSQL with --database.")


def _prepare_file(path: Path, *, create: bool, write: bool) -> FileLock | None:
    """The lock of the only writer; None for a reader."""
    if not create and not path.exists():
        raise NotArchived(str(path), "there is no archive here")
    if not write:
        return None
    lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ArchiveBusy(str(path), "another process writes to it") from error
    except OSError as error:
        raise ArchiveUnusable(str(path), f"cannot be written ({error.strerror})") from error
    return lock


def _engine(url: URL, *, write: bool) -> Engine:
    options: dict[str, Any] = {"json_serializer": _dump, "json_deserializer": msgspec.json.decode}
    if url.get_backend_name() == "sqlite":
        assert url.database is not None
        path = Path(url.database)
        engine = create_engine(url, creator=lambda: _connect(path, write=write), poolclass=QueuePool, **options)
        event.listen(engine, "connect", _configure_writer if write else _configure_reader)
        event.listen(engine, "begin", _begin)
        return engine
    settings = f"{url.query.get('options', '')} -c timezone=UTC"
    return create_engine(url.update_query_dict({"options": settings.strip()}), **options)


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A reader never makes or changes a file. In a folder that it may not write to, nobody else writes either."""
    if write:
        return sqlite3.connect(path, check_same_thread=False)
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, check_same_thread=False)


def _dump(value: Any) -> str:
    """JSON with its letters as they are: people read it in the tables."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return storable(json.dumps(value, ensure_ascii=False))


def _configure_writer(connection: sqlite3.Connection, _record: object) -> None:
    _configure_reader(connection, _record)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _configure_reader(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins no transaction by itself, `_begin` does
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """Who will write takes the write lock at once: to ask for it after reading may fail without waiting."""
    writes = connection.get_execution_options().get("archiver_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _revision(engine: Engine, subject: str) -> str | None:
    """The schema that the database has, None where it is empty."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables:
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found
    if tables:
        raise ArchiveUnusable(subject, "is a database of something else", remedy="Choose another with --archive.")
    return None


def _make(engine: Engine) -> None:
    with engine.connect().execution_options(archiver_write=True) as connection, connection.begin():
        schema.metadata.create_all(connection)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": schema.REVISION})


def _bring_up_to_date(engine: Engine, subject: str, found: str, *, write: bool) -> None:
    from archiver.store import upgrade  # alembic takes half a second to import, and is rarely needed

    if not upgrade.knows(found):
        raise ArchiveTooNew(subject, f"was written by a later version (schema {found}, here {schema.REVISION})")
    if not write:
        raise ArchiveUnusable(
            subject, f"has the older schema {found}", remedy="Any command that writes brings it up to date."
        )
    upgrade.upgrade(engine, found)


def _explain(subject: str, error: DBAPIError) -> ArchiverError:
    """A database's own words as what a person can do about it."""
    words = str(error.orig).strip().splitlines()[0] if error.orig else str(error)
    if "locked" in words:
        return ArchiveBusy(subject, "another process writes to it")
    if "not a database" in words:
        return ArchiveUnusable(subject, "is no archive", remedy="Choose another with --archive.")
    return ArchiveUnusable(subject, f"cannot be used ({words})")


assert views.views.tables  # importing the views attaches them to the schema that `_make` creates
