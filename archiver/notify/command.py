"""Handing a message to a program of this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import BinaryIO

from archiver.errors import NotDelivered

TIMEOUT = 20.0
"""Seconds after which a program is stopped, with all that it has started."""

_SHOWN = 300
"""Bytes of its last words that stand in the message of an error."""


def run(command: tuple[str, ...] | str, body: bytes, told: Mapping[str, str], *, timeout: float = TIMEOUT) -> None:
    """Runs the program with the body on standard input and `told` in its environment. A string goes to the shell.

    Raises `NotDelivered` where it cannot be started, does not end in time, or ends with another status than 0.
    """
    name = command if isinstance(command, str) else command[0]
    # Files, not pipes: a program that reads nothing, or whose children live on, holds up nobody.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(body)
        given.seek(0)
        try:
            program = subprocess.Popen(  # noqa: S603 - what somebody wrote into their archiver.toml
                command,
                shell=isinstance(command, str),  # nothing of a comment ever stands in a command
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env={**os.environ, **told},
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise NotDelivered(name, f"cannot be started ({getattr(error, 'strerror', None) or error})") from error
        try:
            status = program.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise NotDelivered(name, f"did not end within {timeout:g} s and was stopped") from error
        finally:
            if program.poll() is None:
                _stop(program)
        if status:
            raise NotDelivered(name, f"ended with status {status}{_last_words(said)}")


def _stop(program: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        program.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
    program.wait()


def _last_words(said: BinaryIO) -> str:
    said.seek(max(said.seek(0, os.SEEK_END) - _SHOWN, 0))
    words = " ".join(said.read().decode("utf-8", "replace").split())
    return f" ({words})" if words else ""
