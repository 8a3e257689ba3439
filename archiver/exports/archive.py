"""An archive opened from Python: everything in it as iterators of values, and as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Connection

from archiver.store import read
from archiver.store.database import DATABASE_FILE, Database, open_database

if TYPE_CHECKING:
    from archiver.exports.past import Difference, Past, PastComment
    from archiver.items import CommentState
    from archiver.store.rows import ArticleRow, CaptureRow, CommentRow, FlagRow, LinkRow, QuoteRow, Status, ThreadRow

T = TypeVar("T")


class Archive:
    """An archive, to read. Each iterator sees the archive as it was when it began.

    Where a method takes `url`, it gives what belongs to the article at that address, and raises `NotArchived` for an
    address that is not in the archive. Use as a context manager, or call `close`. What only some methods need is
    imported there: a command that looks something up answers at once.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, folder: Path, database: str | None = None) -> Self:
        """The archive in a folder, or at an SQLAlchemy URL. Raises `NotArchived` where there is none."""
        return cls(open_database(database or folder / DATABASE_FILE, create=False, write=False))

    def articles(self, url: str | None = None) -> Iterator[ArticleRow]:
        """Articles in their present state, as they came into the archive."""
        return self._each(lambda conn: read.articles(conn, url=url))

    def threads(self, url: str | None = None) -> Iterator[ThreadRow]:
        """Threads with the verdict of their last reading, article by article."""
        return self._each(lambda conn: read.threads(conn, url=url))

    def comments(
        self, url: str | None = None, *, platform: str | None = None, state: CommentState | None = None
    ) -> Iterator[CommentRow]:
        """Comments in reading order, thread by thread; those that are gone with their last words."""
        return self._each(lambda conn: read.comments(conn, url=url, platform=platform, state=state))

    def quotes(self, url: str | None = None) -> Iterator[QuoteRow]:
        """Quotations in the articles' present states, in the order of the text."""
        return self._each(lambda conn: read.quotes(conn, url=url))

    def links(self, url: str | None = None) -> Iterator[LinkRow]:
        """What comments refer to: whom they answer where the page does not say, and what they quote."""
        return self._each(lambda conn: read.links(conn, url=url))

    def flags(self, url: str | None = None) -> Iterator[FlagRow]:
        """Suspicions: spam, the same words twice, the same text or link in many threads."""
        return self._each(lambda conn: read.flags(conn, url=url))

    def captures(self, url: str | None = None) -> Iterator[CaptureRow]:
        """HTTP exchanges, and where their bytes are, in the order in which they came."""
        return self._each(lambda conn: read.captures(conn, url=url))

    def diff(self, url: str, since: datetime | None = None, until: datetime | None = None) -> Difference:
        """What changed of the article at `url` after `since`, up to `until` (aware times); by default, what its last
        visit found changed."""
        from archiver.exports.past import difference

        with self.database.read() as conn:
            return difference(conn, url, since, until)

    def past(self, url: str, at: datetime) -> Past:
        """The article at `url` and its threads as they stood at an aware time."""
        from archiver.exports.past import past

        with self.database.read() as conn:
            return past(conn, url, at)

    def past_comments(self, url: str, at: datetime) -> Iterator[PastComment]:
        """Its comments as they stood at an aware time, in reading order; those gone by then with their last words."""
        from archiver.exports.past import past_comments

        return self._each(lambda conn: past_comments(conn, url, at))

    def status(self) -> Status:
        """What is here, what is missing, what is still to be done."""
        from archiver.store.status import status

        with self.database.read() as conn:
            return status(conn, now=datetime.now(UTC))

    def export(self, format: str, path: str | Path, **options: Any) -> int:  # noqa: A002 - the public name
        """Writes a file, see `archiver.exports.formats`; how many comments it holds."""
        from archiver.exports.formats import export

        return export(self.database, format, path, **options)

    def close(self) -> None:
        """A second call is harmless."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def _each(self, rows: Callable[[Connection], Iterator[T]]) -> Iterator[T]:
        with self.database.read() as conn:
            yield from rows(conn)
