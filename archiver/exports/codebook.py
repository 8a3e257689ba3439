"""The codebook: every column of exports, views and tables, from the comments in the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Table

from archiver.exports import columns
from archiver.store import schema
from archiver.store.types import Local, Utc
from archiver.store.views import views

_INTRODUCTION = """# Codebook

Every column of what you export or query.

Times are UTC, written `2016-01-15T20:42:00Z`, except where a name ends in `_local`: those are the clock that the page
prints where it tells no zone. Times are kept to the second. Nothing is made up: what a page does not tell is empty.

In a CSV, text stands in quotation marks, numbers and times do not; an empty cell without marks is a value that is not
there. A cell that a spreadsheet would take for a formula has an apostrophe in front: it matches the regular expression
`^'+[=+\\-@\\t\\r]`, and without its first apostrophe it is the original. `--raw` leaves cells as they are.
"""

_GROUPS = {
    "Evidence": "Append only.",
    "Observed": "What was seen. Never rewritten.",
    "Derived": "Can be dropped and computed again.",
    "Work": "What is still to be done. Never exported.",
}


def markdown() -> str:
    """The whole of `docs/codebook.md`."""
    parts = [_INTRODUCTION]
    flat = ((field.name, field.comment) for field in columns.FIELDS)
    parts += ["## Exports\n", "### `csv` and `jsonl`\n", "One comment a row.\n", _table(("Column", "Holds"), flat)]
    parts.append("## Views\n")
    for view in views.tables.values():
        parts += _section(view)
    for group, tables in schema.GROUPS.items():
        parts.append(f"## Tables: {group.lower()}\n")
        parts.append(f"{_GROUPS[group]}\n")
        for table in tables:
            parts += _section(table)
    return "\n".join(parts).rstrip() + "\n"


def _section(table: Table) -> Iterator[str]:
    yield f"### `{table.name}`\n"
    yield f"{table.comment}\n"
    rows = ((column.name, _kind(column.type), _pointing(column)) for column in table.columns)
    yield _table(("Column", "Type", "Holds"), rows)


def _pointing(column: Column[Any]) -> str:
    """The column's sentence, and the table that it refers to."""
    return " ".join([str(column.comment), *(f"→ `{key.column.table.name}`" for key in column.foreign_keys)])


def _kind(kind: object) -> str:
    if isinstance(kind, Utc):
        return "time, UTC"
    if isinstance(kind, Local):
        return "time, local"
    name = type(kind).__name__
    return {"Words": "text", "JSON": "JSON", "Float": "number", "Boolean": "0 or 1", "LargeBinary": "bytes"}.get(
        name, "whole number"
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| `{name}` | {' | '.join(rest)} |" for name, *rest in rows]
    return "\n".join(lines) + "\n"
