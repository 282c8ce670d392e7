"""Rows into the formats other programs read; each writer gets rows, a file, and what they are."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik.api._flows import flow_column, quantities
from realpolitik.errors import OutputError

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
Writer = Callable[[Sequence[Row], Path, str], None]
CODED = "as coded in the sources named; realpolitik puts codes on kind and side."
DESCRIPTIONS = {
    "acts": f"Acts {CODED}",
    "panel": f"Counts of acts {CODED}",
    "records": "Flows as the sources named count them.",
}
DAYS = ("date", "end_date", "disclosed")
SEARCHED = ("text", "label", "note", "actor_native", "target_native")
# Stata allows 80 letters; longer ones are cut there without a word.
LABEL = 80
# Letters above which Stata keeps a text once, apart from the rows.
STRL = 200
SQL_TYPES = {bool: "integer", int: "integer", float: "real"}


def to_parquet(rows: Sequence[Row], path: Path, name: str) -> None:
    """One Parquet file, dates as dates."""
    _frame(rows).to_parquet(path, compression="zstd", index=False)


def to_csv(rows: Sequence[Row], path: Path, name: str) -> None:
    """CSV in UTF-8; an empty field is null."""
    _frame(rows, dates=False).to_csv(path, index=False, lineterminator="\n")


def to_jsonl(rows: Sequence[Row], path: Path, name: str) -> None:
    """One JSON object a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")


def to_stata(rows: Sequence[Row], path: Path, name: str) -> None:
    """A Stata 14 file: days as %td, long text as strL, what a column is as its label."""
    frame, columns = _frame(rows), _columns(rows)
    days = [column for column in DAYS if column in columns]
    text = [c for c in columns if frame[c].dtype.kind not in "iufM" and c not in days]
    for column in text:
        frame[column] = frame[column].astype(object).where(frame[column].notna(), "").astype(str)
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        convert_dates=dict.fromkeys(days, "td"),
        variable_labels={column: _about(name, column)[:LABEL] for column in columns},
        convert_strl=[c for c in text if frame[c].str.len().max() > STRL],
    )


def to_sqlite(rows: Sequence[Row], path: Path, name: str) -> None:
    """A SQLite file as Datasette likes it: indexed, with full-text search where there is text."""
    columns = _columns(rows)
    with closing(sqlite3.connect(path)) as con, con:
        typed = ", ".join(f'"{c}" {_sql_type(rows, c)}' for c in columns)
        con.execute(f'create table "{name}" ({typed})')
        marks = ", ".join("?" * len(columns))
        con.executemany(
            f'insert into "{name}" values ({marks})',
            ([_cell(row.get(c)) for c in columns] for row in rows),
        )
        for column in ("actor", "target", "iso3_1", "iso3_2", "date", "kind", "source"):
            if column in columns:
                con.execute(f'create index "{name}_{column}" on "{name}" ("{column}")')
        if found := [c for c in SEARCHED if c in columns]:
            listed = ", ".join(f'"{c}"' for c in found)
            con.execute(
                f'create virtual table "{name}_fts" using fts5 ({listed}, content="{name}")'
            )
            con.execute(f'insert into "{name}_fts" ("{name}_fts") values (\'rebuild\')')


FORMATS: dict[str, Writer] = {
    ".parquet": to_parquet,
    ".csv": to_csv,
    ".jsonl": to_jsonl,
    ".ndjson": to_jsonl,
    ".dta": to_stata,
    ".sqlite": to_sqlite,
    ".db": to_sqlite,
}


def writer_for(path: Path) -> Writer:
    """The writer that the suffix names; raises OutputError for another suffix."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise OutputError(
            f"Cannot export to {path.name!r}: end the name in one of {', '.join(FORMATS)}."
        ) from None


def metadata(name: str, rows: Sequence[Row], sources: Sequence[dict[str, Any]], title: str) -> str:
    """Datasette's metadata: title, sources with licence and address, what each column is."""
    about = {column: _about(name, column) for column in _columns(rows)}
    table = {"columns": {column: text for column, text in about.items() if text}}
    found = {
        "title": title,
        "description": DESCRIPTIONS[name],
        "source": "; ".join(card["title"] for card in sources),
        "license": "; ".join(dict.fromkeys(card["licence"] for card in sources)),
        "databases": {"*": {"tables": {name: table}}},
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _about(name: str, column: str) -> str:
    from realpolitik.schema.table import load

    if name != "panel":
        return next((c.about for c in load(name).columns if c.name == column), "")
    if column in FLOWS:
        return f"{column.replace('_', ' ')} from actor to target in the year; null where not known"
    return PANEL.get(column) or f"{column.replace('_', ' ')}, acts; null outside coverage"


FLOWS = {flow_column(quantity) for quantity in quantities()}
PANEL = {
    "iso3_1": "actor, ISO 3166 alpha-3",
    "iso3_2": "target, ISO 3166 alpha-3",
    "ccode1": "actor, Correlates of War number",
    "ccode2": "target, Correlates of War number",
    "gwcode1": "actor, Gleditsch-Ward number",
    "gwcode2": "target, Gleditsch-Ward number",
    "year": "year",
    "date": "first day of the period",
    "source": "source",
    "map": "map of codes on kind and side",
    "covered": "share of the period's days inside the source's coverage",
}


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _cell(value: Any) -> Any:
    """A value that fits a cell: a list as JSON text, an empty one as nothing."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, allow_nan=False) if value else None
    return value


def _sql_type(rows: Sequence[Row], column: str) -> str:
    kinds = {type(row[column]) for row in rows if row.get(column) is not None}
    return SQL_TYPES.get(kinds.pop(), "text") if len(kinds) == 1 else "text"


def _frame(rows: Sequence[Row], dates: bool = True) -> pd.DataFrame:
    """The rows as a frame: whole numbers stay whole where some are missing."""
    import pandas as pd

    columns = _columns(rows)
    cells = [{column: _cell(row.get(column)) for column in columns} for row in rows]
    frame = pd.DataFrame(cells, columns=columns)
    for column in columns:
        values = {type(row.get(column)) for row in rows} - {type(None)}
        if values == {int}:
            frame[column] = frame[column].astype("Int64")
        elif dates and column in DAYS:
            frame[column] = pd.to_datetime(frame[column])
    return frame
