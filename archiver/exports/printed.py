"""Times and lists as they are printed, the same from SQLite and PostgreSQL: `2016-01-15T20:42:00Z`, `["a"]`.

SQLite has them as such text already; PostgreSQL is asked to print them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ColumnElement, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from archiver.store.types import Local, Utc


class _Printed(FunctionElement[str]):
    inherit_cache = True
    type = Text()


class _PrintedUtc(_Printed):
    inherit_cache = True


class _PrintedLocal(_Printed):
    inherit_cache = True


class _PrintedList(_Printed):
    inherit_cache = True


def as_text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column whose values need no work in Python: text, whole numbers, NULL."""
    if isinstance(column.type, Utc):
        return _PrintedUtc(column)
    if isinstance(column.type, Local):
        return _PrintedLocal(column)
    return _PrintedList(column) if isinstance(column.type, JSON) else column


@compiles(_Printed)
def _as_it_is(element: _Printed, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(_PrintedUtc, "postgresql")
def _utc(element: _PrintedUtc, compiler: SQLCompiler, **options: Any) -> str:
    return f"""to_char({compiler.process(element.clauses, **options)}, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


@compiles(_PrintedLocal, "postgresql")
def _local(element: _PrintedLocal, compiler: SQLCompiler, **options: Any) -> str:
    return f"""to_char({compiler.process(element.clauses, **options)}, 'YYYY-MM-DD"T"HH24:MI:SS')"""


@compiles(_PrintedList, "postgresql")
def _list(element: _PrintedList, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AS TEXT)"
