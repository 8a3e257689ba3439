"""When to look again: the archiver's own rules beside other policies, in four invented worlds: `python -m
benchmarks.revisits`.

All have the same looks to spend. What counts is how long a comment waits until it is found, on average; and what it
costs in requests and bytes to find comments so soon. The peer is GP-delay: the same idea, but choosing the best
threads of all every ten minutes. A queue of due times cannot do that.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import click

from benchmarks.newspaper import furnished, make_stories
from benchmarks.revisit_policies import Run, Score, archiver, backoff, by_score, fixed, gp_delay, uniform
from benchmarks.revisit_worlds import HALVES, Thread, world
from tests.site import wordpress

PEER = "GP-delay, best of all every 10 min"
POLICIES: Mapping[str, Callable[[Sequence[Thread], float], Run]] = {
    PEER: partial(by_score, score=gp_delay),
    "archiver": archiver,
    "archiver, the site tells": partial(archiver, tells=True),
    "exponential backoff": partial(by_score, score=backoff),
    "fixed interval for a week": partial(by_score, score=fixed),
    "everything again in turn": partial(by_score, score=uniform),
}


AS_SOON: Mapping[str, Score] = {"fixed interval": fixed, "everything again": uniform}
MOST = 320
"""Looks a thread that are tried at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """`delay` is the mean in hours; requests and bytes are those of a newly found comment."""

    delay: float
    looks: int
    requests: float
    kilobytes: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """What comes over the wire, packed with gzip, in bytes: measured on the pages of the sample newspaper."""

    page: float
    page_comment: float
    answer: float
    answer_comment: float
    named: float
    """An answer that names the hundred newest comments of a site."""


@click.command()
@click.option("--threads", default=600, show_default=True)
@click.option("--looks", "all_looks", default="5,10", show_default=True, help="Looks a thread in 20 days.")
@click.option("--worlds", default=",".join(HALVES), show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--processes", default=2, show_default=True)
def main(threads: int, all_looks: str, worlds: str, seed: int, processes: int) -> None:
    """Prints the figures of every policy in every world, and the archiver's delay beside the peer's."""
    measured = sizes()
    jobs = [(name, float(looks)) for name in worlds.split(",") for looks in all_looks.split(",")]
    with ProcessPoolExecutor(processes) as pool:
        results = pool.map(partial(one_world, threads=threads, seed=seed, measured=measured), *zip(*jobs, strict=True))
        for (name, looks), figures in zip(jobs, results, strict=True):
            report(name, looks, figures)


def one_world(name: str, looks: float, *, threads: int, seed: int, measured: Sizes) -> Mapping[str, Figures]:
    there = world(name, threads, seed)
    figures = {policy: cost(run(there, looks), measured) for policy, run in POLICIES.items()}
    delay = figures["archiver"].delay
    soon = {f"{policy}, as soon": as_soon(there, score, looks, delay, measured) for policy, score in AS_SOON.items()}
    return figures | {policy: each for policy, each in soon.items() if each is not None}


def as_soon(threads: Sequence[Thread], score: Score, looks: float, delay: float, measured: Sizes) -> Figures | None:
    """What another policy takes to find comments as soon as the archiver: between two budgets, by their logarithms.
    None where it never does."""
    before = now = cost(by_score(threads, looks, score), measured)
    while now.delay > delay and looks < MOST:
        before, looks = now, looks * 2
        now = cost(by_score(threads, looks, score), measured)
    if now.delay > delay or before is now:
        return None
    part = math.log(before.delay / delay) / math.log(before.delay / now.delay)

    def between(low: float, high: float) -> float:
        return low * math.exp(math.log(high / low) * part)

    return Figures(
        delay=between(before.delay, now.delay),
        looks=round(between(before.looks, now.looks)),
        requests=between(before.requests, now.requests),
        kilobytes=between(before.kilobytes, now.kilobytes),
    )


def report(name: str, looks: float, figures: Mapping[str, Figures]) -> None:
    click.echo(f"\n{name}, {looks:g} looks a thread in 20 days")
    click.echo(f"{'':36} mean delay   ratio     looks  requests and kB a new comment")
    for policy, each in figures.items():
        ratio = each.delay / figures[PEER].delay
        click.echo(
            f"{policy:36} {each.delay:8.2f} h {ratio:7.3f} {each.looks:9,}  {each.requests:8.2f} {each.kilobytes:9.1f}"
        )


def cost(run: Run, measured: Sizes) -> Figures:
    """A visit is the article's page and an answer of its API for every hundred comments; a question is one request.

    The page shows at most fifty comments, as WordPress does unless told otherwise.
    """
    requests = 2 * run.looks + run.comments_read // 100 + run.asks
    size = run.looks * (measured.page + measured.answer) + run.asks * measured.named
    size += run.comments_read * measured.answer_comment + run.comments_shown * measured.page_comment
    return Figures(
        delay=run.mean_delay,
        looks=run.looks + run.asks,
        requests=requests / run.new,
        kilobytes=size / run.new / 1000,
    )


def sizes() -> Sizes:
    """A story without comments, and one with a hundred."""
    (empty,), (full,) = make_stories(1, 0), make_stories(1, 100)
    pages = [_packed(furnished(wordpress.post(each, "https://news.example", 1)).payload) for each in (empty, full)]
    shown = sum(1 for each in full.comments if each.parent is None)
    on_page = min(shown, wordpress.THREADS_A_PAGE) * len(full.comments) / shown
    query = {"per_page": "100", "order": "asc"}
    answers = [
        _packed(wordpress.rest(each, "https://news.example", query | {"post": str(each.id)}).payload)
        for each in (empty, full)
    ]
    names = {"per_page": "100", "orderby": "id", "_fields": "id,post"}
    return Sizes(
        page=pages[0],
        page_comment=(pages[1] - pages[0]) / on_page,
        answer=answers[0],
        answer_comment=(answers[1] - answers[0]) / 100,
        named=_packed(wordpress.rest_of_site([full], "https://news.example", names).payload),
    )


def _packed(body: bytes) -> int:
    return len(gzip.compress(body, 6)) + HEADERS


HEADERS = 400
"""Bytes of an answer's headers."""


if __name__ == "__main__":
    main()
