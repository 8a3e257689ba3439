"""The plan of a crawl, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import click

from archiver.cli.output import print_json
from archiver.cli.words import count
from archiver.crawl.plan import Plan


def print_plans(plans: Sequence[Plan], *, as_json: bool) -> None:
    """Addresses on standard output, listings that did not come on standard error."""
    if as_json:
        print_json({"sites": [asdict(plan) for plan in plans]})
        return
    for plan in plans:
        for line in _lines(plan):
            click.echo(line)
        for url, reason in plan.unread.items():
            click.echo(f"{url}: {reason}.", err=True)


def _lines(plan: Plan) -> Iterator[str]:
    yield f"{plan.site}   {count(len(plan.listings), 'listing')} read"
    yield from (f"  {url}" for url in plan.would_archive)
    parts = [f"Would archive {count(len(plan.would_archive), 'article')}."]
    if plan.known:
        parts.append(f"{len(plan.known):,} known already.")
    reasons = Counter(plan.left_out.values())
    parts += [f"{number:,} left out: {reason}." for reason, number in reasons.most_common()]
    yield " ".join(parts)
