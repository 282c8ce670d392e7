"""Phoenix: 26 tab-separated columns without header, or the CSV sample re-saved with a header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import mirrors, raw, repeats, roles, shape
from realpolitik.sources.sniff import Head

SOURCE = "phoenix"
SYSTEM = "cameo"
COLUMNS = (
    "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity",
    "SourceActorRole", "SourceActorAttribute", "TargetActorFull", "TargetActorEntity",
    "TargetActorRole", "TargetActorAttribute", "EventCode", "EventRootCode", "PentaClass",
    "GoldsteinScore", "Issues", "Lat", "Lon", "LocationName", "StateName", "CountryCode",
    "SentenceID", "URLs", "NewsSources",
)  # fmt: skip
# The re-saved sample: two index columns, then the same 26 in the same order under other names.
RESAVED = (
    "", "X", "GID", "Date", "Year", "Month", "Day", "Source", "SrcActor", "SrcAgent", "SOthAgent",
    "Target", "TgtActor", "TgtAgent", "TOthAgent", "CAMEO", "RootCode", "QuadClass", "Goldstein",
    "None", "Lat", "Lon", "Geoname", "AdminInfo", "CountryCode", "ID", "URL", "sourcetxt",
)  # fmt: skip
USED = {
    "id": "EventID", "day": "Date", "actor_native": "SourceActorFull",
    "actor_entity": "SourceActorEntity", "actor_role": "SourceActorRole",
    "actor_other": "SourceActorAttribute", "target_native": "TargetActorFull",
    "target_entity": "TargetActorEntity", "target_role": "TargetActorRole",
    "target_other": "TargetActorAttribute", "raw_code": "EventCode", "raw_root": "EventRootCode",
    "sentences": "SentenceID", "urls": "URLs", "publishers": "NewsSources",
}  # fmt: skip
PARTS = ("native", "entity", "role", "other")
# Codes of the coder's dictionaries that CAMEO's own list does not have.
EXTRA = {"ISI": "ISIS", "KSV": "XKX", "MNE": "MNE", "ROU": "ROU", "TLS": "TLS"}
SAME = ("day", "actor_native", "target_native", "code", "sentences", "urls")
ZERO, TAIL = "leading zero", "trailing zero"
# CAMEO has no 0110. Rows of it carry root 1, class 0 and the score -0.1 of 011, a refusal to comment.
TAILS = {"0110": "011"}
VERSION = "2"
RULES = {
    mirrors.RULE: mirrors.ABOUT + " Both come from one sentence.",
    repeats.RULE: repeats.ABOUT,
    roles.RULE: roles.ABOUT,
    ZERO: "A code that lost its leading zero gets it back where the root code asks for one.",
    TAIL: "The code 0110, which CAMEO does not have, is 011: root, class and score are its own.",
}


def sniff(head: Head) -> str | None:
    """Why the file is Phoenix, or None."""
    if not head.lines:
        return None
    if tuple(_bare(head.lines[0]).split(",")) == RESAVED:
        return "comma-separated fields under the header GID, Date, ..., sourcetxt of the sample"
    rows = head.fields()
    if all(map(_is_row, rows)):
        return "26 tab-separated fields: id, YYYYMMDD, year, month, day, actors, CAMEO code"
    return None


def _bare(line: str) -> str:
    return line.replace('"', "")


def _is_row(row: list[str]) -> bool:
    if len(row) != len(COLUMNS) or not re.fullmatch(r"\d{8}", row[1]):
        return False
    year, month, day = row[2:5]
    return year.isdigit() and (year, month.zfill(2), day.zfill(2)) == (
        row[1][:4], row[1][4:6], row[1][6:],
    )  # fmt: skip


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why it is not an act of its own."""
    rows = _fields(con, shape.paths_of(paths))
    rows = rows.mutate(date=_day(rows["day"]), code=_code(rows, off))
    for side in ("actor", "target"):
        rows = _resolved(rows, side, roles.RULE not in off)
    rows = shape.coded(rows, SYSTEM)
    rows = repeats.collapsed(rows.mutate(refused=_reason(rows)), SAME, off)
    return _told(shape.held(con, rows), off)


