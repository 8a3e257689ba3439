"""A process that is killed at any moment leaves whole pages behind, and everything it still had to ask for."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from archiver.store import frontier
from archiver.store.database import open_database
from tests.store.site import NOW, comment, latest, rows, thread, visit

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from itertools import count
from archiver.store.database import open_database
from tests.store.site import URL, begin, comment, follow_up, lease, page, save, thread

with open_database(sys.argv[1], create=True) as database:
    print("open", flush=True)
    for number in count():
        first = begin(database, f"{URL}/{number}")
        shown = [comment(f"{number}-{each}") for each in range(20)]
        save(database, page(first, thread(*shown, id=str(number), follow_ups=(follow_up(f"{number}/2"),))))
        for leased in lease(database, first.visit_id):
            save(database, page(leased, thread(comment(f"{number}-last"), id=str(number))))
"""


@pytest.mark.parametrize("seconds", [0.3, 0.7])
def test_a_killed_process_leaves_whole_pages(tmp_path: Path, seconds: float) -> None:
    path = tmp_path / "archive.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        time.sleep(seconds)
        writer.kill()
    with open_database(path, create=False) as database:
        assert rows(database, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        assert rows(database, "PRAGMA foreign_key_check") == []
        done = rows(database, "SELECT id FROM request WHERE state = 'done'")
        assert done == rows(database, "SELECT request_id AS id FROM capture ORDER BY 1")
        pages = rows(database, "SELECT SUM(comments) AS shown FROM reading_page")[0]["shown"] or 0
        assert len(latest(database)) == pages
        open_ones = rows(database, "SELECT id FROM request WHERE state <> 'done'")
        with database.write() as conn:
            leased = frontier.lease(conn, now=NOW, for_seconds=60, limit=1000)
        assert [each.request_id for each in leased] == [row["id"] for row in open_ones]
        visit(database, thread(comment("after")))
        assert latest(database)["after"]["text"]
