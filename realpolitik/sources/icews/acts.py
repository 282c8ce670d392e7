"""ICEWS coded events: 20 tab-separated fields under a header, `Event ID`, `Event Date` and on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.errors import CorruptFile
from realpolitik.sources import engine, mirrors, repeats, roles, shape
from realpolitik.sources.icews import actors
from realpolitik.sources.sniff import Head
from realpolitik.vocab import kinds

SOURCE = "icews"
SYSTEM = "cameo"
VERSION = "1"
AGAIN = shape.REPEAT + ": the same event number and day again"
RULES = {
    roles.RULE: actors.ABOUT,
    mirrors.RULE: mirrors.ABOUT,
    repeats.RULE: (
        "Rows of one day, source, target, code, story and sentence are one act; `reports` says "
        "how many."
    ),
}
FIELDS = {
    "id": "Event ID", "day": "Event Date", "actor_native": "Source Name",
    "actor_sectors": "Source Sectors", "actor_country": "Source Country", "code": "CAMEO Code",
    "points": "Intensity", "target_native": "Target Name", "target_sectors": "Target Sectors",
    "target_country": "Target Country", "story": "Story ID", "sentence": "Sentence Number",
    "publisher": "Publisher",
}  # fmt: skip
START = ["Event ID", "Event Date", "Source Name"]
FIRST_BYTES = 64 * 1024


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every line below the header with what it becomes, and `refused`: null, or why it is no act.

    Rules named in `off` are not applied. Raises CorruptFile for a file of another form.
    """
    return engine.table(con, f'FROM "{streamed(con, paths, engine.nowhere, off)}"')


def streamed(
    con: Backend,
    paths: Path | Sequence[Path],
    refuse: engine.Refuse,
    off: frozenset[str] = frozenset(),
) -> str:
    """A table of the same; nothing is handed to `refuse`."""
    actors.tables(con)
    engine.put_codes(con, "icews_acts", SYSTEM)
    files = [_fields(con, path) for path in shape.paths_of(paths)]
    query = f"""
    WITH fields AS ({" UNION ALL ".join(files)}),
    dated AS (SELECT *, {_day()} AS date FROM fields),
    who AS (SELECT r.*, k.label, k.root, k.kind, k.side,
        coalesce(try_cast(r.points AS DOUBLE), k.intensity) AS intensity,
        {actors.decided("actor", off)}, {actors.decided("target", off)}
        FROM dated r LEFT JOIN icews_acts k ON k.known_code = r.code
        {actors.joined("actor")} {actors.joined("target")}),
    judged AS (SELECT * EXCLUDE (day, points, actor_why, target_why, actor_flag, target_flag),
        '{SOURCE}:' || id || ':' || strftime(date, '%Y-%m-%d') AS act_id,
        coalesce(actor_flag, target_flag) AS agent, {_reason()} AS refused FROM who),
    counted AS ({_counted(off)})
    SELECT {_columns(off)} FROM counted"""
    return engine.made(con, query)


def _fields(con: Backend, path: Path) -> str:
    names = _header(path)
    fields = ", ".join(
        f"coalesce(nullif(trim(f[{names.index(published) + 1}]), 'NA'), '') AS {name}"
        for name, published in FIELDS.items()
    )
    return f"""
    SELECT line, raw_line, {fields}, CASE WHEN trim(raw_line) = '' THEN 'empty line'
        WHEN len(f) <> {len(names)} THEN 'fields: ' || len(f) || ', expected {len(names)}'
        END AS broken
    FROM (SELECT line, raw_line, string_split(raw_line, '\t') AS f
        FROM ({engine.lines(con, path)}) WHERE line > 1)"""


def _header(path: Path) -> list[str]:
    """The names of the columns. Raises CorruptFile where one that is needed is not among them."""
    try:
        with path.open("rb") as file:
            first = file.read(FIRST_BYTES).decode("utf-8-sig", "replace")
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(path), found, "an ICEWS file", "Check the path.") from error
    names = [name.strip().strip('"') for name in first.splitlines()[0].split("\t")] if first else []
    missing = [name for name in FIELDS.values() if name not in names]
    if missing:
        found = f"no column {missing[0]!r} in the first line"
        raise CorruptFile(str(path), found, "the header of an ICEWS file", "Fetch it again.")
    return names


def _day() -> str:
    """Days are written 2017-12-01, in the yearly file of 2017 12/1/2017."""
    return """CASE WHEN regexp_full_match(day, '\\d{4}-\\d{2}-\\d{2}') THEN try_cast(day AS DATE)
        WHEN contains(day, '/') THEN CAST(try_strptime(day, '%m/%d/%Y') AS DATE) END"""


