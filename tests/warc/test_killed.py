"""A process killed at any moment leaves no row that names a torn record."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from archiver.warc.adopt import adopt
from archiver.warc.reader import read_record
from archiver.warc.verify import check_files

PROGRAM = """
    import random, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from archiver.warc.exchange import Exchange
    from archiver.warc.writer import Writer
    at = datetime(2016, 1, 15, tzinfo=UTC)
    writer = Writer(Path(sys.argv[1]), clock=lambda: at, software="test", max_bytes=200_000)
    while True:
        response = b"HTTP/1.1 200 OK\\r\\n\\r\\n" + random.randbytes(20_000)
        exchange = Exchange(url="http://a.example/", request=b"GET", response=response, started=at)
        capture = writer.write(exchange, robots="none")
        print(capture.file, capture.offset, capture.length, capture.record_id, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_every_record_that_was_told_of_is_whole(tmp_path: Path) -> None:
    told: list[list[str]] = []
    for kill in range(4):
        command = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            first = process.stdout.readline()
            time.sleep(random.Random(kill).uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
            lines = [first, *process.stdout.read().splitlines(keepends=True)]
        told += [line.split() for line in lines if line.endswith("\n")]
    for _ in ("as left", "adopted"):
        for file, offset, length, record_id in told:
            assert read_record(tmp_path, file, int(offset), int(length)).id == record_id
        assert list(check_files(tmp_path)) == []
        adopt(tmp_path)
    assert not list(tmp_path.glob("*.open"))
    assert len(told) > 4
