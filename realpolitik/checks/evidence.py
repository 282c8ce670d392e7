"""An act of the record made ready to be held against claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from realpolitik.checks.terms import actors_named, base, terms
from realpolitik.coding.quantities import Quantity, quantities


@dataclass(frozen=True, slots=True)
class Evidence:
    """One act, with what a claim is compared to.

    `known` is the day from which it was public: of the act, or of its first
    public account where it was secret. `numbers` are the quantities of its
    text, `noted` those of the coder's note. `company` are names of people who may have
    taken part, as other acts have it. `graded` is the Admiralty grade,
    None where the source gives none.
    """

    id: str
    source: str
    actor: str
    target: str
    start: date
    end: date
    known: date
    code: str
    kind: str
    side: str
    text: str
    note: str
    words: frozenset[str]
    extra: frozenset[str]
    named: frozenset[str]
    numbers: tuple[Quantity, ...]
    noted: tuple[Quantity, ...]
    graded: tuple[str, str] | None
    secret: bool
    mutual: bool
    principal: str | None
    title: str
    publisher: str
    url: str | None
    related: tuple[str, ...]
    cluster: str
    company: frozenset[str] = frozenset()

    @property
    def parties(self) -> frozenset[str]:
        """The states of actor and target."""
        return frozenset({base(self.actor), base(self.target)})

    @property
    def outranks(self) -> bool:
        """Is the source of a grade that outranks a claim without one: publisher A or B, told 1 or 2?"""
        return self.graded is not None and self.graded[0] <= "B" and self.graded[1] <= "2"

    @property
    def contested(self) -> bool:
        """Does the record itself mark the act as contested: information graded 3 or worse?"""
        return self.graded is not None and self.graded[1] >= "3"

    def without_note(self) -> Evidence:
        """The act without its coder's note, which knows what came later."""
        return replace(self, note="", noted=())

    @property
    def line(self) -> str:
        """The act in one line: day, words, source."""
        day = self.start.isoformat() if self.start == self.end else f"{self.start} to {self.end}"
        return f"{day}: {self.text} ({self.id}; {self.title or self.source})"


def evidence(row: Mapping[str, Any]) -> Evidence:
    """Return a row of the acts table as evidence."""
    text, note = row["text"] or row["label"] or "", row["note"] or ""
    title = row["source_title"] or ""
    grade = (row["reliability"], row["credibility"]) if row["reliability"] else None
    secret = row["secrecy"] == "secret"
    return Evidence(
        id=row["act_id"],
        source=row["source"],
        actor=row["actor"],
        target=row["target"],
        start=row["date"],
        end=row["end_date"],
        known=row["disclosed"] if secret and row["disclosed"] else row["date"],
        code=row["code"],
        kind=row["kind"],
        side=row["side"],
        text=text,
        note=note,
        words=frozenset(terms(text)),
        extra=frozenset(terms(f"{title} {note} {row['label'] or ''} {row['secrecy'] or ''}")),
        named=actors_named(text),
        numbers=tuple(quantities(text)),
        noted=tuple(quantities(note)),
        graded=(grade[0], grade[1] or "6") if grade else None,
        secret=secret,
        mutual=bool(row["reciprocal"]),
        principal=row["principal"],
        title=title,
        publisher=row["source_publisher"] or "",
        url=row["url"],
        related=tuple((row["related"] or "").split(";")) if row["related"] else (),
        cluster=row["cluster"],
    )
