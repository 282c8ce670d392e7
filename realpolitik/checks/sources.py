"""What a text cites, found again among the sources of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from realpolitik.checks.evidence import Evidence
from realpolitik.checks.terms import stem
from realpolitik.coding.citations import Citation
from realpolitik.coding.quantities import quantities
from realpolitik.constants import TITLE_LEAST

SMALL = frozenset(
    ["the", "a", "an", "of", "in", "on", "to", "and", "for", "with", "at", "by", "from"]
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a citation leads: acts that rest on the same source, or else what came nearest.

    `status` is in record (the same title or address), publisher in record, or
    not in record.
    """

    status: str
    why: str
    acts: tuple[str, ...] = ()
    title: str = ""
    numbers: tuple[str, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """The result as JSON-ready values."""
        return {"status": self.status, "why": self.why, "acts": list(self.acts)}


def found(one: Citation, acts: Sequence[Evidence]) -> Found:
    """Return what the record holds of a citation's source."""
    entry = one.reference
    if entry is None:
        return Found("not in record", "Nothing in the text says what this refers to.")
    numbers = tuple(number.text for number in quantities(entry.title))
    by_address = [
        act.id for act in acts if entry.url and act.url and _bare(act.url) == _bare(entry.url)
    ]
    if by_address:
        return Found(
            "in record",
            "The record rests on the same address.",
            tuple(by_address),
            entry.title,
            numbers,
        )
    scored = [(title_likeness(entry.title, act.title), act) for act in acts if act.title]
    best = max((score for score, _ in scored), default=0.0)
    if best >= TITLE_LEAST:
        same = [act for score, act in scored if score == best]
        why = f"The record has {same[0].title!r} ({same[0].publisher})."
        return Found("in record", why, tuple(act.id for act in same), entry.title, numbers)
    return _by_publisher(entry.publisher, acts, entry.title, numbers)


def _by_publisher(
    publisher: str | None, acts: Sequence[Evidence], title: str, numbers: tuple[str, ...]
) -> Found:
    held = [act for act in acts if publisher and same_press(publisher, act.publisher)]
    if held:
        why = f"The record has {len(held)} acts from {publisher}, none from this piece."
        return Found("publisher in record", why, (), title, numbers)
    return Found(
        "not in record",
        "The record rests on neither this piece nor its publisher.",
        (),
        title,
        numbers,
    )


def title_likeness(one: str, other: str) -> float:
    """Return the share of the words of both titles that they have in common, 0 to 1."""
    a, b = _words(one), _words(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@cache
def _words(title: str) -> frozenset[str]:
    words = re.findall(r"[A-Za-z]{2,}|\d[\d.,]*", title.replace("’", "'").replace("U.S.", "US"))
    return frozenset(stem(word) for word in words if word.lower() not in SMALL)


def same_press(one: str, other: str) -> bool:
    """Are two names of publishers one? Articles are left out; a name within a longer one counts."""
    a, b = _press(one), _press(other)
    return bool(a) and bool(b) and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def _press(name: str) -> str:
    words = re.findall(r"[a-z]+", name.lower())
    return " ".join(word for word in words if word not in SMALL)


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|/$", "", url.lower())


def of_press(name: str, acts: Iterable[Evidence]) -> list[Evidence]:
    """Return the acts that rest on a publication."""
    return [act for act in acts if same_press(name, act.publisher) or same_press(name, act.title)]
