"""archiver.toml: defaults for the options of the commands.

archive = "output"            # for every command
contact = "desk@news.example"

[archive]                     # for one command
delay = 2.0

[[site]]                      # what `archiver crawl` archives, see `archiver.crawl.sites.Site`; one table a site
url = "https://news.example/"
exclude = ["/live/*"]

[[notify]]                    # who is told of changes, see `archiver.notify.notifier.Notifier`; one table a receiver
name = "desk"
webhook = "https://chat.example/hooks/1"
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from archiver.errors import BadSetting

if TYPE_CHECKING:
    from archiver.crawl.sites import Site
    from archiver.notify.notifier import Notifier

FILE = Path("archiver.toml")
SITES, NOTIFIERS = "site", "notify"
T = TypeVar("T")


def read_config(group: click.Group, file: Path = FILE) -> dict[str, Any]:
    """The file as click's default map, {} where there is none. Raises `BadSetting` for a key that no command knows."""
    values = _read(file)
    for name in (SITES, NOTIFIERS):  # read where they are wanted, by the functions below
        values.pop(name, None)
    options = {name: _option_names(command) for name, command in group.commands.items()}
    shared = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    tables = {key: value for key, value in values.items() if isinstance(value, Mapping)}
    _check(file, shared, set().union(*options.values()), "")
    _check(file, tables, set(options), "")
    for name, table in tables.items():
        _check(file, table, options[name], f"{name}.")
    return {
        name: {key: value for key, value in shared.items() if key in known} | dict(tables.get(name, {}))
        for name, known in options.items()
    }


def read_sites(file: Path = FILE) -> list[Site]:
    """The sites that the file names, in order. Raises `BadSetting` for one that cannot be understood."""
    from archiver.crawl.sites import Site

    return _tables(file, SITES, Site)


def read_notifiers(file: Path = FILE) -> list[Notifier]:
    """Who is told of changes, in order. Raises `BadSetting` for one that cannot be understood."""
    if not _read(file).get(NOTIFIERS):
        return []  # without importing what only they need
    from archiver.notify.notifier import Notifier

    notifiers = _tables(file, NOTIFIERS, Notifier)
    doubled = [name for name, times in Counter(each.name for each in notifiers).items() if times > 1]
    if doubled:
        raise BadSetting(str(file), f"two '[[{NOTIFIERS}]]' have the name '{doubled[0]}'", remedy="Rename one of them.")
    return notifiers


def _tables(file: Path, name: str, kind: type[T]) -> list[T]:
    """The tables `[[name]]` as values of a dataclass."""
    tables = _read(file).get(name, [])
    if not isinstance(tables, list):
        raise BadSetting(str(file), f"'[{name}]' is one table", remedy=f"Write '[[{name}]]', once for each {name}.")
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    found = []
    for number, table in enumerate(tables, start=1):
        _check(file, table, known, f"{name} {number}: ")
        try:
            found.append(msgspec.convert(table, kind))
        except msgspec.ValidationError as error:
            raise BadSetting(str(file), f"{name} {number}: {_plain(error)}") from error
    return found


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSetting(str(file), f"cannot be read: {error}") from error


def _plain(error: msgspec.ValidationError) -> str:
    """'Expected `int`, got `str` - at `$.limit`' as '`limit`: expected `int`, got `str`'."""
    what, _, where = str(error).partition(" - at ")
    return f"{where.replace('$.', '')}: {what[:1].lower()}{what[1:]}" if where else f"{what[:1].lower()}{what[1:]}"


def _option_names(command: click.Command) -> set[str]:
    return {parameter.name for parameter in command.params if isinstance(parameter, click.Option) and parameter.name}


def _check(file: Path, given: Mapping[str, Any], known: set[str], prefix: str) -> None:
    for key in given:
        if key.replace("-", "_") not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean '{prefix}{near[0]}'?" if near else f"Known here: {', '.join(sorted(known))}."
            raise BadSetting(str(file), f"unknown setting '{prefix}{key}'", remedy=hint)
