"""Commands that write, as rows: which software, with which settings, when, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from archiver.store.schema import run
from archiver.store.seals import seal


def start_run(conn: Connection, *, command: str, software: str, settings: Mapping[str, Any], now: datetime) -> int:
    """The id of a run that begins. `settings` must hold no secrets."""
    values = {"command": command, "software": software, "settings": dict(settings), "started": now}
    run_id = int(conn.execute(insert(run).values(values).returning(run.c.id)).scalar_one())
    seal(conn, run, run_id)
    return run_id


def end_run(conn: Connection, run_id: int, *, counts: Mapping[str, int], now: datetime) -> None:
    """The run came to its end; one that was killed never gets here."""
    conn.execute(update(run).where(run.c.id == run_id).values(ended=now, counts=dict(counts)))
    seal(conn, run, run_id)
