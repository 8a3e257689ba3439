"""A visit comes to an end also where a server never ends a thread."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archiver.crawl import run
from archiver.crawl.events import Event, PageStored
from archiver.crawl.options import Options
from tests.site.answers import Answer
from tests.site.server import Site


def endless(method: str, target: str, body: bytes) -> Answer:
    """A post whose every page of comments leads to one more."""
    if not target.startswith("/2026/endless/") or "feed" in target:
        return Answer("", status=404)
    found = re.search(r"comment-page-(\d+)", target)
    number = int(found[1]) if found else 1
    return Answer(
        f"""<html><head><meta name="generator" content="WordPress 6.5"><title>On and on</title></head><body>
        <article><h1>On and on</h1><p>{"The council met and put the question off. " * 9}</p></article>
        <div id="comments"><h2 class="comments-title">Comments</h2><ol class="comment-list">
        <li id="comment-{number}" class="comment even depth-1"><b class="fn">Ann</b>
        <div class="comment-content"><p>Remark {number}</p></div></li></ol>
        <nav class="comment-navigation"><a class="next" href="/2026/endless/comment-page-{number + 1}/#comments">Newer
        comments</a></nav></div></body></html>"""
    )


def test_a_thread_without_an_end_is_closed_with_what_was_read(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = timedelta(0)

    def minute(event: Event) -> None:
        nonlocal passed
        passed += timedelta(minutes=isinstance(event, PageStored))

    for module in ("archiver.crawl.session", "spiders.article", "archiver.crawl.robots"):
        monkeypatch.setattr(f"{module}.now", lambda: datetime.now(UTC) + passed)
    monkeypatch.setattr(site, "answer", endless)
    options = Options(folder=tmp_path, delay=0, visit_time=timedelta(minutes=30))
    report = run.archive([site.url("/2026/endless/")], options, listeners=[minute])
    [visit] = report.visits
    [thread] = visit.threads
    assert (visit.outcome, thread.completeness) == ("stored", "incomplete")
    assert thread.reason == "next page did not come: the visit was ended after 0.5 hours"
    assert 25 < thread.collected < 40
    assert report.unfinished == ()
