"""The row of an HTTP exchange."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from archiver.items import Capture
from archiver.store.dialect import upsert
from archiver.store.schema import capture, visit
from archiver.store.seals import seal_of


def save_capture(conn: Connection, kept: Capture, *, visit_id: int, request_id: int | None) -> int:
    """The capture's row. A second call with the same record is harmless."""
    run_id = select(visit.c.run_id).where(visit.c.id == visit_id).scalar_subquery()
    conn.execute(
        upsert(conn, capture)
        .values(
            run_id=run_id,
            visit_id=visit_id,
            request_id=request_id,
            url=kept.url,
            method=kept.method,
            status=kept.status,
            at=kept.at,
            content_type=kept.content_type,
            warc_file=kept.file,
            warc_offset=kept.offset,
            warc_length=kept.length,
            record_id=kept.record_id,
            sha256=kept.sha256,
            robots=kept.robots,
            fidelity=kept.fidelity,
        )
        .on_conflict_do_nothing(index_elements=["record_id"])
    )
    row = conn.execute(select(capture).where(capture.c.record_id == kept.record_id)).mappings().one()
    if row["seal"] is None:
        conn.execute(update(capture).where(capture.c.id == row["id"]).values(seal=seal_of(row)))
    return int(row["id"])
