"""What the files of the KEDS project share: two-digit years, WEIS codes, its own actor codes.

The files differ in form and, in a few actor codes, in meaning: each source
gives its own lines cut into fields, and the codes that mean something else in it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import mirrors, natives, raw, repeats, roles, shape
from realpolitik.sources.sniff import Head
from realpolitik.vocab import crosswalk

SYSTEM = "weis"
# Two-digit years: the series run from 1979, so 79-99 belong to one century and 00-78 to the next.
PIVOT = 79
TABBED = ("day", "actor_native", "target_native", "code", "raw_label", "text")
SAME = ("day", "actor_native", "target_native", "code", "raw_label")
# Suffixes of a country's code that name an organ of the state.
OF_STATE = frozenset({"GOV", "MIL", "PLC", "COP", "SPY"})
TABBED_LINE = re.compile(
    r"\d{6}\t[A-Z0-9-]*\t[A-Z0-9-]*\t[0-9O\]-]{0,4}\t\([^\t]*\)?(\t[^\t]*)?\s*"
)
REGIONS = {
    "keds_levant": ("ISR", "PAL", "EGY", "LEB", "SYR", "JOR"),
    "keds_balkans": ("YUG", "SER", "BOS", "CRO", "SLO", "MAC", "KSV", "KOS", "ALB", "MTN"),
}
REGION_OF = {
    "keds_levant": "most parties are those around Israel",
    "keds_balkans": "most parties are those of Yugoslavia and its neighbours",
}
EMPTY = "empty line"
# Of the reader, raised when the same file would become other rows.
VERSION = "2"
DAMAGED = re.compile(r"[^A-Z]")


class Form(NamedTuple):
    """One source: its name, how its acts are told, and which fields make lines equal."""

    source: str
    publisher: str
    same: tuple[str, ...] = SAME


def rules(same: str) -> dict[str, str]:
    """The rules of a source of this project."""
    return {
        repeats.RULE: f"Lines equal in {same} are one act, and `reports` says how many; a line "
        "refused before and met again is counted as a repeat, too.",
        mirrors.RULE: mirrors.ABOUT,
    }


def tabbed(con: Backend, paths: Sequence[Path]) -> ibis.Table:
    """Lines of `YYMMDD SRC TGT CODE (LABEL) TRIGGER PHRASE` with tabs between, cut into fields."""
    rows = raw.lines(con, paths)
    cut = rows["raw_line"].split("\t")
    fields = {name: cut[place].strip().fill_null("") for place, name in enumerate(TABBED)}
    label = fields.pop("raw_label").re_replace(r"^\(|\)$", "")
    # Older files end after the label; a phrase may hold tabs of its own only by mistake.
    rows = rows.mutate(fields=cut.length(), raw_label=label, **fields)
    return rows.mutate(text=rows["text"].nullif(""), raw_line=rows["raw_line"].left(raw.KEPT))


def whole(line: str) -> bool:
    """Is a line a day, two actors, a WEIS code, a label in brackets, and perhaps a phrase?"""
    return TABBED_LINE.fullmatch(line) is not None


def sniff_tabbed(head: Head, source: str) -> str | None:
    """Why a file is of one of the sources in tabbed form, or None.

    The form is one, so the parties decide: the states of Yugoslavia and its
    neighbours, or those around Israel.
    """
    if not head.lines or not all(map(whole, head.lines)):
        return None
    parties = [field[:3] for row in head.fields() for field in row[1:3]]
    counts = {name: sum(map(parties.count, codes)) for name, codes in REGIONS.items()}
    if counts[source] != max(counts.values()) or list(counts.values()).count(counts[source]) > 1:
        return None
    return f"tab-separated YYMMDD, two actors, WEIS code, (label), phrase; {REGION_OF[source]}"


def marked(
    rows: ibis.Table,
    form: Form,
    listed: Iterable[crosswalk.Native],
    off: frozenset[str] = frozenset(),
) -> ibis.Table:
    """Every line with what it becomes and `refused`: null, or why it is not an act of its own.

    `rows` has line, raw_line, day, actor_native, target_native, code and
    raw_label; `fields`, where it is there, must be 5 or 6.
    """
    century = ibis.ifelse(rows["day"].substr(0, 2) >= str(PIVOT), "19", "20")
    whole = century + rows["day"].substr(0, 2) + "-" + rows["day"].substr(2, 2) + "-"
    rows = rows.mutate(date=shape.first_day(whole + rows["day"].substr(4)))
    known = natives.table(listed)
    rows = shape.coded(
        natives.resolved(natives.resolved(rows, "actor", known), "target", known), SYSTEM
    )
    rows = repeats.collapsed(rows.mutate(refused=_reason(rows)), form.same, off)
    rows = repeats.with_ids(_met_again(rows, off), _key(rows, form))
    rows = mirrors.linked(rows, mirrors.WEIS, ["day"], off)
    return rows.mutate(
        source=ibis.literal(form.source),
        end_date=rows["date"],
        date_precision=ibis.literal("day"),
        n=ibis.literal(1),
        cluster=shape.cluster(rows),
        source_publisher=ibis.literal(form.publisher),
    )


def _met_again(rows: ibis.Table, off: frozenset[str]) -> ibis.Table:
    """A refused line that was refused before is a repeat: it is counted with the other repeats.

    So the number of repeats is that of equal lines, whatever becomes of them.
    """
    if repeats.RULE in off:
        return rows
    place = ibis.row_number().over(group_by=["raw_line", "refused"], order_by=["line"])
    again = rows["refused"].notnull() & (rows["refused"] != EMPTY) & (place > 0)
    return rows.mutate(refused=ibis.ifelse(again, shape.REPEAT, rows["refused"]))


def _key(rows: ibis.Table, form: Form) -> ibis.Value:
    """What the line says, so that an act keeps its id in any file: day, parties, code, a digest."""
    said = ibis.literal("|").join([rows[name].fill_null("") for name in form.same])
    named = [rows[name] for name in ("day", "actor_native", "target_native", "code")]
    return form.source + ":" + ibis.literal("-").join([*named, said.hexdigest("md5").left(8)])


def _reason(rows: ibis.Table) -> ibis.Value:
    empty = (rows["raw_line"].strip() == "", EMPTY)
    cut_short: list[tuple[ibis.Value, ibis.Value]] = []
    if "fields" in rows.columns:
        told = "fields: " + rows["fields"].cast("string") + ", expected 5 or 6"
        cut_short = [(~rows["fields"].isin([5, 6]), told)]
    return shape.first_reason(
        empty,
        *cut_short,
        (rows["date"].isnull(), "unreadable date"),
        (rows["actor"].isnull(), _no_actor(rows, "actor")),
        (rows["target"].isnull(), _no_actor(rows, "target")),
        (rows["code"] == "", "no code"),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _no_actor(rows: ibis.Table, side: str) -> ibis.Value:
    """The code and why it stands for no one actor, as the crosswalk puts it."""
    native, reason = rows[f"{side}_native"], rows[f"{side}_reason"]
    told = ibis.ifelse(native == "", "blank", native) + ": " + reason
    told = ibis.ifelse(reason.startswith(roles.REASON), reason, told)
    return told.fill_null("unknown actor code")


def natives_of(rows: ibis.Table, listed: Path) -> list[crosswalk.Native]:
    """What every actor code in the rows stands for.

    As listed beside the source, as in the crosswalk, or as a country's code with a suffix.
    """
    sides = (rows.select(native=rows[f"{side}_native"]) for side in ("actor", "target"))
    found = ibis.union(*sides, distinct=True).to_pyarrow()["native"].to_pylist()
    known = {**_by_code(crosswalk.native_codes("keds")), **_by_code(_listed(listed))}
    return [native for code in found for native in _stretches(code, known)]


def _by_code(natives: Iterable[crosswalk.Native]) -> dict[str, list[crosswalk.Native]]:
    grouped: dict[str, list[crosswalk.Native]] = {}
    for native in natives:
        grouped.setdefault(native.native, []).append(native)
    return grouped


def _listed(path: Path) -> Iterator[crosswalk.Native]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start, end = (
                date.fromisoformat(row[at]) if row[at] else None for at in ("start", "end")
            )
            code = row["code"] or None
            yield crosswalk.Native(row["native"], code, start, end, row["reason"])


def _stretches(code: str, known: dict[str, list[crosswalk.Native]]) -> Iterator[crosswalk.Native]:
    if code in known:
        yield from known[code]
    elif code[:3] in known and len(code) > 3 and not DAMAGED.search(code):
        suffix = code[3:]
        for native in known[code[:3]]:
            if suffix in OF_STATE:
                yield native._replace(native=code)
            else:
                why = f"{roles.REASON}suffix {suffix}"
                yield crosswalk.Native(code, None, native.start, native.end, why)
