"""Tallies: planted sums, and the shipped ones against a count without any engine."""

import collections
import datetime as dt
import hashlib

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from realpolitik.constants import TALLY_ACTS
from realpolitik.schema.fit import fit
from realpolitik.schema.table import load
from realpolitik.sources import card, tallies
from realpolitik.sources.keds_gulf import build
from realpolitik.vocab import kinds
from realpolitik.vocab.crosswalk import native_codes

ACTS = pa.schema([
    ("source", pa.string()), ("date", pa.date32()), ("actor", pa.string()), ("target", pa.string()),
    ("code", pa.string()), ("code_system", pa.string()), ("cluster", pa.string()), ("n", pa.int64()),
])  # fmt: skip
DAY = dt.date(1980, 3, 31)
KIND_SIDE = {
    "praise": ("word", "cooperation"), "blame": ("word", "conflict"), "remark": ("word", "neutral"),
    "meet": ("contact", "cooperation"), "aid": ("deed", "cooperation"),
}  # fmt: skip


def act(code, cluster, *, day=DAY, actor="USA", target="IRN", n=1, source="s"):
    return {
        "source": source, "date": day, "actor": actor, "target": target, "code": code,
        "code_system": "weis", "cluster": cluster, "n": n,
    }  # fmt: skip


def acts_of(*rows):
    return ibis.memtable(pa.Table.from_pylist(list(rows), schema=ACTS))


@pytest.fixture
def planted():
    rows = [
        kinds.MapRow("m", "weis", code, kind, side, "planted")
        for code, (kind, side) in KIND_SIDE.items()
    ]
    return ibis.memtable(tallies.map_table("m", rows))


def tallied(planted, *rows):
    found = tallies.tally(acts_of(*rows), planted)
    fit(found, "tallies")
    cells = found.to_pyarrow().to_pylist()
    return {(row["actor"], row["month"].isoformat(), row["kind"]): row for row in cells}


def sums(row):
    names = ("cooperation", "conflict", "neutral", "clusters", "sum_n", "sum_c", "sum_nn", "sum_cn")
    return tuple(row[name] for name in (*names, "sum_cc"))


def test_sums_over_clusters_by_hand(planted):
    # Words: cluster a has n=3, c=2; b has n=1, c=0; c is neutral only. Deeds: a has n=1, c=1.
    found = tallied(
        planted,
        act("praise", "a"), act("praise", "a"), act("blame", "a"), act("remark", "a"),
        act("blame", "b"), act("remark", "c"), act("aid", "a"), act("meet", "a"),
    )  # fmt: skip
    assert len(found) == 3
    assert sums(found["USA", "1980-03-01", "word"]) == (2, 2, 2, 2, 4, 2, 10, 6, 4)
    assert sums(found["USA", "1980-03-01", "deed"]) == (1, 0, 0, 1, 1, 1, 1, 1, 1)
    assert sums(found["USA", "1980-03-01", "contact"]) == (1, 0, 0, 1, 1, 1, 1, 1, 1)


def test_a_cell_of_neutral_acts_has_no_cluster(planted):
    found = tallied(planted, act("remark", "a"), act("remark", "a"))
    assert sums(found["USA", "1980-03-01", "word"]) == (0, 0, 2, 0, 0, 0, 0, 0, 0)


def test_a_row_that_stands_for_several_acts_counts_as_many(planted):
    found = tallied(planted, act("praise", "a", n=3), act("blame", "a", n=2))
    assert sums(found["USA", "1980-03-01", "word"]) == (3, 2, 0, 1, 5, 3, 25, 15, 9)


def test_months_directions_and_sources_stay_apart(planted):
    found = tallied(
        planted,
        act("praise", "a"), act("praise", "a", day=dt.date(1980, 4, 1)),
        act("praise", "a", actor="IRN", target="USA"),
    )  # fmt: skip
    assert {key[:2] for key in found} == {
        ("USA", "1980-03-01"), ("USA", "1980-04-01"), ("IRN", "1980-03-01"),
    }  # fmt: skip
    both = tallies.tally(acts_of(act("aid", "a"), act("aid", "a", source="t")), planted)
    assert both.count().to_pyarrow().as_py() == 2


def test_an_unmapped_code_is_seen(planted):
    rows = acts_of(act("praise", "a"), act("unheard", "a"))
    assert tallies.unmapped(rows, planted.to_pyarrow()) == {"m": 1}
    with pytest.raises(ValueError, match="lacks the codes of 1 acts"):
        tallies.build(acts_of(act("unheard", "a")), least=1)


def test_the_threshold_counts_all_kinds_of_one_direction():
    rows = [act("remark", f"{i}") for i in range(3)] + [act("aid", "x"), act("meet", "y")]
    back = [act("aid", f"{i}", actor="IRN", target="USA") for i in range(4)]
    kept = tallies.frequent(acts_of(*rows, *back), least=5).to_pyarrow().to_pylist()
    assert {(row["actor"], row["target"]) for row in kept} == {("USA", "IRN")}
    assert len(kept) == 5
    thick = acts_of(act("aid", "a", n=5), act("aid", "a", actor="IRN", target="USA", n=4))
    assert tallies.frequent(thick, least=5).count().to_pyarrow().as_py() == 1


def test_build_has_every_variant_and_moves_contacts():
    rows = acts_of(act("031", "a"), act("042", "b"), act("223", "c"))
    found = tallies.build(rows, least=1).to_pyarrow().to_pylist()
    assert {row["map"] for row in found} == set(kinds.variants())
    totals = collections.Counter()
    for row in found:
        totals[row["map"], row["kind"]] += row["cooperation"] + row["conflict"] + row["neutral"]
    assert totals["realpolitik", "contact"] == 1
    assert totals["realpolitik+contacts=words", "word"] == 2
    assert totals["realpolitik+contacts=deeds", "deed"] == 2
    assert {kind for name, kind in totals if name != "realpolitik"} == {"word", "deed"}


