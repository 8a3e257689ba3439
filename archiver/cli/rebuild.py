"""`archiver rebuild`: today's extractors over stored captures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.words import count, printable

if TYPE_CHECKING:
    from archiver.evidence.differences import Differences
    from archiver.evidence.rebuild import Rebuilt

AT_MOST = 20


@click.command("rebuild", short_help="Read all captures again, without network.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change: a copy is read again.")
@click.option("--all", "everything", is_flag=True, help=f"The whole list, instead of the first {AT_MOST} lines.")
@options.archive_folder
@options.database
@options.as_json
def command(dry_run: bool, everything: bool, archive: Path, database: str | None, as_json: bool) -> int:
    """Read all captures again with today's extractors, without network, in place of what was read from them before.

    \b
    archiver rebuild --dry-run
    archiver rebuild

    Visits, requests and captures stay as they are. An article with a damaged capture stays as it is, and is named.
    """
    from archiver.cli.output import print_json
    from archiver.evidence.rebuild import rebuild_archive

    rebuilt = rebuild_archive(archive, database, dry_run=dry_run)
    if as_json:
        print_json(_object(rebuilt, str(archive), dry_run))
    else:
        for line in _lines(rebuilt, dry_run, None if everything else AT_MOST):
            click.echo(printable(line))
    return rebuilt.exit_status


def _object(rebuilt: Rebuilt, archive: str, dry_run: bool) -> dict[str, Any]:
    return {
        "archive": archive,
        "exit_status": rebuilt.exit_status,
        "dry_run": dry_run,
        "pages": rebuilt.replayed.pages,
        "damaged": rebuilt.replayed.damaged,
        "unreadable": rebuilt.replayed.unreadable,
        **differences_object(rebuilt.differences),
    }


def differences_object(found: Differences) -> dict[str, Any]:
    """Rows by table and kind, and the first differences, as JSON has them."""
    counts = [{"table": table, "kind": kind, "rows": rows} for (table, kind), rows in sorted(found.rows.items())]
    return {"changes": counts, "first": found.first}


def _lines(rebuilt: Rebuilt, dry_run: bool, at_most: int | None) -> Iterator[str]:
    replayed, found = rebuilt.replayed, rebuilt.differences
    yield f"Read {count(replayed.pages, 'page')} again" + (", as a rehearsal: nothing was changed." if dry_run else ".")
    if not found:
        yield "The same rows as before."
    for (table, kind), rows in sorted(found.rows.items()):
        yield f"  {table}: {count(rows, 'row')} {kind}"
    yield from some([f"  {each}" for each in found.first], at_most)
    yield from some([f"Left as it was: {each}" for each in replayed.damaged], at_most)
    yield from some([f"Could not be read, please report it: {each}" for each in replayed.unreadable], at_most)


def some(lines: list[str], at_most: int | None) -> Iterator[str]:
    """The first lines, and how many more there are; all of them where `at_most` is None."""
    yield from lines[:at_most]
    if at_most is not None and len(lines) > at_most:
        yield f"… and {len(lines) - at_most} more; --all shows them."
