"""Every command of the README works, on the sample newspaper. A line that no rule below knows fails the test."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site.server import Site

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
INSTALLS = ("uv tool install archiver", "pipx install archiver", "pip install archiver")
"""They need an index; `.ci/run` installs the wheel."""


def blocks(language: str) -> Iterator[str]:
    return (found[1] for found in re.finditer(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL))


def lines() -> list[str]:
    """Commands in the order of the README, each once. What follows ` #` explains."""
    found = [line.split(" #")[0].strip() for block in blocks("sh") for line in block.splitlines()]
    return [line for line in dict.fromkeys(found) if line]


def test_readme_shows_one_address_archived_and_exported_on_its_first_screen() -> None:
    first_screen = "\n".join(README.splitlines()[:25])
    assert "archiver archive https" in first_screen
    assert "archiver export" in first_screen


def test_every_command_works_in_the_order_of_the_readme(site: Site, tmp_path: Path) -> None:
    tried = [run(line, site, tmp_path) for line in lines()]
    assert sum(tried) > 10


def test_the_output_that_is_shown_is_what_comes_out(site: Site, tmp_path: Path) -> None:
    """Word by word, but for the address and the seconds."""
    block = next(block for block in blocks("text") if block.startswith("$ archiver archive "))
    command, _, shown = block.partition("\n")
    program, *arguments = shlex.split(on_the_site(command.removeprefix("$ "), site))
    done = called(program, [*arguments, "--delay", "0"], site, tmp_path)
    printed = (done.stderr + done.stdout).replace("no delay", "one request in 1 s a host")
    assert seconds_left_out(printed) == seconds_left_out(on_the_site(shown, site))


def test_the_python_example_works(site: Site, tmp_path: Path) -> None:
    for block in blocks("python"):
        code = on_the_site(block, site).replace('to="output"', 'to="output", delay=0')
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("0\n"), done.stdout


def test_no_link_within_the_repository_is_dead() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def run(line: str, site: Site, folder: Path) -> bool:
    """Runs one line as far as it can be run here; False for one that can only be looked at."""
    program, *arguments = shlex.split(on_the_site(line, site))
    if any(line.startswith(install) for install in INSTALLS):
        return False
    if program == "make":
        done = subprocess.run(["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, text=True)
    elif program == "sqlite3":
        file, query = arguments
        with sqlite3.connect(folder / file) as database:
            assert database.execute(query).fetchall(), line
        return True
    elif program == "datasette":
        assert (folder / arguments[0]).is_file(), line
        return False
    else:
        assert program in ("archiver", "scrapy"), f"How is this to be tried? {line}"
        done = called(program, arguments, site, folder)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return True


def called(program: str, arguments: list[str], site: Site, folder: Path) -> subprocess.CompletedProcess[str]:
    (folder / "addresses.txt").write_text(site.url(site.story("library").path) + "\n", encoding="utf-8")
    settings = {"ARCHIVER_ARCHIVE_DELAY": "0", "ARCHIVER_CRAWL_DELAY": "0"}
    if program == "scrapy":
        settings["ARCHIVER_HOME"] = str(folder / "output")
        arguments = [*arguments, *(("-s", "DOWNLOAD_DELAY=0") if arguments[0] == "crawl" else ())]
    return subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT if program == "scrapy" else folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )


def seconds_left_out(text: str) -> str:
    return re.sub(r"\b\d+ s$", "N s", text, flags=re.MULTILINE)


def on_the_site(text: str, site: Site) -> str:
    """The README's invented addresses as those of the running newspaper."""
    text = re.sub(r"https://news\.example/story\b(?!/)", site.url(site.story("ferry").path), text)
    return text.replace("https://news.example", site.base)


@pytest.fixture(autouse=True)
def no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ARCHIVER_")]:
        monkeypatch.delenv(name)
