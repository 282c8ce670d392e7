"""POLECAT: 40 tab-separated columns under a header, some files with stray tabs or header names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import raw, repeats, roles, shape
from realpolitik.sources.sniff import Head

SOURCE = "polecat"
SYSTEM = "plover"
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors",
    "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title",
    "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
USED = {
    "id": "Event ID", "day": "Event Date", "type": "Event Type", "mode": "Event Mode",
    "actor_native": "Actor Name", "actor_country": "Actor Country",
    "actor_sector": "Primary Actor Sector", "target_native": "Recipient Name",
    "target_country": "Recipient Country", "target_sector": "Primary Recipient Sector",
    "publisher": "Source",
}  # fmt: skip
# Countries come in ISO 3166 codes, which differ from CAMEO's in a few.
EXTRA = {"XKX": "XKX", "MNE": "MNE", "ROU": "ROU", "TLS": "TLS"}
# The files write None where a field is empty.
EMPTY = ["None", "none", "NA", "nan"]
SEVERAL = "several countries in one field: no one actor"
RULES = {repeats.RULE: repeats.ABOUT, roles.RULE: roles.ABOUT}


def sniff(head: Head) -> str | None:
    """Why the file is POLECAT, or None."""
    if not head.lines:
        return None
    names = [name.strip(' "') for name in head.lines[0].split("\t")]
    first = list(COLUMNS[:8])
    if names[: len(first)] == first and {"Recipient Name", "Wikipedia Actor ID"} <= set(names):
        return "tab-separated fields under a header that starts Event ID, Event Date, Event Type"
    return None


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row below the header with what it becomes and `refused`: null, or why it is no act."""
    rows = _fields(con, shape.paths_of(paths))
    rows = rows.mutate(date=shape.first_day(rows["day"].left(10)), code=_code(rows))
    for side in ("actor", "target"):
        rows = _resolved(rows, side, roles.RULE not in off)
    rows = shape.coded(rows, SYSTEM)
    rows = repeats.collapsed(rows.mutate(refused=_reason(rows)), ["rest"], off)
    return shape.held(con, _told(rows))


def _fields(con: Backend, paths: Sequence[Path]) -> ibis.Table:
    """The fields that are used, by place: some headers hold names that no row has a field for."""
    rows = ibis.union(*(_below_header(con, path) for path in paths), distinct=False)
    line = rows["raw_line"]
    # Stray tabs at the end of a row make fields that are all empty.
    stray = line.re_extract(r"(\t*)\s*$", 1).length()
    cut = line.split("\t")
    fields = cut.length()
    wanted = ibis.literal(len(COLUMNS))
    found = {ours: _bare(cut[COLUMNS.index(theirs)]) for ours, theirs in USED.items()}
    return rows.select(
        "line",
        raw_line=line.left(raw.KEPT),
        fields=ibis.greatest(fields - stray, ibis.least(fields, wanted)),
        rest=line.re_replace(r"^[^\t]*\t|\t+\s*$", "").hexdigest("md5"),
        **found,
    )


def _below_header(con: Backend, path: Path) -> ibis.Table:
    rows = raw.lines(con, [path])
    return rows.filter(rows["line"] > 1)


def _bare(field: ibis.Value) -> ibis.Value:
    """A field without the quotes around it; empty where the file says None."""
    quoted = field.startswith('"') & field.endswith('"') & (field.length() > 1)
    inner = field.substr(1, field.length() - 2).replace('""', '"')
    bare = ibis.ifelse(quoted, inner, field).strip()
    return ibis.ifelse(bare.isin(EMPTY), "", bare)


def _code(rows: ibis.Table) -> ibis.Value:
    mode = rows["mode"].lower().replace("sideab", "sideAB")
    return rows["type"].upper() + ibis.ifelse(mode == "", "", "-" + mode)


def _resolved(rows: ibis.Table, side: str, strict: bool) -> ibis.Table:
    """The rows with the actor of one side; each pair of country and sector is looked up once."""
    key = f"{side}_key"
    country, sector = rows[f"{side}_country"], rows[f"{side}_sector"]
    rows = rows.mutate(**{key: country.fill_null("") + "|" + sector.fill_null("")})
    keys = rows.select(key).distinct().to_pyarrow()[key].to_pylist()
    found = {text: _meant(text, strict) for text in keys}
    known = roles.table(found, f"{key}_known", side)
    return rows.left_join(known, rows[key] == known[f"{key}_known"])


def _meant(key: str, strict: bool) -> roles.Meant:
    country, sector = key.split("|", 1)
    if ";" in country:
        return roles.Meant(None, SEVERAL)
    return roles.meant(country, [sector], EXTRA, strict)


def _reason(rows: ibis.Table) -> ibis.Value:
    told = "fields: " + rows["fields"].cast("string") + f", expected {len(COLUMNS)}"
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != len(COLUMNS), told),
        (rows["date"].isnull(), "unreadable date"),
        (rows["id"] == "", "no event id"),
        (rows["actor"].isnull(), rows["actor_reason"]),
        (rows["target"].isnull(), rows["target_reason"]),
        (rows["type"] == "", "no code"),
        (rows["kind"].isnull(), "code not in the vocabulary"),
        (rows["actor"] == rows["target"], "actor and target are one"),
    )


def _told(rows: ibis.Table) -> ibis.Table:
    key = SOURCE + ":" + rows["id"] + "@" + rows["date"].strftime("%Y-%m-%d")
    return repeats.with_ids(rows, key).mutate(
        source=ibis.literal(SOURCE),
        source_event_id=rows["id"],
        end_date=rows["date"],
        date_precision=ibis.literal("day"),
        n=ibis.literal(1),
        flags=rows["actor_flag"].coalesce(rows["target_flag"]),
        cluster=shape.cluster(rows),
        source_publisher=rows["publisher"].nullif(""),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files; `n` is 1, the cluster is the day's event type.

    The code is the type, joined by a hyphen to the mode where there is one.
    Nothing is said of secrecy, audience or reliability.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many rows make no act, by reason."""
    return shape.refusals(marked(con, paths))
