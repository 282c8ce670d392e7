"""Anybody's table: read through a mapping, and told in one line what is wrong with it."""

import csv
import io

import ibis
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
import yaml

from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER, shape
from realpolitik.sources.generic import acts
from tests.sources import checks

HERE = FOLDER / "generic"
PLAIN = {
    "name": "mine",
    "code_system": "cameo",
    "columns": {"date": "day", "actor": "a", "target": "b", "code": "what"},
}
ROW = {"day": "1979-11-04", "a": "IRN", "b": "USA", "what": "171"}


def written(tmp_path, *rows, mapping=PLAIN, delimiter=","):
    text = io.StringIO()
    table = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    table.writeheader()
    table.writerows(rows)
    path = tmp_path / "table.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    where = tmp_path / "my.yaml"
    where.write_text(mapping if isinstance(mapping, str) else yaml.safe_dump(mapping))
    return path, where


def read(path, where):
    rows = shape.accepted(acts.marked(ibis.duckdb.connect(), path, mapping=where))
    return rows.to_pyarrow().to_pylist()


def test_a_plain_table(tmp_path):
    path, where = written(tmp_path, ROW, ROW | {"day": "1980"}, ROW | {"a": "HZB"}, ROW)
    found = checks.account("generic", path, mapping=where)
    assert (found["rows"], found["acts"], found["repeats"]) == (4, 3, 1)
    assert {act["date_precision"] for act in read(path, where)} == {"day", "year"}


def test_parquet_is_read_like_csv(tmp_path):
    rows = (ROW, ROW | {"day": "1980-02-30"}, ROW | {"a": "QQQ"})
    path, where = written(tmp_path, *rows)
    table = pyarrow.csv.read_csv(path)
    pq.write_table(table, tmp_path / "table.parquet")
    found = checks.account("generic", tmp_path / "table.parquet", mapping=where)
    assert found["refused"] == {"unreadable date": 1, "QQQ: unknown actor code": 1} or found[
        "refused"
    ] == {"unreadable date": 1, "unknown actor code": 1}
    assert found == checks.account("generic", path, mapping=where)


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("DD/MM/YYYY", "4/11/1979", "1979-11-04"),
        ("MM/DD/YYYY", "11/4/1979", "1979-11-04"),
        ("DD.MM.YYYY", "04.11.1979", "1979-11-04"),
        ("YYYYMMDD", "19791104", "1979-11-04"),
        ("DD/MM/YYYY", "4-11-1979", None),
        ("DD/MM/YYYY", "31/11/1979", None),
    ],
)
def test_date_formats(tmp_path, form, text, day):
    path, where = written(tmp_path, ROW | {"day": text}, mapping=PLAIN | {"date_format": form})
    assert [act["date"].isoformat() for act in read(path, where)] == ([day] if day else [])


@pytest.mark.parametrize(
    ("mapping", "named"),
    [
        ("a: [", "no readable YAML"),
        ("- a", "no fields"),
        (PLAIN | {"name": "My Table"}, "field name 'My Table'"),
        (PLAIN | {"code_system": "cameos"}, "field code_system 'cameos', expected one of cameo"),
        (PLAIN | {"actor_system": "iso"}, "field actor_system 'iso'"),
        (PLAIN | {"date_format": "%Y"}, "field date_format '%Y'"),
        (PLAIN | {"delimiter": "||"}, "field delimiter"),
        (PLAIN | {"colums": {}}, "field 'colums', expected 'columns'"),
        (PLAIN | {"columns": {"date": "day"}}, "no field columns.actor"),
        (PLAIN | {"columns": PLAIN["columns"] | {"txt": "a"}}, "'txt', expected 'text'"),
        (PLAIN | {"columns": PLAIN["columns"] | {"text": 7}}, "field columns.text 7"),
        (PLAIN | {"columns": PLAIN["columns"] | {"kind": "a"}}, "'kind'"),
        (PLAIN | {"constants": {"date": "2000"}}, "'date' under columns and constants"),
        (PLAIN | {"columns": PLAIN["columns"] | {"text": "gone"}}, "no column 'gone'"),
    ],
)
def test_a_wrong_mapping_is_told_by_field(tmp_path, mapping, named):
    path, where = written(tmp_path, ROW, mapping=mapping)
    with pytest.raises(CorruptFile) as caught:
        read(path, where)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_a_mapping_it_says_what_to_write(tmp_path):
    path, _ = written(tmp_path, ROW)
    with pytest.raises(CorruptFile, match="Write a mapping"):
        acts.read(ibis.duckdb.connect(), path)


def test_a_broken_parquet_file_is_told_in_one_line(tmp_path):
    _, where = written(tmp_path, ROW)
    path = tmp_path / "broken.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(CorruptFile, match="broken Parquet"):
        read(path, where)


def test_constants_and_the_systems_of_others(tmp_path):
    mapping = PLAIN | {
        "actor_system": "keds",
        "code_system": "weis",
        "columns": {"date": "day", "actor": "a", "target": "b"},
        "constants": {"code": "223", "source_publisher": "Me"},
    }
    path, where = written(tmp_path, {"day": "1979-11-04", "a": "RUS", "b": "ARB"}, mapping=mapping)
    found = checks.account("generic", path, mapping=where)
    assert list(found["refused"]) == ["ARB: Arabs or Arab states at large: no one actor"]


def test_order_of_rows_does_not_matter(tmp_path):
    (tmp_path / "mapping.yaml").write_text((HERE / "mapping.yaml").read_text())
    path = tmp_path / "sample.csv"
    path.write_text((HERE / "sample.csv").read_text())
    checks.same_in_any_order("generic", path, tmp_path, header=1)


def test_it_claims_no_file(shared_data):
    for path in checks.real_files(shared_data):
        assert checks.sniffed("generic", path) is None
