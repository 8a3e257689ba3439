"""How a crawl is to be run: what a person may choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from archiver.crawl.sites import Site
from archiver.notify.notifier import Notifier
from archiver.threads.revisits import DEFAULT_MANNERS, Manners


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """`database` is any SQLAlchemy URL; None for the SQLite file in `folder`."""

    folder: Path
    database: str | None = None
    delay: float = 1.0
    """Seconds between two requests to one host, at least; robots.txt may ask for more."""
    timeout: float = 60.0
    """Seconds until a request that brings nothing is given up."""
    ignore_robots: bool = False
    platforms: tuple[str, ...] | None = None
    """The comment systems to look for; None: all."""
    contact: str | None = None
    """Address or page of whoever runs the crawl, sent in the user agent."""
    patience: timedelta = timedelta(minutes=2)
    """How long a command waits for a server that asks for a pause; longer pauses are left for the next run."""
    manners: Manners = DEFAULT_MANNERS
    """When articles are looked at again."""
    visit_time: timedelta = timedelta(hours=12)
    """How long a visit may go on after its first page: threads whose pages never end are closed with what was read."""
    sites: tuple[Site, ...] = ()
    """Where new articles are looked for."""
    notifiers: tuple[Notifier, ...] = ()
    """Who is told of new, edited and gone comments."""
    durable: bool = False
    """Whether captures are synced to disk before the rows that name them are written."""

    def recorded(self) -> Mapping[str, Any]:
        """What goes into the archive's record of the run: no secrets, plain JSON values."""
        values = asdict(self)
        del values["database"], values["folder"], values["notifiers"]
        manners = {name: _plain(value) for name, value in values["manners"].items()}
        times = {name: _plain(values[name]) for name in ("patience", "visit_time")}
        return values | times | {"manners": manners, "sites": [site.recorded() for site in self.sites]}


def _plain(value: Any) -> Any:
    return value.total_seconds() if isinstance(value, timedelta) else value
