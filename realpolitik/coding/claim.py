"""One claim of a text, in slots; no spaCy needed to hold or compare it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

from realpolitik.coding.quantities import Quantity

Kind = Literal["word", "deed", "intention", "causal", "evaluative", "prediction", "citation"]
CHECKABLE = frozenset({"word", "deed", "citation"})


@dataclass(frozen=True, slots=True)
class When:
    """The days a claim speaks of; None is open.

    `relation` is in, before, after or since; `carried` says that the date stands in
    the sentence before.
    """

    start: date | None
    end: date | None
    precision: str
    text: str
    relation: str = "in"
    carried: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The days as JSON-ready values."""
        ends = {"start": _iso(self.start), "end": _iso(self.end)}
        return asdict(self) | ends


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable or uncheckable statement; `text[start:end]` of the document is its `text`.

    `actor` and `target` are codes, None where the text names nobody known;
    `others` are further actors named. `codes` are CAMEO codes its words may
    stand for, the governing verb's first. `denied` is the polarity,
    `mutual` says that actor and target stand side by side. `chain` is who says it,
    outermost first. `within` is the id of the claim that reports it.
    `own` are the stretches of the text that are this claim's words alone.
    """

    id: str
    start: int
    end: int
    text: str
    kind: Kind
    checkable: bool
    actor: str | None = None
    target: str | None = None
    others: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    when: When | None = None
    quantities: tuple[Quantity, ...] = ()
    modality: str = "asserted"
    denied: bool = False
    mutual: bool = False
    sure_roles: bool = False
    chain: tuple[str, ...] = ("author",)
    speaker: str | None = None
    within: str | None = None
    cites: tuple[str, ...] = ()
    cites_reach: str | None = None
    own: str = ""
    things: tuple[str, ...] = ()
    purpose: str = ""
    context: str = field(default="", repr=False)

    def swapped(self) -> Claim:
        """The claim with actor and target exchanged."""
        return replace(self, actor=self.target, target=self.actor)

    def as_dict(self) -> dict[str, Any]:
        """The claim as JSON-ready values."""
        values = asdict(self)
        for name in ("own", "things", "context", "sure_roles", "purpose"):
            del values[name]
        values["when"] = self.when.as_dict() if self.when else None
        values["polarity"] = "denied" if values.pop("denied") else "affirmed"
        for name in ("others", "codes", "chain", "cites", "quantities"):
            values[name] = list(values[name])
        return values


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
