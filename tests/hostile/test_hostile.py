"""Whatever a server sends ends as a stored, marked state: no crash, nothing lost in silence, memory within bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archiver.evidence.rebuild import rebuild_archive
from archiver.evidence.verify import verify_archive
from archiver.exports.archive import Archive
from tests.hostile import pages
from tests.hostile.server import Case, serving

pytestmark = pytest.mark.long

MOST = 400
"""MiB that a crawl may hold at any time."""

TIMEOUT = 30.0
"""Seconds. While a page is read, nothing else is: on a busy machine a short timeout would hit the next one."""


@dataclass(frozen=True)
class Crawled:
    """What became of each path, and the archive."""

    visits: Mapping[str, Any]
    peak: float
    folder: Path

    def reason(self, path: str) -> str:
        found = self.visits[path]
        return f"{found['outcome']}: {found['reason']}"


Crawl = Callable[..., Crawled]


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """Archives all pages of a group in a process of its own; it must end by itself, with memory to spare."""

    def run(group: Callable[[str], Mapping[str, Case]], *paths: str, timeout: float = TIMEOUT) -> Crawled:
        with serving(group) as base:
            urls = [base + path for path in paths]
            command = [sys.executable, "-m", "tests.hostile.child", str(tmp_path), str(timeout), *urls]
            ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=3600)
        assert ended.returncode == 0, ended.stderr[-3000:]
        told = json.loads(ended.stdout.splitlines()[-1])
        assert told["peak"] < MOST
        visits = {url.removeprefix(base): visit for url, visit in told["visits"].items()}
        return Crawled(visits, told["peak"], tmp_path)

    return run


def assert_evidence_is_whole(crawled: Crawled) -> None:
    """What was kept is whole, and every row follows from it."""
    verdict = verify_archive(crawled.folder)
    assert verdict.damages == ()
    rebuilt = rebuild_archive(crawled.folder, dry_run=True)
    assert (rebuilt.differences.first[:3], rebuilt.replayed.unreadable) == ([], ())


def test_a_bomb_is_kept_as_it_came_and_not_unpacked(crawl: Crawl) -> None:
    paths = ("/gzip", "/gzip-twice", "/deflate", "/brotli", "/zstd")
    crawled = crawl(pages.bombs, *paths)
    with Archive.open(crawled.folder) as archive:
        kept = [row.capture for row in archive.captures()]
    for path in paths:
        assert "kept, but not read" in crawled.reason(path), path
        assert [each.status for each in kept if each.url.endswith(path)] == [200], path
    assert_evidence_is_whole(crawled)


def test_bodies_without_an_end_in_circles_or_cut_off(crawl: Crawl) -> None:
    ends = {
        "/endless-header": "larger than this archive reads",
        "/slow": "no answer in time",
        "/circle": "redirects in a circle",
        "/circle-a": "redirects in a circle",
        "/stairs-0": "redirects in a circle",
        "/refresh": "redirects in a circle",
        "/cut": "the connection broke",
        "/nothing": "the connection broke",
        "/noise": "the connection broke",
        "/longer-than-said": "stored: None",
    }
    crawled = crawl(pages.bodies, *ends, timeout=3)
    for path, words in ends.items():
        assert words in crawled.reason(path), path
    assert_evidence_is_whole(crawled)


def test_endless_bodies_are_kept_as_far_as_anybody_would_read(crawl: Crawl) -> None:
    paths = ("/endless-chunks", "/endless-close")
    crawled = crawl(pages.bodies, *paths, timeout=60)
    with Archive.open(crawled.folder) as archive:
        kept = [row.capture for row in archive.captures()]
    for path in paths:
        assert "larger than this archive reads" in crawled.reason(path), path
        assert [each.status for each in kept if each.url.endswith(path)] == [200], path
    assert_evidence_is_whole(crawled)


def test_markup_that_lies_or_is_broken_is_read_as_well_as_it_can_be(crawl: Crawl) -> None:
    paths = ("/nul", "/utf-16-said", "/utf-7-said", "/no-such-charset", "/surrogates", "/unclosed")
    paths += ("/long-attribute", "/entities", "/empty", "/comments-only")
    crawled = crawl(pages.markup, *paths)
    for path in paths[:-2]:
        assert crawled.visits[path]["outcome"] == "stored", path
    with Archive.open(crawled.folder) as archive:
        texts = {row.url.rpartition("/")[2]: row.text for row in archive.articles()}
    for path in ("utf-16-said", "utf-7-said", "no-such-charset", "unclosed"):
        assert "put the question of the ferry off once more" in " ".join(texts[path].split()), path
    assert_evidence_is_whole(crawled)


def test_what_lies_too_deep_is_said_to_be_unread(crawl: Crawl) -> None:
    paths = ("/deep", "/deep-inline")
    crawled = crawl(pages.markup, *paths)
    for path in paths:
        assert crawled.visits[path]["outcome"] == "stored", path
        assert "nested deeper" in crawled.reason(path), path
    assert_evidence_is_whole(crawled)


def test_a_page_that_is_too_large_is_kept_and_said_to_be_unread(crawl: Crawl) -> None:
    paths = ("/large", "/many-tags", "/attributes")
    crawled = crawl(pages.markup, *paths)
    for path in paths:
        assert "kept, but not read" in crawled.reason(path), path
    assert_evidence_is_whole(crawled)


def test_threads_that_cannot_be_are_stored_once_each_comment(crawl: Crawl) -> None:
    counts = {"/cycle": 5, "/chain": 5000, "/doubled": 2, "/doubled-markup": 3}
    crawled = crawl(pages.threads, *counts)
    for path, number in counts.items():
        [thread] = crawled.visits[path]["threads"]
        assert thread["collected"] == number, path
    with Archive.open(crawled.folder) as archive:
        deepest = max(comment.depth or 0 for comment in archive.comments())
    assert deepest == 4999
    assert_evidence_is_whole(crawled)


@pytest.mark.parametrize("path", ["/hundred-thousand", "/huge-answer"])
def test_a_hundred_thousand_comments_at_once_are_read_in_pieces(crawl: Crawl, path: str) -> None:
    crawled = crawl(pages.crowds, path)
    [thread] = crawled.visits[path]["threads"]
    assert (thread["collected"], thread["completeness"], thread["reason"]) == (100_000, "complete", None)
    with Archive.open(crawled.folder) as archive:
        assert [comment.id for comment in archive.comments()] == [str(n) for n in range(1, 100_001)]
    assert verify_archive(crawled.folder).damages == ()


def test_what_was_read_in_pieces_is_rebuilt_the_same(crawl: Crawl) -> None:
    crawled = crawl(pages.crowds, "/in-pieces")
    [thread] = crawled.visits["/in-pieces"]["threads"]
    assert (thread["collected"], thread["completeness"]) == (21_000, "complete")
    assert_evidence_is_whole(crawled)


def test_the_largest_page_that_is_read_takes_no_more_memory_than_allowed(crawl: Crawl) -> None:
    crawled = crawl(pages.crowds, "/largest")
    [thread] = crawled.visits["/largest"]["threads"]
    assert (thread["collected"], thread["completeness"]) == (10_900, "complete")
