"""`archiver inspect` tells what it saw and why, and draws it; the picture runs nothing."""

from __future__ import annotations

from pathlib import Path

from archiver.cli.inspected import as_text
from archiver.items import CERTAIN, Extraction, ThreadPage
from archiver.pages.page import Page
from tests.cli.conftest import Run
from tests.pages.threads.pages import ARTICLE, NAMES, item

THREAD = "<div id='comments'><h3>6 comments</h3><ol>" + "".join(item(n) for n in range(6)) + "</ol></div>"
EVIL = (
    "<script>alert(1)</script><iframe src='https://evil.example'></iframe><img src=x onerror='alert(2)'>"
    "<a href=' javascript:alert(3)'>x</a><form action='https://evil.example'><button formaction='javascript:4'>"
    "</button></form><svg onload='alert(5)'></svg><base href='https://evil.example/'>"
    "<link rel='stylesheet' href='//evil.example'>"
    "<meta http-equiv='refresh' content='0; url=https://evil.example'><object data='//evil.example'></object>"
)


def _save(extra: str = "") -> str:
    page = f"<html><head><title>Late ferries</title></head><body>{ARTICLE}{THREAD}{extra}</body></html>"
    Path("saved.html").write_text(page, encoding="utf-8")
    return "saved.html"


def test_explain_tells_rules_and_what_was_left(run: Run) -> None:
    ran = run("inspect", _save(), "--url", "https://news.example/f", "--platforms", "none", "--explain")
    assert ran.status == 0
    assert "author    6 of 6" in ran.out
    assert "recurring cite.fn" in ran.out
    assert "→" in ran.out
    assert "left: " in ran.out


def test_explain_of_a_page_without_comments(run: Run) -> None:
    Path("bare.html").write_text(f"<html><body>{ARTICLE}</body></html>", encoding="utf-8")
    ran = run("inspect", "bare.html", "--url", "https://news.example/f", "--explain")
    assert "none found" in ran.out
    assert "Weighed as a thread of an unknown system" in ran.out


def test_the_shape_of_the_json(run: Run) -> None:
    saved = _save()
    plain = run("inspect", saved, "--url", "https://news.example/f", "--platforms", "none", "--json").json
    assert list(plain) == list(Extraction.__slots__) == ["url", "article", "threads", "quotes", "probes", "problems"]
    explained = run("inspect", saved, "--url", "https://news.example/f", "--json", "--explain").json
    assert list(explained) == [*plain, "weighed"]
    assert list(explained["weighed"][0]) == [
        "names", "mode", "records", "words", "score", "why", "signs", "chosen", "left",
    ]  # fmt: skip


def test_the_picture_shows_every_comment_and_the_article(run: Run) -> None:
    run("inspect", _save(), "--url", "https://news.example/f", "--platforms", "none", "--html", "seen.html")
    seen = Path("seen.html").read_text(encoding="utf-8")
    assert seen.count('data-archiver-comment="') == 6
    assert all(f"by {name}" in seen for name in NAMES)
    assert seen.count(' data-archiver-author=""') == 6
    assert seen.count(' data-archiver-time=""') == 6
    assert seen.count(' data-archiver-article=""') >= 8
    assert seen.count('data-archiver-thread="') == 1


def test_the_picture_runs_nothing_and_asks_nobody(run: Run) -> None:
    run("inspect", _save(EVIL), "--url", "https://news.example/f", "--html", "seen.html")
    seen = Path("seen.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in seen.partition("<style>")[0]
    for trace in ("<script", "<iframe", "onerror", "onload", "javascript:", "<base", "<link", "refresh", "<object"):
        assert trace not in seen
    assert 'action="' not in seen


def test_a_thread_below_the_threshold_is_told_as_uncertain() -> None:
    page = Page(url="https://news.example/f", body=b"")
    for confidence, told in ((0.6, True), (CERTAIN, False)):
        thread = ThreadPage(platform="generic", id="f", confidence=confidence)
        assert ("uncertain" in as_text(page, Extraction(url=page.url, threads=(thread,)))) == told
