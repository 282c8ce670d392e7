"""What a verb returns: findings or rows, ready for a frame, a notebook or a file."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from realpolitik.findings import Caution, Finding

if TYPE_CHECKING:
    import altair

Frame = Literal["pandas", "polars"]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of plain rows under a name, such as acts, states or sources.

    `rows` are dictionaries of JSON-ready values; missing values are None.
    `messages` are one-line remarks that belong beside the table, not in it.
    """

    name: str
    rows: list[dict[str, Any]]
    messages: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def to_dict(self) -> dict[str, Any]:
        """The rows as a JSON-ready object under their name."""
        return {self.name: self.rows}

    def to_frame(self, kind: Frame = "pandas") -> Any:
        """The rows as a pandas (default) or polars data frame."""
        return frame(self.rows, kind)

    def _repr_html_(self) -> str:
        return html_table(self.rows)


@dataclass(frozen=True, slots=True)
class Ranking(Rows):
    """Rows in order of rank, the findings behind their numbers, and what to hold against them."""

    findings: tuple[Finding, ...] = ()
    warnings: tuple[Caution, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The rows under their name, `findings` in the order of the contract, and `warnings`."""
        found = {
            "findings": [finding.as_dict() for finding in self.findings],
            "warnings": [one.as_dict() for one in self.warnings],
        }
        return {self.name: self.rows} | found


@dataclass(frozen=True, slots=True)
class Result:
    """The findings of one verb about one dyad, both directions, and what to hold against them."""

    measure: str
    a: str
    b: str
    findings: tuple[Finding, ...]
    messages: tuple[str, ...] = ()
    asked: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[Caution, ...] = ()

    def __len__(self) -> int:
        return len(self.findings)

    def to_dict(self) -> dict[str, Any]:
        """`{"findings": [...]}`, each in the order of the contract; `warnings` where there are any."""
        found = {"findings": [finding.as_dict() for finding in self.findings]}
        told = [one.as_dict() for one in self.warnings]
        return found | {"warnings": told} if told else found

    def to_frame(self, kind: Frame = "pandas") -> Any:
        """One row a finding, as a pandas (default) or polars data frame."""
        return frame(self.to_dict()["findings"], kind)

    def acts(self) -> Rows:
        """The acts behind the findings, both directions."""
        from realpolitik.api.acts import acts

        sources = sorted({name for finding in self.findings for name in finding.sources})
        keep = {
            k: v for k, v in self.asked.items() if k in {"start", "end", "lake", "as_of", "map"}
        }
        return acts(self.a, self.b, source=sources or None, **keep)

    def cite(self) -> str:
        """BibTeX of the sources and methods behind the findings."""
        from realpolitik.api.cite import cite_findings

        return cite_findings(self.findings)

    def plot(self) -> altair.LayerChart:
        """Estimates with their intervals, one row a statistic, one colour a direction."""
        from realpolitik.reports.charts.findings import findings_chart

        chart: altair.LayerChart = findings_chart(self.findings)
        return chart

    def _repr_html_(self) -> str:
        return html_table([shown(finding) for finding in self.findings])


SHOWN = ("actor", "target", "start", "end", "statistic", "estimate", "lower", "upper", "unit",
         "status", "n", "n_effective", "sources", "map")  # fmt: skip


def shown(finding: Finding) -> dict[str, Any]:
    """The columns of a finding that fit on a screen."""
    values = finding.as_dict()
    return {key: values[key] for key in SHOWN}


def frame(rows: list[dict[str, Any]], kind: Frame) -> Any:
    """Rows as a data frame of the asked kind; polars must be installed to be asked for."""
    if kind == "pandas":
        import pandas as pd

        return pd.DataFrame(rows)
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None, strict=False)


def html_table(rows: list[dict[str, Any]]) -> str:
    """Rows as a plain HTML table, every cell escaped; at most 200 rows are drawn."""
    if not rows:
        return "<p>no rows</p>"
    head = "".join(f"<th scope='col'>{html.escape(key)}</th>" for key in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row.values()) + "</tr>"
        for row in rows[:DRAWN]
    )
    more = f"<p>{len(rows) - DRAWN} more rows: use to_frame()</p>" if len(rows) > DRAWN else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


DRAWN = 200


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    return html.escape(", ".join(value) if isinstance(value, list) else str(value))
