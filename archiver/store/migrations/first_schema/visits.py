"""How it was seen: runs, visits, requests, captures, readings of threads."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archiver.store import types


def create() -> None:
    _host()
    _run()
    _visit()
    _reading()
    _request()
    _capture()
    _reading_page()


def _host() -> None:
    op.create_table(
        "host",
        sa.Column("host", types.Words(), nullable=False, comment="Name and port of a web server."),
        sa.Column("delay", sa.Float(), nullable=True, comment="Seconds between two requests."),
        sa.Column("robots", types.Words(), nullable=True, comment="Its robots.txt as last fetched."),
        sa.Column("robots_fetched", types.Utc(), nullable=True, comment="When that was, UTC."),
        sa.Column(
            "not_before",
            types.Utc(),
            nullable=True,
            comment="No request before this time, UTC: the server asked us to wait.",
        ),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host")),
        comment="How to be kind to a web server.",
    )


def _run() -> None:
    op.create_table(
        "run",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("command", types.Words(), nullable=False, comment="The command that wrote, such as archive."),
        sa.Column("software", types.Words(), nullable=False, comment="Name and version of the software."),
        sa.Column(
            "settings", sa.JSON(), nullable=False, comment="The settings in force, as a JSON object, without secrets."
        ),
        sa.Column("started", types.Utc(), nullable=False, comment="When the command began, UTC."),
        sa.Column(
            "ended",
            types.Utc(),
            nullable=True,
            comment="When it ended, UTC; empty while it runs, or where it was killed.",
        ),
        sa.Column(
            "counts",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="What it did, as a JSON object: articles, comments, requests.",
        ),
        sa.Column(
            "seal",
            types.Words(),
            nullable=True,
            comment="Digest of the other cells: it shows whether one was changed since.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        comment="One command that wrote to the archive.",
    )


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("run_id", types.ID, nullable=True, comment="The command that made it, or last went on with it."),
        sa.Column(
            "article_id", types.ID, nullable=True, comment="The article; empty while unknown, or where none was found."
        ),
        sa.Column("url", types.Words(), nullable=False, comment="The address that was asked for."),
        sa.Column(
            "key", types.Words(), nullable=False, comment="The same, shortened where it is too long to be found by."
        ),
        sa.Column("started", types.Utc(), nullable=False, comment="When the visit was begun, UTC."),
        sa.Column(
            "ended", types.Utc(), nullable=True, comment="When it was closed, UTC; empty while requests are open."
        ),
        sa.Column("deadline", types.Utc(), nullable=True, comment="When it is closed at the latest, UTC."),
        sa.Column(
            "outcome",
            types.Words(),
            nullable=True,
            comment="stored, refused, missing, failed, not_article or listed; empty while open.",
        ),
        sa.Column(
            "reason",
            types.Words(),
            nullable=True,
            comment="Why, where the outcome is not stored; else what was not read.",
        ),
        sa.Column(
            "seal",
            types.Words(),
            nullable=True,
            comment="Digest of the other cells: it shows whether one was changed since.",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_visit_article_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_visit_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        comment="One attempt at an article.",
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_ended"), ["ended"], unique=False)
        batch_op.create_index(batch_op.f("ix_visit_key"), ["key"], unique=False)
        batch_op.create_index(
            "ix_visit_not_stored",
            ["key"],
            unique=False,
            sqlite_where=sa.text("outcome NOT IN ('stored', 'listed')"),
            postgresql_where=sa.text("outcome NOT IN ('stored', 'listed')"),
        )
        batch_op.create_index(batch_op.f("ix_visit_run_id"), ["run_id"], unique=False)


def _reading() -> None:
    op.create_table(
        "reading",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("visit_id", types.ID, nullable=False, comment="The visit."),
        sa.Column("thread_id", types.ID, nullable=False, comment="The thread."),
        sa.Column(
            "started", types.Utc(), nullable=False, comment="The first capture of the thread in this visit, UTC."
        ),
        sa.Column("at", types.Utc(), nullable=False, comment="The last capture of the thread in this visit, UTC."),
        sa.Column(
            "closed",
            types.Utc(),
            nullable=True,
            comment="When the reading was judged, UTC; empty while requests are open.",
        ),
        sa.Column(
            "claimed",
            types.Whole(),
            nullable=True,
            comment="How many comments the site says there are; empty where it says nothing.",
        ),
        sa.Column("collected", sa.Integer(), nullable=False, comment="How many comments were seen."),
        sa.Column(
            "completeness",
            types.Words(),
            nullable=True,
            comment="complete, incomplete, or unknown where the site prints no count.",
        ),
        sa.Column("reason", types.Words(), nullable=True, comment="Why it is incomplete."),
        sa.Column(
            "read_to_end", sa.Boolean(), nullable=True, comment="Whether every page of the thread came and was read."
        ),
        sa.Column("thread_state", types.Words(), nullable=True, comment="The thread's state as this reading saw it."),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_reading_thread_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_reading_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint("visit_id", "thread_id", name=op.f("uq_reading_visit_id_thread_id")),
        comment="A visit's part on one thread.",
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reading_incomplete",
            ["thread_id"],
            unique=False,
            sqlite_where=sa.text("completeness = 'incomplete'"),
            postgresql_where=sa.text("completeness = 'incomplete'"),
        )
        batch_op.create_index(batch_op.f("ix_reading_thread_id"), ["thread_id"], unique=False)


def _request() -> None:
    op.create_table(
        "request",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("visit_id", types.ID, nullable=False, comment="The visit that it belongs to."),
        sa.Column("key", types.Words(), nullable=False, comment="Equal for two requests that ask the same thing."),
        sa.Column("state", types.Words(), nullable=False, comment="pending, leased, done or failed."),
        sa.Column("due_at", types.Utc(), nullable=False, comment="Not to be sent before, UTC."),
        sa.Column("leased_until", types.Utc(), nullable=True, comment="Until when somebody is at work on it, UTC."),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="How often it was taken up."),
        sa.Column("error", types.Words(), nullable=True, comment="What went wrong last."),
        sa.Column("host", types.Words(), nullable=False, comment="The host that is asked."),
        sa.Column("url", types.Words(), nullable=False, comment="The address."),
        sa.Column("method", types.Words(), nullable=False, comment="The HTTP method."),
        sa.Column("headers", sa.JSON(), nullable=False, comment="Request headers, as a JSON list of pairs."),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="The request's body."),
        sa.Column(
            "needed", sa.Boolean(), nullable=False, comment="Whether a reading without the answer is incomplete."
        ),
        sa.Column(
            "thread_id",
            types.ID,
            nullable=True,
            comment="The thread that it brings more of; empty: the article's own page.",
        ),
        sa.Column("platform", types.Words(), nullable=True, comment="The comment system that reads the answer."),
        sa.Column("thread_native_id", types.Words(), nullable=True, comment="The thread as the system names it."),
        sa.Column(
            "purpose",
            types.Words(),
            nullable=False,
            comment="article, listing, probe, next page, api, replies or feed.",
        ),
        sa.Column(
            "context", sa.JSON(), nullable=False, comment="What the system needs to know again, as a JSON object."
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_request_thread_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_request_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("visit_id", "key", name=op.f("uq_request_visit_id_key")),
        comment="The frontier: every request of every visit.",
    )
    with op.batch_alter_table("request", schema=None) as batch_op:
        batch_op.create_index("ix_request_state_due_at", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_request_thread_id"), ["thread_id"], unique=False)


def _capture() -> None:
    op.create_table(
        "capture",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("run_id", types.ID, nullable=True, comment="The command that made the capture."),
        sa.Column("visit_id", types.ID, nullable=False, comment="The visit that it belongs to."),
        sa.Column("request_id", types.ID, nullable=True, comment="The request that it answers."),
        sa.Column("url", types.Words(), nullable=False, comment="The address that answered, after redirects."),
        sa.Column("method", types.Words(), nullable=False, comment="The HTTP method: GET or POST."),
        sa.Column("status", sa.Integer(), nullable=False, comment="The HTTP status, such as 200."),
        sa.Column("at", types.Utc(), nullable=False, comment="When the answer came, UTC."),
        sa.Column("content_type", types.Words(), nullable=True, comment="The media type that the server named."),
        sa.Column("warc_file", types.Words(), nullable=False, comment="Name of the WARC file in the captures folder."),
        sa.Column(
            "warc_offset", types.Whole(), nullable=False, comment="Where the record begins in that file, in bytes."
        ),
        sa.Column("warc_length", types.Whole(), nullable=False, comment="Length of the compressed record, in bytes."),
        sa.Column("record_id", types.Words(), nullable=False, comment="The WARC-Record-ID."),
        sa.Column("sha256", types.Words(), nullable=False, comment="SHA-256 of the payload, hexadecimal."),
        sa.Column(
            "robots", types.Words(), nullable=False, comment="What robots.txt said: allowed, none, ignored or unknown."
        ),
        sa.Column(
            "fidelity",
            types.Words(),
            nullable=False,
            comment="exact: bytes as they came. reconstructed: from another format.",
        ),
        sa.Column(
            "seal",
            types.Words(),
            nullable=True,
            comment="Digest of the other cells: it shows whether one was changed since.",
        ),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name=op.f("fk_capture_request_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_capture_run_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_capture_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capture")),
        sa.UniqueConstraint("record_id", name=op.f("uq_capture_record_id")),
        comment="One HTTP exchange, and where its exact bytes lie.",
    )
    with op.batch_alter_table("capture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_capture_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_capture_visit_id"), ["visit_id"], unique=False)


def _reading_page() -> None:
    op.create_table(
        "reading_page",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("reading_id", types.ID, nullable=False, comment="The reading."),
        sa.Column(
            "capture_id", types.ID, nullable=True, comment="The capture of the page; empty where no answer came."
        ),
        sa.Column("source", types.Words(), nullable=False, comment="api, markup or feed."),
        sa.Column("extractor", types.Words(), nullable=False, comment="Name and version of what read the page."),
        sa.Column("claimed", types.Whole(), nullable=True, comment="The count that this page gives."),
        sa.Column(
            "claimed_kinds", types.Words(), nullable=False, comment="all, or comments where it leaves pingbacks out."
        ),
        sa.Column("gap", types.Words(), nullable=True, comment="Why comments that exist cannot be had from this page."),
        sa.Column("state", types.Words(), nullable=False, comment="The thread's state as this page tells it."),
        sa.Column("comments", sa.Integer(), nullable=False, comment="How many comments the page shows."),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_reading_page_capture_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_reading_page_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_page")),
        comment="One page of a reading, and what it claims.",
    )
    with op.batch_alter_table("reading_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reading_page_capture_id"), ["capture_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_page_reading_id"), ["reading_id"], unique=False)
