"""Files that a killed process left open: what is whole in them is kept, and they get their final names."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from archiver.warc import record as warc_record
from archiver.warc import records
from archiver.warc.record import Malformed
from archiver.warc.scan import Member, members
from archiver.warc.writer import OPEN, lock, new_id, write_whole


def adopt(folder: Path) -> tuple[str, ...]:
    """Cut the torn end off every leftover file, end it, rename it, and give the names.

    Harmless at any time, and twice. Files that a living process writes to are left alone. A file without a whole
    record is deleted: there is nothing in it. Raises `OSError` where there is no room for the end of a file; its
    whole records are kept, and can be read. On Windows, which has no such locks, leftover files stay as they are.
    """
    return tuple(_adopt_all(folder))


def _adopt_all(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob(f"*{OPEN}")) if sys.platform != "win32" else ():
        try:
            file = FileIO(path, "rb+")
        except FileNotFoundError:
            continue  # its process has just closed it
        with file:
            if lock(file) and _close(path, file):
                yield path.name.removesuffix(OPEN)


def _close(path: Path, file: FileIO) -> bool:
    """Leave whole members, the last of them the closing one. False where there are none."""
    count, end, last = 0, 0, b""
    for found in members(path):
        if isinstance(found, Member):
            count, end, last = count + 1, found.end, found.data
    if not count:
        path.unlink()
        return False
    file.truncate(end)
    at, is_closing = _date_and_kind(last)
    if not is_closing:
        file.seek(end)
        write_whole(file, records.closing(record_id=new_id(), at=at, members=count, size=end))
    os.fsync(file.fileno())
    path.rename(path.with_name(path.name.removesuffix(OPEN)))
    return True


def _date_and_kind(data: bytes) -> tuple[datetime, bool]:
    """When the last record was made, and whether it is a closing one: a process may be killed before it renames."""
    try:
        last = warc_record.parse(data, file="", offset=0, length=0)
    except Malformed:
        return datetime.fromtimestamp(0, UTC), False
    return last.at or datetime.fromtimestamp(0, UTC), last.field("Archiver-Members") is not None
