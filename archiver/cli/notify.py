"""`archiver notify`: who is told of changes; try it, try again, forget."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from archiver.cli import options
from archiver.cli.config import read_notifiers
from archiver.cli.words import count
from archiver.errors import BadSetting

if TYPE_CHECKING:
    from archiver.notify.notifier import Notifier
    from archiver.store.rows import Outgoing


@click.command("notify", short_help="Who is told of changes; try or retry it.")
@click.option("--test", metavar="NAME", help="Send a sample message now.")
@click.option("--retry", metavar="NAME", help="Send what waits or was given up with the next crawl or watch.")
@click.option("--drop", metavar="NAME", help="Forget what waits or was given up.")
@options.archive_folder
@options.database
@options.as_json
def command(
    test: str | None, retry: str | None, drop: str | None, archive: Path, database: str | None, as_json: bool
) -> int:
    """List who is told of new, edited and gone comments, or try one of them.

    \b
    archiver notify
    archiver notify --test desk

    They stand in archiver.toml, a [[notify]] each:

    \b
    [[notify]]
    name = "desk"
    webhook = "https://chat.example/hooks/1"

    archive, crawl and watch deliver beside their work, and try again for a week.
    """
    if sum(each is not None for each in (test, retry, drop)) > 1:
        raise click.UsageError("Give one of --test, --retry and --drop.")
    notifiers = read_notifiers()
    if test is not None:
        return _test(_named(notifiers, test))
    if (name := retry or drop) is not None:
        return _change(archive, database, name, again=retry is not None)
    return _list(notifiers, archive, database, as_json=as_json)


def _named(notifiers: Sequence[Notifier], name: str) -> Notifier:
    by_name = {notifier.name: notifier for notifier in notifiers}
    if name not in by_name:
        near = get_close_matches(name, by_name, n=1)
        known = f"Known: {', '.join(by_name)}." if by_name else "Write a [[notify]] into archiver.toml."
        raise BadSetting(
            "archiver.toml", f"no [[notify]] is named '{name}'", remedy=f"Did you mean '{near[0]}'?" if near else known
        )
    return by_name[name]


def _test(notifier: Notifier) -> int:
    from archiver.notify.deliver import deliver, write_feed
    from archiver.notify.sample import sample

    message = sample()
    if notifier.atom is None:
        deliver(notifier, message)
        click.echo(f"{notifier.name}: a sample message was delivered.")
    else:
        write_feed(notifier, [message])
        click.echo(f"{notifier.atom}: holds a sample entry, until the first change is told.")
    return 0


def _change(archive: Path, database: str | None, name: str, *, again: bool) -> int:
    from archiver.crawl.session import now
    from archiver.store import outbox
    from archiver.store.database import DATABASE_FILE, open_database

    with open_database(database or archive / DATABASE_FILE, create=False) as opened, opened.write() as conn:
        number = outbox.retry(conn, name, now=now()) if again else outbox.drop(conn, name)
    what = "due again: the next archive, crawl or watch delivers" if again else "forgotten"
    click.echo(f"{name}: {count(number, 'message')} {what}.")
    return 0


def _list(notifiers: Sequence[Notifier], archive: Path, database: str | None, *, as_json: bool) -> int:
    from archiver.cli.output import print_json

    left = {each.notifier: each for each in _outgoing(archive, database)}
    if as_json:
        print_json(
            [
                {"name": each.name, "to": _receiver(each), "on": each.on, "messages": left.get(each.name)}
                for each in notifiers
            ]
        )
        return 0
    for notifier in notifiers:
        click.echo(
            f"{notifier.name}  {_receiver(notifier)}  on {', '.join(notifier.on)}{_left(left.get(notifier.name))}"
        )
    for name in left.keys() - {notifier.name for notifier in notifiers}:
        click.echo(f"{name}  not in archiver.toml{_left(left[name])}")
    if not notifiers and not left:
        click.echo("Nobody is told of changes. 'archiver notify --help' shows how.")
    return 0


def _outgoing(archive: Path, database: str | None) -> Sequence[Outgoing]:
    """What waits in the archive, where there is one already."""
    from archiver import api
    from archiver.errors import NotArchived

    try:
        with api.open(archive, database) as opened:
            return opened.status().messages
    except NotArchived:
        return ()


def _receiver(notifier: Notifier) -> str:
    """Of a webhook the host alone: the rest of such an address is a secret, as a rule."""
    if notifier.webhook is not None:
        return urlsplit(notifier.webhook).netloc.rpartition("@")[2]
    if notifier.atom is not None:
        return notifier.atom
    command = notifier.command or ""
    return command if isinstance(command, str) else command[0]


def _left(outgoing: Outgoing | None) -> str:
    if outgoing is None:
        return ""
    parts = [f"{outgoing.waiting:,} to come"] if outgoing.waiting else []
    parts += [f"{outgoing.given_up:,} given up"] if outgoing.given_up else []
    return f"  {', '.join(parts)}" + (f": {outgoing.error}" if outgoing.error else "")
