"""Whether the evidence is as it was written: every byte of every file, and every row against its record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archiver.errors import EvidenceDamaged
from archiver.items import Capture
from archiver.warc import record as warc_record
from archiver.warc.member import is_sealed
from archiver.warc.reader import original_place, read_record
from archiver.warc.record import Malformed, Record, broken_digests
from archiver.warc.scan import Damage, Member, members
from archiver.warc.writer import OPEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that is not as it was written. `url` is empty where it cannot be read any more."""

    file: str
    offset: int
    length: int
    what: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.file}, bytes {self.offset} to {self.offset + self.length}: {self.what}" + (
            f" ({self.url})" if self.url else ""
        )


def check_files(folder: Path) -> Iterator[Finding]:
    """Everything that is wrong with the WARC files of a folder, in the order of files and bytes.

    The torn end of a file that is still open is nothing wrong: a row names a record only once it is whole.
    """
    for path in sorted([*folder.glob("*.warc.gz"), *folder.glob(f"*.warc.gz{OPEN}")]):
        yield from check_file(path)


def check_file(path: Path) -> Iterator[Finding]:
    """Everything that is wrong with one WARC file."""
    state = _State(file=path.name.removesuffix(OPEN), is_open=path.name.endswith(OPEN))
    for found in members(path):
        yield from state.damage(found) if isinstance(found, Damage) else state.member(found)
    yield from state.end()


def check_capture(folder: Path, capture: Capture) -> Finding | None:
    """What is wrong with the record that a row names; None where row and record agree."""
    try:
        record = read_record(folder, capture.file, capture.offset, capture.length)
    except EvidenceDamaged as damaged:
        return _of_capture(capture, damaged.cause)
    if record.type not in ("response", "revisit"):
        return _of_capture(capture, f"the record is lost; in its place stands: {_note(record)}")
    wrong = ", ".join(name for name, told, written in _told(record, capture) if told != written)
    return None if not wrong else _of_capture(capture, f"the row tells another {wrong} than the record")


def _told(record: Record, capture: Capture) -> Iterator[tuple[str, object, object]]:
    """What both tell: its name, as the record has it, as the row has it. Rows keep times to the second, and no NUL."""
    yield "id", record.id, capture.record_id
    yield "address", record.url, capture.url
    yield "method", record.method, capture.method
    yield "status", record.head.status, capture.status
    yield "digest", record.payload_sha256, capture.sha256
    yield "time", record.at and record.at.replace(microsecond=0), capture.at.replace(microsecond=0)
    content_type = record.head.first("content-type")
    yield "content type", content_type and content_type.replace("\0", "\ufffd"), capture.content_type
    yield "robots", record.robots, capture.robots
    yield "fidelity", record.fidelity, capture.fidelity


def _note(record: Record) -> str:
    """The first line of what a repair, or whoever, has put there."""
    return record.block.partition(b"\r\n")[0].decode("utf-8", "replace")[:80] or f"a {record.type} record"


def _of_capture(capture: Capture, what: str) -> Finding:
    return Finding(file=capture.file, offset=capture.offset, length=capture.length, what=what, url=capture.url)


@dataclass(kw_only=True)
class _State:
    """What is known of a file half-way through it."""

    file: str
    is_open: bool
    ours: bool = False
    """Whether our writer made it: then every member is sealed, and there is an end."""
    count: int = 0
    is_torn: bool = False
    ends_torn: bool = False
    at: int = 0
    closed_at: int | None = None
    payloads: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    """Where responses lie → their id and payload digest, for the revisits that refer to them."""

    def damage(self, damage: Damage) -> Iterator[Finding]:
        self.at = damage.offset + damage.length
        self.is_torn, self.ends_torn = True, damage.at_end
        if not (damage.at_end and self.is_open):
            yield self._finding(damage.offset, damage.length, damage.reason)

    def member(self, member: Member) -> Iterator[Finding]:
        self.at = member.end
        length = len(member.packed)
        try:
            record = warc_record.parse(member.data, file=self.file, offset=member.offset, length=length)
        except Malformed as malformed:
            yield self._finding(member.offset, length, str(malformed))
        else:
            for what in [*self._frame(member, record), *self._record(record)]:
                yield self._finding(member.offset, length, what, record.url)
        self.count += 1

    def end(self) -> Iterator[Finding]:
        if self.ours and not self.is_open and not self.ends_torn and self.closed_at != self.at:
            yield self._finding(self.at, 0, "the end of the file is missing: later records are lost")
        if not self.at and not self.is_open:
            yield self._finding(0, 0, "the file is empty")

    def _frame(self, member: Member, record: Record) -> Iterator[str]:
        self.ours = self.ours or record.field("Archiver-Format") is not None
        if self.ours and not is_sealed(member.packed):
            yield "the gzip frame was changed"

    def _record(self, record: Record) -> Iterator[str]:
        yield from (f"{name} does not match" for name in broken_digests(record))
        if record.type == "response":
            self.payloads[record.offset, record.length] = record.id, record.payload_sha256
        place = original_place(record)
        if place and self.payloads.get(place) != (record.field("WARC-Refers-To"), record.payload_sha256):
            yield "the record whose body it repeats is not there"
        if (counted := record.field("Archiver-Members")) is not None:
            self.closed_at = record.offset + record.length
            if not self.is_torn and (counted, record.field("Archiver-Bytes")) != (str(self.count), str(record.offset)):
                yield f"{counted} records were written before this one, {self.count} are there"

    def _finding(self, offset: int, length: int, what: str, url: str = "") -> Finding:
        return Finding(file=self.file, offset=offset, length=length, what=what, url=url)
