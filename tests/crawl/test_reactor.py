"""A program that runs Twisted itself is told so, and does not wait for ever."""

from __future__ import annotations

import subprocess
import sys


def test_a_reactor_that_is_there_already_is_an_error_and_no_endless_wait() -> None:
    program = "from twisted.internet import reactor; from archiver.crawl.reactor import loop; loop()"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert "ReactorAlreadyInstalledError" in ran.stderr
