"""WACZ: WARC files, their index and a list of pages in one file that replay tools open.

https://specs.webrecorder.net/wacz/1.1.1/.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from archiver.warc import cdxj, records
from archiver.warc.reader import locate, read_record
from archiver.warc.reader import records as read_records
from archiver.warc.record import Record

VERSION = "1.1.1"

_RECKONED = frozenset({"warc-block-digest", "content-length", "archiver-format"})
"""Fields of a record that is copied: made anew, or true of its old file only."""

_ABOUT_REVISITS = frozenset(
    {
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


@dataclass(frozen=True, kw_only=True, slots=True)
class WaczPage:
    """A page that a reader of the WACZ may begin at. `at` is the time of its capture."""

    url: str
    at: datetime
    title: str = ""


def write_wacz(
    folder: Path,
    files: Iterable[str],
    pages: Iterable[WaczPage],
    out: Path,
    *,
    at: datetime,
    software: str,
    title: str = "",
    keep: Collection[str] | None = None,
) -> None:
    """Pack WARC files of a folder. `at` is the present time, `keep` the ids of the responses to pack: None for all.

    Of a file packed in part the revisits become whole responses, for what they refer to may be left out. Raises
    `EvidenceDamaged` where a file is torn or changed. `out` appears only when it is whole.
    """
    part = out.with_name(out.name + ".part")
    try:
        with zipfile.ZipFile(part, "w") as packed:
            wacz = _Wacz(packed, at)
            lines = sorted(line for file in files for line in wacz.archive(_chosen(folder, file, keep), file))
            wacz.add("indexes/index.cdx", "".join(f"{line}\n" for line in lines).encode(), zipfile.ZIP_STORED)
            wacz.add("pages/pages.jsonl", "".join(_page_lines(pages)).encode())
            wacz.finish(software, title)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _chosen(folder: Path, file: str, keep: Collection[str] | None) -> Iterator[tuple[Record, bytes]]:
    """The records to pack, each with its bytes."""
    path = locate(folder, file)
    with path.open("rb") as source:
        for record in read_records(path):
            if keep is None:
                source.seek(record.offset)
                yield record, source.read(record.length)
            elif _belongs(record, keep):
                whole = read_record(folder, file, record.offset, record.length)
                yield _by_itself(whole, "response" if record.type == "revisit" else record.type)


def _belongs(record: Record, keep: Collection[str]) -> bool:
    if record.type in ("response", "revisit"):
        return record.id in keep
    beside = record.field("WARC-Concurrent-To")
    return record.type == "warcinfo" or (beside is not None and beside in keep)


def _by_itself(record: Record, kind: str) -> tuple[Record, bytes]:
    """The record in a file of some only: a revisit as the response that it stands for."""
    left_out = {*_RECKONED, *(_ABOUT_REVISITS if record.type == "revisit" else ())}
    fields = [(name, value) for name, value in record.fields if name.lower() not in left_out]
    fields = [(name, kind if name.lower() == "warc-type" else value) for name, value in fields]
    if record.type == "revisit":
        digest = "Archiver-Payload-Digest" if record.head.is_chunked else "WARC-Payload-Digest"
        fields.append((digest, f"sha256:{record.payload_sha256}"))
    return replace(record, fields=tuple(fields), block=record.wire), records.record(fields, record.wire)


def _page_lines(pages: Iterable[WaczPage]) -> Iterator[str]:
    yield json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}) + "\n"
    for page in pages:
        ts = page.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        number = str(uuid5(NAMESPACE_URL, f"{ts} {page.url}"))
        yield json.dumps({"id": number, "url": page.url, "ts": ts, "title": page.title or page.url}) + "\n"


class _Wacz:
    """The zip file while it grows, with the list of what is in it."""

    def __init__(self, packed: zipfile.ZipFile, at: datetime) -> None:
        self._packed = packed
        self._at = at.astimezone(UTC)
        self._resources: list[dict[str, str | int]] = []

    def archive(self, chosen: Iterable[tuple[Record, bytes]], file: str) -> Iterator[str]:
        """Add a WARC file, uncompressed, so that a record can be read where it lies; gives its index lines."""
        path, digest, size, asked = f"archive/{file}", sha256(), 0, None
        with self._packed.open(self._entry(path, zipfile.ZIP_STORED), "w", force_zip64=True) as out:
            for record, member in chosen:
                out.write(member)
                digest.update(member)
                asked = record if record.type == "request" else asked
                mine = asked if asked and asked.field("WARC-Concurrent-To") == record.id else None
                line = cdxj.line(replace(record, offset=size, length=len(member)), mine)
                size += len(member)
                if line is not None:
                    yield line
        self._list(path, digest.hexdigest(), size)

    def add(self, path: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
        self._packed.writestr(self._entry(path, how), data)
        self._list(path, sha256(data).hexdigest(), len(data))

    def finish(self, software: str, title: str) -> None:
        """Add what describes the rest, and the digest of that."""
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "created": self._at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "software": software,
            **({"title": title} if title else {}),
            "resources": self._resources,
        }
        described = json.dumps(package, indent=2).encode()
        self.add("datapackage.json", described)
        digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(described).hexdigest()}"}
        self.add("datapackage-digest.json", json.dumps(digest, indent=2).encode())

    def _entry(self, path: str, how: int) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(path, self._at.timetuple()[:6])
        entry.compress_type = how
        entry.external_attr = 0o644 << 16
        return entry

    def _list(self, path: str, digest: str, size: int) -> None:
        name = path.rpartition("/")[2].lower()
        self._resources.append({"name": name, "path": path, "hash": f"sha256:{digest}", "bytes": size})
