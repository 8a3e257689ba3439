"""A slow host does not keep the others waiting."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from archiver.crawl import run
from archiver.crawl.options import Options
from spiders.article import AT_ONCE
from tests.hostile.pages import article
from tests.hostile.server import Case, Send, response, serving

FEW = 5


def test_pages_of_other_hosts_come_while_a_slow_one_keeps_everybody_waiting(tmp_path: Path) -> None:
    came = threading.Semaphore(0)
    others_came = threading.Event()

    def quick(send: Send) -> None:
        came.release()
        send(response(article()))

    def slow(send: Send) -> None:
        others_came.wait(30)
        send(response(article()))

    def wait_for_others() -> None:
        for _ in range(FEW):
            came.acquire()
        others_came.set()

    def cases(case: Case, count: int) -> Mapping[str, Case]:
        return {f"/{number}": case for number in range(count)}

    threading.Thread(target=wait_for_others, daemon=True).start()
    with (
        serving(lambda _: cases(slow, 2 * AT_ONCE)) as slow_host,
        serving(lambda _: cases(quick, FEW)) as quick_host,
    ):
        urls = [f"{slow_host}/{n}" for n in range(2 * AT_ONCE)] + [f"{quick_host}/{n}" for n in range(FEW)]
        report = run.archive(urls, Options(folder=tmp_path, delay=0, timeout=25))
    assert others_came.is_set()
    assert [visit.outcome for visit in report.visits] == ["stored"] * len(urls)
