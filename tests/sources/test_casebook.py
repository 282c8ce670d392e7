"""The casebook as shipped: every row becomes an act or is refused with a reason."""

import csv
import datetime as dt
import re

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.schema.fit import fit
from realpolitik.sources import card
from realpolitik.sources.casebook import acts
from realpolitik.vocab import actors
from realpolitik.vocab.calendar import parse_date

CARD = card("casebook")
FILES = [CARD.folder / file.file for file in CARD.bundled if file.table == "acts"]


@pytest.fixture(scope="module")
def raw():
    rows = {}
    for path in FILES:
        with path.open(encoding="utf-8", newline="") as file:
            rows |= {row["id"]: row for row in csv.DictReader(file)}
    return rows


@pytest.fixture(scope="module")
def read():
    rows = acts.read(ibis.duckdb.connect(), FILES).to_pyarrow().to_pylist()
    return {row["source_event_id"]: row for row in rows}


def test_fits_the_schema():
    fit(acts.read(ibis.duckdb.connect(), FILES), "acts")


def test_rows_in_are_acts_and_refused(raw, read):
    assert len(raw) == 734
    assert len(read) == 733
    assert set(raw) - set(read) == {"A237"}  # one state acknowledges its own losses to itself
    refused = acts.refusals(ibis.duckdb.connect(), FILES)
    assert refused == {"actor and target are one": 1}


def test_dates_are_the_intervals_the_text_names(raw, read):
    for key, row in read.items():
        last = raw[key]["end_date"] or raw[key]["date"]
        assert row["date"] == parse_date(raw[key]["date"]), key
        assert row["end_date"] == parse_date(last, end=True), key
        exact = "range" if raw[key]["end_date"] else raw[key]["date_precision"]
        assert row["date_precision"] == exact, key


def test_disclosure_is_kept_with_its_precision(raw, read):
    lengths = {4: "year", 7: "month", 10: "day"}
    for key, row in read.items():
        told = raw[key]["disclosed_date"]
        assert row["disclosed"] == (parse_date(told) if told else None), key
        assert row["disclosed_precision"] == lengths.get(len(told)), key
        assert (row["disclosed"] is None) == (row["secrecy"] == "public"), key


def test_coverage_of_the_card(read):
    assert CARD.coverage.start == min(row["date"] for row in read.values())
    assert CARD.coverage.end == max(row["end_date"] for row in read.values())


def test_actor_is_the_state_of_the_direction(raw, read):
    apart = {"IRN/OPP", "IRN/SHAH", "PAK/REB", "PAK/CVL", "UKR/SEP"}
    for key, row in read.items():
        bases = raw[key]["direction"].split(">")
        for base, side in zip(bases, ("actor", "target"), strict=True):
            native = row[f"{side}_native"]
            if native in apart or native in ("TAL", "ISIL", "IRQ/KTH"):
                continue
            assert row[side] == (native if base == "OTH" else base) or native == "RUS", key


@pytest.mark.parametrize(
    ("key", "actor", "target"),
    [
        ("A048", "IRN", "ISR"),  # the Guards act for Iran
        ("A186", "USA", "ISIS"),  # an older code of the group
        ("A226", "IRQ/KH", "USA"),
        ("A142", "IRN", "AFG.taliban"),
        ("T002", "IRN", "SUN"),  # before the Soviet Union ended
        ("T174", "RUS", None),
        ("A010", "IRN/OPP", "USA"),  # Khomeini in 1964 is not the Iranian state
        ("A019", "IRN", "IRN/OPP"),
        ("A029", "IRN", "USA"),
        ("C001", "USA", "PAK/REB"),  # a strike on rebels is no blow at the state
        ("C008", "USA", "PAK/CVL"),
        ("C025", "PAK", "USA"),
        ("C318", "UKR", "UKR/SEP"),
        ("C323", None, "MYS/CVL"),
    ],
)
def test_actors_by_hand(read, key, actor, target):
    row = read[key]
    assert actor in (None, row["actor"])
    assert target in (None, row["target"])


