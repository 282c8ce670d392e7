"""What was read in texts: one reading a document, several together, and their acts as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from realpolitik.api.result import Frame, frame, html_table

# What a row of acts says of its document, so that it can stand alone.
OF_DOCUMENT = ("title", "speaker", "speaker_actor", "recipient", "place", "publicity",
               "classification", "delivered", "source")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document; `text[start:end]` of the document is each item's `text`."""

    document: dict[str, Any]
    acts: list[dict[str, Any]]
    quotations: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    messages: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.acts)

    def to_dict(self) -> dict[str, Any]:
        """The reading as a JSON-ready object, in the order of the contract."""
        return {
            "document": self.document,
            "acts": self.acts,
            "quotations": self.quotations,
            "claims": self.claims,
            "citations": self.citations,
        }

    def rows(self) -> list[dict[str, Any]]:
        """The acts, each with what is known of its document; this is what `ingest reading` loads."""
        about = {name: self.document[name] for name in OF_DOCUMENT}
        held = {"document": self.document["id"], "coder": self.document["coder"]}
        return [{**held, **act, **about} for act in self.acts]

    def to_frame(self, kind: Frame = "pandas") -> Any:
        """The acts as a pandas (default) or polars data frame."""
        return frame(self.rows(), kind)

    def _repr_html_(self) -> str:
        return html_table(self.acts)


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read in several documents, and which could not be read and why."""

    readings: list[Reading]
    refused: list[dict[str, str]]

    def __len__(self) -> int:
        return len(self.readings)

    @property
    def acts(self) -> list[dict[str, Any]]:
        """The acts of all documents, in order."""
        return [act for one in self.readings for act in one.acts]

    @property
    def messages(self) -> tuple[str, ...]:
        """Why a document could not be read, one line each."""
        return tuple(f"{one['document']}: {one['why']}" for one in self.refused)

    def to_dict(self) -> dict[str, Any]:
        """Every reading in the order of the contract, and what was refused."""
        return {"readings": [one.to_dict() for one in self.readings], "refused": self.refused}

    def rows(self) -> list[dict[str, Any]]:
        """The acts of all documents, each with what is known of its document."""
        return [row for one in self.readings for row in one.rows()]

    def to_frame(self, kind: Frame = "pandas") -> Any:
        """The acts as a pandas (default) or polars data frame."""
        return frame(self.rows(), kind)

    def _repr_html_(self) -> str:
        return html_table(self.acts)


def gathered(found: Iterable[Reading | dict[str, str]]) -> Readings:
    """Return readings and refusals sorted apart."""
    both = list(found)
    return Readings(
        [one for one in both if isinstance(one, Reading)],
        [one for one in both if not isinstance(one, Reading)],
    )
