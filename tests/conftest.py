"""Fixtures for all layers."""

from __future__ import annotations

from tests.site.fixture import site

__all__ = ["site"]
