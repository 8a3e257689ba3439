"""The formats by name, and the one function that exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from archiver.errors import BadSetting
from archiver.exports import csv, json, jsonl, wacz
from archiver.exports.target import target
from archiver.store.database import Database

FORMATS: Mapping[str, Callable[..., int]] = {"csv": csv.write, "json": json.write, "jsonl": jsonl.write}
"""Name → the function that writes it: `write(conn, file, *, url=None, …)`, giving the number of comments written."""

PACKAGES: Mapping[str, Callable[..., wacz.Packed]] = {"wacz": wacz.export_wacz}
"""Name → the function that packs the captures themselves: `pack(database, folder, path, *, at, software, url=None)`,
giving the number of pages."""


def export(database: Database, name: str, path: str | Path, **options: Any) -> int:
    """Writes the archive to `path` (`-` is standard output) in a format; how many comments it wrote.

    `options` are those of the format: `url` for one article; for csv `raw` and `excel`. Raises `BadSetting` for a
    format that is not there, `NotArchived` for an unknown `url`.
    """
    if name not in FORMATS:
        raise BadSetting(name, "is no format", remedy=f"There are {', '.join(FORMATS)}.")
    with database.read() as conn, target(path) as file:
        return FORMATS[name](conn, file, **options)
