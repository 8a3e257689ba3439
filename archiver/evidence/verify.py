"""Whether the evidence is as it was written, and which rows hang on what is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from archiver import errors
from archiver.evidence.agree import disagreements
from archiver.evidence.differences import Differences
from archiver.evidence.rebuild import rebuild, rehearsal
from archiver.store.carried import carried
from archiver.store.database import DATABASE_FILE, Database, open_database
from archiver.store.read import captures
from archiver.store.rows import CaptureRow
from archiver.store.seals import broken
from archiver.warc import FOLDER
from archiver.warc.adopt import adopt
from archiver.warc.repair import Repaired, repair
from archiver.warc.verify import Finding, check_capture, check_files
from archiver.warc.writer import OPEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """A capture that a damage touches: its row, its address, and how many rows were read from it, by kind."""

    capture_id: int
    url: str
    article_url: str | None
    rows: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """Something that is not as it was written, and what hangs on it."""

    finding: Finding
    carries: tuple[Carried, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What was looked at, and all that is wrong. `repaired` holds what a repair did, by file."""

    files: int
    captures: int
    damages: tuple[Damage, ...] = ()
    changed: tuple[str, ...] = ()
    """Rows of runs, visits and captures in which a cell was changed since they were written."""
    repaired: Mapping[str, Repaired] = field(default_factory=dict, hash=False)
    deep: Differences | None = None
    """Where rows do not follow from the captures; None where that was not asked for."""
    unreadable: tuple[str, ...] = ()
    """Pages on which today's extractors fail, each with what they fail on."""

    @property
    def exit_status(self) -> int:
        wrong = self.damages or self.changed or self.deep or self.unreadable
        return errors.DAMAGED if wrong else errors.OK


def verify_archive(
    folder: Path, database: str | None = None, *, deep: bool = False, repair_at: datetime | None = None
) -> Verdict:
    """The verdict on the archive in `folder`.

    `deep` reads each capture again, and names the rows that do not follow from it. With `repair_at`, the present
    time, damaged files are repaired too. Raises `NotArchived`; with `repair_at` also `ArchiveBusy` where somebody
    writes to the archive.
    """
    address = database or folder / DATABASE_FILE
    with open_database(address, create=False, write=repair_at is not None) as opened:
        if repair_at is not None:
            adopt(folder / FOLDER)  # what a killed process left is no damage, and a file that is open is not repaired
        verdict = verify(opened, folder / FOLDER)
        if repair_at is not None:
            verdict = repair_files(verdict, folder / FOLDER, at=repair_at)
    return read_deeply(verdict, address, folder / FOLDER) if deep else verdict


def read_deeply(verdict: Verdict, address: str | Path, folder: Path) -> Verdict:
    """The verdict with what a rehearsed rebuild, and the addresses in the rows themselves, have to say."""
    with rehearsal(address) as copy:
        rebuilt = rebuild(copy, folder, keep=False)
        with copy.read() as conn:
            for each in disagreements(conn):
                rebuilt.differences.add([each])
    return replace(verdict, deep=rebuilt.differences, unreadable=rebuilt.replayed.unreadable)


def verify(database: Database, folder: Path) -> Verdict:
    """Every byte of every WARC file of `folder` against its digests, every row of `capture` against its record."""
    found: dict[str, list[tuple[Finding, list[CaptureRow]]]] = defaultdict(list)
    for finding in check_files(folder):
        found[finding.file].append((finding, []))
    with database.read() as conn:
        count = 0
        for count, row in enumerate(captures(conn), start=1):  # noqa: B007 - the number of rows is wanted
            _attach(found[row.capture.file], row, check_capture(folder, row.capture))
        touched = {row.id for each in found.values() for _, rows in each for row in rows}
        rows = carried(conn, touched)
        changed = tuple(f"{table} {row['id']}: a cell was changed since it was written" for table, row in broken(conn))
    damages = [_damage(finding, carriers, rows) for each in found.values() for finding, carriers in each]
    damages.sort(key=lambda damage: (damage.finding.file, damage.finding.offset))
    return Verdict(files=len(_files(folder)), captures=count, damages=tuple(damages), changed=changed)


def repair_files(verdict: Verdict, folder: Path, *, at: datetime) -> Verdict:
    """The verdict with its files made readable again: every whole record stays where it was.

    What is lost stays lost, and the verdict goes on saying so. Files that somebody writes to must be left out.
    """
    names = dict.fromkeys(damage.finding.file for damage in verdict.damages)
    repaired = {name: repair(folder / name, at=at) for name in names if (folder / name).is_file()}
    return replace(verdict, repaired=repaired)


def _files(folder: Path) -> list[Path]:
    return [*folder.glob("*.warc.gz"), *folder.glob(f"*.warc.gz{OPEN}")]


def _attach(found: list[tuple[Finding, list[CaptureRow]]], row: CaptureRow, own: Finding | None) -> None:
    """Hangs a capture on the damages that it lies in; what is wrong with it alone is a damage of its own."""
    start, end = row.capture.offset, row.capture.offset + row.capture.length
    touching = [rows for finding, rows in found if start < finding.offset + finding.length and finding.offset < end]
    for rows in touching:
        rows.append(row)
    if own is not None and not touching:
        found.append((own, [row]))


def _damage(finding: Finding, rows: Iterable[CaptureRow], counts: Mapping[int, Mapping[str, int]]) -> Damage:
    carries = tuple(
        Carried(
            capture_id=row.id,
            url=row.capture.url,
            article_url=row.article_url,
            rows=dict(counts.get(row.id, {})),
        )
        for row in rows
    )
    return Damage(finding=finding, carries=carries)
