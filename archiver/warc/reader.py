"""Records read back, by the place that a row names, or a file from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from archiver.errors import EvidenceDamaged
from archiver.pages.page import Page
from archiver.warc import record as warc_record
from archiver.warc.record import Malformed, Record, broken_digests
from archiver.warc.scan import Damage, Torn, members, unpack
from archiver.warc.writer import OPEN


def locate(folder: Path, file: str) -> Path:
    """The file that a row names: closed, or still written to. Raises `EvidenceDamaged` where there is none."""
    if Path(file).name == file:
        # The closed one again at the end: it may be closed while we look.
        for path in (folder / file, folder / (file + OPEN), folder / file):
            if path.is_file():
                return path
    raise EvidenceDamaged(str(folder / file), "the file is missing")


def read_record(folder: Path, file: str, offset: int, length: int) -> Record:
    """The record at a place, checked against its digests. A revisit comes with its original.

    Raises `EvidenceDamaged`, which names file and offset.
    """
    found = _read(locate(folder, file), offset, length)
    place = original_place(found)
    if place is not None:
        found = replace(found, original=_read(locate(folder, file), *place))
    _check(found)
    return found


def records(path: Path) -> Iterator[Record]:
    """All records of a file, one in memory at a time; a revisit without its original.

    Raises `EvidenceDamaged` at the first stretch of bytes that is no whole record. The end of a file that is
    written to may be torn at the moment: it is passed over.
    """
    name = path.name.removesuffix(OPEN)
    for found in members(path):
        if isinstance(found, Damage):
            if found.at_end and path.name != name:
                return
            raise EvidenceDamaged(f"{name} at byte {found.offset}", found.reason)
        record = _parse(found.data, name, found.offset, len(found.packed))
        _check(record)
        yield record


def page_of(record: Record) -> Page:
    """A response record as extractors see it."""
    decoded = record.decoded
    cut = record.truncated or (record.original and record.original.truncated)
    problems = [f"The response broke off ({cut}); what came was read."] if cut else []
    return Page(
        url=record.url,
        body=decoded.body,
        status=record.head.status,
        content_type=record.head.first("content-type"),
        headers=record.head.headers,
        at=record.at,
        problems=problems + ([decoded.problem] if decoded.problem else []),
    )


def _read(path: Path, offset: int, length: int) -> Record:
    name = path.name.removesuffix(OPEN)
    with path.open("rb") as file:
        file.seek(offset)
        packed = file.read(length)
    try:
        data = unpack(packed)
    except Torn as torn:
        raise EvidenceDamaged(f"{name} at byte {offset}", str(torn)) from torn
    return _parse(data, name, offset, length)


def _parse(data: bytes, name: str, offset: int, length: int) -> Record:
    try:
        return warc_record.parse(data, file=name, offset=offset, length=length)
    except Malformed as malformed:
        raise EvidenceDamaged(f"{name} at byte {offset}", str(malformed)) from malformed


def _check(record: Record) -> None:
    broken = ", ".join(broken_digests(record))
    if broken:
        raise EvidenceDamaged(f"{record.file} at byte {record.offset}", f"{broken} does not match")


def original_place(record: Record) -> tuple[int, int] | None:
    """Where the original of a revisit lies in the same file; None for other records, and other writers' revisits."""
    offset, length = record.field("Archiver-Refers-To-Offset"), record.field("Archiver-Refers-To-Length")
    if record.type != "revisit" or not (offset or "").isdecimal() or not (length or "").isdecimal():
        return None
    return int(offset or 0), int(length or 0)
