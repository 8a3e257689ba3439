"""Fixtures for all layers."""

from __future__ import annotations

from tests.databases import address, database, on_server, server_archive
from tests.site.fixture import site

__all__ = ["address", "database", "on_server", "server_archive", "site"]
