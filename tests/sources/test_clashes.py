"""Armed clashes: no side is favoured by the order in which a source writes the two."""

import csv
from pathlib import Path

import ibis
import pytest

from realpolitik.sources import FOLDER, reader, shape

OTHER = {
    "ucdp": {"side_a": "side_b", "gwnoa": "gwnob", "deaths_a": "deaths_b"},
    "acled": {"actor1": "actor2"},
}
SEEN = ("date", "end_date", "actor", "target", "code", "n", "reports", "flags")


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name / "sample.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row[next(iter(OTHER[name]))] is not None]


def acts(name: str, rows: list[dict[str, str]], folder: Path, **options) -> list[tuple]:
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    marked = reader(name).marked(ibis.duckdb.connect(), path, **options)
    found = shape.accepted(marked).select(*SEEN).to_pyarrow().to_pylist()
    return sorted(tuple(row.values()) for row in found)


def swapped(row: dict[str, str], name: str) -> dict[str, str]:
    pairs = OTHER[name] | {new: old for old, new in OTHER[name].items()}
    return {column: row[pairs.get(column, column)] for column in row}


@pytest.mark.parametrize("name", sorted(OTHER))
def test_fights_are_the_same_whichever_side_comes_first(name, tmp_path):
    fights = [row for row in rows_of(name) if row.get("event_type") != "Explosions/Remote violence"]
    turned = [swapped(row, name) for row in fights]
    assert acts(name, fights, tmp_path) == acts(name, turned, tmp_path) != []


def test_a_strike_is_of_the_first_actor_only(tmp_path):
    [strike, _] = [row for row in rows_of("acled") if row["event_id_cnty"] == "SYR902"]
    [act] = acts("acled", [strike], tmp_path)
    assert act[2:5] == ("ISR", "IRN", "195")
    [turned] = acts("acled", [swapped(strike, "acled")], tmp_path)
    assert turned[2:5] == ("IRN", "ISR", "195")


@pytest.mark.parametrize("name", sorted(OTHER))
def test_with_the_rule_off_a_repeat_is_an_act_of_its_own(name, tmp_path):
    rows = rows_of(name)
    more = acts(name, rows, tmp_path, off=frozenset({"repeats"}))
    repeated = 2 if name == "ucdp" else 1
    assert len(more) == len(acts(name, rows, tmp_path)) + repeated


@pytest.mark.parametrize(
    ("side", "code"),
    [
        ("645|Government of Iraq", "IRQ"),
        ("|Government of Iraq", "IRQ"),
        ("365|Government of Russia (Soviet Union)", "RUS"),
        ("|Hezbollah", "HZB"),
        ("|FARC", None),
        ("|Civilians", None),
        ("|", None),
    ],
)
def test_sides_of_ucdp(side, code):
    import datetime as dt

    from realpolitik.sources.ucdp.acts import side as found

    assert found(side, dt.date(2000, 1, 1)).code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Military Forces of the United States of America (2021-2025)", "USA"),
        ("Military Forces of Iran (1989-) Islamic Revolutionary Guard Corps", "IRN"),
        ("Police Forces of Israel (2022-) Border Police", "ISR"),
        ("Government of Pakistan (2018-2022)", "PAK"),
        ("Hezbollah (Lebanon)", "HZB"),
        ("Civilians (Iran)", None),
        ("Protesters (Iran)", None),
        ("Unidentified Armed Group (Iraq)", None),
        ("", None),
    ],
)
def test_parties_of_acled(name, code):
    import datetime as dt

    from realpolitik.sources.acled.acts import party

    assert party(name, dt.date(2022, 6, 1)).code == code
