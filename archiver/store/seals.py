"""A digest beside rows that follow from no capture: runs, visits, captures themselves. A changed cell breaks it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, bindparam, select, update

from archiver.store.schema import capture, run, visit

SEALED = (run, visit, capture)


_ROW = {table: select(table).where(table.c.id == bindparam("row")) for table in SEALED}
_SEAL = {table: update(table).where(table.c.id == bindparam("row")).values(seal=bindparam("told")) for table in SEALED}


def seal(conn: Connection, table: Table, row_id: int) -> None:
    """Writes the seal of a row that will not change any more, or has just changed for a reason."""
    write_seal(conn, table, conn.execute(_ROW[table], {"row": row_id}).mappings().one())


def write_seal(conn: Connection, table: Table, row: RowMapping) -> None:
    """The same for a row that has just been read back."""
    conn.execute(_SEAL[table], {"row": row["id"], "told": seal_of(row)})


def is_sealed(conn: Connection, table: Table, row_id: int) -> bool:
    """Whether a row is as it was when it was sealed."""
    row = conn.execute(select(table).where(table.c.id == row_id)).mappings().one()
    return bool(row["seal"] == seal_of(row))


def broken(conn: Connection) -> Iterator[tuple[str, RowMapping]]:
    """Table and row of all that was changed since it was sealed. A visit that has not ended is not sealed yet."""
    for table in SEALED:
        for row in conn.execute(select(table).order_by(table.c.id)).mappings():
            is_open = table is visit and row["ended"] is None and row["seal"] is None
            if not is_open and row["seal"] != seal_of(row):
                yield str(table.name), row


def seal_of(row: RowMapping) -> str:
    """The digest of all cells but the seal, the row's number included. Equal on SQLite and PostgreSQL."""
    cells = {str(name): _plain(value) for name, value in row.items() if name != "seal"}
    told = json.dumps(cells, sort_keys=True, ensure_ascii=True)
    return sha256(told.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Times in UTC, to the second; everything else is plain JSON already."""
    return value.astimezone(UTC).isoformat(timespec="seconds") if isinstance(value, datetime) else value
