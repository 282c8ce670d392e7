"""Tables are data: loaded whole, refused when malformed, and of one mind about a column."""

import ibis
import pytest

from realpolitik.errors import CorruptFile, UnknownName
from realpolitik.schema.table import Column, load, names, read

GOOD = """
table: t
row: one thing
key: [a]
columns:
  a: {type: string, required: true, about: a name}
  b: {type: int, unit: acts, range: [0, null], about: a count}
"""


def test_names():
    assert names() == ("acts", "days", "mentions", "records", "tallies")


def test_reads_columns(tmp_path):
    path = tmp_path / "t.yaml"
    path.write_text(GOOD)
    table = read(path)
    assert (table.name, table.row, table.key, table.names) == ("t", "one thing", ("a",), ("a", "b"))
    assert table.columns[1] == Column("b", "int", "a count", unit="acts", range=(0, None))
    assert table.columns[0].required
    assert table.ibis_schema() == ibis.schema({"a": "string", "b": "int64"})


def test_acts_and_tallies_columns():
    acts, tallies = load("acts"), load("tallies")
    assert acts.key == ("act_id",)
    assert acts.columns[0].name == "act_id"
    assert len(acts.columns) == 40
    assert tallies.key == ("source", "map", "month", "actor", "target", "kind")
    assert tallies.names[-5:] == ("sum_n", "sum_c", "sum_nn", "sum_cn", "sum_cc")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("row: one thing", "", "row"),
        ("type: string", "type: text", "'text'"),
        ("about: a name", "note: a name", "'note'"),
        (", about: a name", "", "without about"),
        ("key: [a]", "key: [z]", "'z'"),
        ("table: t", "table: [", "unreadable YAML"),
        ("  a: {", "  a: {about: one, two, ", "'two'"),
    ],
)
def test_malformed_tables_are_refused(tmp_path, old, new, named):
    path = tmp_path / "t.yaml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(CorruptFile, match=named):
        read(path)


def test_unknown_table_lists_the_known():
    with pytest.raises(UnknownName, match="Did you mean acts") as caught:
        load("act")
    assert "tallies" in str(caught.value)


def test_one_column_name_has_one_type_everywhere():
    first: dict[str, tuple[str, str]] = {}
    for name in names():
        for column in load(name).columns:
            table, kind = first.setdefault(column.name, (name, column.type))
            assert kind == column.type, (
                f"{column.name} is {kind} in {table}, {column.type} in {name}"
            )


def test_every_number_has_a_unit_or_is_a_sum():
    for name in names():
        for column in load(name).columns:
            if column.type in ("int", "float"):
                assert column.unit or column.name.startswith("sum_"), column.name
