"""What is archived: articles with their addresses, threads, authors; and what must not be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archiver.store import types


def create() -> None:
    _article()
    _article_url()
    _author()
    _thread()
    _erasure()


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("url", types.Words(), nullable=False, comment="The article's address, cleaned: its name for ever."),
        sa.Column("first_seen", types.Utc(), nullable=False, comment="The earliest capture of it, UTC."),
        sa.Column("last_seen", types.Utc(), nullable=False, comment="The latest capture of it, UTC."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("url", name=op.f("uq_article_url")),
        comment="One work, under one address or several.",
    )


def _article_url() -> None:
    op.create_table(
        "article_url",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("article_id", types.ID, nullable=False, comment="The article."),
        sa.Column("url", types.Words(), nullable=False, comment="An address of the article."),
        sa.Column(
            "origin",
            types.Words(),
            nullable=False,
            comment="read: the page was read there. asked: it led there. given: by it.",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_url_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_url")),
        sa.UniqueConstraint("url", name=op.f("uq_article_url_url")),
        comment="All addresses under which an article is known.",
    )
    with op.batch_alter_table("article_url", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_url_article_id"), ["article_id"], unique=False)


def _author() -> None:
    op.create_table(
        "author",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("platform", types.Words(), nullable=False, comment="The comment system."),
        sa.Column("site", types.Words(), nullable=False, comment="The host on which the account or name was seen."),
        sa.Column(
            "key", types.Words(), nullable=False, comment="id: and the account's number, or name: and the printed name."
        ),
        sa.Column(
            "native_id",
            types.Words(),
            nullable=True,
            comment="The account's id in the system; empty where there are no accounts.",
        ),
        sa.Column("name", types.Words(), nullable=True, comment="The name as last printed."),
        sa.Column("url", types.Words(), nullable=True, comment="The author's link as last printed."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_author")),
        sa.UniqueConstraint("platform", "site", "key", name=op.f("uq_author_platform_site_key")),
        comment="One account, or one printed name where there are no accounts.",
    )


def _thread() -> None:
    op.create_table(
        "thread",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("article_id", types.ID, nullable=False, comment="The article that it belongs to."),
        sa.Column("platform", types.Words(), nullable=False, comment="The comment system, such as wordpress."),
        sa.Column(
            "native_id",
            types.Words(),
            nullable=False,
            comment="The system's own name for the thread; else the address.",
        ),
        sa.Column("state", types.Words(), nullable=False, comment="open, closed, unavailable or unknown."),
        sa.Column("first_seen", types.Utc(), nullable=False, comment="The earliest capture of it, UTC."),
        sa.Column(
            "evidence", sa.JSON(), nullable=False, comment="What on the page says that the system is here, a JSON list."
        ),
        sa.Column(
            "confidence", sa.Float(), nullable=False, comment="How sure the surest reading of it was, from 0 to 1."
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_thread_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint(
            "article_id", "platform", "native_id", name=op.f("uq_thread_article_id_platform_native_id")
        ),
        comment="One thread of one comment system under an article.",
    )


def _erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("at", types.Utc(), nullable=False, comment="When it was asked for, UTC."),
        sa.Column("action", types.Words(), nullable=False, comment="hide, exclude or erase."),
        sa.Column("url", types.Words(), nullable=False, comment="The article's address."),
        sa.Column("platform", types.Words(), nullable=True, comment="The comment system, where one comment is meant."),
        sa.Column("native_id", types.Words(), nullable=True, comment="The comment, where one comment is meant."),
        sa.Column("reason", types.Words(), nullable=True, comment="Why."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        comment="What must not be shown, fetched or kept.",
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_erasure_url"), ["url"], unique=False)
