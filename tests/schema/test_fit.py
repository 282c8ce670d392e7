"""A table that does not fit is refused with the one column that does not."""

import datetime as dt

import ibis
import pyarrow as pa
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.schema.fit import fit
from realpolitik.schema.table import load

GOOD = {
    "source": "s", "map": "realpolitik", "month": dt.date(1980, 1, 1), "actor": "USA",
    "target": "IRN", "kind": "word", "cooperation": 1, "conflict": 2, "neutral": 0, "clusters": 1,
    "sum_n": 3, "sum_c": 1, "sum_nn": 9, "sum_cn": 3, "sum_cc": 1,
}  # fmt: skip
SCHEMA = load("tallies").ibis_schema().to_pyarrow()


def table(*rows, schema=SCHEMA):
    return ibis.memtable(pa.Table.from_pylist([dict(row) for row in rows], schema=schema))


def refused(expr):
    with pytest.raises(CorruptFile) as caught:
        fit(expr, "tallies", "there")
    message = str(caught.value)
    assert message.startswith("there: ")
    assert "\n" not in message
    return message


def test_a_table_that_fits_is_returned():
    rows = table(GOOD, GOOD | {"kind": "deed"})
    assert fit(rows, "tallies") is rows


def test_narrow_integers_fit():
    small = pa.schema([(f.name, pa.int32() if f.type == pa.int64() else f.type) for f in SCHEMA])
    fit(table(GOOD, schema=small), "tallies")


def test_no_rows_fit():
    fit(table(), "tallies")


def test_missing_column():
    assert "no column 'sum_cn'" in refused(table(GOOD).drop("sum_cn"))


def test_extra_column():
    assert "'colour'" in refused(table(GOOD).mutate(colour=ibis.literal("red")))


def test_wrong_type():
    assert "column 'month' of type string" in refused(table(GOOD).mutate(month=ibis.literal("x")))


def test_null_where_required():
    assert "1 rows with null in column 'actor'" in refused(table(GOOD | {"actor": None}))


def test_unlisted_value():
    message = refused(table(GOOD, GOOD | {"kind": "meeting"}))
    assert "column 'kind'" in message
    assert "word, contact, deed" in message


def test_out_of_range():
    message = refused(table(GOOD | {"clusters": -1}))
    assert "less than 0 in column 'clusters'" in message


def test_above_range():
    acts = load("acts")
    row = dict.fromkeys(acts.names) | {
        "act_id": "s:1", "source": "s", "date": dt.date(1980, 1, 1), "end_date": dt.date(1980, 1, 1),
        "date_precision": "day", "actor": "USA", "target": "IRN", "code": "010",
        "code_system": "cameo", "root": "01", "kind": "word", "side": "neutral",
        "map_version": "1", "intensity": 11.0, "n": 1, "cluster": "x",
    }  # fmt: skip
    rows = table(row, schema=acts.ibis_schema().to_pyarrow())
    with pytest.raises(CorruptFile, match="more than 10 in column 'intensity'"):
        fit(rows, "acts")
    fit(table(row | {"intensity": None}, schema=acts.ibis_schema().to_pyarrow()), "acts")


def test_repeated_key():
    assert "1 repeated keys" in refused(table(GOOD, GOOD | {"clusters": 2}))
