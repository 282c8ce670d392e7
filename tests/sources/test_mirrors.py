"""Two acts of one meeting are linked; nothing else is, and no act is lost."""

import ibis
import pytest

from realpolitik.sources import mirrors

COLUMNS = ("act_id", "actor_native", "target_native", "code", "day", "refused")


def linked(*rows, codes=mirrors.CAMEO, off=frozenset()):
    table = ibis.memtable(
        [dict(zip(COLUMNS, (f"x:{i}", *row, None)[:6], strict=True)) for i, row in enumerate(rows)],
        schema=dict.fromkeys(COLUMNS, "string"),
    )
    found = mirrors.linked(table, codes, ["day"], off).order_by("act_id").to_pyarrow().to_pylist()
    return [(row["related"], row["flags"]) for row in found] if not off else found


@pytest.mark.parametrize(
    ("codes", "one", "two"),
    [
        (mirrors.CAMEO, "040", "040"), (mirrors.CAMEO, "042", "043"), (mirrors.CAMEO, "043", "042"),
        (mirrors.WEIS, "031", "031"), (mirrors.WEIS, "032", "033"),
    ],
)  # fmt: skip
def test_a_pair_names_each_other(codes, one, two):
    rows = (("A", "B", one, "1"), ("B", "A", two, "1"))
    assert linked(*rows, codes=codes) == [("x:1", "mirrored"), ("x:0", "mirrored")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("A", "B", "040", "1"), ("B", "A", "040", "2")),  # another day
        (("A", "B", "042", "1"), ("B", "A", "042", "1")),  # each visits the other
        (("A", "B", "040", "1"), ("A", "B", "040", "1")),  # one side twice
        (("A", "B", "040", "1"), ("C", "A", "040", "1")),  # another party
        (("A", "B", "040", "1"), ("B", "A", "041", "1")),  # another code
        (("A", "B", "112", "1"), ("B", "A", "112", "1")),  # no meeting
    ],
)
def test_what_is_no_pair_stays_apart(one, two):
    assert linked(one, two) == [(None, None), (None, None)]


def test_of_three_one_is_left_over():
    rows = (("A", "B", "040", "1"), ("B", "A", "040", "1"), ("B", "A", "040", "1"))
    assert [flag for _, flag in linked(*rows)] == ["mirrored", "mirrored", None]


def test_a_refused_row_is_no_half_of_a_pair():
    table = ibis.memtable(
        [
            dict(zip(COLUMNS, ("x:0", "A", "B", "040", "1", None), strict=True)),
            dict(zip(COLUMNS, ("x:1", "B", "A", "040", "1", "no"), strict=True)),
        ],
        schema=dict.fromkeys(COLUMNS, "string"),
    )
    found = mirrors.linked(table, mirrors.CAMEO, ["day"])
    assert found.filter(found.flags.notnull()).count().to_pyarrow().as_py() == 0


def test_the_rule_can_be_switched_off():
    rows = (("A", "B", "040", "1"), ("B", "A", "040", "1"))
    assert all("related" not in row for row in linked(*rows, off=frozenset({mirrors.RULE})))
