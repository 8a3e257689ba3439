"""A page on which an extractor fails is kept and named, and read once that is mended."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run, run
from tests.site.server import Site

__all__ = ["run"]


def test_a_page_that_could_not_be_read_is_read_by_a_better_extractor(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.url(site.story("library").path)
    with monkeypatch.context() as broken:
        broken.setattr("spiders.article.read_in_pieces", _stumbles)
        ran = run("archive", url)
    assert (ran.status, "could not be read" in ran.err) == (1, True)
    rebuilt = run("rebuild")
    assert rebuilt.status == 0
    assert "article_revision: 1 row new" in rebuilt.out
    assert run("show", url).status == 0


def test_a_page_on_which_todays_extractor_fails_is_named(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.url(site.story("library").path)
    run("archive", url)
    monkeypatch.setattr("archiver.evidence.replay.read_in_pieces", _stumbles)
    ran = run("rebuild", "--dry-run")
    assert (ran.status, "please report it" in ran.out, url in ran.out) == (1, True, True)
    assert run("verify", "--deep").status == 5


def _stumbles(*_: object) -> None:
    raise ZeroDivisionError("an extractor's own fault")
