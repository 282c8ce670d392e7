"""Each claim of a text against the record: verdict, why, and the acts it rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realpolitik.api.result import Frame, frame, html_table

VERDICTS = (
    "supported", "supported in part", "contradicted", "disputed", "not in record", "not checkable",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """The claims of a text with a verdict each, its quotations, citations and warnings.

    `text[start:end]` of the document is each item's `text`. `acts` of a claim
    are ids that `acts --id` lists; `labelled` says how often acts read from
    texts were found right by hand.
    """

    document: dict[str, Any]
    claims: list[dict[str, Any]]
    quotations: list[dict[str, Any]]
    citations: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    messages: tuple[str, ...] = ()
    labelled: str = ""

    def __len__(self) -> int:
        return len(self.claims)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims have each verdict, in the order of the contract."""
        held = Counter(claim["verdict"] for claim in self.claims)
        return {verdict: held[verdict] for verdict in VERDICTS}

    @property
    def uncited(self) -> list[dict[str, Any]]:
        """Checkable claims that cite nothing."""
        return [claim for claim in self.claims if claim["checkable"] and not claim["cites"]]

    def to_dict(self) -> dict[str, Any]:
        """The check as a JSON-ready object."""
        return {
            "document": self.document,
            "claims": self.claims,
            "quotations": self.quotations,
            "citations": self.citations,
            "warnings": self.warnings,
        }

    def to_frame(self, kind: Frame = "pandas") -> Any:
        """The claims as a pandas (default) or polars data frame."""
        return frame(self.claims, kind)

    def to_html(self) -> str:
        """The text itself as a page of its own, each claim marked and its evidence beside it."""
        from realpolitik.reports.checked import render

        return render(self.to_dict(), self.counts, self.labelled)

    def _repr_html_(self) -> str:
        return html_table(self.claims)


def check(
    source: str | Path,
    *,
    date: str | None = None,
    as_of: str | None = None,
    lake: str | None = None,
    offline: bool = False,
) -> Check:
    """Hold each claim of a text against the record and say what it rests on.

    `source` is a file, "-" for standard input, or an address. `date` (ISO) is
    the text's own where it does not say; `as_of` leaves out what was not public
    by that day. Silence of the record is "not in record", unless a source is
    declared complete. Needs the extra `text`.

    Raises:
        UnreadableText: no text, binary data, another language, too long, encrypted.
        MissingExtra: a library is not installed.
        UsageError: several documents in one file, a date that cannot be read.
    """
    from realpolitik.api._evidence import acts_for
    from realpolitik.api._record import record
    from realpolitik.api.read import one_document
    from realpolitik.checks.check import check as checked
    from realpolitik.coding.claims import statements
    from realpolitik.measures._checked import sentence
    from realpolitik.sources.reading.acts import SOURCE
    from realpolitik.vocab.calendar import parse_date

    day = parse_date(as_of, end=True) if as_of else None
    document = one_document(source, date, offline)
    opened = record(lake)
    own = parse_date(document.date) if document.date else None
    said = statements(document.text, own)
    actors = frozenset(
        code for one in said.claims for code in (one.actor, one.target, *one.others) if code
    )
    acts, remarks = acts_for(opened, actors)
    found = checked(said, acts, day, about=document.text)
    claims = [_row(one) for one in found.claims]
    cited = [one.as_dict() | {"record": found.sources[one.id].as_dict(), "serves": [
        claim["id"] for claim in claims if one.id in claim["cites"]]} for one in said.citations]  # fmt: skip
    quoted = [one.as_dict() for one in said.quotations]
    warned = [{"start": w.start, "end": w.end, "text": w.text, "why": w.why} for w in said.warnings]
    messages = (*document.notes, *(one.why for one in said.warnings), *remarks)
    labelled = sentence([label for label in opened.labels if label.source == SOURCE])
    return Check(document.as_dict(), claims, quoted, cited, warned, tuple(messages), labelled)


def _row(one: Any) -> dict[str, Any]:
    """A claim with its verdict, in the order of the contract."""
    row: dict[str, Any] = one.claim.as_dict() | one.verdict.as_dict()
    row["earlier"] = one.earlier.as_dict() if one.earlier else None
    return row
