"""The row of an HTTP exchange."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, select

from archiver.items import Capture
from archiver.store.dialect import Prepared
from archiver.store.schema import capture, visit
from archiver.store.seals import write_seal

_RUN = select(visit.c.run_id).where(visit.c.id == bindparam("of_visit")).scalar_subquery()
_INSERT = Prepared(
    capture,
    lambda insert: (
        insert.values(run_id=_RUN).on_conflict_do_nothing(index_elements=["record_id"]).returning(*capture.c)
    ),
)
_KNOWN = select(capture.c.id).where(capture.c.record_id == bindparam("record"))
_IN_WARC = {"file": "warc_file", "offset": "warc_offset", "length": "warc_length"}


def save_capture(conn: Connection, kept: Capture, *, visit_id: int, request_id: int | None) -> int:
    """The capture's row. A second call with the same record is harmless."""
    values = {_IN_WARC.get(name, name): value for name, value in asdict(kept).items()}
    values |= {"visit_id": visit_id, "request_id": request_id, "of_visit": visit_id}
    row = conn.execute(_INSERT(conn), values).mappings().one_or_none()
    if row is None:
        return int(conn.execute(_KNOWN, {"record": kept.record_id}).scalar_one())
    write_seal(conn, capture, row)
    return int(row["id"])
