"""Times in the answers of unknown APIs keep their words and are read as exactly as these tell, whatever their shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from archiver.items import Comment
from archiver.pages import threads
from archiver.pages.page import Page
from tests.pages.threads.pages import NAMES, WORDS

AT = datetime(2015, 3, 9, 12, 0, tzinfo=UTC)


def _comments(*times: dict[str, Any], at: datetime | None = AT) -> tuple[Comment, ...]:
    rows = [{"id": n + 1, "author": NAMES[n], "text": WORDS[n], **told} for n, told in enumerate(times)]
    body = json.dumps({"comments": rows}).encode()
    page = Page(url="https://api.example/c", body=body, content_type="application/json", at=at)
    (thread,) = threads.of(page)
    return thread.comments


INSTANTS: dict[str, Any] = {
    "seconds": 1425460320,
    "seconds as text": "1425460320",
    "milliseconds": 1425460320000,
    "milliseconds as text": "1425460320000",
    "microseconds": 1425460320000000,
    "nanoseconds": "1425460320000000000",
    "a fraction": 1425460320.0,
    ".NET": "/Date(1425460320000)/",
    ".NET with a zone": "\\/Date(1425460320000+0100)\\/",
    ".NET ticks": 635610571200000000,
    "Mongo": {"$date": {"$numberLong": "1425460320000"}},
    "Firestore": {"_seconds": 1425460320, "_nanoseconds": 980000000},
    "PHP": {"date": "2015-03-04 09:12:00.000000", "timezone_type": 3, "timezone": "UTC"},
    "Java": "2015-03-04T10:12:00+01:00[Europe/Berlin]",
    "JavaScript": "Wed Mar 04 2015 10:12:00 GMT+0100 (CET)",
    "ctime": "Wed Mar 04 09:12:00 +0000 2015",
    "mail": "Wed, 04 Mar 2015 09:12:00 GMT",
    "several": {"display": "5 days ago", "iso": "2015-03-04T09:12:00Z"},
}


@pytest.mark.parametrize("shape", INSTANTS)
def test_an_instant_is_read_in_every_shape(shape: str) -> None:
    comment = _comments({"created": INSTANTS[shape]})[0]
    assert comment.published == datetime(2015, 3, 4, 9, 12, tzinfo=UTC)
    assert comment.found_by["published"].startswith("member created")


LOCAL: dict[str, tuple[Any, str]] = {
    "ISO without a zone": ("2015-03-04 09:12:00", "second"),
    "compact": ("20150304091200", "second"),
    "a list": ([2015, 3, 4, 9, 12], "minute"),
    "printed": ("4 March 2015, 09:12", "minute"),
}


@pytest.mark.parametrize("shape", LOCAL)
def test_a_clock_without_a_zone_stays_local(shape: str) -> None:
    value, precision = LOCAL[shape]
    comment = _comments({"posted": value})[0]
    assert (comment.published, comment.published_precision) == (None, precision)
    assert comment.published_local == datetime(2015, 3, 4, 9, 12)  # noqa: DTZ001 - no zone is told


@pytest.mark.parametrize("value", [1425460320000, "/Date(1425460320000)/", "vor 3 Tagen", "20150304091200"])
def test_the_value_is_kept_as_it_was_given(value: str | int) -> None:
    assert _comments({"created": value})[0].published_raw == str(value)


@pytest.mark.parametrize(
    ("words", "day", "precision"),
    [
        ("2 hours ago", 9, "hour"),
        ("vor 3 Tagen", 6, "day"),
        ("il y a 3 jours", 6, "day"),
        ("3d", 6, "day"),
        ("5 min ago", 9, "minute"),
    ],
)
def test_a_relative_time_counts_from_the_capture(words: str, day: int, precision: str) -> None:
    comment = _comments({"created": words})[0]
    told = comment.published or comment.published_local
    assert told is not None
    assert (told.day, comment.published_precision) == (day, precision)
    assert "counted from the capture" in comment.found_by["published"]


@pytest.mark.parametrize("words", ["2 hours ago", "vor 3 Tagen", "3d"])
def test_without_the_moment_of_the_capture_a_relative_time_stays_words(words: str) -> None:
    comment = _comments({"created": words}, at=None)[0]
    assert (comment.published, comment.published_local, comment.published_raw) == (None, None, words)


def test_an_instant_is_preferred_to_words_for_the_same_time() -> None:
    comment = _comments({"created": "5 days ago", "created_ts": 1425460320, "updated_ts": 1425800000})[0]
    assert comment.published == datetime(2015, 3, 4, 9, 12, tzinfo=UTC)


def test_a_time_of_something_else_is_not_taken_for_a_more_exact_one() -> None:
    comment = _comments({"created": "2015-03-04 09:12", "timestamp": 1500000000})[0]
    assert comment.published is None
    assert comment.published_local == datetime(2015, 3, 4, 9, 12)  # noqa: DTZ001 - no zone is told


def test_a_name_may_tell_the_zone() -> None:
    comment = _comments({"date": "2015-03-04T10:12:00", "date_gmt": "2015-03-04T09:12:00"})[0]
    assert comment.published == datetime(2015, 3, 4, 9, 12, tzinfo=UTC)


def test_the_order_of_day_and_month_is_told_by_the_other_comments() -> None:
    _, second = _comments({"created": "04.03.2015"}, {"created": "5/3/2015 09:12"})
    assert second.published_local is None
    assert second.published_raw == "5/3/2015 09:12"
    _, second = _comments({"created": "28/2/2015 09:12"}, {"created": "5/3/2015 09:12"})
    assert second.published_local == datetime(2015, 3, 5, 9, 12)  # noqa: DTZ001 - no zone is told
    assert "order of day and month from the page" in second.found_by["published"]


@pytest.mark.parametrize(
    "value", [True, "", 0, 7, "soon", "the third of many", {"zone": 3}, [1, 2], {"nanos": 980000000}]
)
def test_what_is_no_time_is_none(value: Any) -> None:
    assert _comments({"created": value})[0].published_raw is None
