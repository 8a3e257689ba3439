"""What goes into a column comes out as it was, or as near to it as a database can hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from archiver.store.dialect import LONGEST_KEY, short
from archiver.store.types import Local, Utc, Whole, storable

DIALECT = sqlite.dialect()  # type: ignore[no-untyped-call]
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=zones)  # noqa: DTZ001


@given(moments)
def test_a_moment_comes_back_in_utc_to_the_second(moment: datetime) -> None:
    kept = Utc().process_bind_param(moment, DIALECT)
    assert isinstance(kept, str)
    assert len(kept) == len("2016-01-15T20:42:00Z")
    assert Utc().process_result_value(kept, DIALECT) == moment.astimezone(UTC).replace(microsecond=0)


@given(moments, moments)
def test_moments_sort_as_text(one: datetime, other: datetime) -> None:
    kept = [str(Utc().process_bind_param(moment, DIALECT)) for moment in (one, other)]
    first, second = (moment.astimezone(UTC).replace(microsecond=0) for moment in (one, other))
    assert (kept[0] < kept[1]) == (first < second)


@given(st.datetimes())
def test_a_clock_comes_back_without_a_zone(clock: datetime) -> None:
    kept = Local().process_bind_param(clock, DIALECT)
    assert Local().process_result_value(kept, DIALECT) == clock.replace(microsecond=0)


@given(st.text(alphabet=st.characters(codec=None, categories=None)))
def test_any_text_can_be_stored_and_stays_what_it_was_where_possible(text: str) -> None:
    kept = storable(text)
    kept.encode()
    assert "\0" not in kept
    assert storable(kept) == kept
    if "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert kept == text


@given(st.integers())
def test_a_number_that_no_database_can_hold_is_none(number: int) -> None:
    kept = Whole().process_bind_param(number, DIALECT)
    assert kept == (number if abs(number) < 2**63 else None)


@given(st.text(min_size=1), st.integers(1, 3000), st.text(max_size=3))
def test_a_key_is_short_and_tells_long_ones_apart(text: str, times: int, end: str) -> None:
    key = short(text * times)
    assert len(key.encode()) <= LONGEST_KEY
    assert short(key) == key
    assert (short(text * times + end) == key) == (storable(text * times + end) == storable(text * times))
