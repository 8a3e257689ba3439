"""Who looks when: the archiver by its own rules, and what others do, in the same world with the same budget.

The others pick the threads with the highest score every ten minutes: what no queue can do that keeps due times, and so
what a queue is measured by.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from archiver.crawl.budget import Budget
from archiver.store.replan import Spent, paces_of
from archiver.threads import revisits
from archiver.threads.pace import AHEAD
from archiver.threads.revisits import HOUR, Manners, Teller, Watched
from benchmarks.revisit_worlds import DAYS, END, Thread

TICK = 1 / 6
ON_A_PAGE = 50
"""Comments that the page of an article shows, as WordPress does unless told otherwise."""
START = datetime(2026, 1, 1, tzinfo=UTC)
SITE = "news.example"


@dataclass
class Run:
    """What a policy has found so far, and what it asked for."""

    threads: Sequence[Thread]
    looks: int = 0
    asks: int = 0
    comments_read: int = 0
    """Comments in all answers that came, known ones included."""
    comments_shown: int = 0
    """Comments on the articles' own pages."""
    looked: list[float] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    found: list[list[float]] = field(default_factory=list)
    upto: list[int] = field(default_factory=list)
    wait: list[float] = field(default_factory=list)
    """Hours that exponential backoff waits."""

    def __post_init__(self) -> None:
        self.looked = [each.began for each in self.threads]
        self.seen, self.upto = [0] * len(self.threads), [0] * len(self.threads)
        self.found = [[math.inf] * len(each.comments) for each in self.threads]
        self.wait = [0.5] * len(self.threads)

    def look(self, number: int, now: float) -> int:
        """A visit: sees what is there now. How many comments are new."""
        thread, new = self.threads[number], 0
        end = bisect_right(thread.comments, now)
        for place in range(self.upto[number], end):
            if thread.deleted[place] > now:
                self.found[number][place] = now
                new += 1
        self.upto[number], self.looked[number] = end, now
        self.seen[number] += new
        self.looks += 1
        self.comments_read += self.seen[number]
        self.comments_shown += min(self.seen[number], ON_A_PAGE)
        self.wait[number] = max(TICK, self.wait[number] / 2) if new else min(72.0, self.wait[number] * 2)
        return new

    @property
    def new(self) -> int:
        return sum(self.seen)

    @property
    def mean_delay(self) -> float:
        """Hours from a comment's writing to its being found; of those that stayed, the last three days left out."""
        delays = [
            min(found, END) - written
            for thread, times in zip(self.threads, self.found, strict=True)
            for written, deleted, found in zip(thread.comments, thread.deleted, times, strict=True)
            if deleted == math.inf and written < END - 72
        ]
        return sum(delays) / len(delays)


Score = Callable[[Run, int, float], float]


def gp_delay(run: Run, number: int, now: float) -> float:
    """Comments expected since the last look, times the hours since then."""
    began, looked = run.threads[number].began, run.looked[number]
    then, age = looked - began, now - began
    whole = (0.5 + run.seen[number]) / (0.1 + then / (then + 6))
    return whole * (age / (age + 6) - then / (then + 6)) * (now - looked)


def uniform(run: Run, number: int, now: float) -> float:
    """All in turn: everything is fetched again and again."""
    return now - run.looked[number]


def fixed(run: Run, number: int, now: float) -> float:
    """All in turn for a week, then no more."""
    return now - run.looked[number] if now - run.threads[number].began < 168 else -1.0


def backoff(run: Run, number: int, now: float) -> float:
    """Twice the wait after a look that found nothing, half of it after one that did."""
    return (now - run.looked[number]) / run.wait[number]


def by_score(threads: Sequence[Thread], looks_each: float, score: Score) -> Run:
    """The highest scores first, as many a tick as the budget gives."""
    run = Run(threads)
    begins = [each.began for each in threads]
    a_tick, left = len(threads) * looks_each * TICK / END, 0.0
    for tick in range(1, round(END / TICK) + 1):
        now = tick * TICK
        there = bisect_left(begins, now)
        left = min(left + a_tick, a_tick * 6 + 1) if there == 0 else left + a_tick
        if number := min(int(left), there):
            left -= int(left)
            best = heapq.nlargest(number, ((score(run, each, now), each) for each in range(there)))
            for worth, each in best:
                if worth > 0:
                    run.look(each, now)
    return run