@pytest.mark.parametrize(
    "dialect", ["duckdb", "sqlite", "postgres", "bigquery", "clickhouse", "trino", "snowflake"]
)
def test_tally_compiles_for_every_engine(dialect):
    rows = ibis.table(ibis.schema(ACTS), name="acts")
    mapped = ibis.table(
        dict.fromkeys(("map", "system", "mapped_code", "kind", "side"), "string"), name="m"
    )
    sql = ibis.to_sql(tallies.tally(rows, mapped), dialect=dialect)
    assert "GROUP BY" in sql


# The shipped tallies.


def shipped():
    [file] = card("keds_gulf").bundled
    return card("keds_gulf").folder / file.file


def rows_of(table):
    columns = [table[name].to_pylist() for name in load("tallies").names]
    return set(zip(*columns, strict=True))


def test_shipped_tallies_fit_and_hold_their_identities():
    rows = tallies.read(ibis.duckdb.connect(), shipped())
    fit(rows, "tallies")
    wrong = rows.filter(
        (rows.sum_n != rows.cooperation + rows.conflict)
        | (rows.sum_c != rows.cooperation)
        | (rows.sum_cc > rows.sum_cn)
        | (rows.sum_cn > rows.sum_nn)
        | (rows.sum_nn < rows.sum_n)
        | (rows.clusters > rows.sum_n)
        | (rows.sum_n * rows.sum_n > rows.clusters * rows.sum_nn)
        | (rows.cooperation + rows.conflict + rows.neutral == 0)
        | (rows.actor == rows.target)
    )
    assert wrong.count().to_pyarrow().as_py() == 0


def test_every_variant_holds_the_same_acts():
    rows = tallies.read(ibis.duckdb.connect(), shipped())
    total = (rows.cooperation + rows.conflict + rows.neutral).sum()
    totals = rows.group_by("map").aggregate(total=total).to_pyarrow().to_pydict()
    assert set(totals["map"]) == set(kinds.variants())
    assert len(set(totals["total"])) == 1


def test_the_shipped_file_is_small():
    assert shipped().stat().st_size < 3_000_000


@pytest.fixture(scope="module")
def gulf(shared_data):
    return shared_data / "events" / "keds_gulf" / "Gulf99all.dat"


@pytest.mark.slow
def test_rebuilding_gives_the_shipped_rows_and_the_same_bytes_twice(gulf, tmp_path):
    tables = [build.rows(ibis.duckdb.connect(threads=threads), gulf) for threads in (1, 4)]
    for number, table in enumerate(tables):
        build.write(table, tmp_path / f"{number}.parquet")
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in tmp_path.iterdir()}
    assert len(digests) == 1
    assert len(tables[0]) == pq.read_metadata(shipped()).num_rows
    assert rows_of(tables[0]) == rows_of(pq.read_table(shipped()))


@pytest.mark.slow
def test_shipped_tallies_equal_a_count_without_an_engine(gulf):
    found = list(counted(gulf))
    assert len(found) == pq.read_metadata(shipped()).num_rows
    assert rows_of(pq.read_table(shipped())) == set(found)


def counted(path):
    """The tallies, counted with dictionaries; shares no code with the sources."""
    acts = list(acts_in(path))
    per_dyad = collections.Counter((actor, target) for _, actor, target, _ in acts)
    acts = [act for act in acts if per_dyad[act[1], act[2]] >= TALLY_ACTS]
    for variant in kinds.variants():
        place = {
            row.code: (row.kind, row.side)
            for row in kinds.map_rows(variant)
            if row.system == "weis"
        }
        yield from cells(acts, place, variant)


def acts_in(path):
    spans = collections.defaultdict(list)
    for native in native_codes("keds"):
        spans[native.native].append(
            (native.start or dt.date.min, native.end or dt.date.max, native.code)
        )
    known = {code.code for code in kinds.codes("weis")}
    for line in dict.fromkeys(path.read_text(encoding="ascii").split("\n")):
        day, rest = line[:6], line[8:]
        code = line[24:27].strip()
        if not line.strip() or code not in known:
            continue
        date = dt.date(1900 + int(day[:2]), int(day[2:4]), int(day[4:]))
        actor, target = (
            next((code for start, end, code in spans[name] if start <= date <= end), None)
            for name in (rest[:8].strip(), rest[8:16].strip())
        )
        if actor and target and actor != target:
            yield date, actor, target, code


def cells(acts, place, variant):
    clusters = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0, 0]))
    at = {"cooperation": 0, "conflict": 1, "neutral": 2}
    for date, actor, target, code in acts:
        kind, side = place[code]
        cell = clusters[date.replace(day=1), actor, target, kind]
        cell[date, code[:2]][at[side]] += 1
    for (month, actor, target, kind), sides in clusters.items():
        c = [side[0] for side in sides.values()]
        n = [side[0] + side[1] for side in sides.values()]
        yield (
            "keds_gulf", variant, month, actor, target, kind,
            sum(c), sum(n) - sum(c), sum(side[2] for side in sides.values()),
            sum(1 for one in n if one), sum(n), sum(c),
            sum(one * one for one in n), sum(x * y for x, y in zip(c, n, strict=True)),
            sum(one * one for one in c),
        )  # fmt: skip
