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
    Column("purpose", Words, nullable=False, comment="article, listing, probe, next page, api, replies or feed."),
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

revisit = Table(
    "revisit",
    metadata,
    refers("article_id", "article", "The article.", primary_key=True, index=False),
    Column("host", Words, nullable=False, index=True, comment="Name and port of its web server."),
    Column("teller", Words, comment="The address that tells what is new on its whole site; empty where none does."),
    Column("thread_name", Words, comment="By what name that knows its thread."),
    Column("began", Utc, nullable=False, comment="When its thread began, as well as that is known, UTC."),
    Column("seen", Integer, nullable=False, comment="Comments that came since then, at the last visit."),
    Column("looked_at", Utc, nullable=False, comment="The last look, be it that its site told of nothing new, UTC."),
    Column("visited_at", Utc, nullable=False, comment="The end of the last visit, UTC."),
    Column("newest", Utc, comment="When its last comment was written, UTC."),
    Column("closed_since", Utc, comment="When all its threads were first found closed, UTC; empty while one is open."),
    Column("failures", Integer, nullable=False, comment="Visits in a row that brought nothing."),
    Column("found", Words, nullable=False, comment="What the last look found, in words."),
    Column("told", Integer, nullable=False, comment="New comments that its site has told of since the last visit."),
    Column("due_at", Utc, index=True, comment="When it is looked at again, UTC; empty where it was let go."),
    Column("why", Words, nullable=False, comment="Why then, in words."),
    Index("ix_revisit_teller_thread_name", "teller", "thread_name"),
    comment="When an article is looked at again, and why.",
)

probe = Table(
    "probe",
    metadata,
    own_id(),
    Column("teller", Words, nullable=False, comment="The first address of the site that tells this: its name."),
    Column(
        "place", Integer, nullable=False, comment="Which it is of the site's, from 0: the first that works is asked."
    ),
    Column("platform", Words, nullable=False, comment="The comment system that reads the answer."),
    Column("url", Words, nullable=False, comment="The address."),
    Column("since", Utc, comment="From when on the answers leave no comment out, UTC; empty before the first one."),
    Column("at", Utc, comment="When it answered last, UTC."),
    Column("ids", JSON, nullable=False, comment="The comments that the last answer named, as a JSON list."),
    Column("failures", Integer, nullable=False, comment="Answers in a row that were of no use."),
    Column("not_before", Utc, comment="Not asked before this time, UTC, for it failed."),
    UniqueConstraint("teller", "place"),
    comment="An address by which a site tells which of its articles have new comments.",
)

message = Table(
    "message",
    metadata,
    own_id(),
    Column("uid", Words, nullable=False, comment="Its name for ever, a UUID: it tells one that came twice."),
    Column("notifier", Words, nullable=False, comment="Whom it is for: the name in archiver.toml."),
    refers("visit_id", "visit", "The visit that noticed the changes.", index=False),
    Column("state", Words, nullable=False, comment="pending, leased, done or failed. What was delivered is dropped."),
    Column("queued", Utc, nullable=False, comment="When the visit was closed, UTC."),
    Column("due_at", Utc, nullable=False, comment="Not to be sent before, UTC; while leased: ours until then."),
    Column("attempts", Integer, nullable=False, comment="How often it was taken up."),
    Column("error", Words, comment="What went wrong last."),
    Column("content", JSON, nullable=False, comment="The changes with their comments, as a JSON object."),
    UniqueConstraint("visit_id", "notifier"),
    Index("ix_message_notifier_due_at", "notifier", "due_at"),
    comment="What is to be told of a visit: one row for each notifier that wants to know.",
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
