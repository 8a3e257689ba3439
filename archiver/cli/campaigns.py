"""`archiver campaigns`: the same text or link in many threads."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options
from archiver.cli.words import count


@click.command("campaigns", short_help="Flag the same text or link in many threads.")
@options.archive_folder
@options.database
@options.as_json
def command(archive: Path, database: str | None, as_json: bool) -> int:
    """Look for the same text or the same link in three threads or more, and flag those comments.

    \b
    archiver campaigns
    archiver export csv comments.csv        # the column 'flags' says: campaign

    All threads of the archive are compared. A flag hides and deletes nothing; each run flags anew.
    """
    from archiver.cli.output import print_json
    from archiver.store.campaigns import find_campaigns
    from archiver.store.database import DATABASE_FILE, open_database

    with open_database(database or archive / DATABASE_FILE, create=False) as opened, opened.write() as conn:
        found = find_campaigns(conn)
    if as_json:
        print_json({"text": found["text"], "link": found["link"]})
    elif found:
        same = " and ".join(f"{found[what]:,} for the same {what}" for what in ("text", "link") if found[what])
        click.echo(f"Flagged {count(found.total(), 'comment')}: {same} in three threads or more.")
    else:
        click.echo("No text and no link stands in three threads or more.")
    return 0
