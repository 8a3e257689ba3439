"""`make archive` hands an address on as typed, and ends well whenever the archiver has told all there is to tell."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDER = '#!/bin/sh\nprintf "%s\\n" "$@" >arguments\nexit ${STATUS:-0}\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that is set up, with a Python that only notes how it was called."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").write_text(RECORDER, encoding="utf-8")
    (tmp_path / ".venv/bin/python").chmod(0o755)
    (tmp_path / ".venv/ready").touch()
    return tmp_path


def make(checkout: Path, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("URL", "MAKEFLAGS", "MAKELEVEL")}
    environment["STATUS"] = str(status)
    return subprocess.run(["make", *arguments], cwd=checkout, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/?a=1&b=2",
        "https://news.example/$HOME/$(ls)/`ls`",
        'https://news.example/it\'s-"so"#part',
        "-odd.example/story",
        "https://zürich.example/straße",
    ],
)
def test_an_address_arrives_as_typed(checkout: Path, address: str) -> None:
    assert make(checkout, "archive", f"URL={address}").returncode == 0
    called_with = (checkout / "arguments").read_text(encoding="utf-8").splitlines()
    assert called_with == ["-m", "archiver", "archive", "--", address]


def test_without_an_address_it_says_what_to_type(checkout: Path) -> None:
    done = make(checkout, "archive")
    assert done.returncode != 0
    assert done.stderr.startswith("Which page? For example: make archive URL='https://")


@pytest.mark.parametrize(("status", "fails"), [(0, False), (3, False), (4, False), (1, True), (5, True), (130, True)])
def test_what_the_archiver_has_told_in_words_is_no_failure_of_make(checkout: Path, status: int, fails: bool) -> None:
    """3: stored but incomplete. 4: refused by robots.txt. The archiver's own sentence is the last."""
    done = make(checkout, "archive", "URL=https://news.example", status=status)
    assert (done.returncode != 0) is fails
    assert bool(done.stderr) is fails


def test_a_python_that_is_too_old_is_told(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    old = checkout / "old"
    old.mkdir()
    (old / "python3").write_text("#!/bin/sh\necho Python 3.9.2\nexit 1\n", encoding="utf-8")
    (old / "python3").chmod(0o755)
    done = subprocess.run(
        [str(shutil.which("make")), "archive", "URL=x", "SHELL=/bin/sh"],
        cwd=checkout,
        env={"PATH": str(old)},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "needs Python 3.11 or newer, and found: Python 3.9.2" in done.stderr
