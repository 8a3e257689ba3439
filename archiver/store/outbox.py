"""Messages on their way to those who want to know what changed, kept until they are delivered.

A message is pending, then leased by whoever delivers it, then gone; or done, where its receiver is a file that shows
the latest ones; or failed, where it could not be delivered for a week.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from archiver.store.rows import Outgoing
from archiver.store.schema import message

if TYPE_CHECKING:
    from archiver.store.changes import VisitChanges

LEASE = timedelta(minutes=2)
"""How long a message is left to whoever took it up. A killed run's are free again after it, or at the next start."""

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 180, 360))
"""How long to wait after the first, second, … failure; the last holds for all that follow."""

PAUSE = WAITS[0]
"""How long the other messages to the same receiver wait after a failure: a dead one is not asked for each of them."""

GIVEN_UP = timedelta(days=7)
"""After this a message that fails is not tried again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What is wanted of the changes of visits. Without `first` nobody asks for what first readings found."""

    first: bool
    by_notifier: Callable[[VisitChanges], Mapping[str, VisitChanges]]
    """Which notifiers want to know of a visit, and what of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What is to be told of one visit. `uid` is the same however often it is sent."""

    uid: str
    content: VisitChanges


@dataclass(frozen=True, kw_only=True, slots=True)
class LeasedMessage:
    """A message that is ours to deliver until the lease runs out."""

    row: int
    message: Message
    attempts: int
    """How often it was taken up, this time included."""
    queued: datetime


def queue(conn: Connection, visit_id: int, wanted: Wanted | None, *, now: datetime) -> None:
    """Puts down what is to be told of a visit that has been judged. None: nobody wants to know."""
    if wanted is None:
        return
    from archiver.store.changes import of_visit  # what reads histories: few need it, every opening needs this file

    if (found := of_visit(conn, visit_id, first=wanted.first)) is None:
        return
    rows = [
        {
            "uid": str(uuid4()),
            "notifier": name,
            "visit_id": visit_id,
            "state": "pending",
            "queued": now,
            "due_at": now,
            "attempts": 0,
            "content": msgspec.to_builtins(content),
        }
        for name, content in wanted.by_notifier(found).items()
    ]
    if rows:
        conn.execute(insert(message), rows)


def lease(conn: Connection, notifier: str, *, now: datetime) -> LeasedMessage | None:
    """The oldest message to a notifier that is due."""
    due = (message.c.notifier == notifier) & message.c.state.in_(("pending", "leased")) & (message.c.due_at <= now)
    row = conn.execute(select(message).where(due).order_by(message.c.id).limit(1)).mappings().one_or_none()
    if row is None:
        return None
    attempts = row["attempts"] + 1
    taken = {"state": "leased", "due_at": now + LEASE, "attempts": attempts}
    # Another process may have taken it since: on PostgreSQL several are at work.
    still_due = update(message).where(message.c.id == row["id"], message.c.due_at <= now)
    if not conn.execute(still_due.values(taken)).rowcount:
        return None
    return LeasedMessage(row=row["id"], message=_message(row), attempts=attempts, queued=row["queued"])


def release_leases(conn: Connection) -> None:
    """Frees every lease: for the only writer of an archive, who knows that nobody else is at work."""
    free = {"state": "pending", "due_at": message.c.queued}
    conn.execute(update(message).where(message.c.state == "leased").values(free))


def next_due(conn: Connection, notifiers: Collection[str]) -> datetime | None:
    """When the next message to one of the notifiers may be sent; None where none waits."""
    waits = message.c.notifier.in_(notifiers) & message.c.state.in_(("pending", "leased"))
    due: datetime | None = conn.scalar(select(func.min(message.c.due_at)).where(waits))
    return due


def delivered(conn: Connection, leased: LeasedMessage) -> None:
    """The message has arrived: it is dropped."""
    conn.execute(delete(message).where(message.c.id == leased.row))


def failed(conn: Connection, leased: LeasedMessage, notifier: str, error: str, *, now: datetime) -> None:
    """Puts a message off, or gives it up where it is older than a week. The others to the notifier wait a little."""
    gives_up = now - leased.queued >= GIVEN_UP
    wait = WAITS[min(leased.attempts, len(WAITS)) - 1]
    values = {"state": "failed" if gives_up else "pending", "due_at": now + wait, "error": error}
    conn.execute(update(message).where(message.c.id == leased.row).values(values))
    others = (message.c.notifier == notifier) & (message.c.state == "pending") & (message.c.due_at < now + PAUSE)
    conn.execute(update(message).where(others).values(due_at=now + PAUSE))


def latest(conn: Connection, notifier: str, limit: int) -> Sequence[Message]:
    """The latest messages to a notifier, the newest first, be they delivered or not."""
    wanted = select(message).where(message.c.notifier == notifier).order_by(message.c.id.desc()).limit(limit)
    return [_message(row) for row in conn.execute(wanted).mappings()]


def shown(conn: Connection, notifier: str, uids: Sequence[str]) -> None:
    """A file shows these messages, the latest first: they are its state and stay, what is older is dropped."""
    mine = message.c.notifier == notifier
    last = conn.scalar(select(message.c.id).where(mine, message.c.uid == uids[0]))
    first = conn.scalar(select(message.c.id).where(mine, message.c.uid == uids[-1]))
    conn.execute(delete(message).where(mine, message.c.id < first))
    conn.execute(update(message).where(mine, message.c.id <= last).values(state="done", error=None))


def outgoing(conn: Connection) -> tuple[Outgoing, ...]:
    """What waits and what was given up, by notifier."""
    waits = message.c.state.in_(("pending", "leased"))
    last = select(func.max(message.c.id)).where(message.c.error.is_not(None)).group_by(message.c.notifier)
    errors = select(message.c.notifier, message.c.error).where(message.c.id.in_(last)).subquery()
    found = (
        select(
            message.c.notifier,
            func.count().filter(waits).label("waiting"),
            func.count().filter(message.c.state == "failed").label("given_up"),
            func.min(message.c.due_at).filter(waits).label("due"),
            errors.c.error,
        )
        .outerjoin_from(message, errors, errors.c.notifier == message.c.notifier)
        .where(message.c.state != "done")
        .group_by(message.c.notifier, errors.c.error)
        .order_by(message.c.notifier)
    )
    return tuple(Outgoing(**row._mapping) for row in conn.execute(found))


def retry(conn: Connection, notifier: str, *, now: datetime) -> int:
    """Makes everything that waits or was given up due now, as if it were new: how many messages."""
    left = (message.c.notifier == notifier) & message.c.state.in_(("pending", "failed"))
    again = {"state": "pending", "queued": now, "due_at": now, "attempts": 0}
    return conn.execute(update(message).where(left).values(again)).rowcount


def drop(conn: Connection, notifier: str) -> int:
    """Forgets everything that waits or was given up: how many messages."""
    left = (message.c.notifier == notifier) & message.c.state.in_(("pending", "failed"))
    return conn.execute(delete(message).where(left)).rowcount


def _message(row: Mapping[str, Any] | Any) -> Message:
    from archiver.store.changes import VisitChanges

    return Message(uid=row["uid"], content=msgspec.convert(row["content"], VisitChanges))
