"""What was said under them: comments with their wordings, states, places and scores."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archiver.store import types


def create() -> None:
    _comment()
    _comment_revision()
    _comment_state()
    _sighting()
    _score()


def _comment() -> None:
    op.create_table(
        "comment",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("thread_id", types.ID, nullable=False, comment="The thread."),
        sa.Column(
            "native_id",
            types.Words(),
            nullable=False,
            comment="The system's id of the comment, or one derived from its place.",
        ),
        sa.Column("id_origin", types.Words(), nullable=False, comment="native, or derived where the page shows no id."),
        sa.Column("author_id", types.ID, nullable=True, comment="Who wrote it."),
        sa.Column(
            "parent_id", types.ID, nullable=True, comment="The comment that it answers, where that is in the archive."
        ),
        sa.Column(
            "parent_native_id",
            types.Words(),
            nullable=True,
            comment="Id of the comment that it answers; empty where it answers the article.",
        ),
        sa.Column("parent_source", types.Words(), nullable=True, comment="Who told of the parent: api or markup."),
        sa.Column("parent_rule", types.Words(), nullable=True, comment="How the parent was found, such as nesting."),
        sa.Column("kind", types.Words(), nullable=False, comment="comment, pingback, trackback or pick."),
        sa.Column("permalink", types.Words(), nullable=True, comment="The comment's own address."),
        sa.Column("title", types.Words(), nullable=True, comment="The comment's own heading."),
        sa.Column("number", types.Whole(), nullable=True, comment="The number that the page prints beside it."),
        sa.Column(
            "published",
            types.Utc(),
            nullable=True,
            comment="When it was written, UTC; empty where the zone is not known.",
        ),
        sa.Column(
            "published_local",
            types.Local(),
            nullable=True,
            comment="The same by the site's own clock, where that is printed.",
        ),
        sa.Column("published_raw", types.Words(), nullable=True, comment="The time as printed."),
        sa.Column(
            "published_precision",
            types.Words(),
            nullable=True,
            comment="Finest unit of the time: second, minute, hour, day, month, year.",
        ),
        sa.Column(
            "published_rule",
            types.Words(),
            nullable=True,
            comment="What the time was read from, or how it was inferred.",
        ),
        sa.Column("position", sa.Integer(), nullable=True, comment="Place in the thread's reading order, from 0."),
        sa.Column(
            "depth",
            sa.Integer(),
            nullable=True,
            comment="How many comments stand above it; 0 where it answers the article.",
        ),
        sa.Column("state", types.Words(), nullable=False, comment="visible, deleted, removed, hidden or missing."),
        sa.Column(
            "score", types.Whole(), nullable=True, comment="Likes minus dislikes at the last reading that showed them."
        ),
        sa.Column("first_seen", types.Utc(), nullable=False, comment="The earliest capture that shows it, UTC."),
        sa.Column("last_seen", types.Utc(), nullable=False, comment="The latest capture that shows it, UTC."),
        sa.Column(
            "gone_after", types.Utc(), nullable=True, comment="It was still there then, UTC; empty unless it is gone."
        ),
        sa.Column(
            "gone_before",
            types.Utc(),
            nullable=True,
            comment="It was no longer there then, UTC; empty unless it is gone.",
        ),
        sa.Column("sources", sa.JSON(), nullable=False, comment="Who ever showed it: api, markup, feed; a JSON list."),
        sa.Column("printed_depth", types.Whole(), nullable=True, comment="The depth that the page itself gives it."),
        sa.Column("confidence", sa.Float(), nullable=False, comment="How sure the extractor is, from 0 to 1."),
        sa.Column("last_reading_id", types.ID, nullable=True, comment="The last closed reading that saw it."),
        sa.ForeignKeyConstraint(["author_id"], ["author.id"], name=op.f("fk_comment_author_id")),
        sa.ForeignKeyConstraint(["last_reading_id"], ["reading.id"], name=op.f("fk_comment_last_reading_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["thread.id"], name=op.f("fk_comment_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("thread_id", "native_id", name=op.f("uq_comment_thread_id_native_id")),
        comment="One comment, for ever: what is true of it once and for all, and its present state.",
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_comment_gone",
            ["state"],
            unique=False,
            sqlite_where=sa.text("state <> 'visible'"),
            postgresql_where=sa.text("state <> 'visible'"),
        )
        batch_op.create_index(batch_op.f("ix_comment_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_published"), ["published"], unique=False)


def _comment_revision() -> None:
    op.create_table(
        "comment_revision",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("comment_id", types.ID, nullable=False, comment="The comment."),
        sa.Column("capture_id", types.ID, nullable=False, comment="The capture that these words were first read in."),
        sa.Column("visit_id", types.ID, nullable=False, comment="The visit that first read them."),
        sa.Column("source", types.Words(), nullable=False, comment="api, markup or feed."),
        sa.Column("extractor", types.Words(), nullable=False, comment="Name and version of what read the page."),
        sa.Column(
            "confirmed_by",
            sa.JSON(),
            nullable=False,
            comment="All extractors that read exactly these words, a JSON list.",
        ),
        sa.Column(
            "digest",
            types.Words(),
            nullable=False,
            comment="Digest of text, author and links: equal where two wordings are the same.",
        ),
        sa.Column(
            "change",
            types.Words(),
            nullable=False,
            comment="first, edited, or reread (only another extractor read otherwise).",
        ),
        sa.Column("is_current", sa.Boolean(), nullable=False, comment="Whether this is the present wording."),
        sa.Column("seen", types.Utc(), nullable=False, comment="When it was first read so, UTC."),
        sa.Column("author", types.Words(), nullable=True, comment="The author's name as printed."),
        sa.Column("author_url", types.Words(), nullable=True, comment="The author's link as printed."),
        sa.Column("text", types.Words(), nullable=False, comment="The words, paragraphs parted by blank lines."),
        sa.Column("html", types.Words(), nullable=False, comment="The markup of the words."),
        sa.Column("links", sa.JSON(), nullable=False, comment="Addresses that the words link to, as a JSON list."),
        sa.Column("published_raw", types.Words(), nullable=True, comment="The time as this page prints it."),
        sa.Column(
            "locator", types.Words(), nullable=True, comment="Where in the page it stands: an XPath or a JSON pointer."
        ),
        sa.Column("found_by", sa.JSON(), nullable=False, comment="Field and the rule that found it, as a JSON object."),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_comment_revision_capture_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_revision_comment_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_comment_revision_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_revision")),
        comment="What a comment said: a new row only where the same extractor read other words, name or links.",
    )
    with op.batch_alter_table("comment_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_revision_capture_id"), ["capture_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_revision_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_revision_visit_id"), ["visit_id"], unique=False)


def _comment_state() -> None:
    op.create_table(
        "comment_state",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("comment_id", types.ID, nullable=False, comment="The comment."),
        sa.Column("reading_id", types.ID, nullable=False, comment="The reading that noticed the change."),
        sa.Column("state", types.Words(), nullable=False, comment="The state from then on."),
        sa.Column("at", types.Utc(), nullable=False, comment="When the change was noticed, UTC."),
        sa.Column("gone_after", types.Utc(), nullable=True, comment="Where it went: it was still there then, UTC."),
        sa.Column(
            "gone_before", types.Utc(), nullable=True, comment="Where it went: it was no longer there then, UTC."
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_comment_state_comment_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_comment_state_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_state")),
        comment="A change of a comment's state. Before its first row here a comment is visible.",
    )
    with op.batch_alter_table("comment_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_state_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_state_reading_id"), ["reading_id"], unique=False)


def _sighting() -> None:
    op.create_table(
        "sighting",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("reading_id", types.ID, nullable=False, comment="The reading."),
        sa.Column("comment_id", types.ID, nullable=False, comment="The comment."),
        sa.Column("capture_id", types.ID, nullable=False, comment="The capture that shows it."),
        sa.Column("source", types.Words(), nullable=False, comment="api, markup or feed."),
        sa.Column(
            "page_number",
            types.Whole(),
            nullable=True,
            comment="Which page of the thread, from 1 for the earliest comments.",
        ),
        sa.Column("newest_first", sa.Boolean(), nullable=False, comment="Whether the page shows later comments first."),
        sa.Column("place", sa.Integer(), nullable=False, comment="Place on the page, from 0."),
        sa.Column("state", types.Words(), nullable=False, comment="What the platform says of it there."),
        sa.Column("at", types.Utc(), nullable=False, comment="When the page came, UTC."),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_sighting_capture_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_sighting_comment_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_sighting_reading_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        comment="Where the open visits saw which comment; emptied when a visit is closed.",
    )
    with op.batch_alter_table("sighting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sighting_capture_id"), ["capture_id"], unique=False)
        batch_op.create_index("ix_sighting_reading_id_comment_id", ["reading_id", "comment_id"], unique=False)


def _score() -> None:
    op.create_table(
        "score",
        sa.Column("comment_id", types.ID, nullable=False, comment="The comment."),
        sa.Column("reading_id", types.ID, nullable=False, comment="The reading that first saw it so."),
        sa.Column("score", types.Whole(), nullable=False, comment="Likes minus dislikes."),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_score_comment_id")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_score_reading_id")),
        sa.PrimaryKeyConstraint("comment_id", "reading_id", name=op.f("pk_score")),
        comment="A comment's score, at the first reading and wherever it changed.",
    )
