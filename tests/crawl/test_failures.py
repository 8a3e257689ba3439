"""What a failure is called, and when a request is made again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from scrapy.exceptions import DownloadTimeoutError

from archiver.crawl.failures import TRIES, Failure, next_try, of_exception, of_status, read_retry_after

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), (" 5 ", 5), ("Mon, 02 Mar 2026 12:10:00 GMT", 600), ("Mon, 02 Mar 2026 11:00:00 GMT", 0)],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: int) -> None:
    assert read_retry_after(header, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("header", [None, "", "soon", "-3", "99999999999999", "Mon, 99 Mar 2026"])
def test_a_retry_after_that_says_nothing_is_none(header: str | None) -> None:
    assert read_retry_after(header, NOW) is None


def test_an_answer_is_no_failure() -> None:
    assert of_status(200, None, NOW) is None
    assert of_status(304, None, NOW) is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_missing_and_not_asked_for_again(status: int) -> None:
    failure = of_status(status, None, NOW)
    assert failure is not None
    assert (failure.kind, next_try(failure, 1)) == ("missing", None)


def test_too_many_requests_pause_the_host_for_as_long_as_it_asks() -> None:
    failure = of_status(429, "90", NOW)
    assert failure is not None
    assert failure.pauses_host
    assert next_try(failure, 1) == timedelta(seconds=90)


def test_an_unknown_status_has_a_name_too() -> None:
    failure = of_status(799, None, NOW)
    assert failure is not None
    assert "799" in failure.cause


def test_patience_ends() -> None:
    failure = Failure(cause="no answer in time", again=True)
    waits = [next_try(failure, attempts) for attempts in range(1, TRIES + 1)]
    assert waits[-1] is None
    assert all(wait is not None and wait > timedelta(0) for wait in waits[:-1])


def test_a_server_that_asks_for_years_gets_a_day() -> None:
    assert next_try(Failure(cause="", again=True, asked_to_wait=timedelta(days=900)), 1) == timedelta(days=1)


def test_exceptions_are_told_in_plain_words() -> None:
    assert of_exception(DownloadTimeoutError("took longer than 60 s")).cause == "no answer in time"
    assert of_exception(OSError("[<twisted.python.failure.Failure twisted.web.Gone: Broken off>]")).cause == (
        "the connection broke (Broken off)"
    )
