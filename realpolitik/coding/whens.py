"""When a claim says that something happened: an interval with what stands before it."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

from realpolitik.coding.claim import When
from realpolitik.coding.dating import Dated, dates

YEAR = re.compile(
    r"(?<![\d$£€,.-])(1[89]\d\d|20\d\d)(?!\d|,\d|-\d|\s?(?:dollars|people|troops|missiles|TOW))(?P<decade>s\b)?"
)
BETWEEN = re.compile(r"\b(?:between|from)\W+$", re.IGNORECASE)
JOIN = re.compile(r"^\s?(?:and|to|until|till|through|-|–)\s?(?:the\s)?$", re.IGNORECASE)
BEFORE = re.compile(
    r"\b(?P<word>before|until|by|prior to|after|since|post|following|as early as|as far back as)\W+(?:the )?$",
    re.IGNORECASE,
)
RELATIONS = {"before": "before", "until": "before", "prior to": "before", "by": "by",
             "after": "after", "post": "after", "following": "after", "since": "since"}  # fmt: skip
NAMED_DAYS = (
    (re.compile(r"\b(?:9/11|september 11th?(?! ?,? ?\d{4})|september 11 attacks|11 september(?! \d{4}))", re.I), date(2001, 9, 11)),
)  # fmt: skip


def when(sentence: str, day: date | None) -> When | None:
    """Return the days a sentence speaks of, None where it names none.

    Two dates joined by "to" or "and" are one interval; of several dates the
    finest counts. `day` is the document's own.
    """
    found = _all(sentence, day)
    if not found:
        return None
    joined = _joined(sentence, found)
    if joined:
        return joined
    rank = {"day": 0, "range": 1, "month": 2, "year": 3}
    one = min(found, key=lambda dated: (rank[dated.precision], dated.at))
    before = BEFORE.search(sentence[: one.at])
    word = before["word"].lower() if before else ""
    inner = re.match(r"(before|after|since|until|by)\s", one.text, re.I)
    relation = RELATIONS.get(inner[1].lower() if inner else word, "in")
    return _related(one, relation)


def _related(one: Dated, relation: str) -> When:
    start: date | None = one.start
    end: date | None = one.end
    if relation in {"before", "by"}:
        start, end = None, one.end if relation == "by" else one.start - timedelta(1)
    elif relation in {"after", "since"}:
        start, end = one.start if relation == "since" else one.end + timedelta(1), None
    return When(start, end, one.precision, one.text, relation)


def _all(sentence: str, day: date | None) -> list[Dated]:
    found = dates(sentence, day)
    taken = [(one.at, one.at + len(one.text)) for one in found]
    for pattern, on in NAMED_DAYS:
        for match in pattern.finditer(sentence):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                found.append(Dated(on, on, "day", match.start(), match.group()))
                taken.append(match.span())
    for match in YEAR.finditer(sentence):
        if not any(a <= match.start() < b for a, b in taken):
            year = int(match[1])
            last = year + 9 if match["decade"] else year
            found.append(
                Dated(date(year, 1, 1), date(last, 12, 31), "year", match.start(), match.group())
            )
    return sorted(found, key=lambda one: one.at)


def _joined(sentence: str, found: list[Dated]) -> When | None:
    for one, other in itertools.pairwise(found):
        between = sentence[one.at + len(one.text) : other.at]
        lead = BETWEEN.search(sentence[: one.at]) or one.text.lower().startswith("from ")
        if (
            JOIN.match(between)
            and (lead or between.strip() in {"-", "–", "to"})
            and one.start <= other.end
        ):
            text = sentence[one.at : other.at + len(other.text)]
            return When(one.start, other.end, "range", text)
    return None
