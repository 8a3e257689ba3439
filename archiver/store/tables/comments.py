"""Observed: comments, who wrote them, what they said when, and what became of them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table, UniqueConstraint

from archiver.store.tables.base import index_of_few, metadata, own_id, refers
from archiver.store.types import Local, Utc, Whole, Words

GONE = "state <> 'visible'"

author = Table(
    "author",
    metadata,
    own_id(),
    Column("platform", Words, nullable=False, comment="The comment system."),
    Column("site", Words, nullable=False, comment="The host on which the account or name was seen."),
    Column("key", Words, nullable=False, comment="id: and the account's number, or name: and the printed name."),
    Column("native_id", Words, comment="The account's id in the system; empty where there are no accounts."),
    Column("name", Words, comment="The name as last printed."),
    Column("url", Words, comment="The author's link as last printed."),
    UniqueConstraint("platform", "site", "key"),
    comment="One account, or one printed name where there are no accounts.",
)

comment = Table(
    "comment",
    metadata,
    own_id(),
    refers("thread_id", "thread", "The thread.", index=False),
    Column(
        "native_id", Words, nullable=False, comment="The system's id of the comment, or one derived from its place."
    ),
    Column("id_origin", Words, nullable=False, comment="native, or derived where the page shows no id."),
    refers("author_id", "author", "Who wrote it.", required=False),
    refers("parent_id", "comment", "The comment that it answers, where that is in the archive.", required=False),
    Column("parent_native_id", Words, comment="Id of the comment that it answers; empty where it answers the article."),
    Column("parent_source", Words, comment="Who told of the parent: api or markup."),
    Column("parent_rule", Words, comment="How the parent was found, such as nesting."),
    Column("kind", Words, nullable=False, comment="comment, pingback, trackback or pick."),
    Column("permalink", Words, comment="The comment's own address."),
    Column("title", Words, comment="The comment's own heading."),
    Column("number", Whole, comment="The number that the page prints beside it."),
    Column("published", Utc, index=True, comment="When it was written, UTC; empty where the zone is not known."),
    Column("published_local", Local, comment="The same by the site's own clock, where that is printed."),
    Column("published_raw", Words, comment="The time as printed."),
    Column("published_precision", Words, comment="Finest unit of the time: second, minute, hour, day, month, year."),
    Column("published_rule", Words, comment="What the time was read from, or how it was inferred."),
    Column("position", Integer, comment="Place in the thread's reading order, from 0."),
    Column("depth", Integer, comment="How many comments stand above it; 0 where it answers the article."),
    Column("state", Words, nullable=False, comment="visible, deleted, removed, hidden or missing."),
    Column("score", Whole, comment="Likes minus dislikes at the last reading that showed them."),
    Column("first_seen", Utc, nullable=False, comment="The earliest capture that shows it, UTC."),
    Column("last_seen", Utc, nullable=False, comment="The latest capture that shows it, UTC."),
    Column("gone_after", Utc, comment="It was still there then, UTC; empty unless it is gone."),
    Column("gone_before", Utc, comment="It was no longer there then, UTC; empty unless it is gone."),
    Column("sources", JSON, nullable=False, comment="Who ever showed it: api, markup, feed; a JSON list."),
    Column("printed_depth", Whole, comment="The depth that the page itself gives it."),
    Column("confidence", Float, nullable=False, comment="How sure the extractor is, from 0 to 1."),
    refers("last_reading_id", "reading", "The last closed reading that saw it.", required=False, index=False),
    UniqueConstraint("thread_id", "native_id"),
    index_of_few("ix_comment_gone", "state", GONE),
    comment="One comment, for ever: what is true of it once and for all, and its present state.",
)

comment_state = Table(
    "comment_state",
    metadata,
    own_id(),
    refers("comment_id", "comment", "The comment."),
    refers("reading_id", "reading", "The reading that noticed the change."),
    Column("state", Words, nullable=False, comment="The state from then on."),
    Column("at", Utc, nullable=False, comment="When the change was noticed, UTC."),
    Column("gone_after", Utc, comment="Where it went: it was still there then, UTC."),
    Column("gone_before", Utc, comment="Where it went: it was no longer there then, UTC."),
    comment="A change of a comment's state. Before its first row here a comment is visible.",
)

comment_revision = Table(
    "comment_revision",
    metadata,
    own_id(),
    refers("comment_id", "comment", "The comment."),
    refers("capture_id", "capture", "The capture that these words were first read in."),
    refers("visit_id", "visit", "The visit that first read them."),
    Column("source", Words, nullable=False, comment="api, markup or feed."),
    Column("extractor", Words, nullable=False, comment="Name and version of what read the page."),
    Column("confirmed_by", JSON, nullable=False, comment="All extractors that read exactly these words, a JSON list."),
    Column(
        "digest",
        Words,
        nullable=False,
        comment="Digest of text, author and links: equal where two wordings are the same.",
    ),
    Column(
        "change", Words, nullable=False, comment="first, edited, or reread (only another extractor read otherwise)."
    ),
    Column("is_current", Boolean, nullable=False, comment="Whether this is the present wording."),
    Column("seen", Utc, nullable=False, comment="When it was first read so, UTC."),
    Column("author", Words, comment="The author's name as printed."),
    Column("author_url", Words, comment="The author's link as printed."),
    Column("text", Words, nullable=False, comment="The words, paragraphs parted by blank lines."),
    Column("html", Words, nullable=False, comment="The markup of the words."),
    Column("links", JSON, nullable=False, comment="Addresses that the words link to, as a JSON list."),
    Column("published_raw", Words, comment="The time as this page prints it."),
    Column("locator", Words, comment="Where in the page it stands: an XPath or a JSON pointer."),
    Column("found_by", JSON, nullable=False, comment="Field and the rule that found it, as a JSON object."),
    comment="What a comment said: a new row only where the same extractor read other words, name or links.",
)

score = Table(
    "score",
    metadata,
    refers("comment_id", "comment", "The comment.", primary_key=True, index=False),
    refers("reading_id", "reading", "The reading that first saw it so.", primary_key=True, index=False),
    Column("score", Whole, nullable=False, comment="Likes minus dislikes."),
    comment="A comment's score, at the first reading and wherever it changed.",
)
