"""Comments per second of each export, beside the sqlite3 command line on the same archive and in the same run.

    python -m benchmarks.exports [--comments 100000] [--archive FILE] [--rounds 3]

Without `--archive` one is made first, of invented words, a thousand comments an article; making it takes longer than
measuring it. `--archive` keeps it at FILE, and uses what is there already. The sqlite3 command line comes with the
package `sqlite3` (Debian), `sqlite` (Fedora, Homebrew).
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from archiver.exports.formats import FORMATS, export
from archiver.items import Article, Capture, Comment, Extraction, PageItem, ThreadPage
from archiver.store import frontier
from archiver.store.closing import close_visit
from archiver.store.database import Database, open_database
from archiver.store.save import save_page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PER_ARTICLE = 1000
WORDS = 'the harbour stays open, “they” said = résumé naïve and "again" a ferry, late; Ida asked; nobody knew'.split()  # noqa: SIM905 - read as a sentence
QUERY = "SELECT * FROM latest_comment"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.archive or Path(folder) / "archive.db"
        if not path.exists():
            make(path, chosen.comments)
        measure(path, Path(folder), chosen.rounds)
    return 0


def measure(path: Path, folder: Path, rounds: int) -> None:
    """Prints a line for each way out: the best of the rounds, all ways taking turns, for others share the machine."""
    shell = shutil.which("sqlite3")
    if shell is None:
        print("sqlite3 is not installed: no comparison", file=sys.stderr)
    with open_database(path, create=False, write=False) as database:
        count = export(database, "jsonl", folder / "count")
        ways: dict[str, Callable[[], object]] = {
            f"sqlite3 -{mode}": partial(run, [shell, f"-{mode}", str(path), QUERY], folder / mode)
            for mode in ("csv", "json")
            if shell is not None
        }
        ways |= {f"export {name}": partial(export, database, name, folder / name) for name in FORMATS}
        measured = [turns(ways) for _ in range(rounds)]
    taken = {way: min(times) for way, times in zip(ways, zip(*measured, strict=True), strict=True)}
    for way, seconds in taken.items():
        peer = taken.get("sqlite3 -csv" if way == "export csv" else "sqlite3 -json")
        share = f"   {peer / seconds:.2f} of sqlite3" if peer and way.startswith("export") else ""
        print(f"{way:14} {count / seconds:10,.0f} comments/s{share}")


def turns(ways: dict[str, Callable[[], object]]) -> list[float]:
    """Seconds that each way takes, one after the other."""
    taken = []
    for work in ways.values():
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def run(command: list[str], target: Path) -> None:
    with target.open("wb") as file:
        subprocess.run(command, stdout=file, check=True)


def make(path: Path, comments: int) -> None:
    """An archive of invented articles, as a crawl would have written it."""
    chance = random.Random(1)
    with open_database(path, create=True) as database:
        for number in range(max(1, comments // PER_ARTICLE)):
            store(database, f"https://news.example/{number}", chance)


def store(database: Database, url: str, chance: random.Random) -> None:
    with database.write() as conn:
        visit_id = frontier.add_visit(conn, url=url, run_id=None, now=NOW)
        (leased,) = frontier.lease(conn, now=NOW, for_seconds=60, limit=1, visits=[visit_id])
    thread = ThreadPage(
        platform="wordpress",
        id=url,
        claimed=PER_ARTICLE,
        comments=tuple(comment(url, number, chance) for number in range(PER_ARTICLE)),
        extractor="benchmark 1",
    )
    captured = Capture(url=url, status=200, at=NOW, file="none", offset=0, length=1, record_id=url, sha256="00")
    found = Extraction(url=url, article=Article(url=url, title="The harbour", text="Open."), threads=(thread,))
    item = PageItem(capture=captured, request_id=leased.request_id, visit_id=visit_id, extraction=found)
    save_page(database, item, now=NOW)
    close_visit(database, visit_id, now=NOW)


def comment(url: str, number: int, chance: random.Random) -> Comment:
    text = " ".join(chance.choices(WORDS, k=45))
    return Comment(
        id=str(number),
        parent_id=str(number - 1) if number % 3 else None,
        author=f"Ida {number % 300}",
        published=NOW - timedelta(minutes=number),
        published_raw="then",
        published_precision="second",
        text=text,
        html=f"<p>{text}</p>",
        permalink=f"{url}#comment-{number}",
    )


if __name__ == "__main__":
    sys.exit(main())
