"""Derived: what can be dropped and computed again at any time."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, Table

from archiver.store.tables.base import metadata, own_id, refers
from archiver.store.types import Words

quote = Table(
    "quote",
    metadata,
    own_id(),
    refers("article_revision_id", "article_revision", "The state of the article that it stands in."),
    Column("number", Integer, nullable=False, comment="Its place among the article's quotes, from 0."),
    Column("span_start", Integer, nullable=False, comment="Where it begins in the article's text, in characters."),
    Column("span_end", Integer, nullable=False, comment="Where it ends, in characters; the marks are left out."),
    Column("text", Words, nullable=False, comment="The words quoted."),
    Column("kind", Words, nullable=False, comment="direct, mixed, scare, nickname, title, block or embed."),
    Column("mark_open", Words, nullable=False, comment="The opening mark as printed; empty where it is lost."),
    Column("mark_close", Words, nullable=False, comment="The closing mark as printed; empty where it is lost."),
    Column("repaired", Boolean, nullable=False, comment="Whether a missing mark was inferred."),
    Column("speaker", Words, index=True, comment="Who speaks, by full name; empty where the text does not tell."),
    Column("speaker_mention", Words, comment="The words that name the speaker there, such as she."),
    Column("cue", Words, comment="The word of saying, such as told."),
    Column("addressee", Words, comment="Who is spoken to."),
    Column("repeats", Integer, comment="The number of the quote whose words it shows again, as a pull quote does."),
    Column("url", Words, comment="The address of an embedded post."),
    Column("rule", Words, nullable=False, comment="The rule that found it."),
    Column("confidence", Float, nullable=False, comment="How sure the rule is, from 0 to 1."),
    comment="One quotation in a state of an article.",
)

link = Table(
    "link",
    metadata,
    own_id(),
    refers("comment_id", "comment", "The comment that refers to something."),
    Column("method", Words, nullable=False, comment="answers, quotes, mentions or copies."),
    Column(
        "target",
        Words,
        nullable=False,
        comment="What it refers to: comment, article, or name where only that is known.",
    ),
    refers("target_comment_id", "comment", "The comment referred to, where it is one.", required=False),
    Column("target_name", Words, comment="Whom it refers to, by the name printed there."),
    Column("rule", Words, nullable=False, comment="The rule that found it."),
    Column("span_start", Integer, comment="Where the reference begins in the comment's text, in characters."),
    Column("span_end", Integer, comment="Where it ends, in characters."),
    Column("target_start", Integer, comment="Where the words referred to begin in the target, in characters."),
    Column("target_end", Integer, comment="Where they end, in characters."),
    Column("similarity", Float, comment="How alike the two passages are, from 0 to 1."),
    Column("confidence", Float, nullable=False, comment="How sure the rule is, from 0 to 1."),
    comment="A comment answers, quotes, mentions or copies a comment or the article.",
)

flag = Table(
    "flag",
    metadata,
    own_id(),
    refers("comment_id", "comment", "The comment."),
    Column("kind", Words, nullable=False, comment="spam, duplicate or campaign."),
    Column("rule", Words, nullable=False, comment="The rule that says so."),
    Column("score", Float, nullable=False, comment="How strongly the rule says so, from 0 to 1."),
    comment="Suspicions of spam, duplicates and campaigns. A flag deletes nothing.",
)
