"""What is computed from the rest: links and flags of comments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archiver.store import types


def create() -> None:
    _flag()
    _link()


def _flag() -> None:
    op.create_table(
        "flag",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("comment_id", types.ID, nullable=False, comment="The comment."),
        sa.Column("kind", types.Words(), nullable=False, comment="spam, duplicate or campaign."),
        sa.Column("rule", types.Words(), nullable=False, comment="The rule that says so."),
        sa.Column("score", sa.Float(), nullable=False, comment="How strongly the rule says so, from 0 to 1."),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_flag_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flag")),
        comment="Suspicions of spam, duplicates and campaigns. A flag deletes nothing.",
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_comment_id"), ["comment_id"], unique=False)


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("comment_id", types.ID, nullable=False, comment="The comment that refers to something."),
        sa.Column("method", types.Words(), nullable=False, comment="answers, quotes, mentions or copies."),
        sa.Column(
            "target",
            types.Words(),
            nullable=False,
            comment="What it refers to: comment, article, or name where only that is known.",
        ),
        sa.Column("target_comment_id", types.ID, nullable=True, comment="The comment referred to, where it is one."),
        sa.Column("target_name", types.Words(), nullable=True, comment="Whom it refers to, by the name printed there."),
        sa.Column("rule", types.Words(), nullable=False, comment="The rule that found it."),
        sa.Column(
            "span_start",
            sa.Integer(),
            nullable=True,
            comment="Where the reference begins in the comment's text, in characters.",
        ),
        sa.Column("span_end", sa.Integer(), nullable=True, comment="Where it ends, in characters."),
        sa.Column(
            "target_start",
            sa.Integer(),
            nullable=True,
            comment="Where the words referred to begin in the target, in characters.",
        ),
        sa.Column("target_end", sa.Integer(), nullable=True, comment="Where they end, in characters."),
        sa.Column("similarity", sa.Float(), nullable=True, comment="How alike the two passages are, from 0 to 1."),
        sa.Column("confidence", sa.Float(), nullable=False, comment="How sure the rule is, from 0 to 1."),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_link_comment_id")),
        sa.ForeignKeyConstraint(["target_comment_id"], ["comment.id"], name=op.f("fk_link_target_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        comment="A comment answers, quotes, mentions or copies a comment or the article.",
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_target_comment_id"), ["target_comment_id"], unique=False)
