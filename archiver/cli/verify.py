"""`archiver verify`: every record against its digests, every row against its record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.words import count

if TYPE_CHECKING:
    from archiver.evidence.verify import Carried, Damage, Verdict

AT_MOST = 20


@click.command("verify")
@click.option(
    "--repair", "mend", is_flag=True, help="Keep every whole record of a damaged file, and name what is lost."
)
@click.option("--all", "everything", is_flag=True, help=f"The whole list, instead of the first {AT_MOST} lines.")
@options.archive_folder
@options.database
@options.as_json
def command(mend: bool, everything: bool, archive: Path, database: str | None, as_json: bool) -> int:
    """Check every record of the archive against its digests, and every row against its record.

    \b
    archiver verify
    archiver verify --repair

    Exit status 5 where something is damaged: the file, the bytes, and the rows that were read from them are named.
    """
    from datetime import UTC, datetime

    from archiver.cli.output import print_json
    from archiver.evidence.verify import verify_archive

    verdict = verify_archive(archive, database, repair_at=datetime.now(UTC) if mend else None)
    if as_json:
        print_json({"archive": str(archive), "exit_status": verdict.exit_status, "verdict": verdict})
    else:
        for line in _lines(verdict, None if everything else AT_MOST):
            click.echo(line)
    return verdict.exit_status


def _lines(verdict: Verdict, at_most: int | None) -> Iterator[str]:
    looked = f"{count(verdict.files, 'file')}, {count(verdict.captures, 'capture')}"
    if not verdict.damages:
        yield f"Whole: {looked}. Every byte is as it was written."
        return
    yield f"Damaged: {count(len(verdict.damages), 'place')} in {looked}."
    for damage in verdict.damages[:at_most]:
        yield from _damage(damage)
    if at_most is not None and len(verdict.damages) > at_most:
        yield f"… and {len(verdict.damages) - at_most} more; --all shows them."
    for name, repaired in verdict.repaired.items():
        yield f"Repaired {name}: {count(repaired.kept, 'whole record')} kept; as it was found: {name}.damaged"
    if not verdict.repaired:
        yield "Restore the files from a backup; 'archiver verify --repair' keeps every whole record of a torn one."


def _damage(damage: Damage) -> Iterator[str]:
    yield f"  {damage.finding}"
    yield from (f"    {_carried(each)}" for each in damage.carries)


def _carried(each: Carried) -> str:
    rows = ", ".join(count(number, word) for word, number in each.rows.items()) or "no rows"
    return f"{rows} read from capture {each.capture_id}, {each.article_url or each.url}"
