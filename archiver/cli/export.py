"""`archiver export FORMAT [FILE]`: the archive as a file for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options

FORMATS = ("csv", "json", "jsonl")
"""Named here too, so that --help need not load the exports; a test holds the two lists together."""


@click.command("export")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument(
    "file", metavar="[FILE]", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), required=False
)
@click.option("--url", help="Only the article at this address.")
@click.option(
    "--raw", is_flag=True, help="csv: cells as they are, even where a spreadsheet would run them as formulas."
)
@click.option("--excel", is_flag=True, help="csv: begin with a byte order mark, so that Excel reads it as UTF-8.")
@options.archive_folder
@options.database
@options.as_json
def command(
    format_name: str,
    file: Path | None,
    url: str | None,
    raw: bool,
    excel: bool,
    archive: Path,
    database: str | None,
    as_json: bool,
) -> int:
    """Write the archive as csv (one comment a row), jsonl (one comment a line) or json (articles with their threads).

    \b
    archiver export csv comments.csv --excel
    archiver export json - --url https://news.example/story

    FILE is 'exports/comments.FORMAT' in the archive where it is not given, '-' is standard output. What each column
    means: docs/codebook.md.
    """
    from archiver import api
    from archiver.cli.output import print_json
    from archiver.cli.words import count

    if (raw or excel) and format_name != "csv":
        raise click.UsageError("--raw and --excel are for csv.")
    path = file or archive / "exports" / f"comments.{format_name}"
    chosen = {"raw": raw, "excel": excel} if format_name == "csv" else {}
    with api.open(archive, database) as opened:
        if file is None:
            path.parent.mkdir(exist_ok=True)
        written = opened.export(format_name, path, url=url, **chosen)
    if str(path) != "-":
        if as_json:
            print_json({"file": str(path), "format": format_name, "comments": written})
        else:
            click.echo(f"Wrote {count(written, 'comment')} to {path}.")
    return 0
