"""Observed: what pages showed of articles, threads and the visits to them. Never rewritten."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table, UniqueConstraint

from archiver.store.tables.base import index_of_few, metadata, own_id, refers
from archiver.store.types import Local, Utc, Whole, Words

PAST = "NOT is_current"
NOT_STORED = "outcome NOT IN ('stored', 'listed')"
INCOMPLETE = "completeness = 'incomplete'"

article = Table(
    "article",
    metadata,
    own_id(),
    Column("url", Words, nullable=False, unique=True, comment="The article's address, cleaned: its name for ever."),
    Column("first_seen", Utc, nullable=False, comment="The earliest capture of it, UTC."),
    Column("last_seen", Utc, nullable=False, comment="The latest capture of it, UTC."),
    comment="One work, under one address or several.",
)

article_url = Table(
    "article_url",
    metadata,
    own_id(),
    refers("article_id", "article", "The article."),
    Column("url", Words, nullable=False, unique=True, comment="An address of the article."),
    Column(
        "origin", Words, nullable=False, comment="read: the page was read there. asked: it led there. given: by it."
    ),
    comment="All addresses under which an article is known.",
)

article_revision = Table(
    "article_revision",
    metadata,
    own_id(),
    refers("article_id", "article", "The article."),
    refers("capture_id", "capture", "The capture that this state was first read in."),
    refers("visit_id", "visit", "The visit that first read it.", index=False),
    Column("extractor", Words, nullable=False, comment="Name and version of what read the page."),
    Column("confirmed_by", JSON, nullable=False, comment="All extractors that read exactly this, as a JSON list."),
    Column(
        "digest", Words, nullable=False, comment="Digest of what the article says: equal where two states say the same."
    ),
    Column(
        "change", Words, nullable=False, comment="first, edited, or reread (only another extractor read otherwise)."
    ),
    Column("is_current", Boolean, nullable=False, comment="Whether this is the article's present state."),
    Column("seen", Utc, nullable=False, comment="When it was first read so, UTC."),
    Column("title", Words, comment="Headline."),
    Column("deck", Words, comment="The lines under the headline."),
    Column("authors", JSON, nullable=False, comment="Names of the authors, as a JSON list."),
    Column("dateline", Words, comment="Place (and day) at the head of the text."),
    Column("published", Utc, comment="When it was published, UTC; empty where the zone is not known."),
    Column("published_local", Local, comment="The same by the site's own clock, where that is printed."),
    Column("published_raw", Words, comment="The time as printed."),
    Column("published_precision", Words, comment="Finest unit of the time: second, minute, hour, day, month, year."),
    Column("modified", Utc, comment="When the site says it was last changed, UTC."),
    Column("modified_local", Local, comment="The same by the site's own clock, where that is printed."),
    Column("modified_raw", Words, comment="The time of the change as printed."),
    Column("text", Words, nullable=False, comment="The body, paragraphs parted by blank lines."),
    Column("html", Words, nullable=False, comment="The body's markup."),
    Column("language", Words, comment="Language as a BCP 47 tag, such as en-GB."),
    Column("section", Words, comment="The section of the site."),
    Column("tags", JSON, nullable=False, comment="The site's tags, as a JSON list."),
    Column("licence_url", Words, comment="Address of the licence that the page names."),
    Column("licence_text", Words, comment="Words of the licence or copyright line."),
    Column("image_credit", Words, comment="Credit of the main picture."),
    Column("media", JSON, nullable=False, comment="Pictures, videos and embedded posts, as a JSON list of objects."),
    Column("found_by", JSON, nullable=False, comment="Field and the rule that found it, as a JSON object."),
    Column("confidence", Float, nullable=False, comment="How sure the extractor is, from 0 to 1."),
    index_of_few("ix_article_revision_past", "id", PAST),
    comment="A state of an article: a new row only where the same extractor read something else.",
)

visit = Table(
    "visit",
    metadata,
    own_id(),
    refers("run_id", "run", "The command that made it, or last went on with it.", required=False),
    refers("article_id", "article", "The article; empty while unknown, or where none was found.", required=False),
    Column("url", Words, nullable=False, comment="The address that was asked for."),
    Column(
        "key", Words, nullable=False, index=True, comment="The same, shortened where it is too long to be found by."
    ),
    Column("started", Utc, nullable=False, comment="When the visit was begun, UTC."),
    Column("ended", Utc, index=True, comment="When it was closed, UTC; empty while requests are open."),
    Column("deadline", Utc, comment="When it is closed at the latest, UTC."),
    Column("outcome", Words, comment="stored, refused, missing, failed, not_article or listed; empty while open."),
    Column("reason", Words, comment="Why, where the outcome is not stored; else what was not read."),
    Column("seal", Words, comment="Digest of the other cells: it shows whether one was changed since."),
    index_of_few("ix_visit_not_stored", "key", NOT_STORED),
    comment="One attempt at an article.",
)

thread = Table(
    "thread",
    metadata,
    own_id(),
    refers("article_id", "article", "The article that it belongs to.", index=False),
    Column("platform", Words, nullable=False, comment="The comment system, such as wordpress."),
    Column("native_id", Words, nullable=False, comment="The system's own name for the thread; else the address."),
    Column("state", Words, nullable=False, comment="open, closed, unavailable or unknown."),
    Column("first_seen", Utc, nullable=False, comment="The earliest capture of it, UTC."),
    Column("evidence", JSON, nullable=False, comment="What on the page says that the system is here, a JSON list."),
    Column("confidence", Float, nullable=False, comment="How sure the surest reading of it was, from 0 to 1."),
    UniqueConstraint("article_id", "platform", "native_id"),
    comment="One thread of one comment system under an article.",
)

reading = Table(
    "reading",
    metadata,
    own_id(),
    refers("visit_id", "visit", "The visit.", index=False),
    refers("thread_id", "thread", "The thread."),
    Column("started", Utc, nullable=False, comment="The first capture of the thread in this visit, UTC."),
    Column("at", Utc, nullable=False, comment="The last capture of the thread in this visit, UTC."),
    Column("closed", Utc, comment="When the reading was judged, UTC; empty while requests are open."),
    Column("claimed", Whole, comment="How many comments the site says there are; empty where it says nothing."),
    Column("collected", Integer, nullable=False, comment="How many comments were seen."),
    Column("completeness", Words, comment="complete, incomplete, or unknown where the site prints no count."),
    Column("reason", Words, comment="Why it is incomplete."),
    Column("read_to_end", Boolean, comment="Whether every page of the thread came and was read."),
    Column("thread_state", Words, comment="The thread's state as this reading saw it."),
    UniqueConstraint("visit_id", "thread_id"),
    index_of_few("ix_reading_incomplete", "thread_id", INCOMPLETE),
    comment="A visit's part on one thread.",
)

reading_page = Table(
    "reading_page",
    metadata,
    own_id(),
    refers("reading_id", "reading", "The reading."),
    refers("capture_id", "capture", "The capture of the page; empty where no answer came.", required=False),
    Column("source", Words, nullable=False, comment="api, markup or feed."),
    Column("extractor", Words, nullable=False, comment="Name and version of what read the page."),
    Column("claimed", Whole, comment="The count that this page gives."),
    Column("claimed_kinds", Words, nullable=False, comment="all, or comments where it leaves pingbacks out."),
    Column("gap", Words, comment="Why comments that exist cannot be had from this page."),
    Column("state", Words, nullable=False, comment="The thread's state as this page tells it."),
    Column("comments", Integer, nullable=False, comment="How many comments the page shows."),
    comment="One page of a reading, and what it claims.",
)
