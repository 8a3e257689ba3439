"""One message, brought to where its notifier says."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from archiver.errors import NotDelivered
from archiver.notify import atom, command, webhook
from archiver.notify.message import CONTENT_TYPES, body, counts, one_line, subject
from archiver.notify.notifier import Notifier
from archiver.store.outbox import Message


def deliver(notifier: Notifier, message: Message) -> None:
    """Sends a message to a webhook or a command. Raises `NotDelivered`."""
    sent = body(notifier, message)
    if notifier.webhook is not None:
        # The name by which a receiver knows a message that comes twice; in JSON it stands in the body too.
        headers = {"Content-Type": CONTENT_TYPES[notifier.body], "Idempotency-Key": message.uid}
        webhook.post(notifier.webhook, sent, {**headers, **notifier.headers})
    elif notifier.command is not None:
        command.run(notifier.command, sent, environment(message))


def environment(message: Message) -> Mapping[str, str]:
    """What a command finds in its environment."""
    content = message.content
    told = {
        "NOTICE_ID": message.uid,
        "NOTICE_SUBJECT": subject(content),
        "NOTICE_URL": one_line(content.url),
        "NOTICE_TITLE": one_line(content.title or ""),
    }
    return told | {f"NOTICE_{kind.upper()}": str(number) for kind, number in counts(content).items()}


def write_feed(notifier: Notifier, messages: Iterable[Message]) -> None:
    """Writes the Atom file anew: whole, or not at all. Raises `NotDelivered`."""
    assert notifier.atom is not None
    file = Path(notifier.atom).absolute()
    whole = atom.feed(notifier, messages, place=file.as_uri())
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as new:
                new.write(whole)
            Path(name).chmod(0o644)  # as any file that a web server is to hand out
            Path(name).replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise NotDelivered(notifier.atom, f"cannot be written ({error.strerror})") from error
