"""What all tables share: one MetaData, and the two columns that nearly every table has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, Index, MetaData, text

from archiver.store.types import ID

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    """The primary key."""
    return Column("id", ID, primary_key=True, comment="The row's own number in this archive.")


def index_of_few(name: str, column: str, condition: str) -> Index:
    """An index of the few rows for which a condition holds. Only a statement that says it in the same words, with no
    bound value in it, can use it."""
    return Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))


def refers(name: str, table: str, comment: str, *, required: bool = True, **options: Any) -> Column[int]:
    """A foreign key to `table`, indexed unless told otherwise."""
    options.setdefault("index", True)
    return Column(name, ID, ForeignKey(f"{table}.id"), nullable=not required, comment=comment, **options)
