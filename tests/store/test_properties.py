"""What holds for every thread, however its pages contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archiver.items import Comment, ThreadPage
from archiver.store.closing import close_visit
from archiver.store.database import Database, open_database
from tests.store.site import NOW, begin, follow_up, lease, page, rows, save, thread

NAMES = st.sampled_from("1234567")
HOSTILE = st.text(alphabet=st.sampled_from("aé\0\ud800\U0001f600<&'\" \n"), max_size=6)

comments = st.builds(
    Comment,
    id=NAMES | HOSTILE.map(lambda text: f"x{text}"),
    parent_id=st.none() | NAMES | HOSTILE,
    author=st.none() | st.sampled_from(["Ida", "Jon"]) | HOSTILE,
    author_id=st.none() | st.sampled_from(["8", "9"]),
    published=st.none() | st.just(NOW),
    published_raw=st.none() | st.just("then"),
    published_precision=st.none() | st.just("minute"),
    text=st.sampled_from(["", "Late again.", "On time."]) | HOSTILE,
    links=st.just(()) | HOSTILE.map(lambda text: (f"https://x.example/{text}",)),
    state=st.sampled_from(["visible", "visible", "deleted", "hidden"]),
    kind=st.sampled_from(["comment", "pingback"]),
    score=st.none() | st.integers(),
    depth=st.none() | st.integers(0, 3),
)
pages = st.builds(
    ThreadPage,
    platform=st.just("wordpress"),
    id=st.just("7"),
    source=st.sampled_from(["markup", "api", "feed"]),
    extractor=st.sampled_from(["one 1", "two 1"]),
    claimed=st.none() | st.integers(min_value=0),
    comments=st.lists(comments, max_size=6).map(tuple),
    page_number=st.none() | st.integers(1, 3),
    newest_first=st.booleans(),
    gap=st.none() | st.just("password"),
)
visits = st.lists(st.lists(pages, min_size=1, max_size=3), min_size=1, max_size=3)

quickly = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_articles = count()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One archive for all examples: each reads an article of its own."""
    with open_database(tmp_path_factory.mktemp("properties") / "archive.db", create=True) as database:
        yield database


@quickly
@given(visits)
def test_saving_twice_equals_saving_once(shared: Database, visits: list[list[ThreadPage]]) -> None:
    assert _stored(shared, _read(shared, visits, times=1)) == _stored(shared, _read(shared, visits, times=2))


@quickly
@given(visits)
def test_every_reply_finds_its_parent_or_is_marked(shared: Database, visits: list[list[ThreadPage]]) -> None:
    for row in _comments(shared, _read(shared, visits)):
        assert row["parent"] == (row["parent_native_id"] if row["parent_is_here"] else None)


@quickly
@given(visits)
def test_every_comment_that_was_shown_is_there_once_and_has_a_place(
    shared: Database, visits: list[list[ThreadPage]]
) -> None:
    found = _comments(shared, _read(shared, visits))
    shown = {each.id for visit in visits for shown in visit for each in shown.comments}
    assert {row["native_id"] for row in found} == {_as_stored(name) for name in shown}
    assert sorted(row["position"] for row in found) == list(range(len(found)))
    assert all(row["current"] == 1 for row in found)


@quickly
@given(visits)
def test_a_comment_is_gone_exactly_as_long_as_it_has_an_interval(
    shared: Database, visits: list[list[ThreadPage]]
) -> None:
    for row in _comments(shared, _read(shared, visits)):
        assert (row["state"] != "visible") == (row["gone_before"] is not None)
        assert row["last_state"] in (None, row["state"])
        assert (row["gone_after"] or "") <= (row["gone_before"] or "")
        assert row["first_seen"] <= row["last_seen"]


def _read(database: Database, visits: Sequence[Sequence[ThreadPage]], times: int = 1) -> str:
    """Reads an article anew, each page saved so many times; its address."""
    url = f"https://news.example/{next(_articles)}"
    for shown in visits:
        first = begin(database, url)
        names = [f"{url}-{number}" for number in range(1, len(shown))]
        asked = tuple(follow_up(name) for name in names)
        item = page(first, shown[0], thread(follow_ups=asked, claimed=None))
        for _ in range(times):
            save(database, item)
        for leased, answer in zip(lease(database, first.visit_id), shown[1:], strict=True):
            item = page(leased, answer)
            for _ in range(times):
                save(database, item)
        close_visit(database, first.visit_id, now=NOW)
    return url


_OF_ARTICLE = """
    FROM comment c
    JOIN thread t ON t.id = c.thread_id
    JOIN article a ON a.id = t.article_id
   WHERE a.url = '{url}'
"""


def _comments(database: Database, url: str) -> list[dict[str, Any]]:
    return rows(
        database,
        f"""
        SELECT c.*, (SELECT p.native_id FROM comment p WHERE p.id = c.parent_id) AS parent,
               EXISTS (SELECT 1 FROM comment p WHERE p.thread_id = c.thread_id AND p.native_id = c.parent_native_id)
                   AS parent_is_here,
               (SELECT COUNT(*) FROM comment_revision r WHERE r.comment_id = c.id AND r.is_current) AS current,
               (SELECT s.state FROM comment_state s WHERE s.comment_id = c.id ORDER BY s.id DESC LIMIT 1) AS last_state
        {_OF_ARTICLE.format(url=url)}""",
    )


def _stored(database: Database, url: str) -> dict[str, list[dict[str, Any]]]:
    """All that was kept of an article, without the numbers of rows."""
    facts = "c.native_id, c.parent_native_id, c.kind, c.published, c.position, c.depth, c.state, c.score, c.gone_before"
    words = "c.native_id, r.text, r.author, r.change, r.is_current, r.confirmed_by, r.links"
    source = _OF_ARTICLE.format(url=url)
    joined = source.replace("JOIN thread", "JOIN comment_revision r ON r.comment_id = c.id JOIN thread", 1)
    return {
        "comment": rows(database, f"SELECT {facts}, c.sources {source} ORDER BY c.native_id"),
        "words": rows(database, f"SELECT {words} {joined} ORDER BY r.id"),
        "reading": rows(
            database,
            f"""SELECT r.claimed, r.collected, r.completeness, r.reason FROM reading r
                  JOIN thread t ON t.id = r.thread_id JOIN article a ON a.id = t.article_id
                 WHERE a.url = '{url}' ORDER BY r.id""",
        ),
    }


def _as_stored(name: str) -> str:
    return name.replace("\0", "\ufffd").replace("\ud800", "\ufffd")
