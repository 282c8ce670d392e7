"""One text, and what its maker says about it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

Publicity = Literal["public", "private"]


@dataclass(frozen=True, slots=True)
class Document:
    """One text: who, when, where, for whom. All offsets of a reading refer to `text`.

    `date` is the first day of what `date_precision` (day, month, year) says, as
    ISO text. `publicity` is public for words meant for everybody, private for
    papers classified or kept at the time, None where nothing says so.
    `delivered` is False where an editor notes that a paper was never sent.
    `notes` are one-line remarks of the reader and of the editors.
    """

    id: str
    text: str
    format: str
    title: str | None = None
    date: str | None = None
    date_precision: str | None = None
    speaker: str | None = None
    speaker_actor: str | None = None
    recipient: str | None = None
    place: str | None = None
    publicity: Publicity | None = None
    classification: str | None = None
    delivered: bool | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The document as JSON-ready values, its text among them."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return values | {"notes": list(self.notes)}
