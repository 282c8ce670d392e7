"""Anybody's CSV or Parquet file, read through a mapping: which column is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.schema.table import load
from realpolitik.sources import natives, raw, repeats, shape
from realpolitik.sources.generic import mapping as mappings
from realpolitik.sources.generic.mapping import ISO, OWN, Mapping
from realpolitik.sources.sniff import Head
from realpolitik.vocab import actors, crosswalk

SOURCE = "generic"
# Where no mapping is given, the one beside the file is used.
BESIDE = ("mapping.yaml",)
RULES = {repeats.RULE: repeats.ABOUT}
NOT_SAID = ["date", "end_date", "actor", "target", "code"]


def sniff(head: Head) -> str | None:
    """None: no file says of itself that it is of this source; name it, with its mapping."""
    del head
    return None


def marked(
    con: Backend,
    paths: Path | Sequence[Path],
    off: frozenset[str] = frozenset(),
    mapping: Path | None = None,
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why it is not an act of its own.

    Raises CorruptFile for a mapping that is wrong, which names the field, and
    for a file that lacks a column the mapping names.
    """
    listed = shape.paths_of(paths)
    where = mapping or listed[0].parent / BESIDE[0]
    asked = mappings.read(where)
    rows = _fields(_rows(con, listed, asked), asked, listed[0], where)
    rows = _dated(rows, asked)
    known = natives.table(_natives(asked.actor_system))
    rows = natives.resolved(natives.resolved(rows, "actor", known), "target", known)
    rows = shape.coded(rows, asked.code_system)
    rows = rows.mutate(refused=_reason(rows), said=rows["raw_line"].hexdigest("md5"))
    rows = _told(repeats.collapsed(rows, ["said"], off), asked)
    return shape.held(con, rows.mutate(raw_line=rows["raw_line"].left(raw.KEPT)))


def _rows(con: Backend, paths: Sequence[Path], asked: Mapping) -> ibis.Table:
    """The rows of the files as text, with `line`, `raw_line`, `fields` and `wanted`."""
    if _is_parquet(paths[0]):
        return _parquet(con, paths)
    rows = raw.records(con, paths, asked.delimiter)
    return rows.mutate(wanted=ibis.literal(len(rows.columns) - len(raw.LINES) - 1))


def _is_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1"
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(path), found, "a CSV or Parquet file", "Check the path.") from error


def _parquet(con: Backend, paths: Sequence[Path]) -> ibis.Table:
    try:
        for path in paths:
            pq.read_metadata(path)
    except (OSError, pa.ArrowException) as error:
        found = f"a broken Parquet file ({type(error).__name__})"
        raise CorruptFile(str(paths[0]), found, "a whole one", "Fetch it again.") from error
    rows = con.read_parquet([str(path) for path in paths])
    texts = {name: rows[name].cast("string") for name in rows.columns}
    joined = ibis.literal(",").join([text.fill_null("") for text in texts.values()])
    return rows.select(
        line=ibis.row_number() + 1,
        raw_line=joined,
        fields=ibis.literal(len(texts)),
        wanted=ibis.literal(len(texts)),
        **{f"{name}_{place}" if name in ("line", "raw_line", "fields", "wanted") else name: text
           for place, (name, text) in enumerate(texts.items(), start=1)},
    )  # fmt: skip


def _fields(rows: ibis.Table, asked: Mapping, path: Path, where: Path) -> ibis.Table:
    for name, column in asked.columns.items():
        if column not in rows.columns:
            has = [c for c in rows.columns if c not in (*raw.LINES.names, "fields", "wanted")]
            found = f"no column {column!r}, which {where.name} names for {name}"
            expected = f"one of {', '.join(has)}"[:300]
            raise CorruptFile(str(path), found, expected, f"Correct columns.{name}.")
    own = {name: rows[column].strip().nullif("") for name, column in asked.columns.items()}
    same = {name: ibis.literal(value) for name, value in asked.constants.items()}
    found_fields = own | same
    ours = {f"raw_{name}": found_fields.pop(name) for name in NOT_SAID if name in found_fields}
    return rows.select("line", "raw_line", "fields", "wanted", **ours, **found_fields)


def _dated(rows: ibis.Table, asked: Mapping) -> ibis.Table:
    first = _iso(rows["raw_date"], asked.date_format)
    last = _iso(rows["raw_end_date"], asked.date_format) if "raw_end_date" in rows.columns else None
    end = first if last is None else last.coalesce(first)
    return rows.mutate(
        date=shape.first_day(first),
        end_date=shape.last_day(end),
        date_precision=ibis.ifelse(first == end, shape.precision(first), "range"),
        actor_native=rows["raw_actor"],
        target_native=rows["raw_target"],
        code=rows["raw_code"],
    )


def _iso(text: ibis.Value, form: str) -> ibis.Value:
    """A date in a form such as DD/MM/YYYY as YYYY-MM-DD; left as it is where it has another."""
    if form == ISO:
        return text
    parts = re.findall("YYYY|MM|DD", form)
    loose = not re.search("(YYYY|MM|DD)(YYYY|MM|DD)", form)
    digits = {"YYYY": r"(\d{4})", "MM": r"(\d{1,2})" if loose else r"(\d{2})"}
    digits["DD"] = digits["MM"]
    pattern = "^" + "".join(digits.get(p, re.escape(p)) for p in re.split("(YYYY|MM|DD)", form))
    year, month, day = (
        text.re_extract(pattern + "$", parts.index(part) + 1) for part in ("YYYY", "MM", "DD")
    )
    whole = year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0")
    return ibis.ifelse(text.re_search(pattern + "$"), whole, text)


def _natives(system: str) -> list[crosswalk.Native]:
    if system != OWN:
        return list(crosswalk.native_codes(system))
    return [crosswalk.Native(one.code, one.code, None, None) for one in actors.all_actors()]


def _reason(rows: ibis.Table) -> ibis.Value:
    told = "fields: " + rows["fields"].cast("string") + ", expected "
    allowed = {c.name: c.values for c in load("acts").columns if c.values}
    values = [
        (rows[name].notnull() & ~rows[name].isin(list(allowed[name])),
         f"{name}: not one of {', '.join(allowed[name])}")
        for name in mappings.fields()
        if name in allowed and name in rows.columns
    ]  # fmt: skip
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != rows["wanted"], told + rows["wanted"].cast("string")),
        (rows["date"].isnull() | rows["end_date"].isnull(), "unreadable date"),
        (rows["end_date"] < rows["date"], "end before start"),
        *((rows[side].isnull(), _no_actor(rows, side)) for side in ("actor", "target")),
        (rows["code"].isnull(), "no code"),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
        *values,
    )


def _no_actor(rows: ibis.Table, side: str) -> ibis.Value:
    native = rows[f"{side}_native"]
    told = native + ": " + rows[f"{side}_reason"]
    return ibis.ifelse(native.isnull(), "no actor", told.fill_null("unknown actor code"))


def _told(rows: ibis.Table, asked: Mapping) -> ibis.Table:
    said = rows["said"].left(16)
    own = rows["source_event_id"].coalesce(said) if "source_event_id" in rows.columns else said
    story = f"{asked.name}:" + rows["cluster"] if "cluster" in rows.columns else ibis.null("string")
    return repeats.with_ids(rows, f"{SOURCE}:{asked.name}:" + own).mutate(
        source=ibis.literal(SOURCE),
        n=ibis.literal(1),
        cluster=story.coalesce(shape.cluster(rows)),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of files with a mapping.yaml beside them; `n` is 1.

    The cluster is the story where the mapping names one, else the day's root code.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
