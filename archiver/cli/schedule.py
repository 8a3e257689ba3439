"""`archiver schedule`: print what a timer needs. Nothing is installed."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from archiver.cli import options

SERVICE = """\
[Unit]
Description=Look at what is due in the archive {archive}

[Service]
Type=oneshot
WorkingDirectory={folder}
{environment}ExecStart={command}
SuccessExitStatus=3 4 130
Nice=10
"""
TIMER = """\
[Unit]
Description=Look at what is due in the archive {archive}, every {every} minutes

[Timer]
OnCalendar={calendar}
Persistent=true
RandomizedDelaySec=30

[Install]
WantedBy=timers.target
"""
TEXT = """\
# Nothing was installed. With systemd, save two files:

# ~/.config/systemd/user/{name}.service
{service}
# ~/.config/systemd/user/{name}.timer
{timer}
# Then:  systemctl --user daemon-reload && systemctl --user enable --now {name}.timer
# And so that it runs while you are logged out:  loginctl enable-linger
{secret}
# Without systemd, one line for 'crontab -e':
{cron}
# A run that is still at work is left alone: systemd starts no second one, and a second one by cron ends at once.
"""
ADDRESS = """
# The address of the database holds a password: it is no part of the above. Put it into {file}, readable by you alone:
# ARCHIVER_WATCH_DATABASE=…
"""


@click.command("schedule", short_help="Print a timer for watch. Installs nothing.")
@click.option("--every", type=click.IntRange(1, 60), default=15, show_default=True, help="Minutes between two looks.")
@options.archive_folder
@options.database
@options.manners
@options.fetching
@options.durable
@options.as_json
@click.pass_context
def command(context: click.Context, /, every: int, archive: Path, database: str | None, as_json: bool, **_: Any) -> int:
    """Print a systemd service and timer, and a cron line, that run 'archiver watch --once'. Installs nothing.

    \b
    archiver schedule
    archiver schedule --every 30 --archive /srv/archive --contact desk@news.example

    Paths are absolute; options that are given go into the command; archiver.toml in this folder is used as here.
    """
    from archiver.cli.output import print_json

    folder, here = archive.absolute(), Path.cwd()
    words = [*_program(), "watch", "--once", "--quiet", "--archive", str(folder), *_options(context)]
    secret = folder / "watch.env" if database and urlsplit(database).password else None
    if database and not secret:
        words += ["--database", database]
    service = SERVICE.format(
        archive=_percent(str(folder)),
        folder=_percent(str(here)),
        environment=f"EnvironmentFile={_percent(str(secret))}\n" if secret else "",
        command=" ".join(map(_systemd_word, words)),
    )
    calendar = "hourly" if every == 60 else f"*:0/{every}"
    timer = TIMER.format(archive=_percent(str(folder)), every=every, calendar=calendar)
    cron = _cron(words, every, here, secret)
    if as_json:
        print_json({"service": service, "timer": timer, "cron": cron})
        return 0
    name = f"archiver-{folder.name}" if folder.name.isascii() and folder.name.isalnum() else "archiver"
    told = ADDRESS.format(file=secret) if secret else ""
    click.echo(TEXT.format(name=name, service=service, timer=timer, cron=cron, secret=told), nl=False)
    return 0


def _program() -> list[str]:
    """This very archiver, by its absolute path."""
    script = Path(sys.executable).with_name("archiver")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "archiver"]


def _options(context: click.Context) -> list[str]:
    """What was given here on the command line or in the environment, which a timer does not have. What stands in
    archiver.toml is read there again."""
    words: list[str] = []
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if parameter.name in ("every", "archive", "database", "as_json"):
            continue
        if source in (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT):
            value = context.params[parameter.name or ""]
            words += [parameter.opts[0], *([] if isinstance(value, bool) else [f"{value}"])]
    return words


def _systemd_word(word: str) -> str:
    """Quoted as systemd.service(5) reads it."""
    plain = _percent(word).replace("$", "$$")
    if all(letter.isalnum() or letter in "/._-=:@+,%$" for letter in plain):
        return plain
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _cron(words: list[str], every: int, here: Path, secret: Path | None) -> str:
    """crontab(5): a bare % would end the command. What went wrong is mailed, that nothing was due is not."""
    when = "0 * * * *" if every == 60 else f"*/{every} * * * *"
    known = f". {shlex.quote(str(secret))} && export ARCHIVER_WATCH_DATABASE && " if secret else ""
    command = f"cd {shlex.quote(str(here))} && {known}{shlex.join(words)}"
    return f"{when} {command} > /dev/null".replace("%", "\\%")
