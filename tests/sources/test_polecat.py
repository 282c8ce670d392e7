"""POLECAT, from documents about its files: stray tabs, quotes, another encoding, None for empty."""

import ibis
import pytest

from realpolitik.sources import FOLDER, card
from realpolitik.sources.polecat import acts
from tests.sources import checks

SAMPLE = FOLDER / "polecat" / "sample.txt"
HEADER, FIRST = SAMPLE.read_text(encoding="latin-1").splitlines()[:2]


def row(**changed):
    fields = dict(zip(acts.COLUMNS, FIRST.split("\t"), strict=True))
    return "\t".join((fields | changed).values())


def written(tmp_path, *lines, encoding="utf-8", header=HEADER):
    path = tmp_path / "ngecEvents.txt"
    path.write_bytes("\n".join([header, *lines]).encode(encoding))
    return path


def read(path):
    return acts.read(ibis.duckdb.connect(), path).to_pyarrow().to_pylist()


@pytest.mark.parametrize("tabs", [0, 1, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_stray_tabs_and_encodings(tmp_path, tabs, encoding):
    lines = [row(**{"Actor Name": "Président d'État", "Version": ""}) + "\t" * tabs]
    [act] = read(written(tmp_path, *lines, encoding=encoding))
    assert act["actor_native"] == "Président d'État"
    assert act["code"] == "CONSULT-visit"


def test_quotes_hold_no_row_together(tmp_path):
    lines = [row(**{"Actor Name": name}) for name in ('"Q"', 'a "half', "it's", '"')]
    found = checks.account("polecat", written(tmp_path, *lines))
    assert (found["rows"], found["acts"]) == (4, 4)


def test_header_with_names_too_many_changes_nothing(tmp_path):
    assert read(written(tmp_path, row())) == read(
        written(tmp_path, row(), header="\t".join(acts.COLUMNS))
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"Event Type": "assault", "Event Mode": "SIDEAB"}, "ASSAULT-sideAB"),
        ({"Event Type": "COERCE", "Event Mode": "martial-law"}, "COERCE-martial-law"),
        ({"Event Mode": ""}, "CONSULT"),
        ({"Event Mode": "None"}, "CONSULT"),
    ],
)
def test_codes_are_type_and_mode(tmp_path, changed, code):
    assert [act["code"] for act in read(written(tmp_path, row(**changed)))] == [code]


def test_too_many_fields_are_refused(tmp_path):
    found = checks.account("polecat", written(tmp_path, row() + "\tx", row()))
    assert found["refused"] == {"fields: 41, expected 40": 1}


def test_rules_can_be_switched_off(tmp_path):
    path = written(tmp_path, row(), row(), row(**{"Primary Actor Sector": "BUS"}))
    assert checks.account("polecat", path)["acts"] == 1
    loose = checks.account("polecat", path, off=frozenset(acts.RULES))
    assert (loose["acts"], loose["repeats"], loose["refused"]) == (3, 0, {})


def test_rows_of_the_sample_add_up_in_any_order(tmp_path):
    found = checks.account("polecat", SAMPLE)
    assert (found["rows"], found["acts"], found["repeats"]) == (14, 3, 1)
    text = SAMPLE.read_text(encoding="latin-1")
    path = tmp_path / "sample.txt"
    path.write_text(text, encoding="utf-8")
    checks.same_in_any_order("polecat", path, tmp_path, header=1)


def test_recognised_and_nothing_else(shared_data):
    assert "Event Type" in checks.sniffed("polecat", SAMPLE)
    assert checks.recognised(SAMPLE) == ["polecat"]
    for path in checks.real_files(shared_data):
        assert checks.sniffed("polecat", path) is None, path


def test_columns_are_the_cards():
    told = card("polecat")
    assert set(told.raw_used) == set(acts.USED.values())
    assert (*told.raw_used, *told.raw_ignored) != ()
    assert set(told.raw_used) | set(told.raw_ignored) == set(acts.COLUMNS)
