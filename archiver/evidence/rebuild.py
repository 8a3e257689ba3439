"""An archive read again from its captures: for good, or as a rehearsal that changes nothing."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from archiver import errors
from archiver.evidence.differences import Differences, differences
from archiver.evidence.replay import Replayed, replay
from archiver.store import campaigns
from archiver.store.database import DATABASE_FILE, Database, open_database
from archiver.store.schema import visit
from archiver.warc import FOLDER


@dataclass(frozen=True, kw_only=True, slots=True)
class Rebuilt:
    """What was read again, and where that differs from what was stored before."""

    replayed: Replayed
    differences: Differences

    @property
    def exit_status(self) -> int:
        """Damage is the worst: articles whose captures cannot be read stay as they were."""
        if self.replayed.damaged:
            return errors.DAMAGED
        return errors.FAILED if self.replayed.unreadable else errors.OK


def rebuild_archive(folder: Path, database: str | None = None, *, dry_run: bool = False) -> Rebuilt:
    """Reads all captures of the archive in `folder` again, with today's extractors; `dry_run` only tells what would
    change.

    All of it happens or nothing. Raises `NotArchived`, and `ArchiveBusy` where somebody writes to the archive.
    """
    address = database or folder / DATABASE_FILE
    if dry_run:
        with rehearsal(address) as copy:
            return rebuild(copy, folder / FOLDER, keep=False)
    with open_database(address, create=False) as opened:
        return rebuild(opened, folder / FOLDER, keep=True)


def rebuild(database: Database, captures: Path, *, keep: bool) -> Rebuilt:
    """The same on an open archive. Without `keep` everything is as before in the end."""
    with database.read() as before, database.write() as conn:
        before.execute(select(visit.c.id).limit(1)).all()  # what it sees is settled now, not at its first look
        searched = campaigns.any_found(conn)
        replayed = replay(conn, captures)
        if searched:
            campaigns.find_campaigns(conn)
        found = differences(before, conn)
        transaction = conn.get_transaction()
        if not keep and transaction is not None:
            transaction.rollback()
    return Rebuilt(replayed=replayed, differences=found)


@contextlib.contextmanager
def rehearsal(address: str | Path) -> Iterator[Database]:
    """An archive to try things on: of a file a copy, so that a reader's rights are enough; of a server itself."""
    with open_database(address, create=False, write=False) as opened:
        if opened.engine.dialect.name != "sqlite":
            yield opened
            return
        with tempfile.TemporaryDirectory(prefix="archiver-") as folder:
            copy = Path(folder) / DATABASE_FILE
            with opened.read() as source, contextlib.closing(sqlite3.connect(copy)) as target:
                driver = source.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                driver.backup(target)
            with open_database(copy, create=False) as writable:
                yield writable
