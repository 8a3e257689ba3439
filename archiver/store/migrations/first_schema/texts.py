"""What the articles said, state by state, and the quotes in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archiver.store import types


def create() -> None:
    _article_revision()
    _quote()


def _article_revision() -> None:
    op.create_table(
        "article_revision",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column("article_id", types.ID, nullable=False, comment="The article."),
        sa.Column("capture_id", types.ID, nullable=False, comment="The capture that this state was first read in."),
        sa.Column("visit_id", types.ID, nullable=False, comment="The visit that first read it."),
        sa.Column("extractor", types.Words(), nullable=False, comment="Name and version of what read the page."),
        sa.Column(
            "confirmed_by", sa.JSON(), nullable=False, comment="All extractors that read exactly this, as a JSON list."
        ),
        sa.Column(
            "digest",
            types.Words(),
            nullable=False,
            comment="Digest of what the article says: equal where two states say the same.",
        ),
        sa.Column(
            "change",
            types.Words(),
            nullable=False,
            comment="first, edited, or reread (only another extractor read otherwise).",
        ),
        sa.Column("is_current", sa.Boolean(), nullable=False, comment="Whether this is the article's present state."),
        sa.Column("seen", types.Utc(), nullable=False, comment="When it was first read so, UTC."),
        sa.Column("title", types.Words(), nullable=True, comment="Headline."),
        sa.Column("deck", types.Words(), nullable=True, comment="The lines under the headline."),
        sa.Column("authors", sa.JSON(), nullable=False, comment="Names of the authors, as a JSON list."),
        sa.Column("dateline", types.Words(), nullable=True, comment="Place (and day) at the head of the text."),
        sa.Column(
            "published",
            types.Utc(),
            nullable=True,
            comment="When it was published, UTC; empty where the zone is not known.",
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
        sa.Column("modified", types.Utc(), nullable=True, comment="When the site says it was last changed, UTC."),
        sa.Column(
            "modified_local",
            types.Local(),
            nullable=True,
            comment="The same by the site's own clock, where that is printed.",
        ),
        sa.Column("modified_raw", types.Words(), nullable=True, comment="The time of the change as printed."),
        sa.Column("text", types.Words(), nullable=False, comment="The body, paragraphs parted by blank lines."),
        sa.Column("html", types.Words(), nullable=False, comment="The body's markup."),
        sa.Column("language", types.Words(), nullable=True, comment="Language as a BCP 47 tag, such as en-GB."),
        sa.Column("section", types.Words(), nullable=True, comment="The section of the site."),
        sa.Column("tags", sa.JSON(), nullable=False, comment="The site's tags, as a JSON list."),
        sa.Column("licence_url", types.Words(), nullable=True, comment="Address of the licence that the page names."),
        sa.Column("licence_text", types.Words(), nullable=True, comment="Words of the licence or copyright line."),
        sa.Column("image_credit", types.Words(), nullable=True, comment="Credit of the main picture."),
        sa.Column(
            "media",
            sa.JSON(),
            nullable=False,
            comment="Pictures, videos and embedded posts, as a JSON list of objects.",
        ),
        sa.Column("found_by", sa.JSON(), nullable=False, comment="Field and the rule that found it, as a JSON object."),
        sa.Column("confidence", sa.Float(), nullable=False, comment="How sure the extractor is, from 0 to 1."),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_revision_article_id")),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name=op.f("fk_article_revision_capture_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_article_revision_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revision")),
        comment="A state of an article: a new row only where the same extractor read something else.",
    )
    with op.batch_alter_table("article_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_revision_article_id"), ["article_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_revision_capture_id"), ["capture_id"], unique=False)
        batch_op.create_index(
            "ix_article_revision_past",
            ["id"],
            unique=False,
            sqlite_where=sa.text("NOT is_current"),
            postgresql_where=sa.text("NOT is_current"),
        )


def _quote() -> None:
    op.create_table(
        "quote",
        sa.Column("id", types.ID, nullable=False, comment="The row's own number in this archive."),
        sa.Column(
            "article_revision_id", types.ID, nullable=False, comment="The state of the article that it stands in."
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="Its place among the article's quotes, from 0."),
        sa.Column(
            "span_start", sa.Integer(), nullable=False, comment="Where it begins in the article's text, in characters."
        ),
        sa.Column(
            "span_end", sa.Integer(), nullable=False, comment="Where it ends, in characters; the marks are left out."
        ),
        sa.Column("text", types.Words(), nullable=False, comment="The words quoted."),
        sa.Column(
            "kind", types.Words(), nullable=False, comment="direct, mixed, scare, nickname, title, block or embed."
        ),
        sa.Column(
            "mark_open", types.Words(), nullable=False, comment="The opening mark as printed; empty where it is lost."
        ),
        sa.Column(
            "mark_close", types.Words(), nullable=False, comment="The closing mark as printed; empty where it is lost."
        ),
        sa.Column("repaired", sa.Boolean(), nullable=False, comment="Whether a missing mark was inferred."),
        sa.Column(
            "speaker",
            types.Words(),
            nullable=True,
            comment="Who speaks, by full name; empty where the text does not tell.",
        ),
        sa.Column(
            "speaker_mention",
            types.Words(),
            nullable=True,
            comment="The words that name the speaker there, such as she.",
        ),
        sa.Column("cue", types.Words(), nullable=True, comment="The word of saying, such as told."),
        sa.Column("addressee", types.Words(), nullable=True, comment="Who is spoken to."),
        sa.Column(
            "repeats",
            sa.Integer(),
            nullable=True,
            comment="The number of the quote whose words it shows again, as a pull quote does.",
        ),
        sa.Column("url", types.Words(), nullable=True, comment="The address of an embedded post."),
        sa.Column("rule", types.Words(), nullable=False, comment="The rule that found it."),
        sa.Column("confidence", sa.Float(), nullable=False, comment="How sure the rule is, from 0 to 1."),
        sa.ForeignKeyConstraint(
            ["article_revision_id"], ["article_revision.id"], name=op.f("fk_quote_article_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
        comment="One quotation in a state of an article.",
    )
    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_article_revision_id"), ["article_revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quote_speaker"), ["speaker"], unique=False)
