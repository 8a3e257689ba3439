"""Tools of other people that open a WACZ file: ReplayWeb.page's library under Node, pywb as a server, py-wacz.

They are never imported, for their licences are not ours, and live in an environment that `make test-replay` sets up
in `.replay/`. Where it is missing, tests skip and say so.
"""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from archiver.warc import coding
from archiver.warc.message import Head

HERE = Path(__file__).parent
SET_UP = HERE.parents[1] / ".replay"
MISSING = "The tools that replay a WACZ are not set up: make test-replay"

needed = pytest.mark.skipif(not (SET_UP / "ready").exists(), reason=MISSING)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request to a replay tool: for what was captured at that time."""

    url: str
    at: datetime
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def timestamp(self) -> str:
        return f"{self.at:%Y%m%d%H%M%S}"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a reader is shown: the body unpacked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def wabac(wacz: Path, asked: Sequence[Asked]) -> tuple[list[Answered], list[str]]:
    """The answers of ReplayWeb.page's library, and the addresses of the pages that it lists."""
    wanted = [
        {
            "url": one.url,
            "timestamp": one.timestamp,
            "method": one.method,
            "headers": one.headers,
            "body": b64encode(one.body).decode(),
        }
        for one in asked
    ]
    command = ["node", str(HERE / "wabac.mjs"), str(SET_UP), str(wacz)]
    done = subprocess.run(command, input=json.dumps(wanted), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    answered = [
        Answered(
            status=found["status"],
            headers=tuple((name, value) for name, value in found["headers"]),
            body=b64decode(found["body"]),
        )
        for found in told["answers"]
    ]
    return answered, [page["url"] for page in told["pages"]]


def pywb(wacz: Path, folder: Path, asked: Sequence[Asked]) -> list[Answered]:
    """The answers of a pywb server whose only collection, in `folder`, is this file."""
    folder.mkdir()
    for command in (["init", "packed"], ["add", "packed", "--unpack-wacz", str(wacz.resolve())]):
        subprocess.run([SET_UP / "bin" / "wb-manager", *command], cwd=folder, check=True, capture_output=True)
    with _wayback(folder) as port:
        return [_ask(port, one) for one in asked]


@contextmanager
def _wayback(folder: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(SET_UP / "bin" / "wayback"), "--bind", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server:
        try:
            while server.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.1)
            assert server.poll() is None, (folder / "log").read_text()
            yield port
        finally:
            server.terminate()


def _ask(port: int, asked: Asked) -> Answered:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        path = f"/packed/{asked.timestamp}id_/{asked.url}"
        connection.request(asked.method, path, body=asked.body or None, headers=dict(asked.headers))
        response = connection.getresponse()
        headers = tuple(response.getheaders())
        body = coding.decode(response.read(), Head(headers=headers).codings).body
        return Answered(status=response.status, headers=headers, body=body)
    finally:
        connection.close()
