"""The first schema.

Made from `archiver.store.schema` once, and frozen: what the schema becomes later is the business of later migrations.
"""

from __future__ import annotations

from archiver.store.migrations.first_schema import comments, derived, subjects, texts, views, visits, work

revision = "0001"
down_revision = None


def upgrade() -> None:
    for part in (subjects, visits, texts, comments, work, derived, views):
        part.create()
