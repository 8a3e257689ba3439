"""Every command on an archive whose database is a PostgreSQL server."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import Run
from tests.databases import own_schema
from tests.site.server import Site


@pytest.fixture
def server() -> Iterator[str]:
    with own_schema() as url:
        yield url


def test_the_whole_way(run: Run, site: Site, server: str) -> None:
    here = ("--database", server)
    url = site.url(site.story("ferry").path)
    first = run("archive", url, *here)
    assert first.status == 0, first.err
    assert not Path("output/archive.db").exists()
    assert run("crawl", site.url("/feed.xml"), *here).status == 0
    ids = {str(comment.id) for comment in site.story("ferry").comments}
    shown = run("show", url, "--json", *here).json
    assert {comment["id"] for comment in shown["comments"]} == ids
    rows = list(csv.DictReader(io.StringIO(run("export", "csv", "-", "--url", url, *here).out)))
    assert len(rows) == len(ids)
    assert run("export", "wacz", "pages.wacz", *here).status == 0
    assert run("show", url, "--evidence", *here).status == 0
    assert "articles" in run("status", *here).out
    verified = run("verify", "--deep", *here)
    assert verified.status == 0, verified.out
    assert "The same rows as before." in run("rebuild", "--dry-run", *here).out
    assert "The same rows as before." in run("rebuild", *here).out
    assert "The same rows as before." in run("rebuild", *here).out


def test_a_changed_cell_is_named_and_a_rehearsal_changes_nothing(run: Run, site: Site, server: str) -> None:
    run("archive", site.url(site.story("ferry").path), "--database", server)
    engine = create_engine(server)
    with engine.begin() as conn:
        conn.execute(text("update comment_revision set text = 'never said' where id = 3"))
    told = run("verify", "--deep", "--database", server)
    assert (told.status, "'never said' is stored" in told.out) == (5, True)
    assert "'never said' is stored" in run("rebuild", "--dry-run", "--database", server).out
    with engine.connect() as conn:
        assert conn.scalar(text("select count(*) from comment_revision where text = 'never said'")) == 1
    engine.dispose()
    assert run("rebuild", "--database", server).status == 0
    assert run("verify", "--deep", "--database", server).status == 0


def test_a_server_that_does_not_answer_is_one_sentence(run: Run, site: Site) -> None:
    ran = run("archive", site.url(site.story("ferry").path), "--database", "postgresql+psycopg://127.0.0.1:1/none")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert "127.0.0.1:1" in ran.err
