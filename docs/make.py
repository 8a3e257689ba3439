"""Writes the parts of the docs that are made from code. `--check` writes nothing and tells what is stale.

Run it as `make docs`. Each function below gives the whole text of one file.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from archiver import errors
from archiver.cli import main_group
from archiver.exports import codebook
from archiver.platforms import known

HERE = Path(__file__).parent
MADE = "<!-- Made from code by `make docs`: change the code, not this file. -->\n\n"
WIDTH = 88


def platforms() -> str:
    """The comment systems, from the modules of `archiver.platforms`."""
    rows = [
        f"| {name} | {_first_sentence(inspect.getdoc(platform))} | `{platform.EXAMPLE}` |"
        for name, platform in known().items()
    ]
    head = ["| name | what it reads | for example |", "|---|---|---|"]
    intro = "# Comment systems\n\nTried in this order. A page may carry more than one; each is a thread of its own.\n\n"
    return intro + "\n".join([*head, *rows]) + "\n\nOne more takes an hour: [CONTRIBUTING.md](../CONTRIBUTING.md).\n"


def commands() -> str:
    """Every `--help`."""
    parts = ["# Commands\n", _help("archiver", main_group)]
    parts += [
        f"\n## archiver {name}\n\n" + _help(f"archiver {name}", command)
        for name, command in sorted(main_group.commands.items())
    ]
    return "\n".join(parts)


def exit_statuses() -> str:
    """Statuses and messages, from the classes of `archiver.errors`."""
    head = ["| error | status | means | what the message advises |", "|---|---|---|---|"]
    rows = [
        f"| `{error.__name__}` | {error.exit_status} | {_first_sentence(inspect.getdoc(error))} | {error.remedy} |"
        for error in _error_classes()
    ]
    return (
        "# Exit statuses and errors\n\n"
        "A command that did several things ends with the worst: "
        f"{errors.INTERRUPTED} interrupted, {errors.DAMAGED} evidence damaged, {errors.FAILED} failed, "
        f"{errors.USAGE} wrong usage, {errors.INCOMPLETE} stored but incomplete, "
        f"{errors.REFUSED} refused by robots.txt, {errors.OK} all well.\n\n"
        "Every message names the address or file, the cause, and what to do.\n\n" + "\n".join([*head, *rows]) + "\n"
    )


FILES: Mapping[str, Callable[[], str]] = {
    "codebook.md": codebook.markdown,
    "commands.md": commands,
    "exit-statuses.md": exit_statuses,
    "platforms.md": platforms,
}


def stale() -> Iterator[str]:
    """Names of the files that say something else than the code."""
    for name, text in FILES.items():
        file = HERE / name
        if not file.is_file() or file.read_text(encoding="utf-8") != MADE + text():
            yield name


def main() -> int:
    if "--check" in sys.argv[1:]:
        names = list(stale())
        for name in names:
            print(f"docs/{name} does not say what the code says. Run: make docs", file=sys.stderr)
        return 1 if names else 0
    for name, text in FILES.items():
        (HERE / name).write_text(MADE + text(), encoding="utf-8")
    return 0


def _help(name: str, command: click.Command) -> str:
    settings = main_group.context_settings | {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(command, info_name=name, **settings)
    return f"```text\n{command.get_help(context)}\n```\n"


def _error_classes() -> list[type[errors.ArchiverError]]:
    return [
        value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, errors.ArchiverError) and value is not errors.ArchiverError
    ]


def _first_sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


if __name__ == "__main__":
    sys.exit(main())
