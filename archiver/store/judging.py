"""The statements by which a reading is judged, made once: what is asked of it, and what is written back."""

from __future__ import annotations

from sqlalchemy import Table, Update, bindparam, case, func, insert, select, update

from archiver.store.schema import comment, comment_state, reading, reading_page, request, sighting, thread

READING = select(reading).where(reading.c.id == bindparam("reading"))
PAGES = select(reading_page).where(reading_page.c.reading_id == bindparam("reading"))
BEFORE = (
    select(reading)
    .where(reading.c.thread_id == bindparam("thread"), reading.c.closed.is_not(None))
    .order_by(reading.c.read_to_end.desc(), reading.c.at.desc(), reading.c.id.desc())
    .limit(1)
)
COMMENTS = select(
    *(
        comment.c[name]
        for name in (
            "id",
            "native_id",
            "parent_native_id",
            "kind",
            "state",
            "position",
            "depth",
            "printed_depth",
            "published",
            "published_local",
            "published_precision",
            "published_rule",
            "last_seen",
            "last_reading_id",
            "sources",
            "gone_after",
            "gone_before",
        )
    )
).where(comment.c.thread_id == bindparam("thread"))
SIGHTINGS = (
    select(sighting).where(sighting.c.reading_id == bindparam("reading")).order_by(sighting.c.comment_id, sighting.c.id)
)
FAILED = (
    select(request.c.purpose, request.c.error, request.c.needed, func.count().label("times"))
    .where(
        request.c.visit_id == bindparam("visit"),
        request.c.thread_id == bindparam("thread"),
        request.c.state == "failed",
    )
    .group_by(request.c.purpose, request.c.error, request.c.needed)
    .order_by(func.min(request.c.id))
)


def _set(table: Table, *names: str) -> Update:
    """Writes these columns of one `row`; the values are called `new_…`."""
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    return update(table).where(table.c.id == bindparam("row")).values(values)


CLOSE = _set(reading, "closed", "claimed", "collected", "completeness", "reason", "read_to_end", "thread_state")
THREAD_STATE = update(thread).where(thread.c.id == bindparam("thread")).values(state=bindparam("now"))
SETTLE = _set(
    comment, "position", "depth", "state", "gone_after", "gone_before", "published", "published_rule", "sources"
)
STATES = insert(comment_state)
_LATEST = (
    select(func.max(sighting.c.at))
    .where(sighting.c.reading_id == bindparam("reading"), sighting.c.comment_id == comment.c.id)
    .scalar_subquery()
)
LAST_SEEN = (
    update(comment)
    .where(comment.c.id.in_(select(sighting.c.comment_id).where(sighting.c.reading_id == bindparam("reading"))))
    .values(
        last_reading_id=bindparam("reading"),
        last_seen=case((comment.c.last_seen > _LATEST, comment.c.last_seen), else_=_LATEST),
    )
)
_PARENT = comment.alias("parent")
_ANSWERED = (
    select(_PARENT.c.id)
    .where(_PARENT.c.thread_id == comment.c.thread_id, _PARENT.c.native_id == comment.c.parent_native_id)
    .scalar_subquery()
)
REPLIES = (
    update(comment)
    .where(
        comment.c.thread_id == bindparam("thread"),
        comment.c.parent_native_id.is_not(None),
        comment.c.parent_id.is_distinct_from(_ANSWERED),
    )
    .values(parent_id=_ANSWERED)
)
TOPS = (
    update(comment)
    .where(
        comment.c.thread_id == bindparam("thread"),
        comment.c.parent_native_id.is_(None),
        comment.c.parent_id.is_not(None),
    )
    .values(parent_id=None)
)
