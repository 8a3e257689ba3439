"""archiver.toml: defaults for the options of the commands.

archive = "output"            # for every command
contact = "desk@news.example"

[archive]                     # for one command
delay = 2.0
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from archiver.errors import BadSetting

FILE = Path("archiver.toml")


def read_config(group: click.Group, file: Path = FILE) -> dict[str, Any]:
    """The file as click's default map, {} where there is none. Raises `BadSetting` for a key that no command knows."""
    if not file.is_file():
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSetting(str(file), f"cannot be read: {error}") from error
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


def _option_names(command: click.Command) -> set[str]:
    return {parameter.name for parameter in command.params if isinstance(parameter, click.Option) and parameter.name}


def _check(file: Path, given: Mapping[str, Any], known: set[str], prefix: str) -> None:
    for key in given:
        if key.replace("-", "_") not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"Did you mean '{prefix}{near[0]}'?" if near else f"Known here: {', '.join(sorted(known))}."
            raise BadSetting(str(file), f"unknown setting '{prefix}{key}'", remedy=hint)
