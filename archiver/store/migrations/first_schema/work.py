"""What is to be done: the next looks at articles and sites, messages to send."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archiver.store import types


def create() -> None:
    _revisit()
    _probe()
    _message()


def _revisit() -> None:
    op.create_table(
        "revisit",
        sa.Column("article_id", types.ID, nullable=False, comment="The article."),
        sa.Column("host", types.Words(), nullable=False, comment="Name and port of its web server."),
        sa.Column(
            "teller",
            types.Words(),
            nullable=True,
            comment="The address that tells what is new on its whole site; empty where none does.",
        ),
        sa.Column("thread_name", types.Words(), nullable=True, comment="By what name that knows its thread."),
        sa.Column(
            "began", types.Utc(), nullable=False, comment="When its thread began, as well as that is known, UTC."
        ),
        sa.Column("seen", sa.Integer(), nullable=False, comment="Comments that came since then, at the last visit."),
        sa.Column(
            "looked_at",
            types.Utc(),
            nullable=False,
            comment="The last look, be it that its site told of nothing new, UTC.",
        ),
        sa.Column("visited_at", types.Utc(), nullable=False, comment="The end of the last visit, UTC."),
        sa.Column("newest", types.Utc(), nullable=True, comment="When its last comment was written, UTC."),
        sa.Column(
            "closed_since",
            types.Utc(),
            nullable=True,
            comment="When all its threads were first found closed, UTC; empty while one is open.",
        ),
        sa.Column("failures", sa.Integer(), nullable=False, comment="Visits in a row that brought nothing."),
        sa.Column("found", types.Words(), nullable=False, comment="What the last look found, in words."),
        sa.Column(
            "told",
            sa.Integer(),
            nullable=False,
            comment="New comments that its site has told of since the last visit.",
        ),
        sa.Column(
            "due_at",
            types.Utc(),
            nullable=True,
            comment="When it is looked at again, UTC; empty where it was let go.",
        ),
        sa.Column("why", types.Words(), nullable=False, comment="Why then, in words."),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_revisit_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_revisit")),
        comment="When an article is looked at again, and why.",
    )
    with op.batch_alter_table("revisit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revisit_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_revisit_host"), ["host"], unique=False)
        batch_op.create_index("ix_revisit_teller_thread_name", ["teller", "thread_name"], unique=False)


def _probe() -> None:
    op.create_table(
        "probe",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column(
            "teller",
            types.Words(),
            nullable=False,
            comment="The first address of the site that tells this: its name.",
        ),
        sa.Column(
            "place",
            sa.Integer(),
            nullable=False,
            comment="Which it is of the site's, from 0: the first that works is asked.",
        ),
        sa.Column("platform", types.Words(), nullable=False, comment="The comment system that reads the answer."),
        sa.Column("url", types.Words(), nullable=False, comment="The address."),
        sa.Column(
            "since",
            types.Utc(),
            nullable=True,
            comment="From when on the answers leave no comment out, UTC; empty before the first one.",
        ),
        sa.Column("at", types.Utc(), nullable=True, comment="When it answered last, UTC."),
        sa.Column("ids", sa.JSON(), nullable=False, comment="The comments that the last answer named, as a JSON list."),
        sa.Column("failures", sa.Integer(), nullable=False, comment="Answers in a row that were of no use."),
        sa.Column("not_before", types.Utc(), nullable=True, comment="Not asked before this time, UTC, for it failed."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_probe")),
        sa.UniqueConstraint("teller", "place", name=op.f("uq_probe_teller_place")),
        comment="An address by which a site tells which of its articles have new comments.",
    )


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column(
            "uid",
            types.Words(),
            nullable=False,
            comment="Its name for ever, a UUID: it tells one that came twice.",
        ),
        sa.Column("notifier", types.Words(), nullable=False, comment="Whom it is for: the name in archiver.toml."),
        sa.Column("visit_id", types.ID, nullable=False, comment="The visit that noticed the changes."),
        sa.Column(
            "state",
            types.Words(),
            nullable=False,
            comment="pending, leased, done or failed. What was delivered is dropped.",
        ),
        sa.Column("queued", types.Utc(), nullable=False, comment="When the visit was closed, UTC."),
        sa.Column(
            "due_at",
            types.Utc(),
            nullable=False,
            comment="Not to be sent before, UTC; while leased: ours until then.",
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="How often it was taken up."),
        sa.Column("error", types.Words(), nullable=True, comment="What went wrong last."),
        sa.Column("content", sa.JSON(), nullable=False, comment="The changes with their comments, as a JSON object."),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_message_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("visit_id", "notifier", name=op.f("uq_message_visit_id_notifier")),
        comment="What is to be told of a visit: one row for each notifier that wants to know.",
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_notifier_due_at", ["notifier", "due_at"], unique=False)
