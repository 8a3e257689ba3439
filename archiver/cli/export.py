"""`archiver export FORMAT [FILE]`: the archive as a file for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options

FORMATS = ("csv", "json", "jsonl", "wacz")
"""Named here too, so that --help need not load the exports; a test holds the two lists together."""


@click.command("export", short_help="Write csv, jsonl, json or wacz.")
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
    """Write the archive as csv (one comment a row), jsonl (one comment a line), json (articles with their threads) or
    wacz (the captured pages, for ReplayWeb.page and other replay tools).

    \b
    archiver export csv comments.csv --excel
    archiver export json - --url https://news.example/story
    archiver export wacz pages.wacz

    FILE is 'exports/comments.FORMAT' in the archive where it is not given, '-' is standard output (not for wacz).
    What each column means: docs/codebook.md.
    """
    from archiver import api
    from archiver.cli.output import print_json
    from archiver.cli.words import count

    if (raw or excel) and format_name != "csv":
        raise click.UsageError("--raw and --excel are for csv.")
    if format_name == "wacz":
        return _export_wacz(file or archive / "exports" / "pages.wacz", url, archive, database, as_json)
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


def _export_wacz(path: Path, url: str | None, archive: Path, database: str | None, as_json: bool) -> int:
    from datetime import UTC, datetime

    from archiver import __version__, api, errors
    from archiver.cli.output import print_json
    from archiver.cli.words import count, printable
    from archiver.exports.formats import PACKAGES
    from archiver.warc import FOLDER

    with api.open(archive, database) as opened:
        packed = PACKAGES["wacz"](
            opened.database,
            archive / FOLDER,
            path,
            url=url,
            at=datetime.now(UTC),
            software=f"archiver/{__version__}",
        )
    if as_json:
        print_json({"file": str(path), "format": "wacz", "pages": packed.pages, "lost": packed.lost})
    else:
        click.echo(f"Wrote {count(packed.pages, 'page')} with all that belongs to them to {path}.")
        for each in packed.lost:
            click.echo(f"Lost, and not in it: {printable(each)}")
    return errors.DAMAGED if packed.lost else errors.OK
