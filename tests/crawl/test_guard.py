"""Nobody but the user leads the archiver into a private network."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archiver.crawl import guard, run
from archiver.crawl.guard import Guard, is_public
from archiver.crawl.options import Options
from tests.site.answers import Answer
from tests.site.server import Site


@pytest.mark.parametrize(
    "ip",
    [
        *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.4.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1"),
        *("::ffff:10.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "nonsense", ""),
    ],
)
def test_private_addresses_in_all_disguises(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public_addresses(ip: str) -> None:
    assert is_public(ip)


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """127.0.0.1 under the name localhost counts as the internet, everything else in 127 as private."""
    monkeypatch.setattr(guard, "is_public", lambda ip: ip == "127.0.0.1" or is_public(ip))
    monkeypatch.setattr("archiver.crawl.handler.is_public", lambda ip: ip == "127.0.0.1" or is_public(ip))


@pytest.fixture
def inside() -> Iterator[str]:
    """A service that only this machine may see: its address. It notes who connected."""
    import socket
    import threading

    server = socket.create_server(("127.0.0.2", 0))
    heard: list[bytes] = []

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(0.5)
                try:
                    heard.append(connection.recv(100))
                except TimeoutError:
                    heard.append(b"")

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"http://127.0.0.2:{server.getsockname()[1]}/secret"
    server.close()
    assert not any(heard), "bytes were sent to a private address"


def archived(url: str, folder: Path, **more: Any) -> tuple[int, str | None]:
    report = run.archive([url], Options(folder=folder, delay=0, **more))
    [visit] = report.visits
    return report.exit_status, visit.reason


def test_a_redirect_into_a_private_network_is_refused(site: Site, public: None, inside: str, tmp_path: Path) -> None:
    site.plan("/robots.txt", *[Answer("", status=404)] * 2)
    site.plan("/a", Answer(status=302, headers=[("Location", inside)]))
    status, reason = archived(site.url("/a"), tmp_path)
    assert (status, reason is not None and "127.0.0.2, into a private network" in reason) == (4, True)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as database:
        assert database.execute("select outcome from visit").fetchall() == [("refused",)]
        assert (site.url("/a"), 302) in database.execute("select url, status from capture").fetchall()


def test_robots_txt_of_a_private_server_is_not_asked_for_either(
    site: Site, public: None, inside: str, tmp_path: Path
) -> None:
    site.plan("/robots.txt", Answer(status=302, headers=[("Location", inside)]))
    assert archived(site.url(site.story("library").path), tmp_path)[0] == 4


def test_a_comment_service_in_a_private_network_is_refused_and_the_thread_incomplete(
    site: Site, public: None, inside: str, tmp_path: Path
) -> None:
    story = site.story("night-bus")
    page = site.answer("GET", story.path, b"").payload.replace(site.base.encode() + b"/isso", inside.encode())
    assert inside.encode() in page
    site.plan(story.path, Answer(page))
    report = run.archive([site.url(story.path)], Options(folder=tmp_path, delay=0))
    [thread] = report.visits[0].threads
    assert thread.completeness == "incomplete"
    assert "into a private network" in (thread.reason or "")


def test_what_the_user_types_may_be_private_and_so_may_its_comment_service(site: Site, tmp_path: Path) -> None:
    assert archived(site.url(site.story("night-bus").path), tmp_path)[0] == 0


def test_a_name_that_becomes_private_later_is_refused(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public when the visit begins, private when the connection is made."""

    async def was_public(name: str) -> bool:
        return False

    monkeypatch.setattr(guard, "_is_private", was_public)
    status, reason = archived(site.url("/a").replace("127.0.0.1", "localhost"), tmp_path)
    assert (status, "into a private network" in (reason or ""), site.asked) == (4, True, [])


def test_a_name_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([False, True])

    async def look(name: str) -> bool:
        return next(answers)

    monkeypatch.setattr(guard, "_is_private", look)

    async def twice() -> tuple[bool, bool]:
        watching = Guard()
        return await watching.lets_inside("news.example:80"), await watching.lets_inside("news.example")

    assert asyncio.run(twice()) == (False, False)


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/a", "data:text/html,hi", "javascript:1"])
def test_other_schemes_are_not_followed(site: Site, tmp_path: Path, target: str) -> None:
    site.plan("/a", Answer("<p>moved</p>", status=302, headers=[("Location", target)]))
    assert archived(site.url("/a"), tmp_path)[0] == 1
    site.plan("/b", Answer(f'<meta http-equiv="refresh" content="0;url={target}"><p>moved</p>'))
    assert archived(site.url("/b"), tmp_path / "b")[0] == 1
