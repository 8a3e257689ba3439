"""The sample newspaper as a pytest fixture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.site.server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A newspaper of one's own on a free port: `site.url(path)`, `site.story(name)`, `site.asked`, `site.plan(…)`."""
    with serving() as running:
        yield running
