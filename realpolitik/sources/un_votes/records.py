"""Roll calls of the United Nations General Assembly: CSV, one row a vote of one state."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.sources import built, flows, named, raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "un_votes"
TABLE = "records"
COLUMNS = ("rcid", "country", "country_code", "vote")
VOTES = {"yes": 1.0, "abstain": 0.0, "no": -1.0}
WHERE = "UNO"
SESSIONS = Path(__file__).with_name("sessions.csv")
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is one of votes, or None."""
    if head.lines and tuple(head.lines[0].replace('"', "").split(",")) == COLUMNS:
        return "comma-separated fields under the header rcid, country, country_code, vote"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every vote with what it becomes and `refused`: null, or why it is no record.

    The file has no dates. `sessions.csv` says which roll calls belong to which
    session, and from which month to which its votes were taken.
    """
    listed = shape.paths_of(paths)
    wanted = built.need(listed[0], COLUMNS)
    rows = raw.records(con, listed)
    rows = rows.select(
        "line", "raw_line", "fields", rcid=rows["rcid"].strip(),
        actor_native=rows["country"].strip(), text=rows["vote"].strip(),
    )  # fmt: skip
    rows = flows.resolved(con, _dated(rows), "actor", named.meant)
    rows = rows.mutate(
        target=ibis.literal(WHERE), target_reason=ibis.null("string"),
        value=ibis.cases(*((rows["text"] == vote, value) for vote, value in VOTES.items())),
        quantity=ibis.literal("vote"), unit=ibis.literal("1 yes, 0 abstention, -1 no"),
    )  # fmt: skip
    reason = ibis.ifelse(
        rows["date"].isnull() & (rows["fields"] == wanted), "roll call of no known session", None
    )
    rows = rows.mutate(refused=reason.coalesce(flows.refused(rows, wanted)))
    key = rows["rcid"] + ":" + rows["actor_native"]
    return shape.held(con, flows.without_repeats(rows, SOURCE, key, off))


@cache
def _blocks() -> tuple[tuple[int, date, date], ...]:
    """Each roll call of a session: its number, and first and last day of its block of numbers."""
    found: list[tuple[int, date, date]] = []
    with SESSIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, end = (date.fromisoformat(row[name]) for name in ("start", "end"))
            numbers = range(int(row["first"]), int(row["last"]) + 1)
            found += [(number, start, end) for number in numbers]
    return tuple(found)


def _dated(rows: ibis.Table) -> ibis.Table:
    blocks = _blocks()
    known = ibis.memtable(
        pa.table({
            "number": pa.array([str(number) for number, _, _ in blocks], pa.string()),
            "date": pa.array([start for _, start, _ in blocks], pa.date32()),
            "end_date": pa.array([end for _, _, end in blocks], pa.date32()),
        })
    )  # fmt: skip
    joined = rows.left_join(known, rows["rcid"] == known["number"]).drop("number")
    return joined.mutate(date_precision=ibis.literal("range"))


def agreement(votes: ibis.Table) -> ibis.Table:
    """How often two states cast the same vote, from records of votes: `alike` of `shared`.

    One row a directed pair and interval; both directions are the same. `shared`
    counts the roll calls in which both voted, abstentions included. Agreement
    is a reading of votes, not an act of one state towards the other.
    """
    mine = votes.select(
        "actor", "date", "end_date", "value", roll_call=_roll_call(votes["source_record_id"])
    )
    theirs = mine.select(target="actor", other="value", call="roll_call").view()
    met = [mine["roll_call"] == theirs["call"], mine["actor"] != theirs["target"]]
    pairs = mine.join(theirs, met)
    return pairs.group_by("actor", "target", "date", "end_date").aggregate(
        shared=pairs.count(), alike=(pairs["value"] == pairs["other"]).sum()
    )


def _roll_call(key: Any) -> Any:
    return key.split(":")[0]


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The records of the files: the vote of one state in the General Assembly.

    Dated to the months of its session. A vote is no act towards another state;
    `agreement` compares the votes of two.
    """
    return shape.accepted(marked(con, paths), TABLE)
