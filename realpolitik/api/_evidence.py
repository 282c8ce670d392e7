"""The acts of the record as evidence for claims."""

from __future__ import annotations

from functools import cache
from typing import Any

from realpolitik.api._record import Opened
from realpolitik.checks.evidence import Evidence, evidence
from realpolitik.constants import EVIDENCE_MOST
from realpolitik.lake.engine import engine

ON_ITSELF = "actor and target are one"


def acts_for(opened: Opened, actors: frozenset[str]) -> tuple[list[Evidence], tuple[str, ...]]:
    """The acts that may bear on claims about some actors, and remarks on what was left out.

    Hand-coded acts all count, with those on oneself (an admission at home); of
    other sources the acts in which one of `actors` takes part, at most EVIDENCE_MOST.
    """
    cases = [span.name for span in opened.spans if span.role == "cases" and span.listed]
    table = opened.acts
    rows = table.filter(table.source.isin(cases)).to_pyarrow().to_pylist()
    rest = table.filter(~table.source.isin(cases))
    rest = rest.filter(rest.actor.isin(sorted(actors)) & rest.target.isin(sorted(actors)))
    total = int(rest.count().to_pyarrow().as_py()) if actors else 0
    kept = rest.limit(EVIDENCE_MOST).to_pyarrow().to_pylist() if total else []
    remark = f"Of {total:,} acts of the lake {EVIDENCE_MOST:,} were looked at: narrow the text, or the lake."
    found = [*map(evidence, (*rows, *kept)), *_own_acts()]
    return found, (remark,) if total > EVIDENCE_MOST else ()


@cache
def _own_acts() -> tuple[Evidence, ...]:
    return tuple(evidence(row) for row in on_itself())


@cache
def on_itself() -> tuple[dict[str, Any], ...]:
    """Acts of the bundled casebooks on their own actor: no act between two, but evidence."""
    from realpolitik.sources import bundled, reader

    found: list[dict[str, Any]] = []
    con = engine()
    for table in bundled():
        if (table.source, table.table) == ("casebook", "acts"):
            rows = reader(table.source).marked(con, [file.path for file in table.files])
            own = rows.filter(rows.refused == ON_ITSELF).to_pyarrow().to_pylist()
            found += [row | {"act_id": f"{table.source}:{row['source_event_id']}"} for row in own]
    con.disconnect()
    return tuple(found)
