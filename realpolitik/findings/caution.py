"""A caution: what to hold against numbers before they are believed, raised by the data itself."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Name = Literal[
    "deniable deeds likely missed",
    "deniable deeds possibly missed",
    "coverage breaks",
    "one source only",
    "sign turns with the map",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """One warning: its name, a sentence a person can read, and what it rests on.

    `actor` and `target` are None where it holds for both directions; `source`
    is None where it is about no single source. `start` and `end` are ISO dates,
    both inclusive. `rests_on` names acts, maps, months or sources.
    """

    name: Name
    sentence: str
    start: str
    end: str
    rests_on: tuple[str, ...]
    actor: str | None = None
    target: str | None = None
    source: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The caution as JSON-ready values."""
        values = asdict(self)
        return {key: list(v) if isinstance(v, tuple) else v for key, v in values.items()}
