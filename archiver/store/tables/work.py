"""Work: what is still to be done, and what is only needed until a visit is closed. Never exported."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, LargeBinary, Table, UniqueConstraint

from archiver.store.tables.base import metadata, own_id, refers
from archiver.store.types import Utc, Whole, Words

request = Table(
    "request",
    metadata,
    own_id(),
    refers("visit_id", "visit", "The visit that it belongs to.", index=False),
    Column("key", Words, nullable=False, comment="Equal for two requests that ask the same thing."),
    Column("state", Words, nullable=False, comment="pending, leased, done or failed."),
    Column("due_at", Utc, nullable=False, comment="Not to be sent before, UTC."),
    Column("leased_until", Utc, comment="Until when somebody is at work on it, UTC."),
    Column("attempts", Integer, nullable=False, comment="How often it was taken up."),
    Column("error", Words, comment="What went wrong last."),
    Column("host", Words, nullable=False, comment="The host that is asked."),
    Column("url", Words, nullable=False, comment="The address."),
    Column("method", Words, nullable=False, comment="The HTTP method."),
    Column("headers", JSON, nullable=False, comment="Request headers, as a JSON list of pairs."),
    Column("body", LargeBinary, nullable=False, comment="The request's body."),
    Column("needed", Boolean, nullable=False, comment="Whether a reading without the answer is incomplete."),
    refers("thread_id", "thread", "The thread that it brings more of; empty: the article's own page.", required=False),
    Column("platform", Words, comment="The comment system that reads the answer."),
    Column("thread_native_id", Words, comment="The thread as the system names it."),
    Column("purpose", Words, nullable=False, comment="article, listing, next page, api, replies or feed."),
    Column("context", JSON, nullable=False, comment="What the system needs to know again, as a JSON object."),
    UniqueConstraint("visit_id", "key"),
    Index("ix_request_state_due_at", "state", "due_at"),
    comment="The frontier: every request of every visit.",
)

sighting = Table(
    "sighting",
    metadata,
    own_id(),
    refers("reading_id", "reading", "The reading.", index=False),
    refers("comment_id", "comment", "The comment.", index=False),
    refers("capture_id", "capture", "The capture that shows it."),
    Column("source", Words, nullable=False, comment="api, markup or feed."),
    Column("page_number", Whole, comment="Which page of the thread, from 1 for the earliest comments."),
    Column("newest_first", Boolean, nullable=False, comment="Whether the page shows later comments first."),
    Column("place", Integer, nullable=False, comment="Place on the page, from 0."),
    Column("state", Words, nullable=False, comment="What the platform says of it there."),
    Column("at", Utc, nullable=False, comment="When the page came, UTC."),
    Index("ix_sighting_reading_id_comment_id", "reading_id", "comment_id"),
    comment="Where the open visits saw which comment; emptied when a visit is closed.",
)

host = Table(
    "host",
    metadata,
    Column("host", Words, primary_key=True, comment="Name and port of a web server."),
    Column("delay", Float, comment="Seconds between two requests."),
    Column("robots", Words, comment="Its robots.txt as last fetched."),
    Column("robots_fetched", Utc, comment="When that was, UTC."),
    Column("not_before", Utc, comment="No request before this time, UTC: the server asked us to wait."),
    comment="How to be kind to a web server.",
)

erasure = Table(
    "erasure",
    metadata,
    own_id(),
    Column("at", Utc, nullable=False, comment="When it was asked for, UTC."),
    Column("action", Words, nullable=False, comment="hide, exclude or erase."),
    Column("url", Words, nullable=False, index=True, comment="The article's address."),
    Column("platform", Words, comment="The comment system, where one comment is meant."),
    Column("native_id", Words, comment="The comment, where one comment is meant."),
    Column("reason", Words, comment="Why."),
    comment="What must not be shown, fetched or kept.",
)
