"""`sources` says what the record has of each source, and how to get the rest."""

import realpolitik as rp
from realpolitik.sources import FOLDER


def held(lake):
    return {row["name"]: row["held"] for row in rp.sources(lake=lake).rows}


def test_what_ships_what_is_loaded_and_what_is_not_here(tmp_path):
    lake = str(tmp_path / "lake")
    before = held(lake)
    assert before["casebook"] == "ships: 734 rows of acts, 6 rows of versions"
    assert before["keds_gulf"] == "ships: 434,125 rows of tallies"
    assert before["gdelt_v2"] == "nothing yet: realpolitik fetch gdelt_v2"
    assert before["generic"] == "nothing yet: realpolitik ingest generic PATH"
    rp.ingest("cow_trade", FOLDER / "cow_trade" / "sample.csv", lake=lake)
    rp.ingest("keds_gulf", FOLDER / "keds_gulf" / "sample.dat", lake=lake)
    after = held(lake)
    assert after["cow_trade"] == "lake: 5 records, 1935-01-01 to 1995-12-31"
    assert after["keds_gulf"].startswith("lake: 5 acts, ")
    rest = {"cow_trade", "keds_gulf"}
    assert all(after[name] == before[name] for name in set(before) - rest)
