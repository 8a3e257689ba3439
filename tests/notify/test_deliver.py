"""Webhooks, commands and files for real."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

import feedparser
import pytest

from archiver.errors import NotDelivered
from archiver.notify import command, webhook
from archiver.notify.deliver import deliver, write_feed
from archiver.notify.notifier import Notifier
from archiver.notify.sample import sample
from tests.notify.changes import NEW, change, message
from tests.notify.receiver import receiving


def notifier(**given: Any) -> Notifier:
    return Notifier(name="desk", **given)


def test_a_webhook_gets_the_message_and_its_id() -> None:
    with receiving() as receiver:
        deliver(notifier(webhook=receiver.url, headers={"Authorization": "Bearer 7"}), sample())
    (told,), (headers,) = receiver.got, receiver.headers
    assert [each["comment"]["author"] for each in told["changes"]] == ["Ida Holm", "Jon Vik", "Pia Lund"]
    assert headers["path"] == "/hooks/secret?of=desk"
    assert headers["Idempotency-Key"] == told["id"] == sample().uid
    assert headers["Authorization"] == "Bearer 7"
    assert headers["Content-Type"] == "application/json"
    assert headers["User-Agent"].startswith("archiver/")


def test_a_name_and_a_password_in_the_address_become_a_header() -> None:
    with receiving() as receiver:
        deliver(notifier(webhook=receiver.url.replace("://", "://ida:p%40ss@"), body="text"), sample())
    assert receiver.headers[0]["Authorization"] == f"Basic {b64encode(b'ida:p@ss').decode()}"
    assert receiver.got[0].startswith("1 new, 1 edited, 1 gone: ")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (500, "the receiver answered 500 (because)"),
        (302, "it redirects to https://elsewhere.example/…: put the address"),
    ],
)
def test_an_answer_that_is_none_is_named_without_the_secret(status: int, said: str) -> None:
    with receiving(status) as receiver, pytest.raises(NotDelivered) as failed:
        deliver(notifier(webhook=receiver.url), sample())
    assert said in str(failed.value)
    assert str(failed.value).startswith("127.0.0.1:")
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("answer", [0, -1, -2])
def test_a_receiver_that_never_answers_is_left(answer: int) -> None:
    with receiving(answer) as receiver, pytest.raises(NotDelivered, match=r"no answer within 0\.3 s"):
        webhook.post(receiver.url, b"{}", {"Content-Type": "application/json"}, timeout=0.3)


def test_a_receiver_that_is_not_there_is_named() -> None:
    with receiving() as receiver:
        pass
    with pytest.raises(NotDelivered, match=r"127\.0\.0\.1"):
        deliver(notifier(webhook=receiver.url), sample())


def test_a_command_reads_the_message_and_its_environment(tmp_path: Path) -> None:
    program = "import os, sys; open(sys.argv[1], 'w').write(os.environ['NOTICE_SUBJECT'] + sys.stdin.read())"
    deliver(notifier(command=(sys.executable, "-c", program, str(tmp_path / "got")), body="text"), sample())
    got = (tmp_path / "got").read_text()
    assert got.startswith("1 new, 1 edited, 1 gone: A sample: the ferry sails again1 new")
    assert "Is the night ferry back on Fridays, too?" in got


@pytest.mark.skipif(sys.platform == "win32", reason="a line for a POSIX shell")
def test_a_string_is_for_the_shell_and_no_comment_gets_there(tmp_path: Path) -> None:
    got, trap = tmp_path / "got", tmp_path / "trap"
    hostile = message(change(text=f"$(touch {trap})", author=f"`touch {trap}`"), title=f"'; touch {trap}; '")
    deliver(notifier(command=f'(echo "Subject: $NOTICE_SUBJECT"; echo; cat) > {got}', body="text"), hostile)
    assert got.read_text().startswith("Subject: 1 new: '; touch")
    assert not trap.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('no such desk')"), r"ended with status 1 \(no such desk\)"),
        (("no-such-program",), r"no-such-program: cannot be started \(No such file or directory\)"),
    ],
)
def test_a_command_that_fails_is_named_with_its_last_words(given: tuple[str, ...], said: str) -> None:
    with pytest.raises(NotDelivered, match=said):
        deliver(notifier(command=given), sample())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no process groups")
def test_a_command_that_does_not_end_is_stopped_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    wait = subprocess.Popen.wait

    def time_is_up(program: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        """As soon as the child is there."""
        if timeout is None:
            return wait(program)
        while not (child.exists() and child.read_text()):
            time.sleep(0.01)
        raise subprocess.TimeoutExpired(program.args, timeout)

    monkeypatch.setattr(subprocess.Popen, "wait", time_is_up)
    with pytest.raises(NotDelivered, match="did not end within 20 s and was stopped"):
        command.run(f"sleep 60 & echo $! > {child}; wait", b"x" * 1_000_000, {})
    pid = int(child.read_text())
    while _runs(pid):
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    """One that has ended and that nobody has asked about yet does not run."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_feed_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "feeds" / "changes.xml"
    atom = notifier(atom=str(file))
    write_feed(atom, [sample()])
    write_feed(atom, [message(NEW), sample()])
    assert len(feedparser.parse(file.read_bytes()).entries) == 4
    assert [each.name for each in file.parent.iterdir()] == ["changes.xml"]
    assert file.stat().st_mode & 0o777 == 0o644


def test_a_feed_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("a file, no folder")
    with pytest.raises(NotDelivered, match="cannot be written"):
        write_feed(notifier(atom=str(tmp_path / "feeds" / "changes.xml")), [sample()])
