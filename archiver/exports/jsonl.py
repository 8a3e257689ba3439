"""JSON Lines, one comment a line, with the columns of the CSV: for jq, pandas, DuckDB, and all that reads by lines."""

from __future__ import annotations

from typing import BinaryIO

import msgspec
from sqlalchemy import Connection

from archiver.exports.columns import FIELDS, flat


def write(conn: Connection, target: BinaryIO, *, url: str | None = None) -> int:
    """Writes all comments, or those of one article; how many they are. Every line has every key."""
    names = [field.name for field in FIELDS]
    encoder = msgspec.json.Encoder()
    written = 0
    for part in flat(conn, url):
        rows = [dict(zip(names, (*part.head, *row, *part.tail), strict=True)) for row in part.rows]
        target.write(encoder.encode_lines(rows))
        written += len(rows)
    return written
