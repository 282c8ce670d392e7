"""SIPRI trade register: CSV lines under a preamble, one line a weapon and year of delivery."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import built, named, raw, repeats, shape
from realpolitik.sources.sniff import Head

SOURCE = "sipri"
SYSTEM = "cameo"
# Weapons delivered: the register does not tell a gift from a sale.
CODE = "072"
COLUMNS = (
    "SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description",
    "Armament category", "Order date", "Order date is estimate", "Numbers delivered",
    "Numbers delivered is estimate", "Delivery year", "Delivery year is estimate", "Status",
    "SIPRI estimate", "TIV deal unit", "TIV delivery values", "Local production",
)  # fmt: skip
RULES = {repeats.RULE: repeats.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is the trade register, or None."""
    if any(_is_header(line) for line in head.lines):
        return "the header SIPRI AT Database ID, Supplier, Recipient, ... below a preamble"
    return None


def _is_header(line: str) -> bool:
    return tuple(_cut(line)) == COLUMNS


def _cut(line: str) -> list[str]:
    """The fields of a line; the semicolon that ends every line belongs to none of them."""
    return next(csv.reader([line.rstrip().removesuffix(";")]), [])


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is no delivery."""
    parts = (part for path in shape.paths_of(paths) for part in _parts(con, path))
    return built.marked(con, SOURCE, parts, off)


def _parts(con: Backend, path: Path) -> Iterator[dict[str, Any]]:
    rows = raw.lines(con, [path]).to_pyarrow().to_pylist()
    first = next((r["line"] for r in rows if _is_header(r["raw_line"])), None)
    if first is None:
        raise CorruptFile(
            str(path), "no line with the columns", f"{', '.join(COLUMNS[:4])}, ...",
            "Export the trade register as CSV again.",
        )  # fmt: skip
    for row in rows:
        yield row | _part(row["raw_line"], row["line"] - first)


def _part(line: str, below: int) -> dict[str, Any]:
    if below <= 0:
        return {"wrong": "header" if below == 0 else "preamble"}
    fields = _cut(line)
    wrong = built.shape_of({"raw_line": line, "fields": len(fields)}, len(COLUMNS))
    if wrong:
        return {"wrong": wrong}
    told = dict(zip(COLUMNS, (field.strip() for field in fields), strict=True))
    number, supplier, recipient, year = (
        told[name] for name in ("SIPRI AT Database ID", "Supplier", "Recipient", "Delivery year")
    )
    dated = built.year(year)
    part = dated | {
        "source_event_id": number, "key": f"{number}:{year}:{told['Designation']}", "code": CODE,
        "actor_native": supplier, "target_native": recipient, "text": _text(told),
        "note": _note(told), "wrong": None if number else "no id",
    }  # fmt: skip
    if part["wrong"] or dated["date"] is None:
        return part | {"wrong": part["wrong"] or "unreadable delivery year"}
    one, other = (named.meant(name, dated["date"]) for name in (supplier, recipient))
    return part | {
        "actor": one.code, "target": other.code, "wrong": one.reason or other.reason,
    }  # fmt: skip


def _text(told: dict[str, str]) -> str:
    number = told["Numbers delivered"] or "an unknown number"
    about = "about " if told["Numbers delivered is estimate"] == "Yes" else ""
    return (
        f"{told['Supplier']} delivered {about}{number} of {told['Designation']} "
        f"({told['Description']}) to {told['Recipient']}."
    )


def _note(told: dict[str, str]) -> str:
    said = [
        f"{told['Armament category']}; {told['Status'].lower()}",
        f"ordered {told['Order date'] or '?'}{_estimated(told, 'Order date')}",
        f"SIPRI trend indicator value delivered: {told['TIV delivery values'] or '?'} million",
    ]
    if _estimated(told, "Delivery year"):
        said.append("year of delivery is an estimate")
    if told["Local production"] == "Yes":
        said.append("produced in the recipient's country")
    return "; ".join(said)


def _estimated(told: dict[str, str], name: str) -> str:
    return " (estimate)" if told[f"{name} is estimate"] == "Yes" else ""


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files: arms delivered, dated to the year of delivery.

    One act is one line: one type of weapon of one deal in one year, however
    many pieces. Its trend indicator value is told in the note. Nothing is said
    of secrecy, audience or reliability.
    """
    return shape.accepted(marked(con, paths))
