"""Fixtures for all layers."""

from __future__ import annotations

from tests.databases import address, database, on_server
from tests.site.fixture import site

__all__ = ["address", "database", "on_server", "site"]
