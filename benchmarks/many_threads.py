"""An archive of many threads: how long the next due looks take to be found, and `archiver status` to be printed.

`python -m benchmarks.many_threads` makes the archive in a folder for the time being: 100,000 articles on 500 sites with
a thread each, five comments and two captures an article.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from archiver.store import frontier, looks, replan, runs
from archiver.store.database import DATABASE_FILE, Database, open_database
from archiver.store.status import status
from archiver.threads.revisits import DEFAULT_MANNERS

ARCHIVER = Path(sys.executable).with_name("archiver")
ROUNDS = 21

# Each statement fills a table from the numbers of the threads. Times lie around now; one article in a thousand is due.
FILL = (
    "INSERT INTO run (id, command, software, settings, started) VALUES (1, 'crawl', 'archiver/0', '{}', :now)",
    """INSERT INTO article SELECT n, 'https://site-' || (n % 500) || '.example/story-' || n, :old, :now FROM number""",
    "INSERT INTO article_url SELECT id, id, url, 'read' FROM article",
    """INSERT INTO visit (id, run_id, article_id, url, key, started, ended, outcome)
       SELECT id, 1, id, url, url, :old, :old, CASE id % 100 WHEN 0 THEN 'failed' ELSE 'stored' END FROM article""",
    """INSERT INTO request (visit_id, key, state, due_at, attempts, host, url, method, headers, body, needed, purpose,
              context)
       SELECT id, 'GET ' || url || part, 'done', :old, 1, 'site-' || (id % 500) || '.example', url || part, 'GET', '[]',
              '', 1, purpose, '{}'
         FROM article, (SELECT '' AS part, 'article' AS purpose UNION SELECT '/api', 'api')""",
    """INSERT INTO capture (visit_id, request_id, url, method, status, at, warc_file, warc_offset, warc_length,
              record_id, sha256, robots, fidelity)
       SELECT visit_id, id, url, 'GET', 200, :old, 'a.warc.gz', id * 9000, 9000, id, id, 'allowed', 'exact'
         FROM request""",
    """INSERT INTO article_revision (id, article_id, capture_id, visit_id, extractor, confirmed_by, digest, change,
              is_current, seen, title, authors, text, html, tags, media, found_by, confidence)
       SELECT id, id, id, id, 'article 1', '[]', id, 'first', 1, :old, 'A story', '[]', hex(zeroblob(1500)), '', '[]',
              '[]', '{}', 1 FROM article""",
    """INSERT INTO quote (article_revision_id, number, span_start, span_end, text, kind, mark_open, mark_close,
              repaired, rule, confidence)
       SELECT id, 0, 0, 9, 'It floats.', 'direct', '', '', 0, 'marks', 1 FROM article""",
    """INSERT INTO thread (id, article_id, platform, native_id, state, first_seen, evidence, confidence)
       SELECT id, id, 'wordpress', id, 'open', :old, '[]', 1 FROM article""",
    """INSERT INTO reading (id, visit_id, thread_id, started, at, closed, claimed, collected, completeness, reason,
              read_to_end)
       SELECT id, id, id, :old, :old, :old, 6, 5, CASE id % 50 WHEN 0 THEN 'incomplete' ELSE 'complete' END, 'hidden', 1
         FROM article""",
    """INSERT INTO comment (thread_id, native_id, id_origin, kind, published, state, first_seen, last_seen, sources,
              confidence, title)
       SELECT a.id, a.id * 10 + m.n, 'native', 'comment', :old, CASE (a.id + m.n) % 97 WHEN 0 THEN 'deleted' ELSE
              'visible' END, :old, :old, '["api"]', 1, hex(zeroblob(100))
         FROM article a, (SELECT n FROM number LIMIT 5) m""",
    """INSERT INTO revisit (article_id, host, began, seen, looked_at, visited_at, newest, failures, found, told, due_at,
              why)
       SELECT id, 'site-' || (id % 500) || '.example', :old, 5, :old, :old, :old, 0, '5 new comments in 2 h', 0,
              strftime('%Y-%m-%dT%H:%M:%SZ', :now, ((id * 7919) % 1000) || ' hours', '-1 minute'), 'first look'
         FROM article""",
)


@click.command()
@click.option("--threads", default=100_000, show_default=True)
def main(threads: int) -> None:
    """Prints the fastest of some rounds, in milliseconds; what was written is taken back each time."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), threads)
        with open_database(Path(folder) / DATABASE_FILE, create=False) as database:
            now = datetime.now(UTC)
            click.echo(f"{threads:,} threads, {(Path(folder) / DATABASE_FILE).stat().st_size / 1e6:.0f} MB")
            tell("the next due time", lambda: _read(database, looks.next_due))
            tell("32 due articles found", lambda: _read(database, lambda conn: looks.due_rows(conn, now=now, limit=32)))
            tell("a due look begun, its request leased", lambda: begin(database, now, 1))
            tell("32 due looks begun, their requests leased", lambda: begin(database, now, 32))
            tell("all looks planned anew", lambda: plan(database, now), rounds=2)
            tell("status", lambda: _read(database, lambda conn: status(conn, now=now)), rounds=5)
        tell("archiver status, the whole command", lambda: command(Path(folder)), rounds=5)


def make(folder: Path, threads: int) -> None:
    """An archive with that many articles and threads."""
    with open_database(folder / DATABASE_FILE, create=True):
        pass
    moments = {"now": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "old": "2026-01-01T00:00:00Z"}
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as database, database:
        database.execute("CREATE TEMP TABLE number (n INTEGER PRIMARY KEY)")
        database.executemany("INSERT INTO number VALUES (?)", ((n,) for n in range(1, threads + 1)))
        for statement in FILL:
            database.execute(statement, moments)


def begin(database: Database, now: datetime, number: int) -> None:
    """What a session does when it has room for more; then it is undone."""
    with database.write() as conn:
        run = runs.start_run(conn, command="watch", software="archiver/0", settings={}, now=now)
        begun = looks.begin_due(
            conn, now=now, limit=number, run_id=run, manners=DEFAULT_MANNERS, paces={}, take=lambda _: True
        )
        leased = frontier.lease(conn, now=now, for_seconds=60, limit=number, run_id=run)
        assert len(begun) == len(leased) == number
        conn.get_transaction().rollback()  # type: ignore[union-attr]


def plan(database: Database, now: datetime) -> None:
    with database.write() as conn:
        made = replan.spent(conn, now=now, manners=DEFAULT_MANNERS, delay=1.0)
        replan.plan_anew(conn, now=now, manners=DEFAULT_MANNERS, made=made)
        conn.get_transaction().rollback()  # type: ignore[union-attr]


def command(folder: Path) -> None:
    subprocess.run([ARCHIVER, "status", "--archive", str(folder)], check=True, stdout=subprocess.DEVNULL)


def _read(database: Database, ask: Callable[..., object]) -> None:
    with database.read() as conn:
        ask(conn)


def tell(what: str, work: Callable[[], None], rounds: int = ROUNDS) -> None:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    click.echo(f"{what:42} {min(times) * 1000:9.1f} ms")


if __name__ == "__main__":
    main()
