"""A session that begins looks by itself as they fall due, whenever the crawl has room for more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from archiver.crawl.budget import Budget
from archiver.crawl.failures import Failure
from archiver.crawl.session import Session, now
from archiver.crawl.sites import Site
from archiver.items import Capture, NewestComment
from archiver.store import closing, frontier, listings, looks, replan
from archiver.store.frontier import Leased
from archiver.threads.pace import AHEAD

PAUSE = timedelta(minutes=5)
"""How long a host is left alone at least that cannot be asked now."""

AT_A_HOST = 4
"""Looks at one host that are under way at a time: no host shall keep the others waiting."""


class LookSession(Session):
    """Also goes on with every visit that earlier runs left unfinished. `lingers`: whether it waits for what falls due
    soon, instead of ending."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.lingers = False
        self._open: dict[int, str] = {}
        self._budget: Budget | None = None
        self._planned: datetime | None = None

    def take_up(self) -> None:
        """Makes what earlier runs left this run's own, and ends what took too long."""
        closing.close_overdue(self.database, now=now(), manners=self.options.manners, wanted=self.wanted)
        with self.database.write() as connection:
            frontier.take_up(connection, run_id=self.run_id)

    def lease(self, limit: int, *, not_at: Collection[str] = ()) -> Sequence[Leased]:
        if limit > 0 and self.problem is None:
            self._begin_listings()
            self._begin_due(limit)
        return super().lease(limit, not_at=not_at)

    def next_due(self) -> datetime | None:
        """Of this run's requests, and where it lingers of the looks to come."""
        own = super().next_due()
        if not self.lingers or self.problem is not None:
            return own
        with self.database.read() as connection:
            coming = (looks.next_due(connection), next_listing(connection, self.options.sites))
        later = [due for due in (own, *(due for due in coming if due and due > now())) if due]
        return min(later, default=None)

    def answered(self, leased: Leased, named: Sequence[NewestComment] | None, *captures: Capture) -> None:
        """What a site told of its newest comments (None: nothing of use)."""
        self.keep(leased, *captures)
        with self.database.write() as connection:
            manners = self.options.manners
            looks.answered(connection, leased.begun_at, named, now=now(), manners=manners, paces=self.paces)
            frontier.done(connection, leased.request_id)
        self.close(leased.visit_id)

    def platform_of(self, leased: Leased) -> str:
        """The comment system that reads the answer to a probe."""
        with self.database.read() as connection:
            return looks.platform_of(connection, leased.begun_at) or ""

    def give_up(self, leased: Leased, failure: Failure, **came: Any) -> None:
        """A probe that fails is no failed article: from now on its site is asked otherwise."""
        if leased.purpose != "probe":
            super().give_up(leased, failure, **came)
            return
        captures = (*came.get("before", ()), *([came["capture"]] if came.get("capture") else []))
        self.answered(leased, None, *captures)

    def close(self, visit_id: int, outcome: closing.Outcome | None = None, reason: str | None = None) -> None:
        self._open.pop(visit_id, None)
        super().close(visit_id, outcome, reason)

    def next_look_in(self) -> timedelta:
        """How long a look that is due has to wait at least, where it cannot be begun now."""
        return max(PAUSE, self._budget.one_look(now()) if self._budget else PAUSE)

    def _begin_listings(self) -> None:
        """Looks for new articles where it is time."""
        with self.database.read() as connection:
            due = [url for url, at in listings_due(connection, self.options.sites).items() if at <= now()]
        if due:
            with self.database.write() as connection:
                for url in due:
                    frontier.add_visit(connection, url=url, run_id=self.run_id, now=now(), purpose="listing")

    def _begin_due(self, limit: int) -> None:
        moment = now()
        with self.database.write() as connection:
            if self._budget is None or self._planned is None or _old(self._planned, moment):
                manners = self.options.manners
                made = replan.spent(connection, now=moment, manners=manners, delay=self.options.delay)
                self.paces = replan.plan_anew(connection, now=moment, manners=manners, made=made)
                self._budget, self._planned = Budget(manners, made, moment), moment
            budget = self._budget
            if budget.is_spent(moment):
                return
            busy = {host for host, looks_at in Counter(self._open.values()).items() if looks_at >= AT_A_HOST}
            begun = looks.begin_due(
                connection,
                now=moment,
                limit=limit,
                run_id=self.run_id,
                manners=self.options.manners,
                paces=self.paces,
                not_at=busy | budget.spent_hosts(moment),
                take=lambda host: budget.take(host, moment),
            )
        self._open.update({each.visit_id: each.host for each in begun})


def next_listing(connection: Connection, sites: Sequence[Site]) -> datetime | None:
    """When new articles are to be looked for next; None where they are not looked for."""
    return min(listings_due(connection, sites).values(), default=None)


def listings_due(connection: Connection, sites: Sequence[Site]) -> dict[str, datetime]:
    """Address of each site's listing → when it is to be looked at; those that are being read are left out."""
    asked = [site for site in sites if site.every]
    last = listings.last_looked(connection, [site.url for site in asked])
    reading = listings.under_way(connection, [site.url for site in asked])
    return {
        site.url: last[site.url] + timedelta(minutes=site.every) if site.url in last else now()
        for site in asked
        if site.url not in reading
    }


def _old(planned: datetime, moment: datetime) -> bool:
    """Whether an hour has passed, or the clock was set back."""
    return not timedelta() <= moment - planned < timedelta(hours=AHEAD)
