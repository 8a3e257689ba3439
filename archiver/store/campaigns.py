"""Campaigns: the one thing that is derived from all threads of the archive together, and never holds up a visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert, select

from archiver.pages import urls
from archiver.store.dialect import chunks
from archiver.store.read import BATCH
from archiver.store.schema import article, comment, comment_revision, flag, thread
from archiver.threads.flags import campaigns

_WORDED = (comment_revision.c.comment_id == comment.c.id) & comment_revision.c.is_current


_FLAGGED = flag.c.kind == "campaign"


def find_campaigns(conn: Connection) -> Counter[str]:
    """Flags every comment that says or links what others do in other threads, in place of those flagged before: how
    many for which reason, `text` or `link`."""
    found = list(campaigns.find(_spoken(conn)))
    rows = [{"comment_id": each.key, "kind": "campaign", "rule": each.rule, "score": each.score} for each in found]
    conn.execute(delete(flag).where(_FLAGGED))
    for some in chunks(rows):
        conn.execute(insert(flag), some)
    return Counter(each.what for each in found)


def any_found(conn: Connection) -> bool:
    """Whether comments are flagged so: somebody looked for campaigns, and there were some."""
    return conn.scalar(select(flag.c.id).where(_FLAGGED).limit(1)) is not None


def _spoken(conn: Connection) -> Iterator[campaigns.Spoken]:
    wanted = (
        select(comment.c.id, comment.c.thread_id, article.c.url, comment_revision.c.text, comment_revision.c.links)
        .select_from(article.join(thread).join(comment).join(comment_revision, _WORDED))
        .where(comment.c.kind.in_(("comment", "pick")))
    )
    for row in conn.execute(wanted, execution_options={"yield_per": BATCH}):
        yield campaigns.Spoken(
            key=row.id, thread=row.thread_id, site=urls.host_of(row.url), text=row.text, links=tuple(row.links)
        )