def _fields(con: Backend, paths: Sequence[Path]) -> ibis.Table:
    """The fields that are used, under our names, of either form; null where a row is too short."""
    if raw.first_record(paths[0]) == raw.named(RESAVED):
        rows = raw.records(con, paths)
        place = dict(zip(COLUMNS, rows.columns[-len(COLUMNS) :], strict=True))
        found = {ours: rows[place[theirs]] for ours, theirs in USED.items()}
        wanted = len(RESAVED)
    else:
        rows = raw.lines(con, paths)
        cut = rows["raw_line"].split("\t")
        rows = rows.mutate(fields=cut.length(), cut=cut)
        found = {ours: rows["cut"][COLUMNS.index(theirs)] for ours, theirs in USED.items()}
        wanted = len(COLUMNS)
    trimmed = {name: column.strip() for name, column in found.items()}
    rows = rows.select("line", "fields", raw_line=rows["raw_line"].left(raw.KEPT), **trimmed)
    return rows.mutate(wanted=ibis.literal(wanted))


def _day(text: ibis.Value) -> ibis.Value:
    whole = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6)
    return shape.first_day(whole)


def _code(rows: ibis.Table, off: frozenset[str]) -> ibis.Value:
    """The code as text, its leading zero restored where the root says that it had one."""
    code, root = rows["raw_code"], rows["raw_root"].lpad(2, "0")
    lost = ~code.startswith(root) & ("0" + code).startswith(root)
    whole = code if ZERO in off else ibis.ifelse(lost, "0" + code, code)
    return whole if TAIL in off else whole.substitute(TAILS)


def _resolved(rows: ibis.Table, side: str, strict: bool) -> ibis.Table:
    """The rows with the actor of one side; each spelling of an actor is looked up once."""
    key = f"{side}_key"
    parts = [rows[f"{side}_{part}"].fill_null("") for part in PARTS]
    rows = rows.mutate(**{key: ibis.literal("|").join(parts)})
    keys = rows.select(key).distinct().to_pyarrow()[key].to_pylist()
    found = {text: _meant(text, strict) for text in keys}
    known = roles.table(found, f"{key}_known", side)
    return rows.left_join(known, rows[key] == known[f"{key}_known"])


def _meant(key: str, strict: bool) -> roles.Meant:
    whole, entity, role, other = key.split("|", 3)
    # Where the coder could not cut an actor up, its first three letters may still be known.
    return roles.meant(entity or whole[:3], [role, *other.split(";")], EXTRA, strict)


def _reason(rows: ibis.Table) -> ibis.Value:
    shape_of = "fields: " + rows["fields"].cast("string") + ", expected "
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != rows["wanted"], shape_of + rows["wanted"].cast("string")),
        (rows["date"].isnull(), "unreadable date"),
        (rows["id"].fill_null("") == "", "no event id"),
        (rows["actor"].isnull(), rows["actor_reason"]),
        (rows["target"].isnull(), rows["target_reason"]),
        (rows["code"] == "", "no code"),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _told(rows: ibis.Table, off: frozenset[str]) -> ibis.Table:
    # Ids restart with a new version of the coder, so the day belongs to the key.
    key = SOURCE + ":" + rows["id"] + "@" + rows["day"]
    flag = rows["actor_flag"].coalesce(rows["target_flag"])
    rows = repeats.with_ids(rows.mutate(flags=flag), key)
    return mirrors.linked(rows, mirrors.CAMEO, ["day", "sentences"], off).mutate(
        source=ibis.literal(SOURCE),
        source_event_id=rows["id"],
        end_date=rows["date"],
        date_precision=ibis.literal("day"),
        n=ibis.literal(1),
        cluster=shape.cluster(rows),
        url=rows["urls"].split(";")[0].nullif(""),
        source_publisher=rows["publishers"].split(";")[0].nullif(""),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files; `n` is 1, the cluster is the day's root code.

    Publisher and address are those of the first report. Nothing is said of
    secrecy, audience or reliability.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
