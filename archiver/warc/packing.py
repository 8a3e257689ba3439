"""Which records of a folder go into a WACZ, and in what form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from archiver.warc import records
from archiver.warc.reader import locate, read_record
from archiver.warc.reader import records as read_records
from archiver.warc.record import Record, parse
from archiver.warc.scan import unpack
from archiver.warc.stand_in import stand_in
from archiver.warc.writer import new_id

STAND_INS = "stand-ins.warc.gz"
"""The WARC file of what the index gives instead of records that replay tools would read wrong."""

_RECKONED = frozenset({"warc-block-digest", "content-length", "archiver-format"})
"""Fields of a record that is copied: made anew, or true of its old file only."""

_ABOUT_REVISITS = frozenset(
    {
        "warc-type",
        "warc-profile",
        "warc-truncated",
        "warc-payload-digest",
        "warc-refers-to",
        "warc-refers-to-target-uri",
        "warc-refers-to-date",
        "archiver-refers-to-offset",
        "archiver-refers-to-length",
    }
)


@dataclass(frozen=True, slots=True)
class Member:
    """A record to pack, its bytes, and the request that it answers where it is a response.

    The record says where it lies in the folder, not in the WACZ.
    """

    record: Record
    data: bytes
    asked: Record | None = None


def chosen(folder: Path, file: str, keep: Collection[str] | None) -> Iterator[Member]:
    """The records of a file as they are, or those that belong to the responses to keep, each whole by itself."""
    path, asked = locate(folder, file), None
    with path.open("rb") as source:
        for record in read_records(path):
            asked = record if record.type == "request" else asked
            mine = asked if asked and asked.field("WARC-Concurrent-To") == record.id else None
            if keep is None:
                source.seek(record.offset)
                yield Member(record, source.read(record.length), mine)
            elif _belongs(record, keep):
                yield _made(_by_itself(read_record(folder, file, record.offset, record.length)), mine)


def stand_ins(folder: Path, misleading: Iterable[Member], *, at: datetime, software: str) -> Iterator[Member]:
    """What stands in for these members, with a record before them that begins the file."""
    about = records.warcinfo(record_id=new_id(), file=STAND_INS, at=at, software=software)
    yield _made(_by_itself(parse(unpack(about), file=STAND_INS, offset=0, length=len(about))), None)
    for member in misleading:
        place = member.record
        record = _by_itself(read_record(folder, place.file, place.offset, place.length))
        yield _made(stand_in(record), member.asked)


def _made(record: Record, asked: Record | None) -> Member:
    return Member(record, records.record(record.fields, record.block), asked)


def _belongs(record: Record, keep: Collection[str]) -> bool:
    if record.type in ("response", "revisit"):
        return record.id in keep
    beside = record.field("WARC-Concurrent-To")
    return record.type == "warcinfo" or (beside is not None and beside in keep)


def _by_itself(record: Record) -> Record:
    """The record without what is true in its own file only: a revisit as the response that it stands for."""
    is_revisit = record.type == "revisit"
    left_out = {*_RECKONED, *(_ABOUT_REVISITS if is_revisit else ())}
    fields = [(name, value) for name, value in record.fields if name.lower() not in left_out]
    if is_revisit:
        digest = "Archiver-Payload-Digest" if record.head.is_chunked else "WARC-Payload-Digest"
        fields += [("WARC-Type", "response"), (digest, f"sha256:{record.payload_sha256}")]
    return replace(record, fields=tuple(fields), block=record.wire, original=None)
