"""How fast threads are found, beside trafilatura: pages per CPU second on the same pages in the same run, interleaved.

    python benchmarks/thread_speed.py ../shared/data/threads/dragnet [--pages 300]

Each page is read once by each, and parsed anew: what is remembered of one page helps with the next no more than in a
crawl. 'thread pass': parsing and everything from the outline to the comments. 'whole': `archiver.extract`, with
platforms, article and quotes. Needs trafilatura, which the archiver itself does not use.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from trafilatura import bare_extraction

import archiver
from archiver.pages import threads
from archiver.pages.page import Page, decode

Extract = Callable[[bytes, str], object]


def thread_pass(html: bytes, url: str) -> object:
    return threads.find(Page(url=url, body=html))


def peer(html: bytes, url: str) -> object:
    return bare_extraction(decode(html), url=url or None, include_comments=True, with_metadata=False)


WARM_UP = b"<html><body><article><h1>A</h1><p>Some words.</p></article></body></html>"
EXTRACTORS: dict[str, Extract] = {"trafilatura": peer, "thread pass": thread_pass, "whole": archiver.extract}


def seconds(pages: list[tuple[bytes, str]]) -> dict[str, float]:
    """CPU seconds of each extractor for all pages, which take turns at every page."""
    spent = dict.fromkeys(EXTRACTORS, 0.0)
    for html, url in pages:
        for name, extract in EXTRACTORS.items():
            begin = time.process_time()
            extract(html, url)
            spent[name] += time.process_time() - begin
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="NAME.html files, each with its address in NAME.json")
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    files = sorted(options.folder.glob("*.html"))
    files = files[:: max(1, len(files) // options.pages)][: options.pages]
    pages = [(file.read_bytes(), json.loads(file.with_suffix(".json").read_bytes()).get("url") or "") for file in files]
    for extract in EXTRACTORS.values():
        extract(WARM_UP, "https://a.example/")
    spent = seconds(pages)
    for name, taken in spent.items():
        pages_a_second, ratio = len(pages) / taken, spent["trafilatura"] / taken
        print(f"{name:12} {pages_a_second:6.1f} pages per CPU second, {ratio:.2f} x trafilatura")


if __name__ == "__main__":
    main()
