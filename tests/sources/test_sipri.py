"""Arms delivered: preamble, stray semicolons and asterisks minded, every line accounted for."""

import datetime as dt

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import shape
from realpolitik.sources.sipri import acts
from tests.sources import checks


@pytest.fixture(scope="module")
def real(shared_data):
    return shared_data / "states" / "arms" / "trade_register.csv"


def test_every_line_is_accounted_for(real):
    found = checks.account("sipri", real)
    lines = real.read_bytes().split(b"\r\n")
    assert found["rows"] == len([*lines[:-1], *filter(None, lines[-1:])]) == 25036
    assert (found["acts"], found["repeats"]) == (24728, 0)
    assert found["refused"]["preamble"] == 11
    assert found["refused"]["unknown supplier(s): the publisher does not know who"] == 194
    assert not [why for why in found["refused"] if "not in the vocabulary" in why]


def test_known_dyads(real):
    rows = acts.read(ibis.duckdb.connect(), real)
    pairs = rows.group_by(["actor", "target"]).aggregate(n=rows.count()).to_pyarrow().to_pylist()
    found = {(row["actor"], row["target"]): row["n"] for row in pairs}
    to_iran = {actor: n for (actor, target), n in found.items() if target == "IRN"}
    from_iran = {target: n for (actor, target), n in found.items() if actor == "IRN"}
    assert (to_iran["RUS"], to_iran["CHN"], to_iran["PRK"], to_iran.get("USA")) == (141, 125, 13, None)  # fmt: skip
    assert [from_iran[one] for one in ("HZB", "YEM/HOU", "SYR", "RUS")] == [30, 24, 20, 6]


def test_dates_are_whole_years_and_never_days(real):
    rows = acts.read(ibis.duckdb.connect(), real)
    days = rows.select("date", "end_date", "date_precision").distinct().to_pyarrow().to_pylist()
    for row in days:
        assert row["date_precision"] == "year"
        assert row["end_date"] == dt.date(row["date"].year, 12, 31)
        assert row["date"].timetuple().tm_yday == 1


def test_order_of_lines_does_not_matter(tmp_path):
    sample = acts.Path(acts.__file__).with_name("sample.csv")
    checks.same_in_any_order("sipri", sample, tmp_path, header=4, end="\r\n")


def test_recognised_by_its_header(real, shared_data):
    assert checks.sniffed("sipri", real)
    others = [p for p in (shared_data / "states").rglob("*") if p.is_file() and p != real]
    assert not [p for p in [*others, *checks.real_files(shared_data)] if checks.sniffed("sipri", p)]


def test_a_file_without_the_header_is_named(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("Supplier,Recipient\n")
    with pytest.raises(CorruptFile, match="no line with the columns"):
        acts.marked(ibis.duckdb.connect(), path)


def test_switched_off_repeats_are_acts():
    sample = acts.Path(acts.__file__).with_name("sample.csv")
    rows = acts.marked(ibis.duckdb.connect(), sample, off=frozenset({"repeats"}))
    assert shape.REPEAT not in shape.refusals(rows)
