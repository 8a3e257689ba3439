"""WACZ: WARC files, their index and a list of pages in one file that replay tools open.

https://specs.webrecorder.net/wacz/1.1.1/. The records go in as they are; for the few that replay tools would read
wrong the index leads to a stand-in, in a WARC file of its own, see `archiver.warc.stand_in`.
"""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from archiver.warc import cdxj, packing
from archiver.warc.packing import Member
from archiver.warc.stand_in import is_needed

VERSION = "1.1.1"

_ZIP64 = 1
"""The extra field for sizes of more than four bytes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaczPage:
    """A page that a reader of the WACZ may begin at. `at` and `record_id` are those of its capture."""

    url: str
    at: datetime
    record_id: str
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
) -> Collection[str]:
    """Pack WARC files of a folder: the ids of the responses that are in it. Only pages among them are listed.

    `at` is the present time, `keep` the ids of the responses to pack: None for all. Of a file packed in part the
    revisits become whole responses, for what they refer to may be left out. Raises `EvidenceDamaged` where a file is
    torn or changed. `out` appears only when it is whole.
    """
    part = out.with_name(out.name + ".part")
    try:
        with zipfile.ZipFile(part, "w") as zipped:
            wacz = _Wacz(zipped, at)
            lines = [line for file in files for line in wacz.archive(packing.chosen(folder, file, keep), file)]
            if wacz.misleading:
                made = packing.stand_ins(folder, wacz.misleading, at=at, software=software)
                lines += wacz.archive(made, packing.STAND_INS)
            wacz.add("indexes/index.cdx", "".join(f"{line}\n" for line in sorted(lines)).encode(), zipfile.ZIP_STORED)
            listed = (page for page in pages if page.record_id in wacz.packed)
            wacz.add("pages/pages.jsonl", "".join(_page_lines(listed)).encode())
            wacz.finish(software, title)
        part.replace(out)
        return wacz.packed
    finally:
        part.unlink(missing_ok=True)


def _page_lines(pages: Iterable[WaczPage]) -> Iterator[str]:
    yield json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}) + "\n"
    for page in pages:
        ts = page.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        number = str(uuid5(NAMESPACE_URL, f"{ts} {page.url}"))
        yield json.dumps({"id": number, "url": page.url, "ts": ts, "title": page.title or page.url}) + "\n"


class _Wacz:
    """The zip file while it grows, with the list of what is in it."""

    def __init__(self, zipped: zipfile.ZipFile, at: datetime) -> None:
        self._zipped = zipped
        self._at = at.astimezone(UTC)
        self._resources: list[dict[str, str | int]] = []
        self.packed: set[str] = set()
        """Ids of the responses."""
        self.misleading: list[Member] = []
        """Records that want a stand-in, without their bytes."""

    def archive(self, members: Iterable[Member], file: str) -> Iterator[str]:
        """Add a WARC file, uncompressed, so that a record can be read where it lies; gives its index lines."""
        path, digest, size = f"archive/{file}", sha256(), 0
        entry = self._entry(path, zipfile.ZIP_STORED)
        with self._zipped.open(entry, "w", force_zip64=True) as out:
            for member in members:
                out.write(member.data)
                digest.update(member.data)
                line = self._line(member, file, size)
                size += len(member.data)
                if line is not None:
                    yield line
        # ReplayWeb.page takes the data to begin right after the name unless the directory tells of an extra field too.
        entry.extra = struct.pack("<HHQQ", _ZIP64, 16, size, size)
        self._list(path, digest.hexdigest(), size)

    def _line(self, member: Member, file: str, offset: int) -> str | None:
        if member.record.type in ("response", "revisit"):
            self.packed.add(member.record.id)
        if is_needed(member.record):
            self.misleading.append(replace(member, record=replace(member.record, block=b""), data=b""))
            return None
        return cdxj.line(replace(member.record, file=file, offset=offset, length=len(member.data)), member.asked)

    def add(self, path: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
        self._zipped.writestr(self._entry(path, how), data)
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
