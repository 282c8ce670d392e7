"""Phoenix: the publisher's columns, and the sample that lost the zeros of its codes."""

import csv

import ibis
import pytest

from realpolitik.sources import FOLDER, card, shape
from realpolitik.sources.phoenix import acts
from tests.sources import checks

SAMPLE = FOLDER / "phoenix" / "sample.txt"
ROW = SAMPLE.read_text(encoding="utf-8").splitlines()[0].split("\t")


@pytest.fixture(scope="module")
def real(shared_data):
    return shared_data / "events" / "phoenix" / "samplePhox.csv"


def row(**changed):
    fields = dict(zip(acts.COLUMNS, ROW, strict=True)) | changed
    return "\t".join(fields.values())


def written(tmp_path, *lines):
    path = tmp_path / "phoenix.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path, **options):
    con = ibis.duckdb.connect()
    return shape.accepted(acts.marked(con, path, **options)).to_pyarrow().to_pylist()


def test_every_row_of_the_real_file_is_accounted_for(real):
    found = checks.account("phoenix", real)
    with real.open(encoding="utf-8", newline="") as file:
        assert found["rows"] == sum(1 for _ in csv.DictReader(file)) == 5_000
    assert (found["acts"], found["repeats"]) == (2_659, 0)
    assert found["refused"]["no code"] == 2
    assert found["refused"]["actor and target are one"] == 425
    assert "code not in the vocabulary" not in found["refused"]


def test_codes_get_their_zero_back(real):
    con = ibis.duckdb.connect()
    rows = acts.marked(con, real)
    restored = rows.filter(rows.code != rows.raw_code)
    with real.open(encoding="utf-8", newline="") as file:
        lost = [r for r in csv.DictReader(file) if len(r["RootCode"]) == 1]
    assert checks.count(restored) == len(lost) - sum(r["CAMEO"].startswith("0") for r in lost)


@pytest.mark.parametrize(
    ("code", "root", "becomes"),
    [("10", "1", "010"), ("10", "10", "10"), ("311", "3", "0311"), ("043", "04", "043")],
)
def test_root_code_decides_on_the_zero(tmp_path, code, root, becomes):
    path = written(tmp_path, row(EventCode=code, EventRootCode=root))
    assert [one["code"] for one in read(path)] == [becomes]


def test_a_code_with_a_zero_too_many_is_read_as_its_root_says(tmp_path):
    path = written(tmp_path, row(EventCode="110", EventRootCode="1"))
    assert [one["code"] for one in read(path)] == ["011"]
    assert read(path, off=frozenset({acts.TAIL})) == []


def test_both_sides_of_a_meeting_name_each_other(tmp_path):
    ends = {"SourceActorFull": "IRN", "SourceActorEntity": "IRN", "SourceActorRole": "",
            "TargetActorFull": "USA", "TargetActorEntity": "USA", "TargetActorRole": ""}  # fmt: skip
    host = row(EventID="2", EventCode="043", EventRootCode="04", **ends)
    turned = {k: {"IRN": "USA", "USA": "IRN"}.get(v, v) for k, v in ends.items()}
    path = written(tmp_path, row(EventID="1", EventCode="042", EventRootCode="04", **turned), host)
    one, two = sorted(read(path), key=lambda act: act["act_id"])
    assert (one["related"], two["related"]) == (two["act_id"], one["act_id"])
    assert one["flags"] == two["flags"] == "mirrored"


def test_rules_can_be_switched_off(tmp_path):
    business = row(SourceActorFull="USABUS", SourceActorRole="BUS")
    path = written(tmp_path, row(), row(), business, row(EventCode="311", EventRootCode="3"))
    assert checks.account("phoenix", path)["acts"] == 2
    loose = checks.account("phoenix", path, off=frozenset(acts.RULES))
    assert (loose["acts"], loose["repeats"]) == (3, 0)
    assert loose["refused"] == {"code not in the vocabulary": 1}
    flags = {one["flags"] for one in read(path, off=frozenset({"roles"}))}
    assert flags == {None, "agent as state"}


def test_one_id_on_two_acts_keeps_both(tmp_path):
    path = written(tmp_path, row(), row(EventCode="042", EventRootCode="04"))
    assert sorted(one["act_id"] for one in read(path)) == [
        "phoenix:1001@20140627", "phoenix:1001@20140627#2",
    ]  # fmt: skip


def test_order_of_rows_does_not_matter(tmp_path):
    checks.same_in_any_order("phoenix", SAMPLE, tmp_path)


def test_both_forms_are_recognised_and_nothing_else(real, shared_data, tmp_path):
    assert "header" in checks.sniffed("phoenix", real)
    assert "26 tab-separated" in checks.sniffed("phoenix", written(tmp_path, row(), row()))
    for path in checks.real_files(shared_data):
        assert (checks.sniffed("phoenix", path) is None) == (path != real), path
    for text in ("", "\n", "a,b\n1,2\n", "\t" * 25 + "\n"):
        assert checks.sniffed("phoenix", written(tmp_path, text)) is None


def test_columns_are_the_cards():
    told = card("phoenix")
    assert set(told.raw_used) == set(acts.USED.values())
    assert set(told.raw_used) | set(told.raw_ignored) == set(acts.COLUMNS)


def test_bytes_that_are_not_utf8_lose_nothing(tmp_path):
    path = tmp_path / "phoenix.txt"
    path.write_bytes(row(LocationName="Besançon").encode("latin-1") + b"\r\n\xff\n")
    found = checks.account("phoenix", path)
    assert (found["rows"], found["acts"]) == (2, 1)
