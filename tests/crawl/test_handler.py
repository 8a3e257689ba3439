"""What goes into the WARC file is what went over the wire, to the byte, whatever becomes of it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from scrapy import Request
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archiver.crawl.wire import MAX_HEAD
from archiver.errors import ArchiveUnusable
from archiver.warc.reader import read_record, records
from archiver.warc.record import Record
from tests.crawl.crawling import Crawled, crawl
from tests.crawl.exchanges import ANSWERS, CUT, TEXT, answers, chunked, ok, requests
from tests.crawl.wire_server import Answer, Logged, WireServer, self_signed, tunnel


@pytest.fixture(scope="module", params=["http", "https"])
def wire(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Logged], Path, Crawled]:
    """One crawl of everything, and what both sides saw of it."""
    folder = tmp_path_factory.mktemp(request.param)
    tls = self_signed(folder) if request.param == "https" else None
    with WireServer(answers(), tls) as server:
        crawled = crawl(requests(server), folder / "captures", CONCURRENT_REQUESTS_PER_DOMAIN=4)
    return server.log, folder / "captures", crawled


def all_records(folder: Path) -> list[Record]:
    """Revisits with their originals."""
    (path,) = folder.iterdir()
    return [read_record(folder, found.file, found.offset, found.length) for found in records(path)]


def test_every_request_and_every_response_is_kept_to_the_byte(wire: tuple[list[Logged], Path, Crawled]) -> None:
    log, folder, _ = wire
    found = all_records(folder)
    kept = {record.id: record for record in found if record.type in ("response", "revisit")}
    asked = [record for record in found if record.type == "request"]
    assert len(log) == len(asked) == len(kept) == len(ANSWERS) + 3 + len(CUT)
    # Beside each once: busy twice, plain by way of moved, and a second try of what broke off.
    seen = sorted((logged.request, logged.answer.final) for logged in log)
    stored = ((record.block, kept[record.field("WARC-Concurrent-To") or ""].wire) for record in asked)
    assert sorted(stored) == seen


def test_interim_answers_are_kept_beside_the_final_one(wire: tuple[list[Logged], Path, Crawled]) -> None:
    (interim,) = (record for record in all_records(wire[1]) if record.type == "metadata" and record.is_http)
    assert interim.block == ANSWERS["/hints"].interim


def test_what_broke_off_is_kept_and_says_why(wire: tuple[list[Logged], Path, Crawled]) -> None:
    found = (record for record in all_records(wire[1]) if record.type == "response" and record.truncated)
    assert {"/" + record.url.rpartition("/")[2]: record.truncated for record in found} == CUT


def test_identical_bodies_are_stored_once(wire: tuple[list[Logged], Path, Crawled]) -> None:
    revisits = [record for record in all_records(wire[1]) if record.type == "revisit"]
    assert len(revisits) == 2
    assert all(record.body == TEXT for record in revisits)


def test_every_answer_and_every_failure_carries_its_capture(wire: tuple[list[Logged], Path, Crawled]) -> None:
    _, folder, crawled = wire
    assert len(crawled.captures) == len(ANSWERS) + 1
    for url, capture in crawled.captures.items():
        record = read_record(folder, capture.file, capture.offset, capture.length)
        assert (record.id, record.head.status) == (capture.record_id, capture.status)
        assert capture.url == (url.replace("/moved", "/plain?from=moved"))
        assert capture.fidelity == "exact"
    assert len(crawled.failures) == len(CUT)
    assert len(crawled.responses) == len(ANSWERS) + 1 - len(CUT)


def test_the_spider_sees_what_the_record_says(wire: tuple[list[Logged], Path, Crawled]) -> None:
    _, folder, crawled = wire
    for response in crawled.responses:
        capture = response.meta["capture"]
        record = read_record(folder, capture.file, capture.offset, capture.length)
        assert record.body == response.body
        assert record.head.status == response.status


def test_other_readers_accept_the_file(wire: tuple[list[Logged], Path, Crawled]) -> None:
    assert accepted_by_warcio(wire[1])
    (path,) = wire[1].iterdir()
    with path.open("rb") as file:
        assert sum(1 for _ in ArchiveIterator(file)) == len(all_records(wire[1]))


def accepted_by_warcio(folder: Path) -> bool:
    (path,) = folder.iterdir()
    return not Checker(type("Arguments", (), {"inputs": [str(path)], "verbose": False})).process_all()


def test_sixteen_connections_kept_alive_do_not_mix_their_bytes(tmp_path: Path) -> None:
    bodies = {f"/{n}": random.Random(n).randbytes(200 + 37 * n) for n in range(300)}

    def answer(target: str) -> Answer:
        return Answer(final=(chunked if len(target) % 2 else ok)(bodies[target]))

    with WireServer(answer) as server:
        asked = [Request(server.url(target)) for target in bodies]
        crawled = crawl(asked, tmp_path, CONCURRENT_REQUESTS_PER_DOMAIN=16, CONCURRENT_REQUESTS=16)
    found = all_records(tmp_path)
    kept = {record.id: record.block for record in found if record.type == "response"}
    pairs = [
        (record.block, kept[record.field("WARC-Concurrent-To") or ""]) for record in found if record.type == "request"
    ]
    assert sorted(pairs) == sorted((logged.request, logged.answer.final) for logged in server.log)
    assert len(pairs) == len(crawled.captures) == 300


def test_a_kept_alive_connection_that_the_server_dropped_is_replaced_without_a_trace(tmp_path: Path) -> None:
    with WireServer(lambda target: Answer(final=ok(target.encode()), then="close")) as server:
        crawl([Request(server.url(f"/{n}")) for n in range(8)], tmp_path, CONCURRENT_REQUESTS=1)
    found = all_records(tmp_path)
    for kind, seen in [
        ("request", [logged.request for logged in server.log]),
        ("response", [logged.answer.final for logged in server.log]),
    ]:
        assert sorted(record.block for record in found if record.type == kind) == sorted(seen)


def test_behind_a_proxy_the_request_is_kept_as_sent_and_no_address_is_claimed(tmp_path: Path) -> None:
    with WireServer(lambda _: Answer(final=ok(TEXT))) as server:
        asked = Request("http://news.example/story", meta={"proxy": server.url("")})
        crawl([asked], tmp_path)
    _, request, response, _ = all_records(tmp_path)
    assert request.block == server.log[0].request
    assert request.block.startswith(b"GET http://news.example/story HTTP/1.1")
    assert response.url == "http://news.example/story"
    assert response.field("WARC-IP-Address") is None


def test_through_a_tunnel_only_what_the_server_said_is_kept(tmp_path: Path) -> None:
    with WireServer(lambda _: Answer(final=ok(TEXT)), self_signed(tmp_path)) as server, tunnel() as proxy:
        crawl([Request(server.url(f"/{n}"), meta={"proxy": proxy}) for n in range(3)], tmp_path / "captures")
    found = [
        record for record in all_records(tmp_path / "captures") if record.type in ("request", "response", "revisit")
    ]
    assert len(server.log) == 3
    assert {record.wire for record in found if record.type == "request"} == {logged.request for logged in server.log}
    assert {record.wire for record in found if record.type != "request"} == {ok(TEXT)}


@pytest.mark.parametrize("how", ["announced", "endless"])
def test_what_is_too_large_is_kept_as_far_as_it_came(tmp_path: Path, how: str) -> None:
    answer = Answer(final=ok(bytes(300_000)) if how == "announced" else chunked(bytes(300_000), end=b""), then="hang")
    with WireServer(lambda _: answer) as server:
        crawled = crawl([Request(server.url("/large"))], tmp_path, DOWNLOAD_MAXSIZE=10_000)
    (capture,) = crawled.captures.values()
    record = read_record(tmp_path, capture.file, capture.offset, capture.length)
    assert record.truncated == "length"
    assert answer.final.startswith(record.block)
    assert len(crawled.failures) == 1


def test_headers_without_an_end_are_kept_as_far_as_they_were_read_and_not_asked_for_again(tmp_path: Path) -> None:
    endless = Answer(final=b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 100_000, then="hang")
    with WireServer(lambda _: endless) as server:
        crawled = crawl([Request(server.url("/endless"))], tmp_path)
    assert len(server.log) == len(crawled.failures) == 1
    (capture,) = crawled.captures.values()
    record = read_record(tmp_path, capture.file, capture.offset, capture.length)
    assert record.truncated == "length"
    assert len(record.block) > MAX_HEAD
    assert endless.final.startswith(record.block)


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"\0" * 50])
def test_what_is_no_answer_is_kept_all_the_same(tmp_path: Path, answer: bytes) -> None:
    with WireServer(lambda _: Answer(final=answer, then="close")) as server:
        crawled = crawl([Request(server.url("/odd"))], tmp_path, RETRY_TIMES=0)
    assert len(crawled.failures) == 1
    assert any(record.block == answer for record in all_records(tmp_path))
    assert accepted_by_warcio(tmp_path)


def test_a_server_that_does_not_answer_leaves_no_capture(tmp_path: Path) -> None:
    with WireServer(lambda _: Answer(final=b"", then="close")) as server:
        crawled = crawl([Request(server.url("/silent"))], tmp_path, RETRY_TIMES=0)
    assert len(crawled.failures) == 1
    assert not crawled.captures
    assert not tmp_path.exists() or not list(tmp_path.iterdir())


def test_robots_txt_is_kept_and_what_it_says_stands_in_the_record(tmp_path: Path) -> None:
    robots = Answer(final=ok(b"User-agent: *\nDisallow: /private\n"))
    answer = {"/robots.txt": robots, "/story": Answer(final=ok(TEXT))}
    with WireServer(lambda target: answer[target]) as server:
        asked = [Request(server.url("/story"), meta={"robots": "allowed"}), Request(server.url("/private"))]
        crawl(asked, tmp_path, ROBOTSTXT_OBEY=True)
    found = {record.url.rpartition("/")[2]: record for record in all_records(tmp_path) if record.type == "response"}
    assert set(found) == {"robots.txt", "story"}
    assert found["robots.txt"].block == robots.final
    assert (found["story"].robots, found["robots.txt"].robots) == ("allowed", "unknown")


def test_what_cannot_be_kept_is_not_passed_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with WireServer(answers()) as server:
        crawled = crawl([Request(server.url("/plain"))], tmp_path / "file", RETRY_TIMES=0)
    assert not crawled.responses
    assert isinstance(crawled.failures[0].value, ArchiveUnusable)


def test_without_a_writer_nothing_is_kept(tmp_path: Path) -> None:
    with WireServer(answers()) as server:
        crawled = crawl([Request(server.url("/plain"))], None)
    assert crawled.responses[0].body == TEXT
    assert not crawled.captures
