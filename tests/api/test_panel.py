"""A panel counts what the acts hold, null outside coverage, 0 only inside."""

from __future__ import annotations

import pytest

import realpolitik as rp
from realpolitik.errors import BadDates, UnknownName, UsageError


def rows(*args: str, **asked: str) -> list[dict[str, object]]:
    return rp.panel(*args, **asked).rows  # type: ignore[arg-type]


def test_counts_are_those_of_the_acts() -> None:
    year = [r for r in rows("USA", "IRN", start="1986", end="1986") if r["iso3_1"] == "USA"]
    assert len(year) == 1
    months = rp.acts("USA", "IRN", start="1986", end="1986", source="keds_gulf", actor="USA").rows
    for kind in ("word", "contact", "deed"):
        for side in ("cooperation", "conflict", "neutral"):
            listed = sum(m["n"] for m in months if (m["kind"], m["side"]) == (kind, side))
            assert year[0][f"{kind}_{side}"] == listed
    assert year[0]["covered"] == 1


def test_months_add_up_to_years() -> None:
    year = rows("USA", "IRN", start="1987", end="1988", by="year")
    month = rows("USA", "IRN", start="1987", end="1988", by="month")
    assert len(month) == 12 * len(year) == 48
    assert sum(r["deed_conflict"] for r in month) == sum(r["deed_conflict"] for r in year)  # type: ignore[misc]


def test_null_outside_coverage_and_zero_inside() -> None:
    found = {r["date"]: r for r in rows("FJI", "IRN", start="1978", end="1981")
             if r["iso3_1"] == "FJI"}  # fmt: skip
    assert [r["deed_conflict"] for r in found.values()] == [None, 0, 0, 0]
    assert found["1978-01-01"]["covered"] == 0
    assert found["1979-01-01"]["covered"] == pytest.approx(261 / 365)
    assert found["1980-01-01"]["covered"] == 1


def test_no_row_where_a_state_did_not_exist() -> None:
    found = {r["date"] for r in rows("DDR", "IRN", start="1988", end="1993")}
    assert found == {"1988-01-01", "1989-01-01", "1990-01-01"}


def test_keys_of_the_field() -> None:
    [first, _] = rows("USA", "IRN", start="1985", end="1985", keys="cow")
    assert {first["ccode1"], first["ccode2"]} == {2, 630}
    assert first["year"] == 1985
    [east] = [r for r in rows("DEU", "IRN", start="1992", end="1992", keys="gw")
              if r["iso3_1"] == "DEU"]  # fmt: skip
    assert east["gwcode1"] == 260


def test_swapping_the_actors_gives_the_same_rows() -> None:
    assert rows("USA", "IRN", by="quarter") == rows("IRN", "USA", by="quarter")


def test_every_dyad_of_states() -> None:
    found = rows(start="1990", end="1990")
    dyads = {(r["iso3_1"], r["iso3_2"]) for r in found}
    assert ("IRQ", "KWT") in dyads
    assert len(found) == len(dyads) > 300
    alone = rows("IRQ", "KWT", start="1990", end="1990")
    assert [r for r in found if {r["iso3_1"], r["iso3_2"]} == {"IRQ", "KWT"}] == alone


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ({"by": "decade"}, UnknownName, "year"),
        ({"keys": "fips"}, UnknownName, "cow"),
        ({"by": "day", "source": "keds_gulf"}, BadDates, "ships as sums by month"),
        ({"source": "casebook"}, UsageError, "casebooks are cases"),
        ({"start": "1990", "end": "1980"}, BadDates, "swap"),
    ],
)
def test_what_cannot_be_asked(asked: dict[str, str], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        rp.panel("USA", "IRN", **asked)  # type: ignore[arg-type]


def test_one_actor_alone_is_refused() -> None:
    with pytest.raises(UsageError, match="two actors, or none"):
        rp.panel("USA")
