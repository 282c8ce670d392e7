"""When an act is said to have happened: dates in a sentence, absolute and relative."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from realpolitik.vocab.calendar import month_end

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
FORMS = tuple(
    re.compile(rf"\b{form}\b", re.IGNORECASE)
    for form in (
        rf"{MONTH} {DAY}(?:,? {YEAR})?(?!\d|,\d)",
        rf"{DAY} (?:of )?{MONTH}(?:,? {YEAR})?",
        r"(?P<year>1[89]\d\d|20\d\d)-(?P<iso>[01]\d)-(?P<day>[0-3]\d)",
        rf"{MONTH},? (?:of )?{YEAR}",
        rf"(?:in|since|during|of|by|until|late|early|mid) {MONTH}(?!,? (?:of )?\d)",
        rf"(?:in|since|during|of|by|until|before|after|from|late|early|mid|the|back as|back to|early as) {YEAR}",
    )
)
NEAR = re.compile(
    r"\b(?P<near>today|yesterday|tonight|tomorrow|overnight)\b|"
    r"\b(?:(?P<last>last|next|this|past) )?(?P<weekday>" + "|".join(DAYS) + r")\b|"
    r"\b(?P<which>last|this|next|past) (?P<unit>week|month|year)\b|"
    r"\b(?P<count>\d{1,3}|a|one|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?P<ago>day|week|month|year)s? (?:ago|earlier)\b",
    re.IGNORECASE,
)
NUMBERS = dict(zip(["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
                   (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))  # fmt: skip
NEAR_DAYS = {"today": 0, "tonight": 0, "overnight": 0, "yesterday": -1, "tomorrow": 1}


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of days, how finely it is given, and where it is written."""

    start: date
    end: date
    precision: str
    at: int = 0
    text: str = ""


def dates(sentence: str, day: date | None) -> list[Dated]:
    """Return the dates a sentence names, in its order.

    `day` is the document's own: relative dates and dates without a year need
    it, and are left out without it. A weekday is the last one before that day.
    """
    found = [
        one for form in FORMS for match in form.finditer(sentence) if (one := _absolute(match, day))
    ]
    if day:
        found += [one for match in NEAR.finditer(sentence) if (one := _relative(match, day))]
    kept: list[Dated] = []
    for one in sorted(found, key=lambda dated: (dated.at, -len(dated.text))):
        if not kept or one.at >= kept[-1].at + len(kept[-1].text):
            kept.append(one)
    return kept


def of_document(text: str | None, precision: str | None) -> Dated | None:
    """Return the stretch of days a document's own date stands for."""
    if not text:
        return None
    start = date.fromisoformat(text)
    return Dated(start, _end(start, precision or "day"), precision or "day")


def _end(start: date, precision: str) -> date:
    if precision == "year":
        return start.replace(month=12, day=31)
    return month_end(start) if precision == "month" else start


def _absolute(match: re.Match[str], day: date | None) -> Dated | None:
    held = match.groupdict()
    month = int(held["iso"]) if held.get("iso") else MONTHS.get((held.get("month") or "").lower())
    number = held.get("day")
    try:
        if held.get("year"):
            year = int(held["year"] or 0)
        elif day:
            year = _year(month or 1, int(number or 1), day)
        else:
            return None
        start = date(year, month or 1, int(number or 1))
    except ValueError:
        return None
    precision = "day" if number else "month" if month else "year"
    return Dated(start, _end(start, precision), precision, match.start(), match.group())


def _year(month: int, number: int, day: date) -> int:
    """The year of a date without one: the nearest to the document's own."""
    years = (day.year - 1, day.year, day.year + 1)
    return min(years, key=lambda year: abs((date(year, month, min(number, 28)) - day).days))


def _relative(match: re.Match[str], day: date) -> Dated | None:
    held = match.groupdict()
    if held["near"]:
        return _single(day + timedelta(NEAR_DAYS[held["near"].lower()]), match)
    if held["weekday"]:
        back = (day.weekday() - DAYS.index(held["weekday"].lower())) % 7
        ahead = (held["last"] or "").lower() == "next"
        return _single(day + timedelta(7 - back if ahead else -back), match)
    if held["unit"]:
        return _unit(held["which"].lower(), held["unit"].lower(), day, match)
    count = NUMBERS.get(held["count"].lower()) or int(held["count"])
    return _ago(count, held["ago"].lower(), day, match)


def _single(day: date, match: re.Match[str]) -> Dated:
    return Dated(day, day, "day", match.start(), match.group())


def _unit(which: str, unit: str, day: date, match: re.Match[str]) -> Dated:
    steps = {"last": -1, "past": -1, "this": 0, "next": 1}[which]
    where = match.start(), match.group()
    if unit == "week":
        monday = day + timedelta(7 * steps - day.weekday())
        return Dated(monday, monday + timedelta(6), "range", *where)
    if unit == "year":
        start = date(day.year + steps, 1, 1)
        return Dated(start, _end(start, "year"), "year", *where)
    start = _months(day, steps)
    return Dated(start, month_end(start), "month", *where)


def _ago(count: int, unit: str, day: date, match: re.Match[str]) -> Dated | None:
    where = match.start(), match.group()
    if unit in {"day", "week"}:
        on = day - timedelta(count * (7 if unit == "week" else 1))
        return (
            Dated(on, on, "day", *where)
            if unit == "day"
            else Dated(on - timedelta(3), on + timedelta(3), "range", *where)
        )
    start = _months(day, -count) if unit == "month" else date(max(day.year - count, 1), 1, 1)
    precision = "month" if unit == "month" else "year"
    return Dated(start, _end(start, precision), precision, *where)


def _months(day: date, steps: int) -> date:
    """The first day of the month so many months away."""
    months = max(12, day.year * 12 + day.month - 1 + steps)
    return date(months // 12, months % 12 + 1, 1)
