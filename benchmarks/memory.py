"""Memory of one long crawl: `python -m benchmarks.memory`. What a page leaves behind shall be nothing.

Posts with 1 to 30 comments, eight to a page, from a server in another process. The slope is that of the last two
thirds of the crawl: before, caches fill up to their size.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression

import click

from archiver.crawl import run
from archiver.crawl.events import Event, PageStored
from archiver.crawl.options import Options
from archiver.crawl.sites import Site


@dataclass
class Gauge:
    """Notes after every so many pages what the process holds, in KiB."""

    every: int
    pages: int = 0
    held: list[tuple[int, int]] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        if not isinstance(event, PageStored):
            return
        self.pages += 1
        if self.pages % self.every == 0:
            gc.collect()
            self.held.append((self.pages, resident()))
            click.echo(f"{self.pages:6} pages  {self.held[-1][1] / 1024:7.1f} MiB")

    @property
    def slope(self) -> float:
        """KiB a page."""
        pages, sizes = zip(*((page, size) for page, size in self.held if page > self.pages / 3), strict=True)
        return float(linear_regression(pages, sizes).slope)


def resident() -> int:
    """KiB of this process that lie in memory. Linux only."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@contextmanager
def paper(stories: int) -> Iterator[str]:
    """The address of a newspaper in another process."""
    command = [sys.executable, "-m", "tests.survival.paper", str(stories)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.stdin.close()


@click.command()
@click.option("--stories", default=3600, show_default=True, help="Each has 2.8 pages on average.")
@click.option("--every", default=500, show_default=True, help="Pages between two looks.")
def main(stories: int, every: int) -> None:
    """Prints the memory as the crawl goes on, and the slope."""
    gauge = Gauge(every)
    with paper(stories) as base, tempfile.TemporaryDirectory() as folder:
        run.crawl_sites([Site(url=f"{base}/sitemap.xml")], Options(folder=Path(folder), delay=0), listeners=[gauge])
    click.echo(f"{gauge.pages} pages, {gauge.slope:.3f} KiB a page over the last two thirds")


if __name__ == "__main__":
    main()
