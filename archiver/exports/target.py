"""Where an export goes: a file that is there whole or not at all, or standard output."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from archiver.errors import ArchiverError

STDOUT = "-"


@contextlib.contextmanager
def target(path: str | Path) -> Iterator[BinaryIO]:
    """The file to write to. One of that name is replaced when all is written, and stays when something goes wrong."""
    if str(path) == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    final = Path(path)
    part = final.with_name(f".{final.name}.part")
    try:
        with _written(part, final) as file:
            yield file
    except OSError as error:
        cause = f"cannot be written ({error.strerror or error})"
        raise ArchiverError(str(final), cause, remedy="Choose another file, or free some space.") from error


@contextlib.contextmanager
def _written(part: Path, final: Path) -> Iterator[BinaryIO]:
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        with part.open("wb") as file:
            yield file
        part.replace(final)
    finally:
        part.unlink(missing_ok=True)
