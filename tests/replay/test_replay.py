"""An exported WACZ in the tools that readers open it with: every kind of exchange comes back as it was."""

from __future__ import annotations

import itertools
import subprocess
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.checker import Checker

from archiver.warc import message
from archiver.warc.reader import read_record, records
from archiver.warc.record import Record
from archiver.warc.wacz import WaczPage, write_wacz
from tests.crawl.crawling import crawl
from tests.crawl.exchanges import ANSWERS, CUT, answers, requests
from tests.crawl.wire_server import WireServer, self_signed
from tests.replay import tools
from tests.replay.tools import Answered, Asked

pytestmark = tools.needed

BEGUN = datetime(2016, 1, 15, 8, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A WACZ, and what is in it: for each exchange what to ask, and the record of the answer."""

    wacz: Path
    asked: list[Asked]
    kept: list[Record]
    pages: list[str]


@pytest.fixture(scope="module", params=["http", "https", "http, a part"])
def packed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """All that the server of raw sockets answers, an exchange a second, for indexes count in seconds."""
    folder = tmp_path_factory.mktemp("packed")
    scheme, _, part = request.param.partition(", ")
    seconds = itertools.count()
    with WireServer(answers(), self_signed(folder) if scheme == "https" else None) as server:
        crawl(
            requests(server),
            folder / "captures",
            clock=lambda: BEGUN + timedelta(seconds=next(seconds)),
            CONCURRENT_REQUESTS_PER_DOMAIN=4,
        )
    (path,) = (folder / "captures").iterdir()
    found = [read_record(path.parent, record.file, record.offset, record.length) for record in records(path)]
    sent = {record.field("WARC-Concurrent-To"): record for record in found if record.type == "request"}
    kept = [record for record in found if record.type in ("response", "revisit")]
    if part:
        kept = [record for record in kept if not record.url.endswith("/plain")]  # which revisits refer to
    pages = sorted({record.url for record in kept if (record.head.first("content-type") or "").startswith("text/html")})
    listed = [
        WaczPage(url=record.url, at=record.at or BEGUN, record_id=record.id, title="A page")
        for record in kept
        if record.url in pages
    ]
    wacz = folder / "packed.wacz"
    keep = {record.id for record in kept} if part else None
    write_wacz(path.parent, [path.name], listed, wacz, at=BEGUN, software="archiver/test", keep=keep)
    return Packed(wacz=wacz, asked=[_asked(record, sent[record.id]) for record in kept], kept=kept, pages=pages)


def _asked(record: Record, request: Record) -> Asked:
    head, body = message.split(request.block)
    content_type = message.parse_head(head).first("content-type")
    return Asked(
        url=record.url,
        at=record.at or BEGUN,
        method=record.method,
        headers=(("Content-Type", content_type),) if content_type else (),
        body=body,
    )


def _wrong(packed: Packed, answered: list[Answered]) -> list[tuple[str, Answered]]:
    return [
        (f"{record.method} {record.url}", found)
        for record, found in zip(packed.kept, answered, strict=True)
        if (found.status, found.body) != (record.head.status, record.body)
    ]


def test_pywb_gives_every_exchange_back(packed: Packed, tmp_path: Path) -> None:
    assert _wrong(packed, tools.pywb(packed.wacz, tmp_path / "pywb", packed.asked)) == []


def test_replayweb_page_gives_every_exchange_back_and_lists_the_pages(packed: Packed) -> None:
    answered, pages = tools.wabac(packed.wacz, packed.asked)
    (head,) = [number for number, asked in enumerate(packed.asked) if asked.method == "HEAD"]
    assert answered[head].status == 404  # it knows no HEAD, and must not take the answer for a page
    answered[head] = Answered(status=200, headers=(), body=b"")
    assert _wrong(packed, answered) == []
    assert sorted(pages) == packed.pages


def test_checkers_find_nothing_wrong(packed: Packed, tmp_path: Path) -> None:
    ran = subprocess.run(
        [tools.SET_UP / "bin" / "wacz", "validate", "-f", packed.wacz], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    with zipfile.ZipFile(packed.wacz) as wacz:
        warcs = [wacz.extract(name, tmp_path) for name in wacz.namelist() if name.startswith("archive/")]
    assert len(warcs) == 2
    assert not Checker(type("Arguments", (), {"inputs": warcs, "verbose": False})).process_all()


def test_every_kind_of_exchange_is_in_it(packed: Packed) -> None:
    """Lest a test of some only should pass."""
    assert len(packed.kept) >= len(ANSWERS) + len(CUT)
    assert any(record.type == "revisit" for record in packed.kept)
