"""Files that a killed process left open: what is whole in them is kept, and they get their final names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

from archiver.warc.scan import Member, members
from archiver.warc.writer import OPEN, lock


def adopt(folder: Path) -> tuple[str, ...]:
    """Cut the torn end off every leftover file, rename it, and give the names. Harmless at any time, and twice.

    Files that a living process writes to are left alone. A file without a whole record is deleted: there is
    nothing in it.
    """
    return tuple(_adopt_all(folder))


def _adopt_all(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob(f"*{OPEN}")):
        try:
            file = FileIO(path, "rb+")
        except FileNotFoundError:
            continue  # its process has just closed it
        with file:
            if lock(file) and _close(path, file):
                yield path.name.removesuffix(OPEN)


def _close(path: Path, file: FileIO) -> bool:
    end = max((found.offset + len(found.packed) for found in members(path) if isinstance(found, Member)), default=0)
    if not end:
        path.unlink()
        return False
    file.truncate(end)
    os.fsync(file.fileno())
    path.rename(path.with_name(path.name.removesuffix(OPEN)))
    return True
