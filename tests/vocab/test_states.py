"""States: exact facts, and every spell of both publishers' lists, to the day."""

from __future__ import annotations

import csv
import itertools
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from realpolitik.errors import UnknownName
from realpolitik.vocab.states import Spell, State, all_states, state

ONE_DAY = timedelta(days=1)
Days = tuple[date, date | None]


def numbers(code: str, name: str) -> list[tuple[int, str, str | None]]:
    """Number, first and last day of each spell of a state in one list."""
    return [
        (number, str(spell.start), str(spell.end) if spell.end else None)
        for spell in state(code).spells
        if (number := getattr(spell, name)) is not None
    ]


@pytest.mark.parametrize(
    ("code", "cow"),
    [
        ("SUN", [(365, "1922-12-30", "1991-12-25")]),
        ("RUS", [(365, "1816-01-01", "1922-12-29"), (365, "1991-12-26", None)]),
        ("YUG", [(345, "1918-12-01", "1941-04-20"), (345, "1944-10-20", "2003-02-03")]),
        ("SCG", [(345, "2003-02-04", "2006-06-04")]),
        ("SRB", [(345, "1878-07-13", "1918-11-30"), (345, "2006-06-05", None)]),
        ("MNE", [(341, "2006-06-12", None)]),
        ("XKX", [(347, "2008-02-20", None)]),
        ("CSK", [(315, "1918-10-28", "1939-03-15"), (315, "1945-05-10", "1992-12-31")]),
        ("CZE", [(316, "1993-01-01", None)]),
        ("SVK", [(317, "1993-01-01", None)]),
        ("DDR", [(265, "1954-03-25", "1990-10-02")]),
        (
            "DEU",
            [
                (255, "1816-01-01", "1945-05-08"),
                (260, "1955-05-05", "1990-10-02"),
                (255, "1990-10-03", None),
            ],
        ),
        ("YMD", [(680, "1967-11-30", "1990-05-21")]),
        ("YEM", [(678, "1926-09-02", "1990-05-21"), (679, "1990-05-22", None)]),
        ("VNM", [(816, "1954-07-21", None)]),
        ("RVN", [(817, "1954-06-04", "1975-04-30")]),
        ("KOR", [(732, "1949-06-29", None)]),
        ("JSN", [(730, "1887-01-01", "1905-11-17")]),
        ("SYR", [(652, "1946-04-17", "1958-02-01"), (652, "1961-09-29", None)]),
        ("IRN", [(630, "1855-01-01", None)]),
        ("TWN", [(713, "1949-12-08", None)]),
        ("HKG", []),
        ("PSE", []),
    ],
)
def test_cow_spells(code: str, cow: list[tuple[int, str, str | None]]) -> None:
    assert numbers(code, "cow") == cow


@pytest.mark.parametrize(
    ("code", "gw"),
    [
        ("DEU", [(255, "1816-01-01", "1945-05-07"), (260, "1949-09-21", None)]),
        ("YEM", [(678, "1918-10-30", None)]),
        ("SRB", [(340, "1878-07-13", "1915-10-01"), (340, "2006-06-05", None)]),
        ("VNM", [(815, "1816-01-01", "1893-01-01"), (816, "1954-05-01", None)]),
        ("TBT", [(711, "1913-01-01", "1950-10-01")]),
    ],
)
def test_gw_spells(code: str, gw: list[tuple[int, str, str | None]]) -> None:
    assert numbers(code, "gw") == gw


def test_who_came_out_of_whom() -> None:
    assert state("SUN").predecessors == ("RUS",)
    assert len(state("SUN").successors) == 15
    assert state("CSK").successors == ("CZE", "SVK")
    assert state("DDR").successors == ("DEU",)
    assert state("YMD").successors == ("YEM",)
    assert state("RVN").successors == ("VNM",)
    for one in all_states():
        assert all(one.code in state(later).predecessors for later in one.successors)
        assert all(one.code in state(earlier).successors for earlier in one.predecessors)


def test_standing_and_existence() -> None:
    assert [state(code).standing for code in ("IRN", "SUN", "HKG")] == [
        "state",
        "former state",
        "territory",
    ]
    assert state("DEU").existence == (
        (date(1816, 1, 1), date(1945, 5, 8)),
        (date(1949, 9, 21), None),
    )
    assert state("HKG").existence == ()


