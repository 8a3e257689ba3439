"""Small words for people: counts with their noun, times, text cut to a width."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archiver.threads.revisits import span

if TYPE_CHECKING:
    from archiver.store.rows import NextLook


def count(number: int, noun: str) -> str:
    """'1 comment', '2 comments', '1,204 comments'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def moment(utc: datetime | None, local: datetime | None = None, raw: str | None = None) -> str:
    """A time as exactly as it is known: UTC, the page's own clock, or the words it prints."""
    if utc is not None:
        return f"{utc:%Y-%m-%d %H:%M} UTC"
    return f"{local:%Y-%m-%d %H:%M}" if local is not None else raw or "time not told"


def due_in(due: datetime, now: datetime) -> str:
    """'now', 'in 40 min (14:05)', 'in 3 days (2 March)', by the clock of this machine."""
    if due <= now:
        return "now"
    clock = due.astimezone()
    near = due - now < timedelta(hours=24)
    return f"in {span(due - now)} ({f'{clock:%H:%M}' if near else f'{clock.day} {clock:%B}'})"


def look_line(look: NextLook, now: datetime) -> str:
    """When an article is looked at again, and why."""
    return f"{due_in(look.due, now)}: {look.url}  {look.why}"


def printable(text: str) -> str:
    """The text without control characters: a stranger's comment must not move the cursor or colour the terminal."""
    return "".join(
        character for character in text if character in "\n\t" or character.isprintable() or ord(character) > 0x9F
    )
