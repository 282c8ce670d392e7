"""The lines of GDELT exports as acts: one reader for both versions and for re-saved files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import engine, repeats, roles, shape
from realpolitik.sources.gdelt import actors, columns
from realpolitik.vocab import kinds

SYSTEM = "cameo"
ANNIVERSARY = "anniversary"
# Days before the day of adding that GDELT assigns to "last month", "last year", "ten years ago".
OLD_DAYS = (30, 365, 3650)
# Files up to this day were added years after the acts, at whatever distance.
BACKFILES = date(2013, 4, 1)
AGAIN = shape.REPEAT + ": the same event number again"
LATE_RULE, OLD_RULE, ZERO_RULE = "late", "anniversaries", "zeros"
RULES = {
    LATE_RULE: "A day after the day of adding, or yet to come, is refused.",
    OLD_RULE: "A day 30, 365 or 3650 days before the day of adding is flagged as an anniversary.",
    ZERO_RULE: "A code whose root has one digit lost a leading zero, and gets it back.",
    roles.RULE: roles.ABOUT,
    actors.PLACES_RULE: actors.PLACES,
    actors.NAMES_RULE: actors.NAMES,
    repeats.RULE: (
        "Rows of one day, both actors, code and story are one act; `reports` says how many. "
        "Where no story is given, day, actors and code suffice."
    ),
}
BLANKS = ("NA", "NaN", "nan", "None", "NULL", "null", "<NA>")


def marked(
    con: Backend, paths: Path | Sequence[Path], source: str, version: int, off: frozenset[str]
) -> ibis.Table:
    """Every line with what it becomes and `refused`; a header is no line of its own."""
    actors.tables(con)
    engine.put_codes(con, "gdelt_acts", SYSTEM)
    files = [_fields(con, path, version, off) for path in shape.paths_of(paths)]
    query = f"""
    WITH fields AS ({" UNION ALL ".join(files)}),
    dated AS (SELECT *, {_day("day")} AS date, {_day("left(added, 8)")} AS added_on FROM fields),
    who AS (SELECT r.*, k.label, k.root, k.kind, k.side, k.intensity,
        {actors.decided("actor", off)}, {actors.decided("target", off)}
        FROM dated r LEFT JOIN gdelt_acts k ON k.known_code = r.code
        {actors.joined("actor")} {actors.joined("target")}),
    judged AS (SELECT line, raw_line, id, try_cast(id AS BIGINT) AS number, date, actor, target,
        actor_native, target_native, code, label, root, kind, side, intensity, story,
        {_flags(off)} AS flags, {_reason(off)} AS refused FROM who),
    counted AS ({_counted(off)})
    SELECT {_columns(source)} FROM counted"""
    return engine.table(con, query)


def _fields(con: Backend, path: Path, version: int, off: frozenset[str]) -> str:
    form = columns.form(path, version)
    fields = ", ".join(f"{_field(name, form)} AS {name}" for name in columns.FIELDS)
    whole = " or ".join(str(width) for width in form.widths)
    widths = ", ".join(str(width) for width in form.widths)
    below = "WHERE line > 1" if form.resaved else ""
    return f"""
    SELECT * REPLACE (upper(place_1) AS place_1, upper(place_2) AS place_2,
            upper(place_3) AS place_3), {_code(off)} AS code,
        CASE WHEN trim(raw_line) = '' THEN 'empty line' WHEN width NOT IN ({widths})
            THEN 'fields: ' || width || ', expected {whole}' END AS broken
    FROM (SELECT line, raw_line, len(f) AS width, {fields}
        FROM (SELECT line, raw_line, {_cut(form)} AS f FROM ({engine.lines(con, path)}) {below}))"""


def _cut(form: columns.Form) -> str:
    whole = f"string_split(raw_line, '{form.delimiter}')"
    if not form.resaved:
        return whole
    pattern = f'(?:^|[{form.delimiter}])("(?:[^"]|"")*"|[^{form.delimiter}]*)'
    found = f"regexp_extract_all(raw_line, '{pattern}', 1)"
    return f"CASE WHEN contains(raw_line, '\"') THEN {found} ELSE {whole} END"


def _field(name: str, form: columns.Form) -> str:
    if name not in form.places:
        return "''"
    value = f"coalesce(trim(f[{form.places[name] + 1}]), '')"
    if not form.resaved:
        return value
    value = f"""trim(replace(regexp_replace({value}, '^"|"$', '', 'g'), '""', '"'))"""
    value = f"CASE WHEN {value} IN {BLANKS} THEN '' ELSE {value} END"
    numeric = name in ("id", "day", "added", "event_code", "event_root")
    return f"regexp_replace({value}, '\\.0+$', '')" if numeric else value


def _code(off: frozenset[str]) -> str:
    """The code; a root of one digit shows that a program read codes as numbers."""
    if ZERO_RULE in off:
        return "event_code"
    lost = "length(event_root) = 1 AND event_root > '0' AND starts_with(event_code, event_root)"
    return f"CASE WHEN {lost} THEN '0' || event_code ELSE event_code END"


def _day(digits: str) -> str:
    return f"""CASE WHEN length({digits}) = 8 AND try_cast({digits} AS INTEGER) > 0 THEN try_cast(
        {digits}[1:4] || '-' || {digits}[5:6] || '-' || {digits}[7:8] AS DATE) END"""


def _reason(off: frozenset[str]) -> str:
    today = date.today().isoformat()
    late = f"""WHEN date > added_on THEN 'date after the report'
        WHEN date > DATE '{today}' THEN 'date in the future'"""
    return f"""CASE WHEN broken IS NOT NULL THEN broken
        WHEN try_cast(id AS BIGINT) IS NULL OR NOT regexp_full_match(id, '[0-9]+')
            THEN 'no event number'
        WHEN date IS NULL THEN 'unreadable date'
        WHEN added <> '' AND added_on IS NULL THEN 'unreadable day of adding'
        {"" if LATE_RULE in off else late}
        WHEN actor_why IS NOT NULL THEN actor_why WHEN target_why IS NOT NULL THEN target_why
        WHEN code = '' THEN 'no code' WHEN kind IS NULL THEN 'code not in the vocabulary'
        WHEN actor = target THEN 'actor and target are one' END"""


def _flags(off: frozenset[str]) -> str:
    days = f"added_on >= DATE '{BACKFILES}' AND added_on - date IN {OLD_DAYS}"
    old = "NULL" if OLD_RULE in off else f"CASE WHEN {days} THEN '{ANNIVERSARY}' END"
    return f"nullif(concat_ws(';', {old}, coalesce(actor_flag, target_flag)), '')"


def _counted(off: frozenset[str]) -> str:
    """Copies of an act counted in one of them: the one of the lowest event number.

    Only the lines that may be acts are compared; that spares sorting the others.
    """
    same = "PARTITION BY date, actor_native, target_native, code, story ORDER BY number"
    whole = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    place = f"""CASE WHEN row_number() OVER ({same}) > 1 THEN '{shape.REPEAT}' END AS refused,
        sum(copies) OVER ({same} {whole}) AS reports"""
    if repeats.RULE in off:
        place = "NULL::VARCHAR AS refused, copies AS reports"
    return f"""
    WITH met AS (SELECT *, row_number() OVER (PARTITION BY number ORDER BY raw_line, line) AS copy,
        count(*) OVER (PARTITION BY number) AS copies
        FROM judged WHERE refused IS NULL)
    SELECT * EXCLUDE (copy, copies, refused), {place} FROM met WHERE copy = 1
    UNION ALL SELECT * EXCLUDE (copy, copies, refused), '{AGAIN}', NULL FROM met WHERE copy > 1
    UNION ALL SELECT * EXCLUDE (refused), refused, NULL FROM judged
        WHERE refused IS NOT NULL"""


def _columns(source: str) -> str:
    """The columns of the schema, in its order; those the source does not give are null."""
    version = kinds.map_version(shape.MAP)
    is_url = "(starts_with(story, 'http://') OR starts_with(story, 'https://'))"
    dyad = "actor || '|' || target || '|'"
    given = {
        **{n: n for n in ("date", "actor", "target", "actor_native", "target_native", "code",
                          "label", "root", "kind", "side", "intensity", "reports", "flags")},
        "act_id": f"'{source}:' || id", "source": f"'{source}'", "source_event_id": "id",
        "end_date": "date", "date_precision": "'day'", "code_system": f"'{SYSTEM}'",
        "map_version": f"'{version}'", "n": "1",
        "cluster": f"""CASE WHEN refused IS NOT NULL THEN NULL
            WHEN {is_url} THEN {dyad} || root || '|' || left(md5(story), 16)
            ELSE {dyad} || strftime(date, '%Y-%m-%d') || '|' || root END""",
        "url": f"CASE WHEN {is_url} THEN story END",
        "source_publisher": f"CASE WHEN story <> '' AND NOT {is_url} THEN story END",
    }  # fmt: skip
    return engine.marked_columns(given)