def test_spells_that_touch_are_one_existence() -> None:
    days = [date(1900, 1, 1), date(1910, 1, 1), date(1910, 1, 2), date(1920, 1, 1)]
    spells = (Spell(1, "A", None, days[2], days[3]), Spell(2, "B", None, days[0], days[1]))
    one = State("AAA", "A", spells, (), (), (), (), ())
    assert one.existence == ((days[0], days[3]),)
    later = spells[0]._replace(start=date(1910, 1, 3))
    assert len(one._replace(spells=(later, spells[1])).existence) == 2


def test_codes_of_others() -> None:
    assert state("ROU").cameo == ("ROM",)
    assert state("TLS").cameo == ("TMP",)
    assert state("PSE").cameo == ("PSE", "WSB", "GZS")
    assert state("GIN").fips == ("GV",)
    assert state("GNQ").fips == ("EK",)
    assert state("RUS").fips == ("RS",)
    assert state("AUS").fips[0] == "AS"
    assert state("AUT").fips == ("AU",)


def test_codes_are_unique_and_three_letters() -> None:
    codes = [one.code for one in all_states()]
    assert len(set(codes)) == len(codes) == 279
    assert all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes)
    assert len({one.name for one in all_states()}) == len(codes)
    fips = [code for one in all_states() for code in one.fips]
    assert len(set(fips)) == len(fips)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownName, match="IRQ"):
        state("IRQQ")


def by_number(name: str) -> dict[int, list[tuple[State, Spell]]]:
    held: dict[int, list[tuple[State, Spell]]] = defaultdict(list)
    for one in all_states():
        for spell in one.spells:
            if (number := getattr(spell, name)) is not None:
                held[number].append((one, spell))
    return held


def joined(held: list[tuple[State, Spell]]) -> list[Days]:
    """Our spells of one number, joined again where we cut them at a change of state."""
    whole: list[Days] = []
    for _, spell in sorted(held, key=lambda pair: pair[1].start):
        if whole and whole[-1][1] is not None and whole[-1][1] + ONE_DAY == spell.start:
            whole[-1] = (whole[-1][0], spell.end)
        else:
            whole.append((spell.start, spell.end))
    return whole


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_cow(path: Path) -> dict[int, list[Days]]:
    found: dict[int, list[Days]] = defaultdict(list)
    for row in table(path):
        start = date(int(row["styear"]), int(row["stmonth"]), int(row["stday"]))
        end = date(int(row["endyear"]), int(row["endmonth"]), int(row["endday"]))
        found[int(row["ccode"])].append((start, None if end == date(2016, 12, 31) else end))
    return found


def published_gw(path: Path) -> dict[int, list[Days]]:
    found: dict[int, list[Days]] = defaultdict(list)
    for row in table(path):
        end = date.fromisoformat(row["enddate"])
        days = date.fromisoformat(row["startdate"]), None if end == date(2017, 12, 31) else end
        found[int(row["gwcode"])].append(days)
    return found


def joined_where_touching(spells: list[Days]) -> list[Days]:
    # COW ends one number and takes it up again the next day nowhere; GW does neither.
    assert all(a[1] is None or a[1] + ONE_DAY < b[0] for a, b in itertools.pairwise(spells))
    return spells


def test_every_cow_spell_is_held_to_the_day(shared_data: Path) -> None:
    published = published_cow(shared_data / "codes" / "cow_states.csv")
    assert len(published) == 217
    ours = {number: joined(held) for number, held in by_number("cow").items()}
    assert ours == {number: joined_where_touching(spells) for number, spells in published.items()}


def test_every_cow_abbreviation_is_held(shared_data: Path) -> None:
    published = {
        (int(row["ccode"]), row["stateabb"])
        for row in table(shared_data / "codes" / "cow_states.csv")
    }
    ours = {
        (number, spell.cow_abbreviation)
        for number, held in by_number("cow").items()
        for _, spell in held
    }
    assert ours == published


def test_every_gw_spell_is_held_to_the_day(shared_data: Path) -> None:
    published = published_gw(shared_data / "codes" / "gw_states.csv")
    assert len(published) == 202
    ours = {number: joined(held) for number, held in by_number("gw").items()}
    assert ours == {number: joined_where_touching(spells) for number, spells in published.items()}


def test_spells_of_one_list_do_not_overlap_within_a_state() -> None:
    for one in all_states():
        for name in ("cow", "gw"):
            spells = sorted(s for s in joined_of(one, name))
            for (_, end), (start, _) in itertools.pairwise(spells):
                assert end < start, (one.code, name)


def joined_of(one: State, name: str) -> list[tuple[date, date]]:
    return [
        (spell.start, spell.end or date.max)
        for spell in one.spells
        if getattr(spell, name) is not None
    ]
