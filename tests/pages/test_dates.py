"""Times are read as printed, with their precision, and never with the help of today's date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.items import Moment
from archiver.pages import dates

AT = datetime(2020, 5, 5, 12, 0, tzinfo=UTC)


def local(*fields: int) -> datetime:
    return datetime(*fields, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("raw", "time", "precision"),
    [
        ("2016-01-15T12:42:00Z", datetime(2016, 1, 15, 12, 42, tzinfo=UTC), "second"),
        ("2016-01-15T12:42:00+0530", datetime(2016, 1, 15, 7, 12, tzinfo=UTC), "second"),
        ("2016-01-15T12:42:00.5 -08:00", datetime(2016, 1, 15, 20, 42, 0, 500_000, tzinfo=UTC), "second"),
        ("20160115T124200Z", datetime(2016, 1, 15, 12, 42, tzinfo=UTC), "second"),
        ("2016-01-15 12:42", local(2016, 1, 15, 12, 42), "minute"),
        ("2016-01-15", local(2016, 1, 15), "day"),
        ("2016-01", local(2016, 1, 1), "month"),
        ("2016", local(2016, 1, 1), "year"),
    ],
)
def test_an_attribute_is_utc_with_an_offset_and_local_without(raw: str, time: datetime, precision: str) -> None:
    moment = dates.from_iso(raw, "time datetime")
    assert moment is not None
    assert (moment.utc or moment.local, moment.precision, moment.raw) == (time, precision, raw)
    assert (moment.utc is None) == (time.tzinfo is None)


@pytest.mark.parametrize(
    "raw", ["", "0000-00-00", "2016-13-01", "yesterday", "0001-01-01T00:00:00+05:00", "2016-01-15T25:00Z"]
)
def test_what_is_no_time_is_none(raw: str) -> None:
    assert dates.from_iso(raw, "r") is None


def test_seconds_since_1970_keep_their_microseconds() -> None:
    assert dates.from_epoch(1452861720.123456, "api").utc == datetime(2016, 1, 15, 12, 42, 0, 123456, tzinfo=UTC)
    assert dates.from_epoch(1452861720, "api").raw == "1452861720"


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 1e30, -1e12])
def test_an_impossible_epoch_has_no_time(seconds: float) -> None:
    assert dates.from_epoch(seconds, "api").utc is None


def test_feed_dates_are_utc_where_they_name_a_zone() -> None:
    assert dates.from_http_date("Fri, 15 Jan 2016 20:42:00 EST", "pubDate") == Moment(
        raw="Fri, 15 Jan 2016 20:42:00 EST",
        utc=datetime(2016, 1, 16, 1, 42, tzinfo=UTC),
        precision="second",
        rule="pubDate",
    )
    unzoned = dates.from_http_date("Fri, 15 Jan 2016 20:42:00", "pubDate")
    assert unzoned is not None
    assert unzoned.local == local(2016, 1, 15, 20, 42)
    assert dates.from_http_date("Fri, 15 Jan 99999 20:42:00 +0000", "pubDate") is None
    for printed in ("February 1, 2016 11:14 pm", "1 February 2016 11:14 pm", "Fri, 15 Jan 2016 8:42 p.m."):
        assert dates.from_http_date(printed, "title") is None


@pytest.mark.parametrize(
    ("raw", "time", "precision"),
    [
        ("January 15, 2016 at 12:42 pm", local(2016, 1, 15, 12, 42), "minute"),
        ("Posted on January 15th, 2016", local(2016, 1, 15), "day"),
        ("Sat, Jun 18 '05, 12:04 AM", local(2005, 6, 18, 0, 4), "minute"),
        ("7 Aug 12 at 11:21 pm", local(2012, 8, 7, 23, 21), "minute"),
        ("March 2016", local(2016, 3, 1), "month"),
        ("1/15/2016 5 pm", local(2016, 1, 15, 17), "hour"),
        ("15. Januar 2016 um 12:42", local(2016, 1, 15, 12, 42), "minute"),
        ("12.42 Uhr, 15.01.2016", local(2016, 1, 15, 12, 42), "minute"),
        ("15 janv. 2016 à 12h42", local(2016, 1, 15, 12, 42), "minute"),
        ("15 de enero de 2016 a las 12:42", local(2016, 1, 15, 12, 42), "minute"),
        ("2016年1月15日 12:42", local(2016, 1, 15, 12, 42), "minute"),
        ("15 января 2016 в 12:42", local(2016, 1, 15, 12, 42), "minute"),
        ("Aug 9, 2012 9:38:05 AM EDT", datetime(2012, 8, 9, 13, 38, 5, tzinfo=UTC), "second"),
        ("9 Aug 2012 21:38 GMT+2", datetime(2012, 8, 9, 19, 38, tzinfo=UTC), "minute"),
        ("11:43pm on Apr 23", local(2020, 4, 23, 23, 43), "minute"),
        ("8 December", local(2019, 12, 8), "day"),
        ("2 hours ago", datetime(2020, 5, 5, 10, tzinfo=UTC), "hour"),
        ("1 hour, 14 minutes ago", datetime(2020, 5, 5, 10, 46, tzinfo=UTC), "minute"),
        ("just now", AT, "minute"),
        ("10.31.12", local(2012, 10, 31), "day"),
        ("2012 08 09", local(2012, 8, 9), "day"),
        ("vor 2 Stunden", datetime(2020, 5, 5, 10, tzinfo=UTC), "hour"),
        ("gestern, 14:05", local(2020, 5, 4, 14, 5), "minute"),
    ],
)
def test_printed_words_are_read(raw: str, time: datetime, precision: str) -> None:
    moment = dates.from_words(raw, at=AT, rule="byline")
    assert (moment.utc or moment.local, moment.precision, moment.raw) == (time, precision, raw)
    assert (moment.utc is None) == (time.tzinfo is None)
    assert moment.rule.startswith("byline")


@pytest.mark.parametrize("raw", ["", "42", "Page 3", "8 comments", "May", "30 Feb 2016", "12:40", "x" * 500, "9" * 50])
def test_what_names_no_day_has_no_time_but_its_words(raw: str) -> None:
    moment = dates.from_words(raw, at=AT, rule="byline")
    assert (moment.raw, moment.utc, moment.local, moment.precision) == (raw, None, None, None)


@pytest.mark.parametrize("raw", ["2 hours ago", "8 December", "gestern", "11:43pm on Apr 23", "vor 3 Tagen"])
def test_without_the_time_of_the_capture_nothing_is_counted_from_today(raw: str) -> None:
    moment = dates.from_words(raw, rule="byline")
    assert (moment.utc, moment.local) == (None, None)


@pytest.mark.parametrize(
    ("raw", "languages", "day_first", "day"),
    [
        ("10/8/12", (), None, None),
        ("10/8/12", ("en",), None, None),
        ("10/8/12", ("en-US",), None, local(2012, 10, 8)),
        ("10/8/12", ("en-GB",), None, local(2012, 8, 10)),
        ("10/8/12", ("de",), None, local(2012, 8, 10)),
        ("10/8/12", (), False, local(2012, 10, 8)),
        ("10/18/12", ("de",), True, local(2012, 10, 18)),
        ("Thu, 08/09/2012", (), None, local(2012, 8, 9)),
        ("11/11/2017", (), None, local(2017, 11, 11)),
    ],
)
def test_day_or_month_first_is_never_guessed(
    raw: str, languages: tuple[str, ...], day_first: bool | None, day: datetime | None
) -> None:
    assert dates.from_words(raw, languages=languages, day_first=day_first, rule="r").local == day


def test_one_clear_date_decides_for_the_page() -> None:
    assert dates.order_of(["10/8/12", "28/8/12", "11/11/11"]) is True
    assert dates.order_of(["10/8/12"]) is None
    assert dates.order_of(["28/8/12", "8/28/12"]) is None


def test_a_known_zone_lifts_a_clock_but_not_a_day() -> None:
    clock = dates.from_words("January 15, 2016 at 12:42 pm", rule="byline")
    lifted = dates.with_offset(clock, timedelta(hours=-8), "zone from the API")
    assert lifted.utc == datetime(2016, 1, 15, 20, 42, tzinfo=UTC)
    assert lifted.local == clock.local
    assert lifted.rule == "byline, zone from the API"
    day = dates.from_words("January 15, 2016", rule="byline")
    assert dates.with_offset(day, timedelta(hours=-8), "zone") == day


@given(st.text(max_size=40))
def test_any_text_gives_its_words_back_the_same_each_time(raw: str) -> None:
    moment = dates.from_words(raw, at=AT, languages=("xx", "de-AT"), rule="r")
    assert moment.raw == raw
    assert moment == dates.from_words(raw, at=AT, languages=("xx", "de-AT"), rule="r")
    dates.from_iso(raw, "r")
    dates.from_http_date(raw, "r")


@given(st.datetimes(min_value=local(1990, 1, 1), max_value=local(2060, 1, 1)))
def test_what_is_printed_in_english_comes_back(time: datetime) -> None:
    time = time.replace(second=0, microsecond=0)
    printed = (
        f"{time:%B} {time.day}, {time.year} at {time.hour % 12 or 12}:{time:%M} {'pm' if time.hour > 11 else 'am'}"
    )
    assert dates.from_words(printed, rule="r").local == time
