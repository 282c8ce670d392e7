"""The bundled record opens offline, checks its bytes, and says in one line what is wrong."""

import hashlib
import os
import subprocess
import sys
import textwrap

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.lake import open_record
from realpolitik.schema.bundle import BundledFile, BundledTable
from realpolitik.schema.fit import fit
from realpolitik.schema.table import load
from realpolitik.sources import bundled, tallies


@pytest.fixture(scope="module")
def record():
    return open_record(bundled())


def test_both_tables_fit(record):
    fit(record.acts, "acts")
    fit(record.tallies, "tallies")


def test_holds_what_the_sources_ship(record):
    sources = record.acts.group_by("source").aggregate(n=record.acts.count()).to_pyarrow()
    assert sources.to_pylist() == [{"source": "casebook", "n": 733}]
    count = record.tallies.count().to_pyarrow().as_py()
    shipped = sum(f.rows for table in bundled() if table.table == "tallies" for f in table.files)
    assert count == shipped


def test_tables_belong_to_one_engine(record):
    both = record.tallies.semi_join(record.acts, ["actor", "target"])
    assert both.count().to_pyarrow().as_py() > 0


def test_nothing_is_loaded_from_outside(record):
    settings = record.con.con.execute(
        "select name, value from duckdb_settings() where name like 'auto%known_extensions'"
    ).fetchall()
    assert dict(settings) == {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def test_no_tables_give_an_empty_record():
    record = open_record([])
    for name in ("acts", "tallies"):
        rows = getattr(record, name)
        fit(rows, name)
        assert rows.count().to_pyarrow().as_py() == 0


def shipped(path, rows=1, table="tallies", read=tallies.read):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return BundledTable("test", table, (BundledFile(path, digest, rows),), read)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tallies.parquet"
    schema = load("tallies").ibis_schema().to_pyarrow()
    row = {f.name: 1 if f.type == pa.int64() else None for f in schema}
    pq.write_table(pa.Table.from_pylist([row], schema=schema), path)
    return path


def complaint(call):
    with pytest.raises(CorruptFile) as caught:
        call()
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith("Reinstall realpolitik.")
    return message


def test_a_good_file_opens(file):
    assert open_record([shipped(file)]).tallies.count().to_pyarrow().as_py() == 1


def test_a_changed_byte_is_noticed(file):
    table = shipped(file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    message = complaint(lambda: open_record([table]))
    assert str(file) in message
    assert "SHA-256" in message


def test_a_missing_file_is_noticed(file):
    table = shipped(file)
    file.unlink()
    assert "no readable file" in complaint(lambda: open_record([table]))


@pytest.mark.parametrize("text", [b"", b"not parquet at all", b"PAR1" + b"\0" * 20 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_noticed(file, text):
    file.write_bytes(text)
    record = open_record([shipped(file)])
    assert "what the engine cannot read" in complaint(lambda: record.tallies)


def test_a_table_of_another_shape_is_noticed(file):
    def other(con, paths):
        return tallies.read(con, paths).drop("clusters")

    record = open_record([shipped(file, read=other)])
    with pytest.raises(CorruptFile, match="test: found no column 'clusters'"):
        _ = record.tallies


def test_two_sources_stand_side_by_side(file, tmp_path):
    def second(con, paths):
        return (
            tallies.read(con, paths)
            .mutate(source=ibis.literal("second"))
            .select(*load("tallies").names)
        )

    record = open_record([shipped(file), shipped(file, read=second)])
    sources = record.tallies.select("source").distinct().to_pyarrow()["source"].to_pylist()
    assert sorted(sources, key=str) == [None, "second"]


OFFLINE = """
    import os, socket, sys
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")
    socket.socket.connect = refuse
    from realpolitik.lake import open_record
    from realpolitik.sources import bundled
    record = open_record(bundled())
    print(record.acts.count().to_pyarrow(), record.tallies.count().to_pyarrow())
    record.close()
"""


def test_opens_with_an_empty_home_and_nothing_written(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    env = os.environ | {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(OFFLINE)],
        env=env, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[0] == "733"
    assert list(home.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
