"""When an article is to be looked at again, and why, in words. Pure: what is known in, a moment and a reason out.

`archiver.threads.pace` says how soon a look is worth it; here stands what else counts: threads that closed or died,
looks that fail, sites that tell by themselves what is new.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from archiver.threads.pace import AHEAD, Bounds, Outlook, Waiting

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

SLOWER = 16.0
"""Where a site tells what is new, whole visits still come, at a pace so many times slower: only they show what was
edited or deleted."""


QUESTIONS = 0.25
"""The part of a site's looks that may be questions to its teller."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """What a person may choose."""

    a_day: float = 10_000
    """Looks a day at most, all sites together."""
    a_day_at_a_site: float = 1_000
    shortest: timedelta = timedelta(minutes=10)
    """No article is looked at again sooner."""
    longest: timedelta = timedelta(days=30)
    """Nor later, unless it is let go."""
    quiet: timedelta = timedelta(days=30)
    """An article without a new comment for so long is let go."""
    last_look: timedelta = timedelta(days=7)
    """How long after it was found closed an article is looked at once more."""
    tries: int = 6
    """So many looks in a row that brought nothing, and an article is let go."""
    pace: float = 1.0
    """In comment hours: a look is worth it once new comments have waited so long together. A budget may make it
    slower."""

    @property
    def bounds(self) -> Bounds:
        return Bounds(shortest=self.shortest / HOUR, longest=self.longest / HOUR)


DEFAULT_MANNERS = Manners()

