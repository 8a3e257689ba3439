"""Accepts what the recorded dialogues give today: `python -m tests.recorded.accept [part of a case's path ...]`.

Read the difference in `expected.json` as carefully as the code that made it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.recorded import dialogue


def main(wanted: list[str]) -> None:
    for folder in dialogue.cases():
        if wanted and not any(part in folder.as_posix() for part in wanted):
            continue
        outcome = dialogue.run(folder)
        _, before = dialogue.kept(folder)
        if outcome != before:
            _write(folder, outcome)
            print("accepted", folder.relative_to(dialogue.HERE))


def _write(folder: Path, outcome: dict[str, object]) -> None:
    for name in ("expected.json", "error.json"):
        (folder / name).unlink(missing_ok=True)
    path = folder / ("error.json" if "error" in outcome else "expected.json")
    path.write_text(json.dumps(outcome, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
