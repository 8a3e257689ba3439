"""Pages a second of `archiver crawl` beside plain Scrapy on the same pages: `python -m benchmarks.crawl`.

Both are whole commands, from their start to their end, with no delay and one request at a time. The peer asks for
exactly the addresses that the archiver asked for. Rounds alternate, and the fastest of each side counts: whatever else
runs on the machine only slows a round down.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import click

from benchmarks.newspaper import ASKED

ARCHIVER = Path(sys.executable).with_name("archiver")


@click.command()
@click.option("--articles", default=150, show_default=True)
@click.option("--comments", default=12, show_default=True, help="Comments an article.")
@click.option("--rounds", default=3, show_default=True)
def main(articles: int, comments: int, rounds: int) -> None:
    """Prints pages a second of both, and the ratio."""
    with newspaper(articles, comments) as base, tempfile.TemporaryDirectory() as folder:
        addresses = what_is_asked(base, Path(folder))
        times = [one_round(base, Path(folder, f"round-{number}"), addresses) for number in range(rounds)]
    ours, peers = (len(addresses) / min(column) for column in zip(*times, strict=True))
    click.echo(f"{articles} articles with {comments} comments, {len(addresses)} pages, the fastest of {rounds} rounds")
    click.echo(f"archiver crawl   {ours:7.1f} pages/s")
    click.echo(f"plain Scrapy     {peers:7.1f} pages/s")
    click.echo(f"ratio            {ours / peers:7.2f}")


@contextmanager
def newspaper(articles: int, comments: int) -> Iterator[str]:
    """The address of a server in another process."""
    command = [sys.executable, "-m", "benchmarks.newspaper", str(articles), str(comments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


def what_is_asked(base: str, folder: Path) -> list[str]:
    """The addresses that one archiver run asks for, in its order. It also makes the server's answers."""
    crawl(base, folder / "first")
    with urlopen(base + ASKED) as answer:
        paths = [path for path in json.load(answer) if path != "/robots.txt"]
    return [base + path for path in paths]


def one_round(base: str, folder: Path, addresses: Sequence[str]) -> tuple[float, float]:
    """Seconds of the archiver, seconds of the peer."""
    listed = folder.with_suffix(".json")
    listed.write_text(json.dumps(addresses), encoding="utf-8")
    return crawl(base, folder), timed([sys.executable, "-m", "benchmarks.plain_scrapy", str(listed)])


def crawl(base: str, folder: Path) -> float:
    return timed([str(ARCHIVER), "crawl", f"{base}/sitemap.xml", "--delay", "0", "--quiet", "--archive", str(folder)])


def timed(command: Sequence[str]) -> float:
    """Seconds that a command takes. Raises `CalledProcessError` where it fails: half a run is no measure."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
