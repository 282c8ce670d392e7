"""Dates as typed, and calendar periods that cover a span without gap or overlap."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import BadDates
from realpolitik.vocab.calendar import BY, Period, parse_date, periods, span


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("1979", False, date(1979, 1, 1)),
        ("1979", True, date(1979, 12, 31)),
        ("1980-02", False, date(1980, 2, 1)),
        ("1980-02", True, date(1980, 2, 29)),
        ("1981-02", True, date(1981, 2, 28)),
        ("1979-12", True, date(1979, 12, 31)),
        ("1979-11-04", False, date(1979, 11, 4)),
        ("1979-11-04", True, date(1979, 11, 4)),
        (" 1979-11-04\n", False, date(1979, 11, 4)),
        ("9999", True, date(9999, 12, 31)),
    ],
)
def test_a_date_is_read(text: str, end: bool, expected: date) -> None:
    assert parse_date(text, end=end) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "79", "1979-1", "1979-1-4", "1979-13", "1979-00", "1979-02-30", "1979-11-00", "0000",
        "04/11/1979", "1979-11-04T00:00", "19791104", "today", "1979-", "-1979", "١٩٧٩", "1979\x00",
        "9" * 10_000, "1979\n1980",
    ],
)  # fmt: skip
def test_what_is_no_date_is_named_in_one_short_line(text: str) -> None:
    with pytest.raises(BadDates) as caught:
        parse_date(text)
    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 150


def test_span() -> None:
    assert span("2001", "2001") == (date(2001, 1, 1), date(2001, 12, 31))
    assert span(None, "2001-02") == (None, date(2001, 2, 28))
    assert span("2001-02", None) == (date(2001, 2, 1), None)
    assert span(date(2001, 5, 4), None) == (date(2001, 5, 4), None)
    with pytest.raises(BadDates, match=r"ends on 2000-12-31, before it starts on 2001-01-01"):
        span("2001", "2000")


def test_periods_are_calendar_ones_clipped_to_the_span() -> None:
    assert periods(date(2000, 2, 10), date(2000, 7, 4), "quarter") == (
        Period(date(2000, 2, 10), date(2000, 3, 31), "2000-Q1"),
        Period(date(2000, 4, 1), date(2000, 6, 30), "2000-Q2"),
        Period(date(2000, 7, 1), date(2000, 7, 4), "2000-Q3"),
    )
    # 1 January 2000 was a Saturday of the last ISO week of 1999.
    assert periods(date(2000, 1, 1), date(2000, 1, 4), "week") == (
        Period(date(2000, 1, 1), date(2000, 1, 2), "1999-W52"),
        Period(date(2000, 1, 3), date(2000, 1, 4), "2000-W01"),
    )
    assert [p.label for p in periods(date(1999, 12, 31), date(2000, 1, 1), "year")] == [
        "1999", "2000",
    ]  # fmt: skip
    assert [p.label for p in periods(date(1999, 12, 31), date(2000, 1, 1), "month")] == [
        "1999-12", "2000-01",
    ]  # fmt: skip
    assert periods(date(2000, 1, 1), date(2000, 12, 31)) == (
        Period(date(2000, 1, 1), date(2000, 12, 31), "2000-01-01/2000-12-31"),
    )


def test_periods_refuse_a_reversed_span_and_an_unknown_unit() -> None:
    with pytest.raises(BadDates, match="swap"):
        periods(date(2001, 1, 1), date(2000, 1, 1), "year")
    with pytest.raises(BadDates, match="day, week, month, quarter, year"):
        periods(date(2000, 1, 1), date(2001, 1, 1), "decade")


@given(
    st.dates(date(1, 1, 1), date(9999, 12, 31) - timedelta(days=800)),
    st.integers(0, 800),
    st.sampled_from(BY),
)
def test_periods_tile_the_span(start: date, days: int, by: str) -> None:
    end = start + timedelta(days=days)
    found = periods(start, end, by)
    assert found[0].start == start
    assert found[-1].end == end
    assert all(p.start <= p.end for p in found)
    assert all(
        later.start - earlier.end == timedelta(days=1)
        for earlier, later in itertools.pairwise(found)
    )
    assert len({p.label for p in found}) == len(found)


@pytest.mark.parametrize("by", BY)
def test_the_last_day_of_the_calendar_ends_a_period(by: str) -> None:
    assert periods(date.max, date.max, by)[-1].end == date.max
