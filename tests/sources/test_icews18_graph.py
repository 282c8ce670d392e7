"""ICEWS 2018 as a graph: ids resolved through the lists beside the file."""

import csv
import shutil

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER
from realpolitik.sources.icews18_graph import acts
from realpolitik.vocab import kinds
from tests.sources import checks

HERE = FOLDER / "icews18_graph"
ROWS = {"train.txt": (373_018, 60_441), "valid.txt": (45_995, 7_320), "test.txt": (49_545, 7_944)}


@pytest.fixture(scope="module")
def folder(shared_data):
    return shared_data / "events" / "icews18_graph"


def beside(tmp_path, *lines):
    for name in (acts.ENTITIES, acts.RELATIONS):
        shutil.copy(HERE / name, tmp_path / name)
    path = tmp_path / "graph.txt"
    path.write_text("".join(line + "\n" for line in lines))
    return path


@pytest.mark.parametrize("name", ROWS)
def test_every_line_of_the_real_files_is_accounted_for(folder, name):
    found = checks.account("icews18_graph", folder / name)
    with (folder / name).open(encoding="utf-8") as file:
        assert found["rows"] == sum(1 for _ in file)
    assert (found["rows"], found["acts"]) == ROWS[name]
    assert found["repeats"] == 0
    assert not {"code not in the vocabulary", "id without a name"} & set(found["refused"])


def test_every_relation_has_a_code_of_the_vocabulary(folder):
    with (HERE / "relations.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["relation"]: row["code"] for row in csv.DictReader(file)}
    lines = (folder / "relation2id.txt").read_text(encoding="utf-8").splitlines()
    assert {line.split("\t")[0] for line in lines} == set(codes)
    assert set(codes.values()) <= {code.code for code in kinds.codes("cameo")}


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("United States", "USA"),
        ("Foreign Affairs (Iran)", "IRN"),
        ("Police (Turkey)", "TUR"),
        ("Citizen (Turkey)", None),
        ("Congress (United States)", None),
        ("Donald Trump", None),
        ("Taliban", "AFG.taliban"),
        ("European Union", "EU"),
        ("Government (Atlantis)", None),
    ],
)
def test_who_is_meant(name, actor):
    assert acts._meant(name, strict=True).code == actor


def test_roles_rule_can_be_switched_off(tmp_path):
    path = beside(tmp_path, "4\t0\t1\t0")
    assert checks.account("icews18_graph", path)["acts"] == 0
    loose = acts.marked(ibis.duckdb.connect(), path, off=frozenset(acts.RULES))
    assert loose.flags.to_pyarrow().to_pylist() == ["agent as state"]


def test_lists_that_are_absent_or_of_another_graph_are_told(tmp_path):
    path = tmp_path / "graph.txt"
    path.write_text("0\t0\t1\t0\n")
    with pytest.raises(CorruptFile, match=r"Put entity2id\.txt and relation2id\.txt"):
        acts.read(ibis.duckdb.connect(), path)
    path = beside(tmp_path, "0\t0\t1\t0")
    names = "".join(f"name {n}\t{n}\n" for n in range(7128))
    (tmp_path / acts.ENTITIES).write_text(names)
    with pytest.raises(CorruptFile, match="those of ICEWS14"):
        acts.read(ibis.duckdb.connect(), path)
    (tmp_path / acts.ENTITIES).write_text("no id\n")
    with pytest.raises(CorruptFile, match="in line 1"):
        acts.read(ibis.duckdb.connect(), path)


def test_order_of_lines_does_not_matter(tmp_path):
    path = beside(tmp_path, *(HERE / "sample.txt").read_text().splitlines())
    checks.same_in_any_order("icews18_graph", path, tmp_path)


def test_recognised_and_nothing_else(shared_data):
    for path in checks.real_files(shared_data):
        told = checks.sniffed("icews18_graph", path)
        assert (told is not None) == (path.name in ROWS), path
