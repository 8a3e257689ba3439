"""The first schema.

Made from `archiver.store.schema` once, and frozen: what the schema becomes later is the business of later migrations.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from archiver.store import types

revision = "0001"
down_revision = None


def upgrade() -> None:
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
    op.execute("""CREATE VIEW latest_comment AS
SELECT a.url AS article_url, t.platform, c.native_id, c.parent_native_id, c.depth, c.position, c.kind, c.state,
       r.author, r.author_url, c.published, c.published_local, r.text, r.html, c.permalink,
       c.first_seen, c.last_seen, c.gone_after, c.gone_before
  FROM comment c
  JOIN thread t ON t.id = c.thread_id
  JOIN article a ON a.id = t.article_id
  JOIN comment_revision r ON r.comment_id = c.id AND r.is_current""")
    op.execute("""CREATE VIEW latest_article AS
SELECT a.url, r.title, r.deck, r.authors, r.dateline, r.published, r.published_local, r.modified, r.text,
       r.html, r.language, r.section, r.tags, r.licence_url, r.licence_text, r.image_credit,
       a.first_seen, a.last_seen
  FROM article a
  LEFT JOIN article_revision r ON r.article_id = a.id AND r.is_current""")
    op.execute("""CREATE VIEW thread_summary AS
SELECT a.url AS article_url, t.platform, t.native_id AS thread, t.state, t.confidence,
       COALESCE(n.comments, 0) AS comments, COALESCE(n.gone, 0) AS gone, COALESCE(n.authors, 0) AS authors,
       n.first_comment, n.last_comment, r.claimed, r.collected, r.completeness, r.reason, r.at AS last_reading
  FROM thread t
  JOIN article a ON a.id = t.article_id
  LEFT JOIN (SELECT thread_id, COUNT(*) AS comments, COUNT(*) FILTER (WHERE state <> 'visible') AS gone,
                    COUNT(DISTINCT author_id) AS authors, MIN(published) AS first_comment,
                    MAX(published) AS last_comment
               FROM comment GROUP BY thread_id) n ON n.thread_id = t.id
  LEFT JOIN reading r ON r.id = (SELECT MAX(id) FROM reading WHERE thread_id = t.id AND closed IS NOT NULL)""")
    op.execute("""CREATE VIEW speaker_summary AS
SELECT q.speaker, COUNT(*) AS quotes, COUNT(DISTINCT r.article_id) AS articles,
       SUM(LENGTH(TRIM(q.text)) - LENGTH(REPLACE(TRIM(q.text), ' ', '')) + 1) AS words
  FROM quote q
  JOIN article_revision r ON r.id = q.article_revision_id AND r.is_current
 WHERE q.speaker IS NOT NULL AND q.repeats IS NULL
 GROUP BY q.speaker""")
