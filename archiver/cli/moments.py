"""Dates on the command line: a day, or a day and a time, in ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import click

ACCEPTED = "2026-03-01, 2026-03-01T14:30, 2026-03-01T14:30+01:00 or 2026-03-01T14:30Z; without a zone it is UTC"


class MomentType(click.ParamType):  # type: ignore[type-arg]  # generic in some versions of click only
    """An aware time in UTC. A day alone is its first moment, or its last, as the option needs it."""

    name = "date"

    def __init__(self, day: Literal["begin", "end"]) -> None:
        self.day = day

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Raises click's usage error that names what is accepted."""
        if isinstance(value, datetime):
            return value
        try:
            time = datetime.fromisoformat(value.strip())
        except ValueError:
            self.fail(f"{value!r} is no date. Accepted: {ACCEPTED}.", param, ctx)
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        if re.search(r"[T ]", value.strip()) is None and self.day == "end":
            time += timedelta(days=1) - timedelta(microseconds=1)
        return time
