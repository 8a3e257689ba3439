"""Every command of the README works, on the sample newspaper. A line that no rule below knows fails the test."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run
from tests.site.server import Site

__all__ = ["run"]

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
INSTALLS = ("uv tool install .", "pipx install .", "pip install .")
"""They change the machine; `.ci/run` installs the wheel."""


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


def test_every_command_works_in_the_order_of_the_readme(site: Site, run: Run, tmp_path: Path) -> None:
    (tmp_path / "addresses.txt").write_text(site.url(site.story("library").path), encoding="utf-8")
    tried = [works(line, site, run, tmp_path) for line in lines()]
    assert sum(tried) > 10


def test_the_output_that_is_shown_is_what_comes_out(site: Site, run: Run) -> None:
    """Word by word, but for the address and the seconds."""
    block = next(block for block in blocks("text") if block.startswith("$ archiver archive "))
    command, _, shown = block.partition("\n")
    done = run(*shlex.split(on_the_site(command.removeprefix("$ archiver "), site)))
    printed = (done.err + done.out).replace("no delay", "one request in 1 s a host")
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


def works(line: str, site: Site, run: Run, folder: Path) -> bool:
    """Runs one line as far as it can be run here; False for one that can only be looked at."""
    program, *arguments = shlex.split(on_the_site(line, site))
    if any(line.startswith(install) for install in INSTALLS):
        return False
    if program == "archiver":
        ran = run(*arguments)
        assert ran.status == 0, f"{line}\n{ran.out}{ran.err}"
    elif program == "sqlite3":
        with closing(sqlite3.connect(folder / arguments[0])) as database:
            assert database.execute(arguments[1]).fetchall(), line
    elif program == "datasette":
        assert (folder / arguments[0]).is_file(), line
        return False
    else:
        assert program in ("make", "scrapy"), f"How is this to be tried? {line}"
        in_the_checkout(program, arguments, folder)
    return True


def in_the_checkout(program: str, arguments: list[str], folder: Path) -> None:
    """`scrapy` for real, into an archive elsewhere; of `make` what it would do."""
    command = ["make", "--dry-run"] if program == "make" else [str(BIN / program)]
    pace = ("-s", "DOWNLOAD_DELAY=0") if "crawl" in arguments else ()
    home = {"ARCHIVER_HOME": str(folder / "output")}
    done = subprocess.run(
        [*command, *arguments, *pace], cwd=ROOT, env=os.environ | home, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{program} {arguments}\n{done.stdout}{done.stderr}"


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
