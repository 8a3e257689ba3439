"""How many looks a site and the archive may still be given. Times are passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from archiver.store.replan import Spent, everyone
from archiver.threads.pace import SAVED
from archiver.threads.revisits import HOUR, Manners


@dataclass(slots=True)
class _Purse:
    left: float
    an_hour: float
    at: datetime

    def fill(self, now: datetime) -> float:
        """What is in it now. A clock that was set back fills nothing."""
        most = max(self.an_hour * SAVED, 1.0)
        self.left = min(self.left + max((now - self.at) / HOUR, 0.0) * self.an_hour, most)
        self.at = now
        return self.left


class Budget:
    """The looks that are left: of each site, and of all together."""

    def __init__(self, manners: Manners, made: Mapping[str, Spent], now: datetime) -> None:
        self._fresh = Spent(hours_ago=(), a_day=manners.a_day_at_a_site)
        self._all = _Purse(everyone(made, manners).saved, manners.a_day / 24, now)
        self._sites = {host: _Purse(spent.saved, spent.a_day / 24, now) for host, spent in made.items()}

    def take(self, host: str, now: datetime) -> bool:
        """Takes a look at a site; False where none is left."""
        site = self._sites.setdefault(host, _Purse(self._fresh.saved, self._fresh.a_day / 24, now))
        if min(site.fill(now), self._all.fill(now)) < 1:
            return False
        site.left -= 1
        self._all.left -= 1
        return True

    def one_look(self, now: datetime) -> timedelta:
        """How long it takes until the archive may be given a look again."""
        missing = max(1 - self._all.fill(now), 0.0)
        return timedelta(hours=missing / self._all.an_hour)

    def is_spent(self, now: datetime) -> bool:
        """Whether no site may be given a look."""
        return self._all.fill(now) < 1

    def spent_hosts(self, now: datetime) -> set[str]:
        """The sites that may not be given one."""
        return {host for host, site in self._sites.items() if site.fill(now) < 1}
