"""The lines of GDELT exports as acts: one reader for both versions and for re-saved files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import engine, raw, repeats, roles, shape
from realpolitik.sources.gdelt import actors, columns, padding
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


def streamed(
    con: Backend, paths: Path | Sequence[Path], source: str, version: int, refuse: engine.Refuse,
    off: frozenset[str],
) -> str:  # fmt: skip
    """A table of the lines that may be acts, with what they become; all others go to `refuse`.

    A header is no line of its own.
    """
    actors.tables(con)
    engine.put_codes(con, "gdelt_acts", SYSTEM)
    kept = ibis.util.gen_name("kept")
    for path in shape.paths_of(paths):
        form = columns.form(path, version)
        for lines in engine.groups(raw.numbered([path], always=True)):
            padded = any(map(padding.found, lines["raw_line"].chunks))
            engine.judge(con, lines, _judged(form, off, padded), kept, refuse)
    return engine.made(con, f"SELECT {_columns(source)} FROM ({_counted(kept, off)})")


def marked(
    con: Backend, paths: Path | Sequence[Path], source: str, version: int, off: frozenset[str]
) -> ibis.Table:
    """Every line with what it becomes and `refused`; a header is no line of its own."""
    name = ibis.util.gen_name("refused")
    engine.append(con, name, engine.REFUSED.empty_table())
    acts = streamed(con, paths, source, version, partial(engine.append, con, name), off)
    no_acts = f'SELECT {engine.marked_columns({})} FROM "{name}"'
    return engine.table(con, f'FROM "{acts}" UNION ALL {no_acts}')


def _judged(form: columns.Form, off: frozenset[str], padded: bool) -> str:
    """A query for what each line of a block says, and why it is no act, if it is none."""
    return f"""
    WITH fields AS ({_fields(form, off, padded)}),
    dated AS (SELECT *, {_day("day")} AS date, {_day("added_day")} AS added_on FROM (
        SELECT *, try_cast(day AS INTEGER) AS day_number, left(added, 8) AS added_day,
            try_cast(left(added, 8) AS INTEGER) AS added_day_number FROM fields)),
    who AS (SELECT r.*, k.kind,
        {actors.decided("actor", off)}, {actors.decided("target", off)}
        FROM dated r LEFT JOIN gdelt_acts k ON k.known_code = r.code
        {actors.joined("actor")} {actors.joined("target")})
    SELECT line, id, number, date, actor, target, actor_native, target_native, code, story,
        {_is_old(off)} AS is_old,
        coalesce(actor_flag, target_flag) AS agent, {_reason(off)} AS refused FROM who"""


def _fields(form: columns.Form, off: frozenset[str], padded: bool) -> str:
    fields = ", ".join(f"{_field(name, form)} AS {name}" for name in columns.FIELDS)
    whole = " or ".join(str(width) for width in form.widths)
    widths = ", ".join(str(width) for width in form.widths)
    below = "WHERE line > 1" if form.resaved else ""
    line = padding.cleared("raw_line") if padded and not form.resaved else "raw_line"
    is_empty = "trim(raw_line) = ''" if form.resaved else "raw_line = ''"
    return f"""
    SELECT *, try_cast(id AS BIGINT) AS number, {_code(off)} AS code,
        CASE WHEN is_empty THEN 'empty line' WHEN width NOT IN ({widths})
            THEN 'fields: ' || width || ', expected {whole}' END AS broken
    FROM (SELECT line, is_empty, len(f) AS width, {fields}
        FROM (SELECT line, {_cut(form)} AS f, {is_empty} AS is_empty
            FROM (SELECT line, {line} AS raw_line FROM {engine.BLOCK_VIEW} {below})))"""


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
    value = f"f[{form.places[name] + 1}]"
    if form.places[name] >= min(form.widths):
        value = f"coalesce({value}, '')"
    if not form.resaved:
        return value
    value = f"""trim(replace(regexp_replace(trim({value}), '^"|"$', '', 'g'), '""', '"'))"""
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
    """The day of eight digits; reading one as a number is cheaper than building a text of it."""
    number = f"{digits}_number"
    text = f"{digits}[1:4] || '-' || {digits}[5:6] || '-' || {digits}[7:8]"
    year, month, day = f"{number} // 10000", f"{number} // 100 % 100", f"{number} % 100"
    return f"""CASE WHEN strlen({digits}) <> 8 OR {number} IS NULL OR {number} <= 0 THEN NULL
        WHEN {number} > 10000000 AND {month} BETWEEN 1 AND 12 AND {day} BETWEEN 1 AND 28
            THEN make_date({year}, {month}, {day})
        ELSE try_cast({text} AS DATE) END"""


def _reason(off: frozenset[str]) -> str:
    today = date.today().isoformat()
    late = f"""WHEN date > added_on THEN 'date after the report'
        WHEN date > DATE '{today}' THEN 'date in the future'"""
    # A number that is written as the engine writes it needs no second look.
    return f"""CASE WHEN broken IS NOT NULL THEN broken
        WHEN number IS NULL OR (CAST(number AS VARCHAR) <> id
            AND NOT regexp_full_match(id, '[0-9]+')) OR number < 0 THEN 'no event number'
        WHEN date IS NULL THEN 'unreadable date'
        WHEN added <> '' AND added_on IS NULL THEN 'unreadable day of adding'
        {"" if LATE_RULE in off else late}
        WHEN actor_why IS NOT NULL THEN actor_why WHEN target_why IS NOT NULL THEN target_why
        WHEN code = '' THEN 'no code' WHEN kind IS NULL THEN 'code not in the vocabulary'
        WHEN actor = target THEN 'actor and target are one' END"""


def _is_old(off: frozenset[str]) -> str:
    days = f"added_on >= DATE '{BACKFILES}' AND added_on - date IN {OLD_DAYS}"
    return "FALSE" if OLD_RULE in off else days


def _counted(kept: str, off: frozenset[str]) -> str:
    """Copies of an act counted in one of them: the one of the lowest event number.

    Told by the few columns that decide it; what else the lines say is joined to the outcome.
    """
    firsts = """SELECT min(number) AS number, sum(copies) AS reports FROM once
        GROUP BY date, actor_native, target_native, code, story"""
    if repeats.RULE in off:
        firsts = "SELECT number, copies AS reports FROM once"
    return f"""
    WITH numbers AS (SELECT number, count(*) AS copies FROM "{kept}" GROUP BY number),
    -- Which of several lines of one number stands does not depend on their order in the file.
    spare AS (SELECT place FROM (SELECT rowid AS place, row_number() OVER (
            PARTITION BY number ORDER BY raw_line, line) AS copy
        FROM "{kept}" WHERE number IN (SELECT number FROM numbers WHERE copies > 1)) WHERE copy > 1),
    once AS (SELECT t.* EXCLUDE (raw_line), copies FROM "{kept}" t JOIN numbers USING (number)
        WHERE t.rowid NOT IN (SELECT place FROM spare)),
    firsts AS ({firsts})
    SELECT t.*, k.* EXCLUDE (known_code), CASE WHEN s.place IS NOT NULL THEN '{AGAIN}'
            WHEN f.number IS NULL THEN '{shape.REPEAT}' END AS refused,
        CASE WHEN s.place IS NULL THEN f.reports END AS reports
    FROM "{kept}" t LEFT JOIN firsts f ON f.number = t.number
    LEFT JOIN spare s ON s.place = t.rowid
    LEFT JOIN gdelt_acts k ON k.known_code = t.code"""


def _columns(source: str) -> str:
    """The columns of the schema, in its order; those the source does not give are null."""
    version = kinds.map_version(shape.MAP)
    is_url = "(starts_with(story, 'http://') OR starts_with(story, 'https://'))"
    dyad = "actor || '|' || target || '|'"
    given = {
        **{n: n for n in ("date", "actor", "target", "actor_native", "target_native", "code",
                          "label", "root", "kind", "side", "intensity", "reports")},
        "act_id": f"'{source}:' || id", "source": f"'{source}'", "source_event_id": "id",
        "end_date": "date", "date_precision": "'day'", "code_system": f"'{SYSTEM}'",
        "map_version": f"'{version}'", "n": "1",
        "flags": f"nullif(concat_ws(';', CASE WHEN is_old THEN '{ANNIVERSARY}' END, agent), '')",
        "cluster": f"""CASE WHEN refused IS NOT NULL THEN NULL
            WHEN {is_url} THEN {dyad} || root || '|' || left(md5(story), 16)
            ELSE {dyad} || strftime(date, '%Y-%m-%d') || '|' || root END""",
        "url": f"CASE WHEN {is_url} THEN story END",
        "source_publisher": f"CASE WHEN story <> '' AND NOT {is_url} THEN story END",
    }  # fmt: skip
    return engine.marked_columns(given)
