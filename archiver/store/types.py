"""How values lie in a column: times that sort as text and read well, words that every database takes."""

# ruff: noqa: ARG002 - SQLAlchemy names the arguments

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeEngine

LARGEST = 2**63 - 1
"""The largest whole number that a database holds."""

ID = BigInteger().with_variant(Integer(), "sqlite")
"""A row's own number. SQLite wants exactly INTEGER for the number to be given by itself."""


class Utc(TypeDecorator[datetime]):
    """A moment, aware in Python. In SQLite the text `2016-01-15T20:42:00Z`, always as wide, so that it sorts.

    Kept to the second: that is what sites tell, and what a WARC record's date holds.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None:
            return None
        moment = value.astimezone(UTC).replace(microsecond=0)
        return moment if dialect.name == "postgresql" else moment.isoformat()[:19] + "Z"

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.fromisoformat(value) if isinstance(value, str) else value.astimezone(UTC)


class Local(TypeDecorator[datetime]):
    """A clock without a zone, naive in Python. In SQLite the text `2016-01-15T15:42:00`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return TIMESTAMP(timezone=False) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None:
            return None
        clock = value.replace(microsecond=0)
        return clock if dialect.name == "postgresql" else clock.isoformat()

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Words(TypeDecorator[str]):
    """Text from anywhere. What no database or no UTF-8 can hold (NUL, half of a surrogate pair) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class Whole(TypeDecorator[int]):
    """A whole number that a site names. One that no database can hold is no number: NULL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return value if value is not None and -LARGEST <= value <= LARGEST else None


def storable(text: str) -> str:
    """The text itself, or where it holds what cannot be stored, the same with U+FFFD in its place."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
