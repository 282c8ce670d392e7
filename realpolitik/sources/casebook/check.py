"""Is a casebook well kept? Every row and field looked at, every problem told by row and field.

A file with the header of versions.csv is checked as versions of acts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from realpolitik.errors import BadDates
from realpolitik.schema.table import load
from realpolitik.sources.casebook import acts, versions
from realpolitik.vocab import actors, calendar, kinds

FOLDER = Path(__file__).parent
SHIPPED = ("us-iran-acts.csv", "third-party-acts.csv", "control-acts.csv")
LENGTHS = {4: "year", 7: "month", 10: "day"}
YES_NO = ("yes", "no")
NEEDED = (
    "id", "date", "source_actor", "target_actor", "direction", "description", "cameo_code",
    "secrecy", "source_title", "reliability", "credibility", "verification",
)  # fmt: skip
# Fields of a casebook whose values the acts table lists, by the name they have there.
LISTED = {
    "secrecy": "secrecy", "authorship_at_time": "authorship", "audience": "audience",
    "reliability": "reliability", "credibility": "credibility", "verification": "verification",
}  # fmt: skip


class Problem(NamedTuple):
    """One thing to mend: where, what was found and what was expected."""

    row: int
    id: str
    field: str
    found: str
    expected: str

    @property
    def where(self) -> str:
        """Row, counted with the header as 1, its id, and the field."""
        who = f" ({self.id})" if self.id else ""
        return f"row {self.row}{who}, {self.field}"


def problems(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a casebook, in the order of its rows.

    Of a row with more or fewer fields than the header nothing else is said.
    Raises CorruptFile for a file that is no casebook at all: no CSV in UTF-8,
    or another header.
    """
    if _holds_versions(path):
        known = frozenset(_shipped_ids())
        return tuple(Problem(*one) for one in versions.faults(path, known))
    rows = acts.rows_of(path)
    ids = [fields[0] if fields else "" for _, fields in rows]
    found: list[Problem] = []
    for place, (number, fields) in enumerate(rows):
        if len(fields) != len(acts.COLUMNS):
            told = [("fields", str(len(fields)), str(len(acts.COLUMNS)))]
        else:
            row = dict(zip(acts.COLUMNS, fields, strict=True))
            told = [*_fields(row), *_dates(row), *_parties(row), *_keys(row, ids, place, path)]
        found += [Problem(number, ids[place], *one) for one in told]
    return tuple(found)


Told = tuple[str, str, str]


def _holds_versions(path: Path) -> bool:
    try:
        first = path.read_text(encoding="utf-8-sig").partition("\n")[0]
    except (OSError, UnicodeDecodeError):
        return False
    return tuple(first.strip().split(",")) == versions.COLUMNS


def _fields(row: dict[str, str]) -> Iterator[Told]:
    for name in NEEDED:
        if not row[name].strip():
            yield name, row[name], "a value"
    for name, value in row.items():
        if value != value.strip():
            yield name, value, "no blanks around it"
    allowed = {column.name: column.values for column in load("acts").columns}
    for name, column in LISTED.items():
        values = allowed[column] or ()
        if row[name] and row[name] not in values:
            yield name, row[name], f"one of {', '.join(values)}"
    if row["reciprocal"] not in ("", *YES_NO):
        yield "reciprocal", row["reciprocal"], "yes or no"
    if row["cameo_code"] and row["cameo_code"] not in {code.code for code in kinds.codes("cameo")}:
        yield "cameo_code", row["cameo_code"], "a CAMEO code, with its leading zero"
    if row["source_url"] and not re.match(r"https?://\S+$", row["source_url"]):
        yield "source_url", row["source_url"], "an address that starts http:// or https://"


def _dates(row: dict[str, str]) -> Iterator[Told]:
    read: dict[str, tuple[date, date]] = {}
    for name in ("date", "end_date", "disclosed_date"):
        text = row[name]
        if not text:
            continue
        try:
            read[name] = (calendar.parse_date(text), calendar.parse_date(text, end=True))
        except BadDates:
            yield name, text, "YYYY, YYYY-MM or YYYY-MM-DD, a day of the calendar"
            continue
        precision = row.get(f"{name}_precision" if name != "date" else "date_precision")
        if precision is not None and precision != LENGTHS.get(len(text)):
            yield f"{name}_precision", precision, f"{LENGTHS.get(len(text))}, as {name} is written"
    if {"date", "end_date"} <= set(read) and read["end_date"][1] < read["date"][0]:
        yield "end_date", row["end_date"], f"no day before {row['date']}"
    if {"date", "disclosed_date"} <= set(read) and read["disclosed_date"][1] < read["date"][0]:
        yield "disclosed_date", row["disclosed_date"], f"no day before {row['date']}"
    if row["secrecy"] == "public" and row["disclosed_date"]:
        yield "disclosed_date", row["disclosed_date"], "nothing for a public act"


def _parties(row: dict[str, str]) -> Iterator[Told]:
    sides = row["direction"].split(">")
    if len(sides) != 2:
        yield "direction", row["direction"], "two codes with > between, as in USA>IRN"
        return
    known = _known()
    for base, name in zip(sides, ("source_actor", "target_actor"), strict=True):
        if base != acts.OTHER and base not in known:
            yield "direction", base, "the code of a state, or OTH"
        if base == acts.OTHER and row[name] not in known:
            yield name, row[name], "the code of a known actor: realpolitik states lists them"
    if sides[0] == sides[1] and row["source_actor"] == row["target_actor"]:
        yield "direction", row["direction"], "two parties, not one"
    if row["alleged_principal"] and row["alleged_principal"] not in known:
        yield "alleged_principal", row["alleged_principal"], "the code of a known actor"


@cache
def _known() -> frozenset[str]:
    return frozenset(one.code for one in actors.all_actors())


@cache
def _shipped_ids() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in SHIPPED:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            found |= {row["id"]: name for row in csv.DictReader(file)}
    return found


def _keys(row: dict[str, str], ids: Sequence[str], place: int, path: Path) -> Iterator[Told]:
    if row["id"] in ids[:place]:
        yield "id", row["id"], "an id that no row before has"
    owner = _shipped_ids().get(row["id"])
    if owner is not None and owner != path.name:
        yield "id", row["id"], f"an id that {owner}, which ships, does not have"
    for other in filter(None, row["related_ids"].split(";")):
        if other not in ids and other not in _shipped_ids():
            yield "related_ids", other, "the id of a row, ids joined by a semicolon"
