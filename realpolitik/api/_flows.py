"""Flows from actor to target: trade, arms by value; shown as they are counted, by the year."""

from __future__ import annotations

from datetime import date
from typing import Any

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import record
from realpolitik.api.result import Rows
from realpolitik.errors import NotInRecord
from realpolitik.lake.record import Record
from realpolitik.schema.table import load

# A vote is cast, not sent to another state.
NO_FLOW = "vote"
NONE = (
    "The lake holds no flows between states: load a file of trade or arms "
    "(realpolitik ingest auto PATH); `realpolitik sources` lists them."
)


def quantities() -> tuple[str, ...]:
    """The kinds of flows, in the words of the table of records."""
    [found] = [c.values for c in load("records").columns if c.name == "quantity"]
    return tuple(name for name in found if name != NO_FLOW)


def flow_column(quantity: str) -> str:
    """The column of a panel that holds a kind of flow."""
    return quantity.replace(" ", "_")


def flows_between(
    a: str, b: str, *, start: str | None, end: str | None, source: Names, lake: str | None
) -> Rows:
    """Every record between two actors, in the columns of the table of records, in order of date."""
    question, opened = ask(a, b, start=start, end=end), record(lake)
    names = [span.name for span in chosen(source, opened)]
    rows = opened.record.records
    both = (question.a, question.b)
    rows = rows.filter(rows.source.isin(names), rows.actor.isin(both), rows.target.isin(both))
    if question.start:
        rows = rows.filter(rows.end_date >= question.start)
    if question.end:
        rows = rows.filter(rows.date <= question.end)
    found = rows.order_by(["date", "source", "record_id"]).to_pyarrow().to_pylist()
    return Rows("records", [{k: _plain(v) for k, v in row.items()} for row in found])


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def with_flows(rows: list[dict[str, Any]], of: Record) -> list[dict[str, Any]]:
    """Rows of a yearly panel, each with what its actor sent its target in that year.

    Raises:
        NotInRecord: the lake holds no flows.
    """
    flows = of.records
    flows = flows.filter(flows.date_precision == "year", flows.quantity.isin(quantities()))
    keys = ["actor", "target", "date", "quantity"]
    found = flows.group_by(keys).aggregate(value=flows.value.sum()).to_pyarrow().to_pylist()
    if not found:
        raise NotInRecord(NONE)
    known = {
        (r["actor"], r["target"], r["date"].isoformat(), r["quantity"]): r["value"] for r in found
    }
    held = [
        quantity for quantity in quantities() if any(row["quantity"] == quantity for row in found)
    ]
    return [
        row
        | {
            flow_column(quantity): known.get((row["iso3_1"], row["iso3_2"], row["date"], quantity))
            for quantity in held
        }
        for row in rows
    ]
