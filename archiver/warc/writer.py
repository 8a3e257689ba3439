"""The file that captures go into: whole records only, flushed before the caller hears of them."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from archiver.errors import ArchiveUnusable
from archiver.items import Capture
from archiver.warc import records
from archiver.warc.exchange import Exchange
from archiver.warc.records import Original

OPEN = ".open"
"""Ends the name of a file that is written to; rows name the file without it."""

REVISIT_FROM = 256
"""Bytes of payload from which on a repeated one is not stored again: below, the reference is longer."""

REMEMBERED = 1024
"""Payloads that a repeated one is looked for among, the latest of a file: all of them would fill the memory in time."""


class Writer:
    """Writes exchanges into WARC files of one folder. A file is begun with the first exchange.

    `clock` gives the time, aware; `software` is written into every file; a file that has reached `max_bytes` is
    closed and another begun; `durable` waits for the disk at every exchange. A body that stands in the same file
    already, byte for byte and in the same chunks, is referred to: every file can be read by itself, and nothing of
    the wire is lost.

    Not for several threads. Several processes may write into one folder, each into files of its own.
    """

    def __init__(
        self,
        folder: Path,
        *,
        clock: Callable[[], datetime],
        software: str,
        max_bytes: int = 1 << 30,
        durable: bool = False,
    ) -> None:
        self._folder = folder
        self.clock = clock
        self._software = software
        self._max_bytes = max_bytes
        self._durable = durable
        self._file: FileIO | None = None
        self._name = ""
        self._end = 0
        self._members = 0
        self._warcinfo_id = ""
        self._seen: dict[str, Original] = {}

    def write(self, exchange: Exchange, *, robots: str) -> Capture:
        """Keep an exchange. On return its records are in the file, and with `durable` on the disk.

        `robots` is what robots.txt said of the URL, see `Capture.robots`. Raises `ArchiveUnusable`, with the file
        as it was before, where the records cannot be written.
        """
        try:
            if self._file is None:
                self._begin()
            return self._write(exchange, robots)
        except OSError as error:
            cause = f"captures cannot be written: {error.strerror or error}"
            raise ArchiveUnusable(str(self._folder), cause) from error

    def close(self) -> None:
        """End the file and give it its final name. A second call does nothing; a later `write` begins another file.

        Where the disk has no room for the end, the file keeps its name, to be adopted later: all that was written
        is in it and can be read.
        """
        if self._file is None:
            return
        try:
            self._append(records.closing(record_id=new_id(), at=self.clock(), members=self._members, size=self._end))
        except OSError:
            return
        finally:
            self._file.close()
            self._file = None
        # Between closing and renaming another process may adopt the file: it then has its name already.
        with suppress(FileNotFoundError):
            self._path.rename(self._folder / self._name)
        self._sync_folder()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __deepcopy__(self, memo: object) -> Self:
        return self  # whoever copies settings that hold a writer means this one: its file cannot be written by two

    @property
    def _path(self) -> Path:
        return self._folder / (self._name + OPEN)

    def _begin(self) -> None:
        now = self.clock()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file = self._new_file(now)
        self._end = self._members = 0
        self._seen.clear()
        self._warcinfo_id = new_id()
        about = {"file": self._name, "software": self._software}
        try:
            self._append(records.warcinfo(record_id=self._warcinfo_id, at=now, **about))
        except OSError:
            self._give_up()
            raise
        self._sync_folder()

    def _new_file(self, now: datetime) -> FileIO:
        """An empty file of our own. Another process may take a new one for a leftover, and delete it: then the next."""
        while True:
            self._name = f"{now:%Y%m%d%H%M%S%f}-{uuid.uuid4().hex[:8]}.warc.gz"
            file = FileIO(self._path, "xb")
            if lock(file):
                return file
            file.close()

    def _give_up(self) -> None:
        """Leave no file without records behind."""
        assert self._file is not None
        self._file.close()
        self._file = None
        with suppress(OSError):
            self._path.unlink()

    def _write(self, exchange: Exchange, robots: str) -> Capture:
        """Request first: where the response is, all that belongs to it is."""
        response_id = new_id()
        ids = {"response_id": response_id, "warcinfo_id": self._warcinfo_id}
        before = [records.request(exchange, record_id=new_id(), **ids)]
        if exchange.interim:
            before.append(records.interim(exchange, record_id=new_id(), **ids))
        response = self._response(exchange, response_id, robots)
        offset = self._append(*before, response) + sum(map(len, before))
        capture = self._capture(exchange, response_id, offset, len(response), robots)
        self._remember(exchange, capture)
        if self._end >= self._max_bytes:
            self.close()
        return capture

    def _response(self, exchange: Exchange, record_id: str, robots: str) -> bytes:
        original = None if exchange.truncated else self._seen.get(exchange.body_sha256)
        if original is None:
            return records.response(exchange, record_id=record_id, warcinfo_id=self._warcinfo_id, robots=robots)
        return records.revisit(exchange, original, record_id=record_id, warcinfo_id=self._warcinfo_id, robots=robots)

    def _capture(self, exchange: Exchange, record_id: str, offset: int, length: int, robots: str) -> Capture:
        return Capture(
            url=exchange.url,
            method=exchange.method,
            status=exchange.head.status,
            at=exchange.started,
            content_type=exchange.head.first("content-type"),
            file=self._name,
            offset=offset,
            length=length,
            record_id=record_id,
            sha256=exchange.sha256,
            robots=robots,
            fidelity=exchange.fidelity,
        )

    def _remember(self, exchange: Exchange, capture: Capture) -> None:
        if exchange.payload_size >= REVISIT_FROM and not exchange.truncated:
            original = Original(
                record_id=capture.record_id,
                url=capture.url,
                at=capture.at,
                offset=capture.offset,
                length=capture.length,
            )
            self._seen.setdefault(exchange.body_sha256, original)
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]

    def _append(self, *members: bytes) -> int:
        """Write at the end, one write a member, and give the offset of the first. All of them or none."""
        assert self._file is not None
        start = self._end
        try:
            self._file.seek(start)
            self._file.truncate()
            for member in members:
                write_whole(self._file, member)
            if self._durable:
                os.fsync(self._file.fileno())
        except OSError:
            # Where even this fails, the next exchange cuts the torn end off.
            with suppress(OSError):
                self._file.truncate(start)
            raise
        self._end = self._file.tell()
        self._members += len(members)
        return start

    def _sync_folder(self) -> None:
        """Make a new name durable. Windows has no such call."""
        if not self._durable or sys.platform == "win32":
            return
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def lock(file: FileIO) -> bool:
    """Mark a file as being written to, until it is closed or its process ends.

    False where another process has done so, or has deleted the file meanwhile. Windows has no such locks: there
    every file counts as free, and nobody adopts any.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return os.fstat(file.fileno()).st_nlink > 0


def write_whole(file: FileIO, data: bytes) -> None:
    """All of it: one call to the system may take less than it is given."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def new_id() -> str:
    """A record's identity: new at every call."""
    return f"<urn:uuid:{uuid.uuid4()}>"
