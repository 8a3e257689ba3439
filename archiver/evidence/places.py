"""Where the bytes behind an article's rows lie, and how to get at them with tools that everybody has."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from archiver.items import Capture
from archiver.store.database import Database
from archiver.store.sources import Source, captures_by_id, sources
from archiver.warc.reader import locate, original_place, read_record


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A capture, and the commands that print its record: WARC fields, then the HTTP response as it came.

    The body of a response that repeats an earlier one stands in that one's record: then there are two commands.
    """

    capture_id: int
    capture: Capture
    path: str
    commands: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """An article's rows and the captures that they were read from."""

    places: tuple[Place, ...]
    sources: tuple[Source, ...]


def evidence_of(database: Database, folder: Path, url: str) -> Evidence:
    """The evidence for the article at `url`, its quotes and its comments.

    Raises `NotArchived` for an address that is not here, `EvidenceDamaged` where a record cannot be read.
    """
    with database.read() as conn:
        found = sources(conn, url)
        captures = captures_by_id(conn, {source.capture_id for source in found})
    return Evidence(places=tuple(_place(folder, *each) for each in sorted(captures.items())), sources=found)


def _place(folder: Path, capture_id: int, capture: Capture) -> Place:
    path = locate(folder, capture.file)
    record = read_record(folder, capture.file, capture.offset, capture.length)
    place = original_place(record)
    commands = [print_record(path, capture.offset, capture.length), *([print_record(path, *place)] if place else [])]
    return Place(capture_id=capture_id, capture=capture, path=str(path), commands=tuple(commands))


def print_record(path: Path, offset: int, length: int) -> str:
    """A shell command that prints the unpacked record at a place."""
    return f"tail -c +{offset + 1} {shlex.quote(str(path))} | head -c {length} | gunzip"