def _reason() -> str:
    return f"""CASE WHEN broken IS NOT NULL THEN broken
        WHEN NOT regexp_full_match(id, '[0-9]+') THEN 'no event number'
        WHEN date IS NULL THEN 'unreadable date'
        WHEN date > DATE '{date.today().isoformat()}' THEN 'date in the future'
        WHEN actor_why IS NOT NULL THEN actor_why WHEN target_why IS NOT NULL THEN target_why
        WHEN code = '' THEN 'no code' WHEN kind IS NULL THEN 'code not in the vocabulary'
        WHEN actor = target THEN 'actor and target are one' END"""


def _counted(off: frozenset[str]) -> str:
    """Copies counted in the one of the lowest number, then the two sides of a meeting joined."""
    same = """PARTITION BY date, actor_native, target_native, code, story, sentence
        ORDER BY try_cast(id AS HUGEINT), id"""
    whole = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    place = f"row_number() OVER ({same}) AS place, sum(copies) OVER ({same} {whole}) AS reports"
    if repeats.RULE in off:
        place = "1 AS place, copies AS reports"
    nulls = "NULL::BIGINT AS reports, NULL::VARCHAR AS mirror, NULL::BIGINT AS sides, NULL, NULL"
    return f"""
    WITH met AS (SELECT *, row_number() OVER (PARTITION BY id, date ORDER BY raw_line, line) AS copy,
        count(*) OVER (PARTITION BY id, date) AS copies FROM judged WHERE refused IS NULL),
    told AS (SELECT * EXCLUDE (copy, copies), {place} FROM met WHERE copy = 1),
    paired AS (SELECT * EXCLUDE (place), {_mirror()} AS mirror FROM told WHERE place = 1)
    SELECT *, count(*) OVER pair AS sides, min(act_id) OVER pair AS one, max(act_id) OVER pair AS two
        FROM paired WINDOW pair AS (PARTITION BY mirror)
    UNION ALL SELECT * EXCLUDE (copy, copies, refused), '{AGAIN}', {nulls} FROM met WHERE copy > 1
    UNION ALL SELECT * EXCLUDE (place, reports, refused), '{shape.REPEAT}', {nulls}
        FROM told WHERE place > 1
    UNION ALL SELECT * EXCLUDE (refused), refused, {nulls} FROM judged
        WHERE refused IS NOT NULL"""


def _mirror() -> str:
    """What the two rows of one meeting share and no other row has."""
    spot = "date || '|' || story || '|' || sentence || '|'"
    return f"""CASE WHEN code = '042' THEN {spot} || actor_native || '|' || target_native
        WHEN code = '043' THEN {spot} || target_native || '|' || actor_native
        WHEN code IN {mirrors.CAMEO.mutual} THEN {spot} || code || '|' || least(actor_native, target_native)
            || '|' || greatest(actor_native, target_native)
        ELSE act_id END"""


def _columns(off: frozenset[str]) -> str:
    pair = "FALSE" if mirrors.RULE in off else "sides = 2"
    dyad = "actor || '|' || target || '|'"
    same = ("act_id", "date", "actor", "target", "actor_native", "target_native", "code", "label",
            "root", "kind", "side", "intensity", "reports")  # fmt: skip
    given = {
        **{name: name for name in same},
        "source": f"'{SOURCE}'", "source_event_id": "id", "end_date": "date",
        "date_precision": "'day'", "code_system": f"'{SYSTEM}'", "n": "1",
        "map_version": f"'{kinds.map_version(shape.MAP)}'",
        "cluster": f"""CASE WHEN refused IS NOT NULL THEN NULL
            WHEN story <> '' THEN {dyad} || root || '|' || story
            ELSE {dyad} || strftime(date, '%Y-%m-%d') || '|' || root END""",
        "flags": f"nullif(concat_ws(';', CASE WHEN {pair} THEN '{mirrors.FLAG}' END, agent), '')",
        "related": f"CASE WHEN {pair} THEN CASE WHEN act_id = one THEN two ELSE one END END",
        "source_publisher": "nullif(publisher, '')",
    }  # fmt: skip
    return engine.marked_columns(given)


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The acts of the files, each of `n` 1; the cluster is the story with dyad and root code.

    Sentences of one story stay acts of their own within its cluster. The
    intensity is the row's own. Nothing is said of secrecy, audience or reliability.
    """
    return shape.accepted(marked(con, paths))


def refusals(con: Backend, paths: Path | Sequence[Path]) -> dict[str, int]:
    """How many lines make no act of their own, by reason."""
    return shape.refusals(marked(con, paths))


def sniff(head: Head) -> str | None:
    """Why a file is one of ICEWS, from its content; None for any other."""
    if not head.lines:
        return None
    names = [name.strip().strip('"') for name in head.lines[0].split("\t")]
    if names[:3] != START or any(name not in names for name in FIELDS.values()):
        return None
    return f"{len(names)} tab-separated fields under a header that starts {', '.join(START)}"
