"""Alliances by dyad and year: the year in which a kind of pledge begins is the act.

A row says that a kind of pledge was in force between two states in a year. It
becomes an act where no pledge of that kind was in force between the two the
year before; the other rows say that nothing changed and are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from realpolitik.sources import built, named

SIGNED = "057"
Dyad = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """A file of alliances: its source, its columns of kinds of pledge, and its first year.

    `censored` is the column that marks what began before the record, if any.
    """

    source: str
    kinds: Mapping[str, str]
    first_year: int
    censored: str | None = None


def parts(rows: list[dict[str, Any]], form: Form, width: int) -> Iterator[dict[str, Any]]:
    """Every row with what it becomes, or why it is no act; `width` is how many fields a row has."""
    held: dict[tuple[Dyad, int], set[str]] = {}
    for row in rows:
        row["wrong"] = built.shape_of(row, width) or _wrong(row)
        if row["wrong"] is None:
            row["dyad"] = (row["ccode1"].strip(), row["ccode2"].strip())
            row["on"] = [name for name in form.kinds if row[name] == "1"]
            held.setdefault((row["dyad"], int(row["year"])), set()).update(row["on"])
    begun = set()
    for row in rows:
        if row["wrong"] is None:
            row["wrong"] = _begins(row, held, form)
        if row["wrong"] is None:
            begun.add((row["dyad"], row["year"].strip(), *row["new"]))
    for row in rows:
        told = {"line": row["line"], "raw_line": row["raw_line"], "wrong": row["wrong"]}
        yield told if row["wrong"] else told | _act(row, begun, form)


def _wrong(row: dict[str, Any]) -> str | None:
    return None if built.year(row["year"].strip())["date"] else "unreadable date"


def _begins(row: dict[str, Any], held: dict[tuple[Dyad, int], set[str]], form: Form) -> str | None:
    """Why no pledge begins with a row, or None; `new` becomes the kinds that do."""
    number = int(row["year"])
    before = held.get((row["dyad"], number - 1), set())
    row["new"] = [name for name in row["on"] if name not in before]
    if not row["on"]:
        return "no kind of pledge"
    if not row["new"]:
        return "in force since an earlier year"
    old = number <= form.first_year or (form.censored and row[form.censored] == "1")
    return "in force when the record begins" if old else None


def _act(row: dict[str, Any], begun: set[tuple[Any, ...]], form: Form) -> dict[str, Any]:
    dyad, year, new = row["dyad"], row["year"].strip(), row["new"]
    dated = built.year(year)
    one, other = (named.numbered(number, dated["date"]) for number in dyad)
    pledges, kinds = ", ".join(form.kinds[name] for name in new), "+".join(new)
    act = dated | {
        "key": f"{dyad[0]}>{dyad[1]}:{year}:{kinds}", "code": SIGNED, "actor": one.code,
        "source_event_id": f"{dyad[0]}:{dyad[1]}:{year}", "target": other.code,
        "actor_native": dyad[0], "target_native": dyad[1], "wrong": one.reason or other.reason,
        "text": f"{one.code} became bound to {other.code} by a pledge of {pledges}.",
    }  # fmt: skip
    if ((dyad[1], dyad[0]), year, *new) in begun:
        act["related"] = f"{form.source}:{dyad[1]}>{dyad[0]}:{year}:{kinds}"
        act["flags"] = "mirrored"
    return act
