"""What the docs tell of commands, errors and comment systems is what the code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_docs_made_from_code_are_fresh() -> None:
    """Stale docs are red, and the message names the command that mends them: `make docs`."""
    check = subprocess.run([sys.executable, "-m", "docs.make", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
