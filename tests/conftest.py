"""Fixtures for all layers."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.databases import address, database, on_server, server_archive
from tests.site.fixture import site

__all__ = ["address", "database", "on_server", "server_archive", "site"]

# Time decides no test: a library that is loaded in the midst of an example is no failure.
settings.register_profile("calm", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")
