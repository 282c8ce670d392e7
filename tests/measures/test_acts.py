"""The list of acts as it was known on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from realpolitik.measures.acts import Filters
from realpolitik.measures.acts import acts as listed
from realpolitik.measures.secrets import secrets
from tests.measures.synthetic import BOOK, acts, ask

DEED = {"kind": "deed", "side": "cooperation"}
SECRET = DEED | {"secrecy": "secret"}
ROWS: list[dict[str, Any]] = [
    {"date": date(1985, 1, 1), "side": "conflict"},
    {"date": date(1985, 2, 1), "disclosed": date(1986, 11, 3), "disclosed_precision": "day"}
    | SECRET,
    {"date": date(1985, 3, 1), "disclosed": date(1986, 11, 1), "disclosed_precision": "month"}
    | SECRET,
    {"date": date(1985, 4, 1), "disclosed": date(1986, 1, 1), "disclosed_precision": "year"}
    | SECRET,
    {"date": date(1985, 5, 1), "disclosed": None} | SECRET,
    {"date": date(1985, 6, 1), "end_date": date(1986, 12, 31), "date_precision": "range"} | DEED,
]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(1986, 11, 2), {"book:000"}),
        (date(1986, 11, 29), {"book:000", "book:001"}),
        (date(1986, 11, 30), {"book:000", "book:001", "book:002"}),
        (date(1986, 12, 31), {"book:000", "book:001", "book:002", "book:003", "book:005"}),
        (date(1999, 12, 31), {"book:000", "book:001", "book:002", "book:003", "book:005"}),
    ],
)
def test_the_list_as_of_a_day_holds_what_the_gap_as_of_that_day_rests_on(
    day: date, known: set[str]
) -> None:
    table = acts(ROWS)
    found = listed(table, ask(), Filters(as_of=day)).to_pyarrow().to_pylist()
    assert {row["act_id"] for row in found} == known
    gap = next(
        f
        for f in secrets(table, ask(), [BOOK], day)
        if (f.statistic, f.actor) == ("gap_as_of", "USA")
    )
    assert gap.n == len(known)
