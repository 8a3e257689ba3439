"""Every table and view of the archive under one roof.

The tables stand in `archiver.store.tables`, grouped as in the data model; the views in `archiver.store.views`. A new
database is made from here and stamped with `REVISION`; an older one is brought here by the migrations.
"""

from __future__ import annotations

from archiver.store.tables.base import metadata
from archiver.store.tables.comments import author, comment, comment_revision, comment_state, score
from archiver.store.tables.derived import flag, link, quote
from archiver.store.tables.evidence import capture, run
from archiver.store.tables.observed import (
    article,
    article_revision,
    article_url,
    reading,
    reading_page,
    thread,
    visit,
)
from archiver.store.tables.work import erasure, host, message, probe, request, revisit, sighting

REVISION = "0001"
"""The migration that this schema corresponds to."""

GROUPS = {
    "Evidence": (run, capture),
    "Observed": (
        article,
        article_url,
        article_revision,
        visit,
        thread,
        reading,
        reading_page,
        author,
        comment,
        comment_state,
        comment_revision,
        score,
    ),
    "Derived": (quote, link, flag),
    "Work": (request, sighting, host, revisit, probe, message, erasure),
}
"""The tables in the order of the data model."""

__all__ = [
    "GROUPS",
    "REVISION",
    "article",
    "article_revision",
    "article_url",
    "author",
    "capture",
    "comment",
    "comment_revision",
    "comment_state",
    "erasure",
    "flag",
    "host",
    "link",
    "message",
    "metadata",
    "probe",
    "quote",
    "reading",
    "reading_page",
    "request",
    "revisit",
    "run",
    "score",
    "sighting",
    "thread",
    "visit",
]
