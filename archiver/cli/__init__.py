"""The command line: a thin face on the Python API. A command reads its arguments, calls one function, prints, returns.

Nothing here imports Scrapy or SQLAlchemy before a command runs: `--help` and completion answer at once.
"""

from __future__ import annotations

import sys

import click

from archiver import __version__
from archiver.cli.archive import command as archive
from archiver.cli.campaigns import command as campaigns
from archiver.cli.config import read_config
from archiver.cli.crawl import command as crawl
from archiver.cli.diff import command as diff
from archiver.cli.export import command as export
from archiver.cli.inspect import command as inspect
from archiver.cli.notify import command as notify
from archiver.cli.rebuild import command as rebuild
from archiver.cli.schedule import command as schedule
from archiver.cli.show import command as show
from archiver.cli.status import command as status
from archiver.cli.verify import command as verify
from archiver.cli.watch import command as watch
from archiver.errors import FAILED, INTERRUPTED, ArchiverError


class _InOrder(click.Group):
    """Lists its commands in the order in which one comes to need them."""

    def list_commands(self, context: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(self.commands)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "ARCHIVER"})
@click.version_option(__version__, prog_name="archiver", message="%(prog)s %(version)s")
@click.pass_context
def main_group(context: click.Context) -> None:
    """Archive what people said under the news: the article, its quotes and the whole comment thread.

    \b
    archiver archive https://news.example/story
    archiver show https://news.example/story
    archiver export csv comments.csv

    Settings come from the command line, then from the environment (ARCHIVER_ARCHIVE, ARCHIVER_ARCHIVE_DELAY, …),
    then from archiver.toml in the current folder.

    \b
    Exit status: 0 all stored · 1 something failed · 2 wrong usage · 3 stored, but a thread is incomplete ·
    4 refused by robots.txt · 5 evidence damaged · 130 interrupted; the same command goes on.
    """
    context.default_map = read_config(main_group)


for command in (
    archive,
    crawl,
    watch,
    schedule,
    notify,
    show,
    diff,
    status,
    export,
    inspect,
    verify,
    rebuild,
    campaigns,
):
    main_group.add_command(command)


def main() -> None:
    """The console script. Every error that the archiver raises on purpose is one line and an exit status."""
    try:
        sys.exit(main_group.main(prog_name="archiver", standalone_mode=False) or 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was stored is kept; the same command goes on from here.", err=True)
        sys.exit(INTERRUPTED)
    except ArchiverError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:  # `archiver export jsonl - | head`
        sys.stderr.close()
        sys.exit(FAILED)
