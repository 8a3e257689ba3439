"""CSV (RFC 4180), one comment a row: for spreadsheets, R, pandas.

Text stands in quotation marks, numbers and times do not; an empty cell without marks is a value that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO

from sqlalchemy import Connection

from archiver.exports.columns import BODY, FIELDS, HEAD, TAIL, Field, flat

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Excel reads a file as UTF-8 only when it begins so."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MARK, _TWO = '"', '""'
_FORMULA_STARTS = frozenset("'=+-@\t\r")


_Printer = Callable[[Sequence[Any]], list[str]]
"""How the cells of a column are written."""


def write(conn: Connection, target: BinaryIO, *, url: str | None = None, raw: bool = False, excel: bool = False) -> int:
    """Writes all comments, or those of one article; how many they are.

    A spreadsheet takes a cell that begins with = + - @, a tab or a carriage return for a formula, and runs it. Such
    cells get an apostrophe in front (see `guard`), unless `raw`. `excel` puts a byte order mark before everything.
    """
    if excel:
        target.write(BYTE_ORDER_MARK)
    target.write((",".join(field.name for field in FIELDS) + "\r\n").encode())
    shown = {field.name: _printer(field, raw) for field in FIELDS}
    written = 0
    for part in flat(conn, url):
        head, tail = _alike(HEAD, part.head, shown), _alike(TAIL, part.tail, shown)
        columns = [shown[field.name](cells) for field, cells in zip(BODY, zip(*part.rows, strict=True), strict=True)]
        lines = [f"{head},{','.join(cells)},{tail}\r\n" for cells in zip(*columns, strict=True)]
        target.write("".join(lines).encode())
        written += len(part.rows)
    return written


def guard(cell: str) -> str:
    """The cell, with an apostrophe in front where a spreadsheet would take it for a formula. `unguard` undoes it:
    a cell that has apostrophes before such a sign already gets one more."""
    return "'" + cell if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """What `guard` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _alike(fields: Sequence[Field], cells: Sequence[Any], shown: Mapping[str, _Printer]) -> str:
    """The cells that all comments of a thread have in common."""
    return ",".join(shown[field.name]([cell])[0] for field, cell in zip(fields, cells, strict=True))


def _printer(field: Field, raw: bool) -> _Printer:
    if not field.foreign:
        return _ours
    return _quoted if raw else _guarded


def _ours(cells: Sequence[object]) -> list[str]:
    """Numbers, times and words of our own: nothing in them needs a quotation mark."""
    return ["" if cell is None else str(cell) for cell in cells]


def _quoted(cells: Sequence[str | None]) -> list[str]:
    return ["" if cell is None else f'"{cell.replace(_MARK, _TWO)}"' for cell in cells]


def _guarded(cells: Sequence[str | None]) -> list[str]:
    """The first character decides nearly always: the rule itself is asked of few cells."""
    return _quoted([guard(cell) if cell and cell[0] in _FORMULA_STARTS else cell for cell in cells])
