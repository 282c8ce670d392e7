"""COW militarized disputes 5.0: states in incidents (MIDIP) and in disputes (MIDB), CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import natives, raw, repeats, shape
from realpolitik.sources.sniff import Head
from realpolitik.vocab import crosswalk

SOURCE = "cow_mid"
SYSTEM = "cameo"
ACTIONS = Path(__file__).parent / "actions.csv"
INCIDENTS = "incidents"
# Disputes of 1992 that the incident files take in; of 1993 and later they take in all.
IN_INCIDENTS = ("3551", "3552", "3555", "3556", "3557", "3561", "3564", "3568")
FIRST_IN_INCIDENTS = 1993
RULES = {
    repeats.RULE: repeats.ABOUT,
    INCIDENTS: "A dispute whose incidents MIDIP lists is no act of its own, or it would count twice.",
}


class Form(NamedTuple):
    """One of the four files: its columns that matter; `side` is "" where it names no states."""

    name: str
    key: str
    side: str
    action: str


FORMS = {
    ("dispnum", "incidnum", "stabb"): Form("MIDIP", "incidnum", "insidea", "action"),
    ("dispnum", "stabb", "ccode"): Form("MIDB", "dispnum", "sidea", "hiact"),
    ("dispnum", "incidnum", "stday"): Form("MIDI", "incidnum", "", "action"),
    ("dispnum", "stday", "stmon"): Form("MIDA", "dispnum", "", "hiact"),
}
DATES = ("stday", "stmon", "styear", "endday", "endmon", "endyear")
MISSING = "-9"


def sniff(head: Head) -> str | None:
    """Why the file is one of the four of MID 5.0, or None."""
    names = head.fields(",")[0] if head.lines else []
    form = _form(tuple(name.strip(' "') for name in names))
    return form and f"the header of {form.name}: dispnum, ..., {form.action}, ..., version"


def _form(names: Sequence[str]) -> Form | None:
    form = next((form for first, form in FORMS.items() if first == tuple(names[:3])), None)
    if form is None or names[-1] != "version":
        return None
    return form if {form.key, form.action, *DATES} <= set(names) else None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why it is not an act of its own."""
    listed = shape.paths_of(paths)
    form = _form(raw.first_record(listed[0]))
    if form is None:
        found = f"a header that starts {', '.join(raw.first_record(listed[0])[:4])}"[:120]
        expected = "that of MIDA, MIDB, MIDI or MIDIP 5.0"
        raise CorruptFile(str(listed[0]), found, expected, "Fetch version 5.0.")
    rows = _fields(raw.records(con, listed), form)
    known = natives.table(crosswalk.native_codes("cow"))
    rows = natives.resolved(natives.resolved(rows, "actor", known), "target", known)
    rows = shape.coded(rows, SYSTEM)
    rows = rows.mutate(refused=_reason(rows, form, INCIDENTS not in off))
    rows = repeats.collapsed(rows, ["raw_line"], off)
    return shape.held(con, _told(rows, form))


def _fields(rows: ibis.Table, form: Form) -> ibis.Table:
    names = ("dispnum", form.key, form.action, *DATES)
    fields = {name: rows[name].fill_null("").strip() for name in dict.fromkeys(names)}
    wanted = len(rows.columns) - 3
    none = ibis.literal("")
    sides = {
        "ccode": rows["ccode"].fill_null("").strip() if form.side else none,
        "party": rows[form.side].fill_null("").strip() if form.side else none,
    }
    rows = rows.select("line", "raw_line", "fields", wanted=ibis.literal(wanted), **fields, **sides)
    rows = rows.rename(action=form.action) if form.action != "action" else rows
    first, last = _day(rows, "st"), _day(rows, "end")
    one = (first == last) & (first.length() > 4)
    rows = rows.mutate(
        date=shape.first_day(first),
        end_date=shape.last_day(last),
        date_precision=ibis.ifelse(one, shape.precision(first), "range"),
        actor_native=rows["ccode"],
    )
    return _with_actions(_with_opponent(rows, form))


def _day(rows: ibis.Table, end: str) -> ibis.Value:
    """A day as text, only to the month or year where the rest is unknown."""
    year, month, day = (rows[f"{end}{part}"] for part in ("year", "mon", "day"))
    to_month = year + "-" + month.lpad(2, "0")
    return ibis.cases(
        (month == MISSING, year),
        (day == MISSING, to_month),
        else_=to_month + "-" + day.lpad(2, "0"),
    )


def _with_opponent(rows: ibis.Table, form: Form) -> ibis.Table:
    """The rows with the one state of the other side, and how many states are on it."""
    sides = rows.group_by(other_key=rows[form.key], other_party=rows["party"]).aggregate(
        opponents=rows["ccode"].nunique(), target_native=rows["ccode"].min()
    )
    facing = ibis.ifelse(rows["party"] == "1", "0", "1")
    rows = rows.mutate(facing=facing)
    return rows.left_join(
        sides, [rows[form.key] == sides["other_key"], rows["facing"] == sides["other_party"]]
    )


@cache
def _actions() -> pa.Table:
    with ACTIONS.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    return pa.table({
        "action_known": pa.array([row["action"] for row in listed], pa.string()),
        "text": pa.array([row["meaning"] for row in listed], pa.string()),
        "code": pa.array([row["code"] for row in listed], pa.string()),
    })  # fmt: skip


def _with_actions(rows: ibis.Table) -> ibis.Table:
    known = ibis.memtable(_actions())
    return rows.left_join(known, rows["action"] == known["action_known"])


def _reason(rows: ibis.Table, form: Form, once: bool) -> ibis.Value:
    told = "fields: " + rows["fields"].cast("string") + ", expected "
    whose = "MIDIP" if form.name == "MIDI" else "MIDB"
    if not form.side:
        return shape.first_reason(
            (rows["raw_line"].strip() == "", "empty line"),
            (rows["line"].notnull(), f"no states in {form.name}: they are in {whose}"),
        )
    late = rows["styear"].try_cast("int64") >= FIRST_IN_INCIDENTS
    twice = (late | rows["dispnum"].isin(IN_INCIDENTS)) & (form.name == "MIDB") & once
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != rows["wanted"], told + rows["wanted"].cast("string")),
        (rows["date"].isnull() | rows["end_date"].isnull(), "unreadable date"),
        (rows["end_date"] < rows["date"], "end before start"),
        (rows["action"] == "0", "no militarized action by this side"),
        (twice, "told incident by incident in MIDIP"),
        (rows["opponents"].isnull(), "no state on the other side"),
        (rows["opponents"] > 1, "several states on the other side: no one target"),
        (rows["actor"].isnull() | rows["target"].isnull(), "unknown actor code"),
        (rows["code"].isnull(), "unknown action"),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _told(rows: ibis.Table, form: Form) -> ibis.Table:
    start = ibis.literal("-").join([rows["styear"], rows["stmon"], rows["stday"]])
    key = f"{SOURCE}:{form.name}-" + rows[form.key] + "-" + rows["ccode"] + "@" + start
    dispute = ibis.literal("dispute ") + rows["dispnum"]
    return repeats.with_ids(rows, key).mutate(
        source=ibis.literal(SOURCE),
        source_event_id=rows[form.key],
        n=ibis.literal(1),
        cluster=dispute,
        text=rows["text"] + f" ({form.name} action " + rows["action"] + "), " + dispute,
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """What each state did to the one state it faced; the cluster is the dispute.

    From MIDIP an act is what one state did in an incident, from MIDB the
    gravest thing it did in a dispute, somewhere between its first and last day
    in it. MIDI and MIDA name no states and give no acts.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