def archiver(threads: Sequence[Thread], looks_each: float, *, tells: bool = False) -> Run:
    """The archiver's own rules, in the form that it uses: a due time a thread, set anew every hour to fit the budget.

    Where the site `tells`, one request names the articles with new comments.
    """
    a_day = len(threads) * looks_each / DAYS
    return _Archiver(threads, Manners(a_day=a_day, a_day_at_a_site=a_day), tells).run()


class _Archiver:
    def __init__(self, threads: Sequence[Thread], manners: Manners, tells: bool) -> None:
        self.result = Run(threads)
        self.manners = manners
        self.tells = tells
        self.watched: dict[int, Watched] = {}
        self.queue: list[tuple[datetime, int]] = []
        self.due: dict[int, datetime] = {}
        self.pace = manners.pace
        self.teller = Teller()
        self.budget = Budget(manners, {}, START)
        self.made: list[float] = []

    def run(self) -> Run:
        begins = [each.began for each in self.result.threads]
        there, planned = 0, -AHEAD
        for tick in range(1, round(END / TICK) + 1):
            hours = tick * TICK
            now = START + timedelta(hours=hours)
            while there < len(begins) and begins[there] < hours:
                self.begin(there, START + timedelta(hours=begins[there]))
                there += 1
            if hours - planned >= AHEAD and there:
                planned = hours
                self.plan(now)
            self.work(now, hours)
        return self.result

    def begin(self, number: int, at: datetime) -> None:
        """An article that was just archived: on its first page stands nothing yet."""
        self.watched[number] = Watched(began=at, seen=0, looked_at=at, visited_at=at, has_teller=self.tells)
        self.put(number)

    def plan(self, now: datetime) -> None:
        hours = (now - START) / HOUR
        ago = tuple(hours - each for each in self.made if hours - each <= 24)
        made = {SITE: Spent(hours_ago=ago, a_day=self.manners.a_day_at_a_site)}
        paced = [each for each in self.watched.values() if revisits.is_paced(each)]
        paces = paces_of(
            {SITE: [waiting for each in paced for waiting in each.waiting(now, self.manners)]}, made, self.manners
        )
        self.pace = paces[SITE]
        self.queue.clear()
        for number, watched in self.watched.items():
            self.put_at(number, self.due[number]) if watched.told else self.put(number)

    def put(self, number: int) -> None:
        due = revisits.next_look(self.watched[number], self.manners, self.pace).due_at
        if due is not None:
            self.put_at(number, due)

    def put_at(self, number: int, due: datetime) -> None:
        self.due[number] = due
        heapq.heappush(self.queue, (due, number))

    def work(self, now: datetime, hours: float) -> None:
        while self.queue and self.queue[0][0] <= now:
            due, number = self.queue[0]
            if self.due[number] != due:
                heapq.heappop(self.queue)  # it was put somewhere else since
                continue
            teller = self.teller if self.tells else None
            what = revisits.how(self.watched[number], teller, now, self.manners, self.pace)
            if what in ("visit", "ask") and not self.budget.take(SITE, now):
                return
            heapq.heappop(self.queue)
            if what == "wait" and self.teller.at is not None:
                self.put_at(number, revisits.asked_again_at(self.teller.at, self.manners))
            elif what == "quiet" and self.teller.at is not None:
                self.watched[number] = replace(self.watched[number], looked_at=self.teller.at)
                self.put(number)
            else:
                self.made.append(hours)
                self.ask(number, now, hours) if what == "ask" else self.visit(number, now, hours)

    def visit(self, number: int, now: datetime, hours: float) -> None:
        self.result.look(number, hours)
        seen = self.result.seen[number]
        newest = self.result.threads[number].comments[: self.result.upto[number]][-1:]
        self.watched[number] = replace(
            self.watched[number],
            seen=seen,
            told=0,
            looked_at=now,
            visited_at=now,
            newest=START + timedelta(hours=newest[0]) if newest else None,
        )
        self.put(number)

    def ask(self, number: int, now: datetime, hours: float) -> None:
        """The site names its newest comments; those that are not known make their articles due."""
        self.result.asks += 1
        self.teller = Teller(since=self.teller.since or now, at=now)
        for other, watched in self.watched.items():
            comments = self.result.threads[other].comments
            new = bisect_right(comments, hours) - self.result.upto[other]
            if new > watched.told:
                due = revisits.told_at(new, now, self.manners, self.pace)
                self.watched[other] = replace(watched, told=new)
                self.put_at(other, min(due, self.due[other]) if watched.told else due)
        if not self.watched[number].told:
            self.put_at(number, now)
