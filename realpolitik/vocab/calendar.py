"""Dates as people write them, and the calendar periods a number is asked for by."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from realpolitik.errors import BadDates

BY = ("day", "week", "month", "quarter", "year")
SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
ONE_DAY = timedelta(days=1)
ECHO = 40


class Period(NamedTuple):
    """A stretch of days, both ends included, and the label it is shown under."""

    start: date
    end: date
    label: str


def parse_date(text: str | date, end: bool = False) -> date:
    """Return the date written as YYYY, YYYY-MM or YYYY-MM-DD.

    A year or month stands for its first day, with `end` for its last day. A
    date object is returned as it is. Raises BadDates for anything else.
    """
    if isinstance(text, date):
        return text
    match = SHAPE.fullmatch(text.strip())
    if match is None:
        raise BadDates(f"Cannot read the date {text[:ECHO]!r}: write YYYY, YYYY-MM or YYYY-MM-DD.")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _fill(year or 0, month, day, end)
    except (ValueError, OverflowError):
        raise BadDates(f"There is no date {text.strip()!r} in the calendar.") from None


def _fill(year: int, month: int | None, day: int | None, end: bool) -> date:
    if day is not None:
        return date(year, month or 0, day)
    first = date(year, 1 if month is None else month, 1)
    if not end:
        return first
    return date(year, 12, 31) if month is None else month_end(first)


def month_end(day: date) -> date:
    """Return the last day of the month of a date."""
    return (
        day.replace(day=31)
        if day.month == 12
        else day.replace(month=day.month + 1, day=1) - ONE_DAY
    )


def span(
    text_start: str | date | None, text_end: str | date | None
) -> tuple[date | None, date | None]:
    """Return the first and last day of a period given as text; None leaves a side open.

    Raises BadDates when a date cannot be read or the end comes before the start.
    """
    start = None if text_start is None else parse_date(text_start)
    end = None if text_end is None else parse_date(text_end, end=True)
    if start and end and end < start:
        raise BadDates(
            f"The period ends on {end}, before it starts on {start}: swap the two dates."
        )
    return start, end


def periods(start: date, end: date, by: str | None = None) -> tuple[Period, ...]:
    """Return the calendar periods from start to end, the outer ones clipped to them.

    `by` is day, week (ISO, from Monday), month, quarter or year; None gives one
    period, labelled `start/end`. Raises BadDates for a reversed period or
    another `by`.
    """
    if end < start:
        raise BadDates(
            f"The period ends on {end}, before it starts on {start}: swap the two dates."
        )
    if by is None:
        return (Period(start, end, f"{start}/{end}"),)
    if by not in LAST_DAY:
        raise BadDates(f"Cannot divide a period by {by!r:.60}: choose one of {', '.join(BY)}.")
    found = []
    while True:
        last = LAST_DAY[by](start)
        found.append(Period(start, min(last, end), label(start, by)))
        if last >= end:
            return tuple(found)
        start = last + ONE_DAY


def label(day: date, by: str) -> str:
    """Return the label of the calendar period that holds a day: 1988-07-03, 1988-W26, 1988-Q3."""
    if by == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if by == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[by]]


def _week_end(day: date) -> date:
    left = 7 - day.isoweekday()
    return day + timedelta(days=min(left, (date.max - day).days))


def _quarter_end(day: date) -> date:
    return month_end(day.replace(month=(day.month + 2) // 3 * 3, day=1))


LAST_DAY: dict[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": _week_end,
    "month": month_end,
    "quarter": _quarter_end,
    "year": lambda day: day.replace(month=12, day=31),
}
