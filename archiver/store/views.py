"""Views for people with SQL: the present state of things, one row each, with columns that are a promise."""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, JSON, Column, Float, Integer, MetaData, Table, event

from archiver.store.tables.base import metadata
from archiver.store.types import Local, Utc, Words

views = MetaData()
"""Apart from the tables' MetaData: `create_all` would take a view for a table."""


def _column(name: str, kind: Any, comment: str) -> Column[Any]:
    return Column(name, kind, comment=comment)


latest_comment = Table(
    "latest_comment",
    views,
    _column("article_url", Words, "The address of the article."),
    _column("platform", Words, "The comment system, such as wordpress."),
    _column("native_id", Words, "The system's id of the comment, or one derived from its place."),
    _column("parent_native_id", Words, "Id of the comment that it answers; empty where it answers the article."),
    _column("depth", Integer, "How many comments stand above it; 0 where it answers the article."),
    _column("position", Integer, "Place in the thread's reading order, from 0."),
    _column("kind", Words, "comment, pingback, trackback or pick."),
    _column("state", Words, "visible, deleted, removed, hidden or missing."),
    _column("author", Words, "The author's name as printed."),
    _column("author_url", Words, "The author's link as printed."),
    _column("published", Utc, "When it was written, UTC; empty where the zone is not known."),
    _column("published_local", Local, "The same by the site's own clock, where that is printed."),
    _column("text", Words, "The words, paragraphs parted by blank lines."),
    _column("html", Words, "The markup of the words."),
    _column("permalink", Words, "The comment's own address."),
    _column("first_seen", Utc, "The earliest capture that shows it, UTC."),
    _column("last_seen", Utc, "The latest capture that shows it, UTC."),
    _column("gone_after", Utc, "It was still there then, UTC; empty unless it is gone."),
    _column("gone_before", Utc, "It was no longer there then, UTC; empty unless it is gone."),
    comment="Every comment with its present wording. One that is gone keeps its last words.",
    info={
        "sql": """
        SELECT a.url AS article_url, t.platform, c.native_id, c.parent_native_id, c.depth, c.position, c.kind, c.state,
               r.author, r.author_url, c.published, c.published_local, r.text, r.html, c.permalink,
               c.first_seen, c.last_seen, c.gone_after, c.gone_before
          FROM comment c
          JOIN thread t ON t.id = c.thread_id
          JOIN article a ON a.id = t.article_id
          JOIN comment_revision r ON r.comment_id = c.id AND r.is_current"""
    },
)

latest_article = Table(
    "latest_article",
    views,
    _column("url", Words, "The address of the article."),
    _column("title", Words, "Headline."),
    _column("deck", Words, "The lines under the headline."),
    _column("authors", JSON, "Names of the authors, as a JSON list."),
    _column("dateline", Words, "Place (and day) at the head of the text."),
    _column("published", Utc, "When it was published, UTC; empty where the zone is not known."),
    _column("published_local", Local, "The same by the site's own clock, where that is printed."),
    _column("modified", Utc, "When the site says it was last changed, UTC."),
    _column("text", Words, "The body, paragraphs parted by blank lines."),
    _column("html", Words, "The body's markup."),
    _column("language", Words, "Language as a BCP 47 tag, such as en-GB."),
    _column("section", Words, "The section of the site."),
    _column("tags", JSON, "The site's tags, as a JSON list."),
    _column("licence_url", Words, "Address of the licence that the page names."),
    _column("licence_text", Words, "Words of the licence or copyright line."),
    _column("image_credit", Words, "Credit of the main picture."),
    _column("first_seen", Utc, "The earliest capture of it, UTC."),
    _column("last_seen", Utc, "The latest capture of it, UTC."),
    comment="Every article in its present state.",
    info={
        "sql": """
        SELECT a.url, r.title, r.deck, r.authors, r.dateline, r.published, r.published_local, r.modified, r.text,
               r.html, r.language, r.section, r.tags, r.licence_url, r.licence_text, r.image_credit,
               a.first_seen, a.last_seen
          FROM article a
          LEFT JOIN article_revision r ON r.article_id = a.id AND r.is_current"""
    },
)

thread_summary = Table(
    "thread_summary",
    views,
    _column("article_url", Words, "The address of the article."),
    _column("platform", Words, "The comment system, such as wordpress."),
    _column("thread", Words, "The system's own name for the thread; else the address."),
    _column("state", Words, "open, closed, unavailable or unknown."),
    _column("confidence", Float, "How sure the surest reading of it was, from 0 to 1; below 0.65 it is uncertain."),
    _column("comments", Integer, "Comments in the archive, those that are gone included."),
    _column("gone", Integer, "Of these, how many are no longer visible."),
    _column("authors", Integer, "How many accounts or names wrote them."),
    _column("first_comment", Utc, "The earliest time of a comment, UTC."),
    _column("last_comment", Utc, "The latest time of a comment, UTC."),
    _column("claimed", Integer, "How many comments the site says there are; empty where it says nothing."),
    _column("collected", Integer, "How many were seen at the last reading."),
    _column("completeness", Words, "complete, incomplete, or unknown where the site prints no count."),
    _column("reason", Words, "Why it is incomplete."),
    _column("last_reading", Utc, "The last capture of the last reading, UTC."),
    comment="Every thread with its numbers and the verdict of its last reading.",
    info={
        "sql": """
        SELECT a.url AS article_url, t.platform, t.native_id AS thread, t.state, t.confidence,
               COALESCE(n.comments, 0) AS comments, COALESCE(n.gone, 0) AS gone, COALESCE(n.authors, 0) AS authors,
               n.first_comment, n.last_comment, r.claimed, r.collected, r.completeness, r.reason, r.at AS last_reading
          FROM thread t
          JOIN article a ON a.id = t.article_id
          LEFT JOIN (SELECT thread_id, COUNT(*) AS comments, COUNT(*) FILTER (WHERE state <> 'visible') AS gone,
                            COUNT(DISTINCT author_id) AS authors, MIN(published) AS first_comment,
                            MAX(published) AS last_comment
                       FROM comment GROUP BY thread_id) n ON n.thread_id = t.id
          LEFT JOIN reading r ON r.id = (SELECT MAX(id) FROM reading WHERE thread_id = t.id AND closed IS NOT NULL)"""
    },
)

speaker_summary = Table(
    "speaker_summary",
    views,
    _column("speaker", Words, "Who speaks, by full name."),
    _column("quotes", Integer, "Quotations in the present state of all articles."),
    _column("articles", Integer, "Articles that quote this speaker."),
    _column("words", Integer, "Length of all quotations together, in words."),
    comment="Everybody who is quoted, with how often and how much.",
    info={
        "sql": """
        SELECT q.speaker, COUNT(*) AS quotes, COUNT(DISTINCT r.article_id) AS articles,
               SUM(LENGTH(TRIM(q.text)) - LENGTH(REPLACE(TRIM(q.text), ' ', '')) + 1) AS words
          FROM quote q
          JOIN article_revision r ON r.id = q.article_revision_id AND r.is_current
         WHERE q.speaker IS NOT NULL AND q.repeats IS NULL
         GROUP BY q.speaker"""
    },
)


def create_statement(view: Table) -> str:
    """The statement that makes a view, the same for SQLite and PostgreSQL."""
    lines = view.info["sql"].strip("\n").splitlines()
    return f"CREATE VIEW {view.name} AS\n" + "\n".join(line[8:] for line in lines)


for _view in views.tables.values():
    event.listen(metadata, "after_create", DDL(create_statement(_view)))  # type: ignore[no-untyped-call]
