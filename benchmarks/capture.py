"""What keeping the bytes costs: CPU time of a crawl with captures against one without, rounds interleaved.

    python benchmarks/capture.py [--pages 600] [--rounds 5]

A server process of its own sends gzipped pages of 40 comments over kept-alive connections; each crawl is a process
of its own and reads every comment. Prints the ratio of CPU seconds, the median over the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

COMMENTS = 40


def page(number: int) -> bytes:
    comments = (
        f"<li id=c{number}-{n}><b>Reader {n}</b><time datetime=2016-01-15T08:{n:02}Z></time>"
        f"<p>Comment {n} on story {number}: the bridge was closed for {number * n % 97} days.</p></li>"
        for n in range(COMMENTS)
    )
    body = gzip.compress(f"<html><body><ol>{''.join(comments)}</ol></body></html>".encode())
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def serve(pages: int, tell: Connection) -> None:
    """The server: until it is terminated."""
    answers = [page(number) for number in range(pages)]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(answers[int(head.split(b" ", 2)[1].strip(b"/"))])
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        tell.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def crawl(port: int, pages: int, folder: Path | None) -> None:
    """One crawl; prints its CPU and wall seconds, start-up left out."""
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.http import Response

    from archiver.warc.writer import Writer

    class Reader(Spider):
        name = "reader"

        async def start(self) -> AsyncIterator[Request]:
            for number in range(pages):
                yield Request(f"http://127.0.0.1:{port}/{number}")

        def parse(self, response: Response) -> Iterator[dict[str, object]]:
            comments = [(item.css("b::text").get(), item.css("p::text").get()) for item in response.css("li")]
            assert len(comments) == COMMENTS
            yield {"comments": comments}

    writer = Writer(folder, clock=lambda: datetime.now(UTC), software="benchmark") if folder else None
    handler = "archiver.crawl.handler.CaptureHandler"
    process = AsyncCrawlerProcess(
        {
            "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
            "ARCHIVER_CAPTURES": writer,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
        }
    )
    before, wall = os.times(), time.monotonic()
    process.crawl(Reader)
    process.start()
    if writer:
        writer.close()
    after = os.times()
    print(json.dumps([after.user + after.system - before.user - before.system, time.monotonic() - wall]))


def measured(port: int, pages: int, keep: bool) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, "--crawl", str(port), "--pages", str(pages)]
        done = subprocess.run(
            [*command, *(["--folder", folder] if keep else [])], capture_output=True, text=True, check=True
        )
    cpu, wall = json.loads(done.stdout)
    return cpu, wall


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--pages", type=int, default=600)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--crawl", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.crawl:
        crawl(asked.crawl, asked.pages, asked.folder)
        return
    told, tell = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(asked.pages, tell), daemon=True)
    server.start()
    port = told.recv()
    rounds = []
    for number in range(asked.rounds):
        kept = measured(port, asked.pages, keep=True) if number % 2 else None
        plain = measured(port, asked.pages, keep=False)
        kept = kept or measured(port, asked.pages, keep=True)
        rounds.append((kept[0] / plain[0], kept[1] / plain[1]))
        print(
            f"round {number + 1}: CPU {plain[0]:.2f} s plain, {kept[0]:.2f} s with captures, ratio {rounds[-1][0]:.3f}"
        )
    server.terminate()
    print(f"CPU ratio {statistics.median(cpu for cpu, _ in rounds):.3f}", end="   ")
    print(f"wall ratio {statistics.median(wall for _, wall in rounds):.3f}   (medians of {asked.rounds} rounds)")


if __name__ == "__main__":
    main()
