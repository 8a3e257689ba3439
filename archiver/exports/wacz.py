"""The captures themselves as one WACZ file, for ReplayWeb.page, pywb and other tools that replay pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from archiver.errors import ArchiverError
from archiver.exports.target import STDOUT
from archiver.store import read
from archiver.store.database import Database
from archiver.store.rows import CaptureRow
from archiver.warc.wacz import WaczPage, write_wacz
from archiver.warc.writer import OPEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Packed:
    """How many pages the file lists, and what should be in it and is lost: address and time of each capture."""

    pages: int
    lost: tuple[str, ...] = ()


def export_wacz(
    database: Database, folder: Path, path: Path, *, at: datetime, software: str, url: str | None = None
) -> Packed:
    """Packs the captures in `folder`, or those of the article at `url`.

    `at` is the present time. Raises `NotArchived` for an unknown `url`, `EvidenceDamaged` where a file is torn or
    changed, and `ArchiverError` where `path` cannot be written. Of a file that was repaired the rest is packed.
    """
    if str(path) == STDOUT:
        raise ArchiverError("wacz", "cannot be written to standard output", remedy="Name a file.")
    with database.read() as conn:
        chosen = [row.capture for row in read.captures(conn, url=url)] if url else None
        pages = list(_pages(conn, url))
    files = _all_files(folder) if chosen is None else sorted({capture.file for capture in chosen})
    keep = None if chosen is None else {capture.record_id for capture in chosen}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = write_wacz(folder, files, pages, path, at=at, software=software, title=_title(pages), keep=keep)
    except OSError as error:
        cause = f"cannot be written ({error.strerror or error})"
        raise ArchiverError(str(path), cause, remedy="Choose another file, or free some space.") from error
    with database.read() as conn:
        lost = tuple(
            f"{row.capture.url}, {row.capture.at:%Y-%m-%d %H:%M:%S} UTC"
            for row in read.captures(conn, url=url)
            if row.capture.record_id not in packed
        )
    return Packed(pages=sum(page.record_id in packed for page in pages), lost=lost)


def _all_files(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(OPEN) for path in folder.glob("*.warc.gz*") if _is_warc(path.name))


def _is_warc(name: str) -> bool:
    return name.removesuffix(OPEN).endswith(".warc.gz")


def _pages(conn: Connection, url: str | None) -> Iterator[WaczPage]:
    """The articles' own pages, each time one was read."""
    titles = {article.url: article.title for article in read.articles(conn, url=url)}
    for row in read.captures(conn, url=url):
        if _is_page(row):
            title = titles.get(row.article_url or "") or ""
            yield WaczPage(url=row.capture.url, at=row.capture.at, record_id=row.capture.record_id, title=title)


def _is_page(row: CaptureRow) -> bool:
    return row.purpose == "article" and row.article_url is not None and row.capture.status == 200


def _title(pages: list[WaczPage]) -> str:
    return pages[0].title if len({page.url for page in pages}) == 1 else ""
