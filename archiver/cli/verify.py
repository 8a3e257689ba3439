"""`archiver verify`: every record against its digests, every row against its record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.rebuild import differences_object, some
from archiver.cli.words import count, printable

if TYPE_CHECKING:
    from archiver.evidence.differences import Differences
    from archiver.evidence.verify import Carried, Damage, Verdict

AT_MOST = 20


@click.command("verify", short_help="Check every record and every row.")
@click.option("--deep", is_flag=True, help="Read each capture again, and name the rows that do not follow from it.")
@click.option(
    "--repair", "mend", is_flag=True, help="Keep every whole record of a damaged file, and name what is lost."
)
@click.option("--all", "everything", is_flag=True, help=f"The whole list, instead of the first {AT_MOST} lines.")
@options.archive_folder
@options.database
@options.as_json
def command(deep: bool, mend: bool, everything: bool, archive: Path, database: str | None, as_json: bool) -> int:
    """Check every record of the archive against its digests, and every row against its record.

    \b
    archiver verify
    archiver verify --deep
    archiver verify --repair

    Exit status 5 where something is damaged: the file, the bytes, and the rows that were read from them are named.
    """
    from datetime import UTC, datetime

    from archiver.cli.output import print_json
    from archiver.evidence.verify import verify_archive

    verdict = verify_archive(archive, database, deep=deep, repair_at=datetime.now(UTC) if mend else None)
    if as_json:
        print_json(_object(verdict, str(archive)))
    else:
        for line in _lines(verdict, None if everything else AT_MOST):
            click.echo(printable(line))
    return verdict.exit_status


def _object(verdict: Verdict, archive: str) -> dict[str, Any]:
    deep = None if verdict.deep is None else differences_object(verdict.deep)
    told = {
        name: getattr(verdict, name) for name in ("files", "captures", "damages", "changed", "repaired", "unreadable")
    }
    return {"archive": archive, "exit_status": verdict.exit_status, "verdict": told | {"deep": deep}}


def _lines(verdict: Verdict, at_most: int | None) -> Iterator[str]:
    looked = f"{count(verdict.files, 'file')}, {count(verdict.captures, 'capture')}"
    if verdict.damages:
        yield f"Damaged: {count(len(verdict.damages), 'place')} in {looked}."
        yield from some([line for damage in verdict.damages for line in _damage(damage)], at_most)
    else:
        yield f"Whole: {looked}. Every byte is as it was written."
    yield from some(list(verdict.changed), at_most)
    for name, repaired in verdict.repaired.items():
        yield f"Repaired {name}: {count(repaired.kept, 'whole record')} kept; as it was found: {name}.damaged"
    if verdict.damages and not verdict.repaired:
        yield "Restore the files from a backup; 'archiver verify --repair' keeps every whole record of a torn one."
    if verdict.deep is not None:
        yield from _deep(verdict.deep, bool(verdict.damages), at_most)
    yield from some([f"Could not be read, please report it: {each}" for each in verdict.unreadable], at_most)


def _deep(found: Differences, is_damaged: bool, at_most: int | None) -> Iterator[str]:
    if not found:
        yield f"Every {'other ' * is_damaged}row follows from its captures."
        return
    yield f"{count(found.rows.total(), 'row')} do not follow from the captures as today's extractors read them:"
    yield from some([f"  {each}" for each in found.first], at_most)
    yield "If a newer version of the archiver reads better, 'archiver rebuild' brings the rows up to date."


def _damage(damage: Damage) -> Iterator[str]:
    yield f"  {damage.finding}"
    yield from (f"    {_carried(each)}" for each in damage.carries)


def _carried(each: Carried) -> str:
    rows = ", ".join(count(number, word) for word, number in each.rows.items()) or "no rows"
    return f"{rows} read from capture {each.capture_id}, {each.article_url or each.url}"
