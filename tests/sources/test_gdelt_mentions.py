"""Mentions: counted like acts, joined to them by number, never an act themselves."""

import ibis
import pytest

import realpolitik as rp
from realpolitik.sources.gdelt_mentions import mentions
from tests.sources import checks

NUMBERS = {
    "20150218230000.mentions.CSV": 8462,
    "20150218230000.translation.mentions.CSV": 2823,
    "20170101073000.mentions.CSV": 1983,
}


@pytest.fixture(scope="module")
def folder(shared_data):
    return shared_data / "events" / "gdelt_v2"


@pytest.mark.parametrize("name", NUMBERS)
def test_every_row_of_the_real_files_is_accounted_for(folder, name):
    found = checks.account("gdelt_mentions", folder / name)
    assert found["rows"] == NUMBERS[name] == len((folder / name).read_bytes().splitlines())
    assert found["refused"] == {}


def test_only_mentions_are_taken_for_mentions(folder):
    for path in folder.iterdir():
        assert bool(checks.sniffed("gdelt_mentions", path)) == ("mentions" in path.name), path


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_file_saved_anew_with_a_header(folder, tmp_path, delimiter):
    first = (folder / "20170101073000.mentions.CSV").read_text(encoding="utf-8").splitlines()[:50]
    plain, named = tmp_path / "plain.CSV", tmp_path / "named.csv"
    plain.write_text("\n".join(first) + "\n")
    rows = [mentions.COLUMNS, *(line.split("\t") for line in first)]
    quoted = [delimiter.join(f'"{field}"' for field in row) for row in rows]
    named.write_text("\n".join(quoted) + "\n")
    assert checks.sniffed("gdelt_mentions", named)
    con = ibis.duckdb.connect()
    one, two = (
        mentions.read(con, path).order_by("mention_id").to_pyarrow().to_pylist()
        for path in (plain, named)
    )
    assert one == two and len(one) == 49  # one is a repeat


def test_acts_say_how_often_they_were_mentioned(folder, tmp_path):
    lake = str(tmp_path / "lake")
    files = [folder / f"20150218230000.{kind}.CSV" for kind in ("export", "mentions")]
    told = {row["source"]: row for row in rp.ingest("auto", *files, lake=lake).rows}
    assert told["gdelt_mentions"]["rows"] == 8462
    assert (told["gdelt_mentions"]["start"], told["gdelt_mentions"]["end"]) == ("2015-02-18",) * 2
    assert not rp.verify(lake=lake).rows
    acts = rp.acts("USA", "IRQ", source="gdelt_v2", lake=lake).rows
    wanted = {act["source_event_id"] for act in acts}
    lines = [line.split("\t") for line in files[1].read_text(encoding="utf-8").splitlines()]
    own = {number: {(f[2], f[5], f[6]) for f in lines if f[0] == number} for number in wanted}
    by = {number: {f[4] for f in lines if f[0] == number} for number in wanted}
    assert acts and any(act["mentions"] > 1 for act in acts)
    for act in acts:
        number = act["source_event_id"]
        assert (act["mentions"], act["publishers"]) == (len(own[number]), len(by[number]))
        assert act["first_mention"] == "2015-02-18T23:00:00"
    rp.lake("rm", "gdelt_mentions", lake=lake)
    assert "mentions" not in rp.acts("USA", "IRQ", source="gdelt_v2", lake=lake).rows[0]


def test_a_lake_of_mentions_alone_answers_nothing_about_acts(folder, tmp_path):
    lake = str(tmp_path / "lake")
    rp.ingest("auto", folder / "20170101073000.mentions.CSV", lake=lake)
    assert {f.sources for f in rp.gap("USA", "IRN", lake=lake).findings} == {("keds_gulf",)}
    assert {row["source"] for row in rp.panel("USA", "IRN", lake=lake).rows} == {"keds_gulf"}
