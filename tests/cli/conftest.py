"""The real command, in this process, on a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archiver.cli import main


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("archive", url)`: in an empty current folder, without pauses between requests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCHIVER_ARCHIVE_DELAY", "0")
    monkeypatch.setenv("ARCHIVER_CRAWL_DELAY", "0")
    monkeypatch.setenv("ARCHIVER_INSPECT_DELAY", "0")

    def call(*arguments: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["archiver", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ran(int(ended.value.code or 0), printed.out, printed.err)

    return call
