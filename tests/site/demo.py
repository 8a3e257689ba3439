"""`make demo`: the main job on the sample newspaper, command by command, without internet."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.site.server import Site, serving

FOLDER = Path("output/demo")
ARCHIVER = Path(sys.executable).with_name("archiver")
SHOWN_OF_A_FILE = 3


def main() -> int:
    shutil.rmtree(FOLDER, ignore_errors=True)
    with serving() as site:
        print(f"A sample newspaper is served at {site.url()} while this runs.")
        print("On one's own machine there is nobody to be polite to: --delay 0.")
        for command in commands(site):
            status = run(command)
            if status:
                print(f"'{' '.join(command)}' ended with {status}.", file=sys.stderr)
                return 1
    for name in ("comments.csv", "articles.json"):
        show_beginning(FOLDER / name)
    print(f"\nThe archive stays in {FOLDER} until the next demo. Yours: make archive URL='https://…'")
    return 0


def commands(site: Site) -> Iterator[tuple[str, ...]]:
    """What a newcomer would type, in order."""
    addresses = [site.url(story.path) for story in site.listed]
    here = ("--archive", str(FOLDER))
    yield "archive", *addresses, "--delay", "0", *here
    yield "show", site.url(site.story("ferry").path), *here
    yield "status", *here
    yield "export", "csv", str(FOLDER / "comments.csv"), *here
    yield "export", "json", str(FOLDER / "articles.json"), *here


def run(command: tuple[str, ...]) -> int:
    print(f"\n$ archiver {shlex.join(command)}", flush=True)
    return subprocess.run([ARCHIVER, *command], check=False).returncode


def show_beginning(file: Path) -> None:
    print(f"\n$ head -n {SHOWN_OF_A_FILE} {file}")
    with file.open(encoding="utf-8-sig") as lines:
        for line in islice(lines, SHOWN_OF_A_FILE):
            print(line.rstrip()[:160])


if __name__ == "__main__":
    sys.exit(main())
