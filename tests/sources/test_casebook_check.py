"""A casebook of one's own: recognised, read line by line, and checked field by field."""

import pytest
from click.testing import CliRunner

import realpolitik as rp
from realpolitik.cli import program
from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER, card
from realpolitik.sources.casebook import acts, check, versions
from tests.sources import checks

HERE = FOLDER / "casebook"
HEADER, ROW = (HERE / "sample.csv").read_text(encoding="utf-8").splitlines()[:2]
ROW = ROW.replace("A003", "X001")


def written(tmp_path, *rows, header=HEADER, start=b""):
    path = tmp_path / "mine.csv"
    path.write_bytes(start + "\n".join([header, *rows, ""]).encode())
    return path


@pytest.mark.parametrize("name", check.SHIPPED)
def test_the_casebooks_that_ship(name):
    found = check.problems(HERE / name)
    # One act of a state towards itself, which the reader refuses too.
    assert [(one.id, one.field) for one in found] == (
        [("A237", "direction")] if name == "us-iran-acts.csv" else []
    )
    account = checks.account("casebook", HERE / name)
    rows = {file.file: file.rows for file in card("casebook").bundled}
    assert account["rows"] == rows[name]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("X001", "", "id"),
        ("X001", "A003", "id"),
        ("1953-08-15", "1953-02-30", "date"),
        ("1953-08-15,day", "1953-08-15,month", "date_precision"),
        ("1953-08-19", "1953-08-14", "end_date"),
        ("USA>IRN", "USA-IRN", "direction"),
        ("USA>IRN", "QQQ>IRN", "direction"),
        ("USA,IRN,USA>IRN", "QQQ,IRN,OTH>IRN", "source_actor"),
        ("USA,IRN,USA>IRN", "IRN,IRN,IRN>IRN", "direction"),
        (",no,", ",maybe,", "reciprocal"),
        (",180,", ",18x,", "cameo_code"),
        (",secret,", ",covert,", "secrecy"),
        (",1954,", ",1952,", "disclosed_date"),
        (",A,1,", ",G,1,", "reliability"),
        (",A,1,", ",A,7,", "credibility"),
        ("source read", "read", "verification"),
        ("act+date,,", "act+date,X999,", "related_ids"),
        (",2013,,", ",2013,www.example.org,", "source_url"),
        ("X001", " X001", "id"),
    ],
)
def test_each_problem_is_told_by_its_field(tmp_path, old, new, field):
    assert old in ROW
    found = check.problems(written(tmp_path, ROW.replace(old, new, 1)))
    assert [one.field for one in found] == [field]
    assert found[0].where.startswith("row 2")


def test_a_sound_row_has_none_and_ids_are_met_once(tmp_path):
    assert check.problems(written(tmp_path, ROW)) == ()
    found = check.problems(written(tmp_path, ROW, ROW))
    assert [(one.row, one.field) for one in found] == [(3, "id")]


def test_a_damaged_casebook_is_told_fault_by_fault(tmp_path):
    bad = ROW.replace(",180,", ",1,").replace("X001", "X002").replace(",secret,", ",covert,")
    ragged = "X003" + ROW.removeprefix("X001") + ",more"
    path = written(tmp_path, ROW, bad, ragged, ROW)
    faults = rp.verify(path).rows
    assert [(fault["where"], fault["found"]) for fault in faults] == [
        ("row 3 (X002), secrecy", "covert"),
        ("row 3 (X002), cameo_code", "1"),
        ("row 4 (X003), fields", "30"),
        ("row 5 (X001), id", "X001"),
    ]
    assert faults[0]["expected"] == "one of public, secret"
    assert {fault["source"] for fault in faults} == {"casebook"}
    assert {fault["file"] for fault in faults} == {str(path)}


def test_the_verb_ends_with_one_where_there_are_faults(tmp_path):
    good = written(tmp_path, ROW)
    assert (told := CliRunner().invoke(program, ["verify", str(good)])).exit_code == 0
    assert told.stdout == "whole\n"
    bad = tmp_path / "bad.csv"
    bad.write_text(HEADER + "\n" + ROW.replace(",180,", ",1,") + "\n", encoding="utf-8")
    told = CliRunner().invoke(program, ["verify", str(good), str(bad)])
    assert told.exit_code == 1
    line = (
        f"{bad}: row 2 (X001), cameo_code: found '1', expected a CAMEO code, with its leading zero"
    )
    assert told.stdout == line + "\n"
    absent = CliRunner().invoke(program, ["verify", str(tmp_path / "absent.csv")])
    assert absent.exit_code == 2 and "absent.csv" in absent.stderr


def test_what_is_no_casebook_is_told_in_one_line(tmp_path):
    with pytest.raises(CorruptFile, match="expected 'id'"):
        check.problems(written(tmp_path, ROW, header=HEADER.replace("id,", "no,", 1)))


def test_rows_repeats_and_marks(tmp_path):
    path = written(tmp_path, ROW, ROW, ROW.replace("X001", ""), start=b"\xef\xbb\xbf")
    found = checks.account("casebook", path)
    assert (found["rows"], found["acts"], found["repeats"]) == (3, 1, 1)
    assert found["refused"] == {"no id": 1}
    assert checks.account("casebook", path, off=frozenset(acts.RULES))["acts"] == 2


def test_recognised_and_nothing_else(shared_data):
    for name in check.SHIPPED:
        assert checks.recognised(HERE / name) == ["casebook"]
    for path in checks.real_files(shared_data):
        assert checks.sniffed("casebook", path) is None


VERSIONS = (HERE / "versions.csv").read_text(encoding="utf-8").splitlines()


def test_the_versions_that_ship():
    assert check.problems(HERE / "versions.csv") == ()
    (chain,) = versions.shipped().values()
    assert [(one.known.isoformat(), one.killed, one.injured) for one in chain] == [
        ("2020-01-08", 0, 0),
        ("2020-01-17", 0, 11),
        ("2020-01-24", 0, 34),
        ("2020-01-28", 0, 50),
        ("2020-02-10", 0, 100),
        ("2020-02-29", 0, 110),
    ]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("A234,1", "Z999,1", "id"),
        ("A234,1", "A234,2", "version"),
        ("2020-01-08", "2020-01-41", "disclosed_date"),
        ("2020-01-08,0,0", "2020-01-08,none,0", "killed"),
        (",exact,", ",about,", "bound"),
        ("source read", "read", "verification"),
    ],
)
def test_each_problem_of_versions_is_told_by_its_field(tmp_path, old, new, field):
    assert old in VERSIONS[1]
    path = written(tmp_path, VERSIONS[1].replace(old, new, 1), header=VERSIONS[0])
    assert [one.field for one in check.problems(path)] == [field]


def test_versions_are_told_in_order_of_their_days(tmp_path):
    later = VERSIONS[2].replace("2020-01-17", "2020-01-02", 1)
    found = check.problems(written(tmp_path, VERSIONS[1], later, header=VERSIONS[0]))
    assert [(one.row, one.field) for one in found] == [(3, "disclosed_date")]
