"""The views for people with SQL."""

from __future__ import annotations

from alembic import op


def create() -> None:
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
