"""KEDS Levant and Balkans: tabs, trigger phrases, and lines that may end in CR alone."""

import datetime as dt

import ibis
import pytest

from realpolitik.sources import FOLDER, keds
from tests.sources import checks

LINE = "790415\tEGY\tISR\t031\t(MEET)\tLEADERS WILL MEET"
NAMES = ("keds_levant", "keds_balkans")


@pytest.fixture(scope="module")
def real(shared_data):
    return shared_data / "events" / "keds_levant_excerpt" / "Levant-head.dat"


def written(tmp_path, *lines, end="\r\n"):
    path = tmp_path / "keds.dat"
    path.write_bytes("".join(line + end for line in lines).encode("latin-1"))
    return path


def reader(name):
    import importlib

    return importlib.import_module(f"realpolitik.sources.{name}.acts")


def test_every_line_of_the_real_excerpt_is_accounted_for(real):
    found = checks.account("keds_levant", real)
    with real.open(encoding="ascii", newline="") as file:
        lines = file.read().split("\r\n")
    assert found["rows"] == len(lines) == 832
    assert (found["acts"], found["repeats"]) == (588, 6)
    assert found["refused"]["ARB: Arabs or Arab states at large: no one actor"] == 60
    assert "unreadable date" not in found["refused"]
    assert "unknown actor code" not in found["refused"]


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_do_not_matter(tmp_path, name):
    lines = [LINE, LINE.replace("790415", "790416"), LINE.replace("031", "032")]
    tables = []
    for end in ("\r\n", "\n", "\r"):
        rows = reader(name).read(ibis.duckdb.connect(), written(tmp_path, *lines, end=end))
        tables.append(rows.order_by("act_id").to_pyarrow().to_pylist())
    assert tables[0] == tables[1] == tables[2]
    assert [row["text"] for row in tables[0]] == ["LEADERS WILL MEET"] * 3


def test_files_without_phrases_and_with_odd_bytes(tmp_path):
    bare = LINE.rpartition("\t")[0]
    path = written(tmp_path, bare, LINE.replace("LEADERS", "LÉADERS"), "\x00", end="\r")
    found = checks.account("keds_levant", path)
    assert (found["rows"], found["acts"]) == (3, 2)


@pytest.mark.parametrize(
    ("name", "native", "day", "actor"),
    [
        ("keds_levant", "UNK", "790415", None),
        ("keds_levant", "UNKGOV", "790415", None),
        ("keds_levant", "PALPLO", "790415", "PLO"),
        ("keds_levant", "SYRGOV", "790415", "SYR"),
        ("keds_levant", "RUS", "790415", "SUN"),
        ("keds_levant", "RUSMIL", "000415", "RUS"),
        ("keds_levant", "LEBCR", "790415", None),
        ("keds_balkans", "CRO", "910101", None),
        ("keds_balkans", "CROGOV", "920101", "HRV"),
        ("keds_balkans", "KOS", "920101", None),
        ("keds_balkans", "YUG", "890403", "YUG"),
        ("keds_balkans", "YUG", "030401", "SCG"),
    ],
)
def test_actors(tmp_path, name, native, day, actor):
    path = written(tmp_path, LINE.replace("EGY", native).replace("790415", day))
    rows = reader(name).read(ibis.duckdb.connect(), path).to_pyarrow().to_pylist()
    assert [row["actor"] for row in rows] == ([actor] if actor else [])


def test_two_digit_years(tmp_path):
    lines = [LINE.replace("790415", day) for day in ("790101", "040229", "781231")]
    rows = reader("keds_levant").read(ibis.duckdb.connect(), written(tmp_path, *lines))
    assert sorted(row["date"] for row in rows.to_pyarrow().to_pylist()) == [
        dt.date(1979, 1, 1), dt.date(2004, 2, 29), dt.date(2078, 12, 31),
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_repeats_rule_can_be_switched_off(tmp_path, name):
    path = written(tmp_path, LINE, LINE, LINE.replace("LEADERS", "THEY"))
    strict = checks.account(name, path)
    assert (strict["acts"], strict["repeats"]) == (2, 1)
    loose = checks.account(name, path, off=frozenset(reader(name).RULES))
    assert (loose["acts"], loose["repeats"]) == (3, 0)


@pytest.mark.parametrize("name", NAMES)
def test_order_of_lines_does_not_matter(tmp_path, name):
    checks.same_in_any_order(name, FOLDER / name / "sample.dat", tmp_path)


def test_each_file_is_recognised_as_its_own(real, shared_data, tmp_path):
    samples = {name: FOLDER / name / "sample.dat" for name in ("keds_gulf", *NAMES)}
    for name in samples:
        for other, path in samples.items():
            # Samples hold broken lines on purpose: whole lines are needed here.
            lines = [
                line
                for line in path.read_text(encoding="ascii").splitlines()
                if other == "keds_gulf" or keds.whole(line)
            ]
            told = checks.sniffed(name, written(tmp_path, *lines))
            assert (told is not None) == (name == other), (name, other)
    gulf = shared_data / "events" / "keds_gulf" / "Gulf99all.dat"
    owners = {real: "keds_levant", gulf: "keds_gulf"}
    for path in checks.real_files(shared_data):
        for name in samples:
            assert (checks.sniffed(name, path) is not None) == (owners.get(path) == name), path
