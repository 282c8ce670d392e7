"""A finding: one number, its interval, and the acts behind it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from realpolitik.constants import LEVEL, METHODOLOGY_VERSION

Status = Literal["ok", "too thin", "not covered", "cannot tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One number with its interval, provenance and the query that lists its acts.

    `estimate`, `lower` and `upper` are in `unit`; all three are None unless
    `status` is "ok", and then `notes` opens with what is missing. `n` counts
    acts, `n_effective` the independent acts they are worth. `start` and `end`
    are ISO dates, both inclusive.
    """

    measure: str
    actor: str
    target: str
    start: str
    end: str
    statistic: str
    unit: str
    method: str
    acts: str
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float | None = LEVEL
    status: Status = "ok"
    n: int = 0
    n_effective: float | None = None
    sources: tuple[str, ...] = ()
    map: str = "realpolitik"
    methodology_version: str = METHODOLOGY_VERSION
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.status != "ok" and (self.estimate is not None or not self.notes):
            raise ValueError(f"a finding that is {self.status!r} has no estimate and a note")

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON-ready values, keys in the order of the contract."""
        values = asdict(self)
        return {key: _plain(values[key]) for key in ORDER}


ORDER = (
    "measure", "actor", "target", "start", "end", "statistic", "estimate", "lower", "upper",
    "level", "unit", "status", "n", "n_effective", "sources", "map", "method",
    "methodology_version", "acts", "notes",
)  # fmt: skip


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
