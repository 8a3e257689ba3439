"""A crawl killed again and again, and gone on with until nothing is left to do."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from archiver.evidence.verify import verify_archive
from archiver.warc.reader import read_record
from tests.site.server import Site
from tests.survival.paper import truth

ROOT = Path(__file__).parents[2]


@dataclass
class Score:
    """What was lost or doubled, counted after every kill and at the end. All but the first three have to be 0."""

    kills: int = 0
    rounds: int = 0
    """Crawls that came to their end, each in an archive of its own."""
    comments: int = 0
    rows_without_record: int = 0
    damaged: int = 0
    comments_lost: int = 0
    comments_taken_back: int = 0
    """Comments that were in the archive at a kill, and were not later."""
    wrong_parents: int = 0
    threads_never_fetched: int = 0
    doubled: int = 0
    left_open: int = 0
    """Visits and readings that never came to an end."""
    seen: set[tuple[str, str]] = field(default_factory=set, repr=False)

    @property
    def losses(self) -> dict[str, int]:
        """What has to be 0."""
        counts = {name: value for name, value in vars(self).items() if isinstance(value, int)}
        return {name: value for name, value in counts.items() if name not in ("kills", "rounds", "comments")}


def crawl(site: Site, folder: Path) -> subprocess.Popen[bytes]:
    """The real command, in a process of its own."""
    command = [sys.executable, "-m", "archiver", "crawl", site.url("/sitemap.xml"), "--archive", str(folder)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, "--delay", "0", "--quiet"], cwd=ROOT, **quiet)


def torture(site: Site, folder: Path, score: Score, *, kills: int, moments: random.Random, longest: float) -> None:
    """Kills crawls until there were `kills`, each at a random moment within `longest` seconds, then lets it end.

    A crawl that ends before all kills were made begins anew in another folder.
    """
    while score.kills < kills:
        archive = folder / str(score.rounds)
        while score.kills < kills:
            process = crawl(site, archive)
            try:
                process.wait(moments.uniform(0.4, longest))
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                score.kills += 1
                look(archive, score)
        finish(site, archive, score)


def look(archive: Path, score: Score) -> None:
    """What a kill left behind."""
    if not (archive / "archive.db").exists():
        return
    with closing(sqlite3.connect(archive / "archive.db")) as database:
        tables = {name for (name,) in database.execute("select name from sqlite_master where type = 'view'")}
        if "latest_comment" not in tables:
            return
        rows = database.execute("select warc_file, warc_offset, warc_length, record_id from capture").fetchall()
        now = set(database.execute("select thread_id || '', native_id from comment"))
    score.comments_taken_back += len(score.seen - now)
    score.seen = now
    for file, offset, length, record_id in rows[-200:]:
        score.rows_without_record += read_record(archive / "captures", file, offset, length).id != record_id


def finish(site: Site, archive: Path, score: Score) -> None:
    """Lets the crawl come to its end, and compares the archive with the truth."""
    for _ in range(5):
        crawl(site, archive).wait()
        with closing(sqlite3.connect(archive / "archive.db")) as database:
            if not database.execute("select 1 from visit where ended is null").fetchone():
                break
        time.sleep(6)  # a kill while a page was under way may have put its request off
    look(archive, score)
    score.seen = set()
    score.rounds += 1
    score.damaged += len(verify_archive(archive).damages)
    with closing(sqlite3.connect(archive / "archive.db")) as database:
        compare(database, site, score)


def compare(database: sqlite3.Connection, site: Site, score: Score) -> None:
    """Counts what is missing, wrong or doubled."""
    found: dict[str, dict[str, str | None]] = {}
    wanted = "select article_url, native_id, parent_native_id from latest_comment"
    for url, native_id, parent in database.execute(wanted):
        found.setdefault(urlsplit(url).path, {})[native_id] = parent
    for path, comments in truth(site.stories).items():
        here = found.get(path, {})
        score.threads_never_fetched += not here
        score.comments += len(here)
        score.comments_lost += len(comments.keys() - here.keys())
        score.doubled += len(here.keys() - comments.keys())
        score.wrong_parents += sum(here[name] != parent for name, parent in comments.items() if name in here)
    for table, owner in (("comment_revision", "comment_id"), ("article_revision", "article_id")):
        more = f"select coalesce(sum(n - 1), 0) from (select count(*) n from {table} group by {owner})"
        score.doubled += database.execute(more).fetchone()[0]
    twice = "select count(*) from (select 1 from thread group by article_id, platform having count(*) > 1)"
    score.doubled += database.execute(twice).fetchone()[0]
    score.doubled += max(0, database.execute("select count(*) from article").fetchone()[0] - len(site.stories))
    for undone in ("visit where ended is null", "reading where closed is null", "request where state = 'leased'"):
        score.left_open += database.execute(f"select count(*) from {undone}").fetchone()[0]
