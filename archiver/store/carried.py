"""What hangs on a capture: how many rows were read from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from archiver.store.dialect import chunks
from archiver.store.schema import article_revision, comment_revision, reading_page

_TABLES = {"article": article_revision, "comment": comment_revision, "thread page": reading_page}
"""What a row is in words, and where such rows lie."""


def carried(conn: Connection, capture_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """Capture → what was read from it ('comment' → 24), nothing for a capture from which nothing was."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for some in chunks(sorted(capture_ids)):
        for word, table in _TABLES.items():
            counted = select(table.c.capture_id, func.count()).where(table.c.capture_id.in_(some))
            for capture_id, number in conn.execute(counted.group_by(table.c.capture_id)):
                found[capture_id][word] = number
    return found