def test_every_actor_is_in_the_vocabulary(read):
    known = {one.code for one in actors.all_actors()}
    assert {row["actor"] for row in read.values()} | {
        row["target"] for row in read.values()
    } <= known
    assert {row["principal"] for row in read.values()} - {None} == {"IRN", "USA", "RUS"}


def test_related_acts_exist(read, raw):
    ids = {row["act_id"] for row in read.values()} | {"casebook:A237"}
    for key, row in read.items():
        related = row["related"].split(";") if row["related"] else []
        assert set(related) <= ids, key
        assert [one.removeprefix("casebook:") for one in related] == re.findall(
            r"\w+", raw[key]["related_ids"]
        )


def test_marks_of_doubt_are_kept(raw, read):
    from_memory = {key for key, row in read.items() if row["verification"] == "from memory"}
    assert from_memory == {key for key, row in raw.items() if row["verification"] == "from memory"}
    assert len(from_memory) == 111
    assert f"{len(from_memory)} of the 734" in CARD.limits[1]


def test_codes_keep_their_zeros(raw, read):
    assert all(row["code"] == raw[key]["cameo_code"] for key, row in read.items())
    assert all(row["root"] == row["code"][:2] for row in read.values())


def test_no_broken_character_comes_through(read):
    text = "".join(str(value) for row in read.values() for value in row.values())
    assert not re.search("[\ufffdÒÓÔÕ]", text)


HEADER = ",".join(acts.COLUMNS)
ROW = (CARD.folder / "sample.csv").read_text(encoding="utf-8").splitlines()[1]


def one(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "cases.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "unreadable CSV"),
        (HEADER.replace("direction", "dyad") + "\n" + ROW, "expected 'direction'"),
        (HEADER + ",extra\n" + ROW + ",1", "column 'extra'"),
        (HEADER + "\n" + ROW + ",1", "30 fields in row 2"),
        (HEADER + '\n"' + ROW, "unreadable CSV"),
    ],
)
def test_a_file_that_is_not_a_casebook_is_refused(tmp_path, text, named):
    with pytest.raises(CorruptFile, match=named):
        acts.read(ibis.duckdb.connect(), one(tmp_path, text))


def test_another_encoding_is_refused(tmp_path):
    text = HEADER + "\n" + ROW.replace("Mosaddegh", "Mossadegh à")
    with pytest.raises(CorruptFile, match="UnicodeDecodeError"):
        acts.read(ibis.duckdb.connect(), one(tmp_path, text, "latin-1"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("1953-08-15", "1953-02-29", "unreadable date"),
        ("1953-08-15", "1953-8-15", "unreadable date"),
        ("1953-08-19", "1953-08-14", "end before start"),
        (",180,", ",18,", None),
        (",180,", ",999,", "code not in the vocabulary"),
        ("USA>IRN", "USA", "unknown actor code"),
        ("USA>IRN", "USA>USA", "actor and target are one"),
    ],
)
def test_refusals_name_the_reason(tmp_path, old, new, reason):
    path = one(tmp_path, HEADER + "\n" + ROW.replace(old, new, 1) + "\n")
    expected = {} if reason is None else {reason: 1}
    assert acts.refusals(ibis.duckdb.connect(), path) == expected


def test_half_open_months_and_leap_years(tmp_path):
    text = ROW.replace("1953-08-15,day,1953-08-19,day", "2004-02,month,,")
    path = one(tmp_path, HEADER + "\n" + text + "\n")
    [row] = acts.read(ibis.duckdb.connect(), path).to_pyarrow().to_pylist()
    assert (row["date"], row["end_date"]) == (dt.date(2004, 2, 1), dt.date(2004, 2, 29))
    assert row["date_precision"] == "month"