How = Literal["visit", "ask", "quiet", "wait"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """What is known of an article after the last look at it. Times are aware."""

    began: datetime
    """When its thread began, see `began`."""
    seen: int
    """Comments that came since then."""
    looked_at: datetime
    """The last look at its threads: a visit, or an answer of its site by which nothing was new."""
    visited_at: datetime
    newest: datetime | None = None
    """When its last comment was written."""
    closed_since: datetime | None = None
    """When all its threads were first found closed; None while one is open."""
    failures: int = 0
    """Visits in a row that brought nothing."""
    found: str = ""
    """What the last look found, or why it brought nothing, in words."""
    has_teller: bool = False
    """Whether its site tells in one answer which of its articles have new comments."""
    told: int = 0
    """New comments that its site has told of since the last visit."""

    @property
    def alive(self) -> datetime:
        """The last sign of life in the thread, as the last visit saw it."""
        return min(max(self.newest or self.began, self.began), self.visited_at)

    def outlook(self, at: datetime) -> Outlook:
        """What was to be expected after the look at `at`."""
        return Outlook.of(max((at - self.began) / HOUR, 0.0), self.seen)

    def waiting(self, now: datetime, manners: Manners) -> tuple[Waiting, ...]:
        """The looks that it waits for, as `archiver.threads.pace.pace_for` counts them."""
        since, outlook = max((now - self.looked_at) / HOUR, 0.0), self.outlook(self.looked_at)
        if not self.has_teller:
            return (Waiting(since, outlook, manners.pace),)
        new = outlook.expected(since + AHEAD) - outlook.expected(since) + (1 if self.told else 0)
        visited = max((now - self.visited_at) / HOUR, 0.0)
        return (
            Waiting(since, outlook, manners.pace, most=new),
            Waiting(visited, self.outlook(self.visited_at), manners.pace, slower=SLOWER),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Teller:
    """What a site told of all its articles: the answers from `since` to `at` left no new comment out."""

    since: datetime | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """The next look. `due_at` is None where there will be none."""

    due_at: datetime | None
    why: str


def next_look(article: Watched, manners: Manners, pace: float) -> Look:
    """When an article is to be looked at again at a pace (in comment hours), and why."""
    if article.failures:
        return _after_failure(article, manners)
    if article.visited_at - article.alive >= manners.quiet:
        return Look(due_at=None, why=f"no comment for {manners.quiet.days} days: stopped")
    if article.closed_since is not None:
        return _after_closing(article, article.closed_since, manners)
    wait, why = _wait(article, manners, pace)
    due = article.looked_at + wait
    if article.has_teller:
        due = min(due, _whole_visit(article, manners, pace))
    return Look(due_at=max(min(due, article.alive + manners.quiet), article.looked_at + manners.shortest), why=why)


def how(article: Watched, teller: Teller | None, now: datetime, manners: Manners, pace: float) -> How:
    """What an article that is due needs: a visit, an answer of its teller, nothing, for that has named nothing new of
    it since the last look, or patience, until that may be asked again."""
    settled = article.told or article.failures or article.closed_since is not None
    whole = min(_whole_visit(article, manners, pace), article.alive + manners.quiet)
    if teller is None or settled or now >= whole:
        return "visit"
    reaches = teller.since is not None and teller.since <= article.looked_at
    if teller.at is None or (
        now >= asked_again_at(teller.at, manners) and not (reaches and article.looked_at < teller.at)
    ):
        return "ask"
    if not reaches:
        return "visit"
    return "quiet" if article.looked_at < teller.at else "wait"


def asked_again_at(answered_at: datetime, manners: Manners) -> datetime:
    """When a teller may be asked again: questions take a part of a site's looks, no more."""
    return answered_at + max(manners.shortest, DAY / (manners.a_day_at_a_site * QUESTIONS))


def told_at(told: int, now: datetime, manners: Manners, pace: float) -> datetime:
    """When an article is visited whose site tells of new comments: at once, or where the budget is short once they
    have waited together as long as the pace says."""
    return now if pace <= manners.pace else now + HOUR * (pace / told)


def _whole_visit(article: Watched, manners: Manners, pace: float) -> datetime:
    """When an article is visited, whatever its teller says."""
    outlook = article.outlook(article.visited_at)
    hours = outlook.worth_after(max(pace, manners.pace) * SLOWER)
    return article.visited_at + timedelta(hours=manners.bounds.hold(hours))


def is_paced(article: Watched) -> bool:
    """Whether the pace decides when it is looked at: no failure, no end."""
    return not article.failures and article.closed_since is None


def began(*, published: datetime | None, oldest: datetime | None, first_seen: datetime) -> datetime:
    """When a thread began: when its article was published, else its oldest comment, never after it was first seen."""
    told = published or oldest
    return first_seen if told is None else min(told, first_seen)


def as_utc(local: datetime | None) -> datetime | None:
    """A site's own clock as if it were UTC: wrong by half a day at most, which matters little here."""
    return None if local is None else local.replace(tzinfo=UTC)


def what_was_found(new: int, seen: int, since: datetime | None, now: datetime) -> str:
    """'3 new comments in 2 h', for a look after one at `since`."""
    if since is None:
        return f"first look: {_comments(seen)}"
    return f"{_comments(new, 'new ')} in {span(now - since)}"


def span(time: timedelta) -> str:
    """'40 min', '2 h', '3 days'."""
    minutes = max(time, timedelta()) / timedelta(minutes=1)
    if minutes < 90:
        return f"{max(round(minutes), 1)} min"
    return f"{round(minutes / 60)} h" if minutes < 48 * 60 else f"{round(minutes / 1440)} days"


def _wait(article: Watched, manners: Manners, pace: float) -> tuple[timedelta, str]:
    bounds, outlook = manners.bounds, article.outlook(article.looked_at)
    wished = bounds.hold(outlook.worth_after(manners.pace))
    hours = bounds.hold(outlook.worth_after(max(pace, manners.pace)))
    put_off = " (later than worth it, to keep to the budget)" if hours > wished * 1.1 else ""
    return timedelta(hours=hours), article.found + put_off


def _after_failure(article: Watched, manners: Manners) -> Look:
    """After an hour, four, sixteen, …"""
    if article.failures >= manners.tries:
        return Look(due_at=None, why=f"{article.found}, {article.failures} times in a row: stopped")
    wait = min(HOUR * 4 ** (article.failures - 1), manners.longest)
    return Look(due_at=article.visited_at + wait, why=article.found)


def _after_closing(article: Watched, since: datetime, manners: Manners) -> Look:
    last = since + manners.last_look
    if article.visited_at >= last:
        return Look(due_at=None, why="closed by the site: stopped")
    return Look(due_at=last, why=f"closed by the site: last look {span(manners.last_look)} later")


def _comments(number: int, word: str = "") -> str:
    return f"{number or 'no'} {word}comment" + ("" if number == 1 else "s")
