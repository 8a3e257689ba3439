"""What a run came to, in a few lines: what was stored, what is not whole and why, what to type next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

import click

from archiver.cli.output import print_json
from archiver.cli.words import count
from archiver.crawl.report import Report
from archiver.store.closing import ClosedThread, ClosedVisit
from archiver.threads.trust import is_certain

AT_MOST = 5
"""Lines for things that went wrong; the rest is counted."""

_REMEDIES = {
    "refused": "Ask the site for permission; --ignore-robots fetches it all the same, and the archive records that.",
    "missing": "Check the address. What was stored of it before stays.",
    "failed": "Nothing stored before is lost; the same command tries again.",
    "not_article": "'archiver inspect' shows what was looked for; the page itself is kept.",
}


def print_report(report: Report, *, as_json: bool) -> None:
    """The summary on standard output, what failed on standard error."""
    if as_json:
        print_json(report_object(report))
        return
    stored = [visit for visit in report.visits if visit.outcome == "stored"]
    if stored:
        click.echo(_stored(stored))
    elif not report.visits and not report.unfinished:
        click.echo("Nothing new was found. --dry-run shows where was looked and what is known already.")
    if report.passed_over:
        click.echo(f"{count(report.passed_over, 'page')} turned out to be no article.")
    for line in _incomplete(stored):
        click.echo(line)
    for line in _failed(report):
        click.echo(line, err=True)
    if stored:
        click.echo(_next(report, stored))


def report_object(report: Report) -> dict[str, Any]:
    """The shape of `--json`: frozen by a test."""
    return {
        "archive": str(report.folder),
        "exit_status": report.exit_status,
        "interrupted": report.interrupted,
        "passed_over": report.passed_over,
        "visits": [
            {
                "url": visit.url,
                "outcome": visit.outcome,
                "reason": visit.reason,
                "title": visit.title,
                "quotes": visit.quotes,
                "threads": [{name: getattr(thread, name) for name in thread.__slots__} for thread in visit.threads],
            }
            for visit in report.visits
        ],
        "unfinished": [
            {"url": visit.url, "waiting": visit.waiting, "due": visit.due, "reason": visit.error}
            for visit in report.unfinished
        ],
    }


def _stored(visits: Sequence[ClosedVisit]) -> str:
    threads = [thread for visit in visits for thread in visit.threads]
    comments = sum(thread.collected for thread in threads)
    parts = [count(len(visits), "article"), count(sum(visit.quotes for visit in visits), "quote")]
    where = f" in {count(len(threads), 'thread')}"
    parts.append(count(comments, "comment") + where if threads else "no comment thread")
    changes = [
        f"{number} {word}"
        for word, number in (
            ("new", sum(thread.new for thread in threads)),
            ("edited", sum(thread.edited for thread in threads)),
            ("gone", sum(thread.gone for thread in threads)),
            ("back", sum(thread.back for thread in threads)),
        )
        if number and not (word == "new" and number == comments)
    ]
    return f"Stored {', '.join(parts)}" + (f": {', '.join(changes)}" if changes else "") + "." + _verdict(threads)


def _verdict(threads: Sequence[ClosedThread]) -> str:
    """How complete the threads are, in a word; what is missing stands on lines of its own."""
    found = {thread.completeness for thread in threads}
    if found == {"complete"}:
        return " Complete."
    if "unknown" in found and "incomplete" not in found:
        return " Whether that is all is unknown: the site prints no count."
    return ""


def _incomplete(visits: Sequence[ClosedVisit]) -> Iterator[str]:
    lines = [
        f"Incomplete: {f'{visit.url}, ' if len(visits) > 1 else ''}{thread.platform}: {thread.reason}."
        for visit in visits
        for thread in visit.threads
        if thread.completeness == "incomplete"
    ]
    lines += [
        f"Uncertain: {f'{visit.url}, ' if len(visits) > 1 else ''}{thread.platform}: what was found may be no thread;"
        " archiver inspect --explain says why."
        for visit in visits
        for thread in visit.threads
        if not is_certain(thread.confidence)
    ]
    lines += [f"Not all was read: {visit.url}: {visit.reason}." for visit in visits if visit.reason]
    yield from lines[:AT_MOST]
    if len(lines) > AT_MOST:
        yield f"… and {len(lines) - AT_MOST} more; 'archiver status' lists them."


def _failed(report: Report) -> Iterator[str]:
    bad = [visit for visit in report.visits if visit.outcome != "stored"]
    for visit in bad[:AT_MOST]:
        yield f"{visit.url}: {visit.reason}. {_REMEDIES.get(visit.outcome, '')}".rstrip()
    if len(bad) > AT_MOST:
        yield f"… and {len(bad) - AT_MOST} more; 'archiver status' lists them."
    for left in report.unfinished[:AT_MOST]:
        asked = f"{left.error or 'its host asked for a pause'}; not to be asked before {left.due.astimezone():%H:%M}"
        cause = "interrupted" if report.interrupted else asked
        yield f"{left.url}: {cause}. Nothing is lost: the same command goes on from here."


def _next(report: Report, stored: Sequence[ClosedVisit]) -> str:
    folder = "" if str(report.folder) == "output" else f" --archive {shlex.quote(str(report.folder))}"
    if len(stored) == 1:
        url = stored[0].url
        named = f"{'-- ' if url.startswith('-') else ''}{shlex.quote(url)}{folder}"
        changed = any(thread.edited or thread.gone or thread.back for thread in stored[0].threads)
        return f"Read it: archiver show {named}" + (f"   What changed: archiver diff {named}" if changed else "")
    return f"See what is here: archiver status{folder}   Export: archiver export csv comments.csv{folder}"
