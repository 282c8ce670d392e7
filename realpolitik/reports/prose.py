"""Names, numbers and dates as a reader expects to see them in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from realpolitik.findings import Finding

MINUS, TIMES, DASH = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}", "\N{EN DASH}"

# English grammar, not politics: a proper name built on one of these nouns takes an article.
ARTICLE_NOUNS = frozenset({
    "states", "kingdom", "republic", "emirates", "union", "federation", "confederation", "islands",
    "isles", "nations", "netherlands", "philippines", "bahamas", "gambia", "maldives", "comoros",
    "seychelles", "taliban", "league", "front", "army", "party", "organization", "organisation",
    "movement", "brigades", "forces", "guards", "authority",
})  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def with_article(name: str) -> str:
    """A name as it stands inside a sentence: "the United States", "Iran"."""
    words = name.replace("(", " ").replace(",", " ").split()
    if not words or words[0].lower() == "the":
        return name
    head = words[: words.index("of")] if "of" in words else words
    needs = bool(head) and head[-1].lower() in ARTICLE_NOUNS
    return f"the {name}" if needs else name


def capital(text: str) -> str:
    """The text with its first letter raised and nothing else touched."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """The text with its first letter lowered, unless its first word is an abbreviation."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 act", "1,204 acts"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def listed(parts: Iterable[str]) -> str:
    """Parts joined as in a sentence: "a, b and c"."""
    items = list(parts)
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def ordinal(value: float) -> str:
    """A rank in words of figures: 57 gives "57th"."""
    n = round(value)
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"


def signed(value: float, digits: int = 1) -> str:
    """A number with a visible sign; a true minus, and no sign before a rounded zero."""
    text = f"{abs(value):.{digits}f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


def plain(value: float, digits: int) -> str:
    """A number with a true minus sign."""
    return f"{value:,.{digits}f}".replace("-", MINUS)


def _odds(value: float) -> str:
    return f"{plain(value, 0 if value >= 10 else 2)} {TIMES}"


def _share(value: float) -> str:
    percent = 100 * value
    return f"{plain(percent, 0 if percent >= 10 or percent == 0 else 1)} %"


def _year_and_month(value: float) -> str:
    months = round(12 * value)
    return f"{MONTHS[months % 12]} {months // 12}"


SHAPES: dict[str, Callable[[float], str]] = {
    "log-odds": lambda v: signed(v, 2),
    "log-odds over cases": lambda v: signed(v, 2),
    "reference SD": lambda v: signed(v, 2),
    "percentile": ordinal,
    "ratio": lambda v: f"{plain(v, 0 if abs(v) >= 100 else 1)} {TIMES}",
    "odds ratio": _odds,
    "acts": lambda v: plain(v, 0),
    "days": lambda v: count(round(v), "day"),
    "log-odds per log-odds": lambda v: signed(v, 2),
    "log ratio": lambda v: signed(v, 2),
    "-1 to 1": lambda v: signed(v, 2),
    "share, -1 to 1": lambda v: signed(v, 3),
    "probability": lambda v: "< 0.001" if 0 < v < 0.001 else plain(v, 3),
    "changes": lambda v: plain(v, 0),
    "events": lambda v: plain(v, 0),
    "rank": lambda v: plain(v, 0),
    "persons": lambda v: plain(v, 0),
    "third parties": lambda v: plain(v, 1),
    "decimal year": _year_and_month,
}


def value(number: float, unit: str) -> str:
    """A number in the shape its unit asks for; any other unit that starts with "share" is in percent."""
    shape = SHAPES.get(unit)
    if shape:
        return shape(number)
    return _share(number) if unit.startswith("share") else plain(number, 2)


def estimate(finding: Finding) -> str:
    """The estimate of a finding, or its status where there is none."""
    if finding.estimate is None:
        return finding.status
    return value(finding.estimate, finding.unit)


def bounds(finding: Finding) -> str:
    """Lower and upper bound, or an empty text where the finding has none."""
    if finding.lower is None or finding.upper is None:
        return ""
    low, high = (value(bound, finding.unit) for bound in (finding.lower, finding.upper))
    tail = high[len(high.rstrip(f" %{TIMES}days")) :]
    return f"{low.removesuffix(tail)} to {high}"


def interval(finding: Finding) -> str:
    """The bounds with the name of what they are: an interval at a level, or a range."""
    text = bounds(finding)
    if not text:
        return ""
    if finding.level is None:
        return f"range {text}"
    return f"{100 * finding.level:.0f} % interval {text}"


def day(text: str, precision: str | None = "day") -> str:
    """An ISO date in words, no finer than its precision: "4 November 1979", "June 2004"."""
    try:
        when = date.fromisoformat(text[:10])
    except ValueError:
        return text
    if precision == "year":
        return str(when.year)
    month = f"{MONTHS[when.month - 1]} {when.year}"
    return month if precision == "month" else f"{when.day} {month}"


def span(start: str, end: str) -> str:
    """Two ISO dates as years: "1979-1999" with an en dash, or the single year."""
    first, last = start[:4], end[:4]
    return first if first == last else f"{first}{DASH}{last}"


def month(text: str) -> str:
    """A month "1979-11" in words."""
    return day(f"{text[:7]}-01", "month")


def duration(days: float) -> str:
    """A number of days in the unit a reader would use."""
    if days < 60:
        return count(round(days), "day")
    if days < 730:
        return f"{days / 30.44:.0f} months"
    return f"{days / 365.25:.0f} years"
