"""The times of all looks set anew, so that they fit the budgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select, update

from archiver.store.hosts import host_of
from archiver.store.revisits import Paces, under_way, watched
from archiver.store.schema import host, request, revisit, run, visit
from archiver.threads import revisits
from archiver.threads.pace import Waiting, pace_for, saved_up
from archiver.threads.revisits import Manners, Watched

DAY = 24 * 3600


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """The looks of the last day at a site: how many hours ago each was, the earliest first; and what the site allows
    a day."""

    hours_ago: tuple[float, ...]
    a_day: float

    @property
    def saved(self) -> float:
        """Looks that may be made at once."""
        return saved_up(self.hours_ago, self.a_day)


def spent(conn: Connection, *, now: datetime, manners: Manners, delay: float) -> Mapping[str, Spent]:
    """Host → the looks that `watch` made there. A host that wants more than `delay` seconds between two requests
    allows fewer a day: as many as there is time for, each with so many requests as the last ones took."""
    recent = (visit.c.ended > now - timedelta(days=1)) | visit.c.ended.is_(None)
    requests = select(func.count()).where(request.c.visit_id == visit.c.id).scalar_subquery()
    rows = conn.execute(
        select(visit.c.url, visit.c.started, requests.label("requests"))
        .join_from(visit, run)
        .where(recent, run.c.command == "watch", visit.c.started > now - timedelta(days=1))
        .order_by(visit.c.started)
    ).all()
    hours: dict[str, list[float]] = defaultdict(list)
    asked: dict[str, int] = defaultdict(int)
    for row in rows:
        name = host_of(row.url)
        hours[name].append(max((now - row.started) / revisits.HOUR, 0.0))
        asked[name] += row.requests
    delays = {row.host: row.delay for row in conn.execute(select(host.c.host, host.c.delay)) if row.delay}
    found = {}
    for name in hours.keys() | delays.keys():
        looks = hours.get(name, [])
        a_look = max(asked[name] / len(looks) if looks else 1.0, 1.0)
        most = DAY / max(delays.get(name, delay), delay, 0.001) / a_look
        found[name] = Spent(hours_ago=tuple(looks), a_day=min(manners.a_day_at_a_site, most))
    return found


def plan_anew(conn: Connection, *, now: datetime, manners: Manners, made: Mapping[str, Spent]) -> Paces:
    """Sets the pace of each site for the hour to come, so that looks fit the budgets, and all times by it.

    Articles that are being visited stay as they are. A clock that was set back leaves no look far in the future.
    """
    wanted = revisit.c.due_at.is_not(None) | (revisit.c.visited_at > now)  # let go by a clock that was wrong
    rows = conn.execute(select(revisit).where(wanted, ~under_way())).mappings().all()
    known = {row["article_id"]: _not_after(watched(row), now) for row in rows}
    sites: dict[str, list[Waiting]] = defaultdict(list)
    for row in rows:
        article = known[row["article_id"]]
        if revisits.is_paced(article):
            sites[row["host"]].extend(article.waiting(now, manners))
    paces = paces_of(sites, made, manners)
    changes = []
    for row in rows:
        article = known[row["article_id"]]
        look = revisits.next_look(article, manners, paces.get(row["host"], manners.pace))
        due_at = None if look.due_at is None else look.due_at.replace(microsecond=0)
        if not article.told and due_at != row["due_at"]:
            changes.append({"row": row["article_id"], "due": due_at, "reason": look.why})
    if changes:
        own = revisit.c.article_id == bindparam("row")
        conn.execute(update(revisit).where(own).values(due_at=bindparam("due"), why=bindparam("reason")), changes)
    return paces


def paces_of(sites: Mapping[str, list[Waiting]], made: Mapping[str, Spent], manners: Manners) -> Paces:
    """First each site's own, then as much slower as all together need."""
    fresh = Spent(hours_ago=(), a_day=manners.a_day_at_a_site)
    paces = {name: _pace(threads, made.get(name, fresh), manners) for name, threads in sites.items()}
    held = (each.held_to(paces[name]) for name, threads in sites.items() for each in threads)
    together = _pace(held, everyone(made, manners), manners)
    return {name: max(pace, together) for name, pace in paces.items()}


def everyone(made: Mapping[str, Spent], manners: Manners) -> Spent:
    """The looks of all sites together, against the budget of the archive."""
    hours = sorted((ago for each in made.values() for ago in each.hours_ago), reverse=True)
    return Spent(hours_ago=tuple(hours), a_day=manners.a_day)


def _pace(threads: Iterable[Waiting], spent: Spent, manners: Manners) -> float:
    """For an hour's looks, with those that were saved up."""
    return pace_for(threads, spent.saved + spent.a_day / 24, manners.pace, manners.bounds)


def _not_after(article: Watched, now: datetime) -> Watched:
    if max(article.looked_at, article.visited_at) <= now:
        return article
    return replace(article, looked_at=min(article.looked_at, now), visited_at=min(article.visited_at, now))
