"""A response taken out of a WARC file for good, without moving anything else in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from io import FileIO
from pathlib import Path

from archiver.errors import ArchiveBusy, EvidenceDamaged
from archiver.items import Capture
from archiver.warc import records
from archiver.warc.reader import locate, original_place, read_record
from archiver.warc.reader import records as read_records
from archiver.warc.writer import lock, write_whole

Place = tuple[int, int]


def erase(folder: Path, capture: Capture, *, at: datetime, why: str = "") -> tuple[str, ...]:
    """Overwrite a response, and the ones of its file that repeat its body, and give the ids of all of them.

    A record of the same id and length stands in its place: that something was there, its digest, when it was erased
    and `why`. Rows that name other records stay right; those that name these are the caller's to remove. Done twice
    it does no harm. Copies elsewhere (backups, exports, the disk's free blocks) are beyond its reach. Raises
    `EvidenceDamaged` where the file is missing, `ArchiveBusy` where a process writes to it: that might refer to the
    response once more.
    """
    path = locate(folder, capture.file)
    with FileIO(path, "rb+") as file:
        if not lock(file):
            raise ArchiveBusy(str(path), "a crawl writes to this file")
        repeated = list(_places(path, capture))
        for place, record_id in repeated:
            file.seek(place[0])
            write_whole(file, _tombstone(folder, capture.file, place, record_id, at, why))
        os.fsync(file.fileno())
    return tuple(record_id for _, record_id in repeated)


def _places(path: Path, capture: Capture) -> Iterator[tuple[Place, str]]:
    """The response itself last: should this be broken off, what repeats it can still be found."""
    here = capture.offset, capture.length
    try:
        for record in read_records(path):
            if original_place(record) == here:
                yield (record.offset, record.length), record.id
    except EvidenceDamaged:
        pass  # revisits behind the damage cannot be read any more; what is asked for is erased all the same
    yield here, capture.record_id


def _tombstone(folder: Path, file: str, place: Place, record_id: str, at: datetime, why: str) -> bytes:
    try:
        digest = read_record(folder, file, *place).field("WARC-Block-Digest") or ""
    except EvidenceDamaged:
        digest = ""
    try:
        return records.erased(record_id=record_id, at=at, digest=digest, why=why, length=place[1])
    except ValueError:
        return records.erased(record_id=record_id, at=at, digest=digest, why="", length=place[1])
