"""A crawl leaves nothing behind in memory, however long it goes on. At full length: `python -m benchmarks.memory`."""

from __future__ import annotations

import gc
import sys
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

from archiver.crawl import reactor, run
from archiver.crawl.events import Event, PageStored
from archiver.crawl.options import Options
from archiver.crawl.sites import Site
from benchmarks.memory import paper

pytestmark = pytest.mark.long

WARM, WHOLE = 400, 800
"""Pages after which is counted."""


def blocks() -> int:
    """Pieces of memory that Python holds for objects, but for those in caches, whose size is limited."""
    gc.collect()
    for each in gc.get_objects():
        if type(each) is _lru_cache_wrapper and each is not reactor.loop:  # that is there once, for all tests
            each.cache_clear()
    gc.collect()
    return sys.getallocatedblocks()


def test_a_page_leaves_no_object_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.warc.writer.REMEMBERED", WARM // 2)
    counted: dict[int, int] = {}
    pages = 0

    def count(event: Event) -> None:
        nonlocal pages
        if isinstance(event, PageStored):
            pages += 1
            if pages in (WARM, WHOLE):
                counted[pages] = blocks()

    with paper(300) as base:
        run.crawl_sites([Site(url=f"{base}/sitemap.xml")], Options(folder=tmp_path, delay=0), listeners=[count])
    assert counted[WHOLE] - counted[WARM] < 8 * (WHOLE - WARM), counted
