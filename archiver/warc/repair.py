"""A damaged WARC file made readable again: every whole record stays where it was, and what is lost is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archiver.warc import records
from archiver.warc.scan import Damage, Member, members
from archiver.warc.verify import Finding, check_file
from archiver.warc.writer import new_id

DAMAGED = ".damaged"
"""Ends the name under which the file is kept as it was found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Repaired:
    """What a repair did. `kept` counts whole records; `lost` are the stretches that hold none."""

    kept: int
    lost: tuple[Finding, ...]


def repair(path: Path, *, at: datetime) -> Repaired:
    """Rewrite a closed file with its whole records at the same offsets, so that rows go on naming them rightly.

    A record that says what is lost stands in the place of each damaged stretch; a torn end is cut off. The file as
    it was found is kept beside it as `NAME.damaged`. `at` is the present time. Harmless for a file that is whole.
    A record that is whole gzip but not what was written (its digest fails) stays: it is all there is of it.
    """
    lost = tuple(check_file(path))
    if not lost:
        return Repaired(kept=sum(1 for _ in members(path)), lost=())
    made = path.with_name(path.name + ".repairing")
    kept = 0
    with made.open("wb") as out:
        count = 0
        for packed, is_old in _mended(path, at):
            out.write(packed)
            count, kept = count + 1, kept + is_old
        out.write(records.closing(record_id=new_id(), at=at, members=count, size=out.tell()))
        out.flush()
        os.fsync(out.fileno())
    path.rename(path.with_name(path.name + DAMAGED))
    made.rename(path)
    return Repaired(kept=kept, lost=lost)


def _mended(path: Path, at: datetime) -> Iterator[tuple[bytes, bool]]:
    """The members of the new file, and whether each is one of the old."""
    for found in members(path):
        if isinstance(found, Member):
            if b"\r\nArchiver-Members: " not in found.data.partition(b"\r\n\r\n")[0]:
                yield found.packed, True
        elif not found.at_end and (filler := _filler(found, at)):
            yield filler, False


def _filler(damage: Damage, at: datetime) -> bytes:
    """A record as long as the stretch. Nothing where it is shorter than any record: such bytes were put in later,
    and without them the records behind are back where the rows know them."""
    try:
        return records.damaged(record_id=new_id(), at=at, length=damage.length, reason=damage.reason)
    except ValueError:
        return b""
