"""A table as data: what one row is, its key, and its columns, read from YAML.

The YAML beside this file is the contract between rooms; the types for the
engine, the fit of an expression and the printed reference all come from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from realpolitik.errors import CorruptFile, UnknownName

if TYPE_CHECKING:
    import ibis

FOLDER = Path(__file__).parent
TYPES = {"string": "string", "date": "date", "int": "int64", "float": "float64", "bool": "boolean"}
FIELDS = {"type", "required", "values", "range", "unit", "about"}
REPAIR = "Reinstall realpolitik, or mend the file."


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, unit, and the values it may take.

    `type` is one of string, date, int, float, bool. `values` lists all allowed
    values of a text column (empty: any). `range` holds the smallest and the
    largest value, both allowed; None leaves a side open.
    """

    name: str
    type: str
    about: str
    required: bool = False
    values: tuple[str, ...] = ()
    range: tuple[float | None, float | None] | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, the columns that identify it, and all columns in order."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def ibis_schema(self) -> ibis.Schema:
        """The columns as an Ibis schema, in order; nullability is left to `fit`."""
        import ibis

        return ibis.schema({c.name: TYPES[c.type] for c in self.columns})


def names() -> tuple[str, ...]:
    """The names of all tables, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def load(name: str) -> Table:
    """The table of that name.

    Raises UnknownName when there is no such table, CorruptFile when its YAML
    is not what a table must be.
    """
    if name not in names():
        raise UnknownName("table", name, names(), f"Tables: {', '.join(names())}.")
    return read(FOLDER / f"{name}.yaml")


def read(path: Path) -> Table:
    """The table a YAML file declares; raises CorruptFile when it declares none."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        found = f"unreadable YAML ({type(error).__name__})"
        raise CorruptFile(str(path), found, "a table", REPAIR) from error
    try:
        table = Table(raw["table"], raw["row"], tuple(raw["key"]), _columns(path, raw["columns"]))
    except (KeyError, TypeError, AttributeError) as error:
        found = f"a table without {error}"
        raise CorruptFile(str(path), found, "table, row, key and columns", REPAIR) from error
    for key in table.key:
        if key not in table.names:
            raise CorruptFile(str(path), f"key {key!r}", "a column of the table", REPAIR)
    return table


def _columns(path: Path, raw: dict[str, dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(_column(path, name, fields) for name, fields in raw.items())


def _column(path: Path, name: str, raw: dict[str, Any]) -> Column:
    if unknown := sorted(set(raw) - FIELDS):
        known = f"only {', '.join(sorted(FIELDS))}"
        raise CorruptFile(str(path), f"field {unknown[0]!r} in column {name!r}", known, REPAIR)
    if raw.get("type") not in TYPES:
        found = f"type {raw.get('type')!r} in column {name!r}"
        raise CorruptFile(str(path), found, f"one of {', '.join(TYPES)}", REPAIR)
    if not raw.get("about"):
        raise CorruptFile(str(path), f"column {name!r} without about", "a sentence", REPAIR)
    limits = raw.get("range")
    return Column(
        name=name,
        type=raw["type"],
        about=raw["about"],
        required=bool(raw.get("required", False)),
        values=tuple(raw.get("values", ())),
        range=(limits[0], limits[1]) if limits else None,
        unit=raw.get("unit"),
    )
