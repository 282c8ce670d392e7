"""Codes of others: every code of every list is mapped or refused with a reason, on every day."""

from __future__ import annotations

import itertools
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from realpolitik.errors import CorruptFile, UnknownName
from realpolitik.vocab import rows as vocabulary
from realpolitik.vocab.actors import actor
from realpolitik.vocab.agents import agent, agents
from realpolitik.vocab.crosswalk import SYSTEMS, Native, native_codes

ONE_DAY = timedelta(days=1)


def on(system: str, native: str, day: str) -> Native:
    when = date.fromisoformat(day)
    found = [
        one
        for one in native_codes(system)
        if one.native == native and (one.start or date.min) <= when <= (one.end or date.max)
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("native", "day", "code"),
    [
        ("RUS", "1991-12-25", "SUN"), ("RUS", "1991-12-26", "RUS"), ("USR", "1980-01-01", "SUN"),
        ("CZE", "1992-12-31", "CSK"), ("CZE", "1993-01-01", "CZE"), ("GER", "1985-01-01", "DEU"),
        ("SER", "1993-05-01", "YUG"), ("UAR", "1981-10-06", "EGY"), ("EGY", "1998-02-18", "EGY"),
        ("KOS", "1988-01-01", "KOR"), ("KON", "1988-01-01", "PRK"), ("ROC", "1990-01-01", "TWN"),
        ("AUS", "1988-01-01", "AUT"), ("AUL", "1988-01-01", "AUS"), ("MOM", "1988-01-01", "OMN"),
        ("MOR", "1988-01-01", "MAR"), ("SWZ", "1988-01-01", "CHE"), ("SWA", "1988-01-01", "SWZ"),
        ("SAF", "1988-01-01", "ZAF"), ("NIG", "1988-01-01", "NGA"), ("NIR", "1988-01-01", "NER"),
        ("IDI", "1988-01-01", "IND"), ("IDO", "1988-01-01", "IDN"), ("CEY", "1988-01-01", "LKA"),
        ("UNK", "1989-03-07", "GBR"), ("YEM", "1990-05-22", "YEM"), ("YEM", "1990-05-21", None),
        ("PAL", "1988-01-01", "PSE"), ("EEC", "1988-01-01", "EU"), ("UN", "1983-01-01", "UNO"),
        ("KUR", "1991-04-05", "KUR"), ("SLA", "1990-01-01", "LBN/SLA"), ("CSC", "1990-11-16", "OSCE"),
        ("ARM", "1983-07-22", None), ("ARM", "1992-05-21", "ARM"), ("ARB", "1990-08-10", None),
        ("LIB", "1988-01-01", "LBR"), ("LBY", "1988-01-01", "LBY"), ("DOA", "1996-01-03", "DMA"),
        ("", "1991-04-12", None), ("011", "1985-06-30", None),
    ],
)  # fmt: skip
def test_keds_codes(native: str, day: str, code: str | None) -> None:
    assert on("keds", native, day).code == code


def test_every_keds_gulf_actor_is_mapped_or_refused_on_its_day(shared_data: Path) -> None:
    seen: dict[str, set[date]] = defaultdict(set)
    for line in (shared_data / "events/keds_gulf/Gulf99all.dat").read_bytes().split(b"\r\n"):
        if line:
            day = date(1900 + int(line[:2]), int(line[2:4]), int(line[4:6]))
            seen[line[8:16].decode().strip()].add(day)
            seen[line[16:24].decode().strip()].add(day)
    assert len(seen) == 203
    known = {one.native for one in native_codes("keds")}
    assert known == set(seen)
    for native, days in seen.items():
        for day in (min(days), max(days)):
            on("keds", native, str(day))


@pytest.mark.parametrize("system", SYSTEMS)
def test_rows_of_one_code_cover_all_days_once(system: str) -> None:
    held: dict[str, list[Native]] = defaultdict(list)
    for one in native_codes(system):
        held[one.native].append(one)
    for native, found in held.items():
        found.sort(key=lambda one: one.start or date.min)
        assert found[0].start is None, native
        assert found[-1].end is None, native
        for earlier, later in itertools.pairwise(found):
            assert earlier.end is not None, native
            assert later.start == earlier.end + ONE_DAY, native


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_code_has_an_actor_or_a_reason_never_both(system: str) -> None:
    for one in native_codes(system):
        assert (one.code is None) == bool(one.reason), one
        assert one.code is None or actor(one.code)


@pytest.mark.parametrize(
    ("system", "native", "day", "code"),
    [
        ("cow", "2", "1979-11-04", "USA"), ("cow", "365", "1988-01-01", "SUN"),
        ("cow", "365", "1900-01-01", "RUS"), ("cow", "365", "2014-03-01", "RUS"),
        ("cow", "345", "1914-07-28", "SRB"), ("cow", "345", "1999-03-24", "YUG"),
        ("cow", "345", "2005-01-01", "SCG"), ("cow", "345", "2014-01-01", "SRB"),
        ("cow", "260", "1970-01-01", "DEU"), ("cow", "255", "1914-08-01", "DEU"),
        ("cow", "265", "1970-01-01", "DDR"), ("cow", "678", "1970-01-01", "YEM"),
        ("cow", "679", "2000-01-01", "YEM"), ("cow", "680", "1970-01-01", "YMD"),
        ("cow", "816", "1968-01-30", "VNM"), ("cow", "817", "1968-01-30", "RVN"),
        ("gw", "340", "2010-01-01", "SRB"), ("gw", "678", "2010-01-01", "YEM"),
        ("gw", "345", "2004-01-01", "SCG"), ("cameo", "ROM", "2015-01-01", "ROU"),
        ("cameo", "BAG", "2015-01-01", "IRQ"), ("cameo", "GZS", "2015-01-01", "PSE"),
        ("cameo", "SAF", "2015-01-01", None), ("cameo", "ZAF", "2015-01-01", "ZAF"),
        ("cameo", "TAL", "2015-01-01", "AFG.taliban"), ("cameo", "EEC", "2015-01-01", "EU"),
        ("fips", "IZ", "2015-01-01", "IRQ"), ("fips", "GV", "2015-01-01", "GIN"),
        ("fips", "LO", "2015-01-01", "SVK"), ("fips", "CH", "2015-01-01", "CHN"),
        ("fips", "RB", "2015-01-01", "SRB"), ("fips", "OS", "2015-01-01", None),
        ("icews-name", "Congo", "2018-01-01", "COG"),
        ("icews-name", "Moldova, Republic of", "2018-01-01", "MDA"),
        ("icews-name", "the former Yugoslav Republic of Macedonia", "2018-01-01", "MKD"),
    ],
)  # fmt: skip
def test_codes_of_other_systems(system: str, native: str, day: str, code: str | None) -> None:
    assert on(system, native, day).code == code


@pytest.mark.parametrize(
    ("system", "file", "encoding"),
    [
        ("cameo", "CAMEO.country.txt", "utf-8"),
        ("cameo", "CAMEO.knowngroup.txt", "latin-1"),
        ("fips", "FIPS.country.txt", "utf-8"),
    ],
)
def test_every_code_of_gdelts_tables_is_known(
    shared_data: Path, system: str, file: str, encoding: str
) -> None:
    lines = (shared_data / "codes/gdelt" / file).read_text(encoding=encoding).splitlines()
    listed = {line.split("\t")[0].strip() for line in lines if "\t" in line} - {"CODE"}
    assert len(listed) > 100
    assert listed <= {one.native for one in native_codes(system)}


def test_every_country_icews_writes_is_known(shared_data: Path) -> None:
    known = {one.native for one in native_codes("icews-name")} | {""}
    files = sorted((shared_data / "events/icews").glob("*.tab"))
    assert files
    for path in files:
        lines = path.read_text(encoding="utf-8").split("\n")
        header = lines[0].split("\t")
        columns = [header.index(name) for name in ("Source Country", "Target Country", "Country")]
        for line in lines[1:]:
            cells = line.split("\t")
            if len(cells) == len(header):
                assert {cells[column] for column in columns} <= known, (path.name, line)


def test_an_unknown_system_is_refused() -> None:
    with pytest.raises(UnknownName, match="keds, cow, gw"):
        native_codes("kids")


def test_roles_say_whether_they_act_for_the_state() -> None:
    expected = {
        "GOV": "yes",
        "MIL": "yes",
        "SPY": "yes",
        "REB": "no",
        "MED": "no",
        "LEG": "contested",
    }
    assert {code: agent(code).acts_for_state for code in expected} == expected
    assert {one.acts_for_state for one in agents()} == {"yes", "no", "contested"}
    with pytest.raises(UnknownName, match="GOV"):
        agent("GOVT")


def test_every_role_of_gdelts_table_is_known(shared_data: Path) -> None:
    lines = (shared_data / "codes/gdelt/CAMEO.type.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.split("\t")[0] for line in lines[1:] if line}
    assert len(listed) == 39
    assert listed <= {one.code for one in agents()}
    assert len({one.code for one in agents()}) == len(agents())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, "No such file"),
        (b"a,b\n1,2\n", "no column code"),
        (b"code,name\nIRN\n", "line 2 of another width"),
        (b"code,name\nIRN,Iran,x\n", "line 2 of another width"),
        (b"code,name\nIRN,\xff\n", "utf-8"),
        (b'code,name\nIRN,"Iran\n', "unexpected end of data"),
    ],
)
def test_a_corrupt_vocabulary_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes | None, found: str
) -> None:
    monkeypatch.setattr(vocabulary, "DATA", tmp_path)
    if text is not None:
        (tmp_path / "x.csv").write_bytes(text)
    with pytest.raises(CorruptFile, match=found) as caught:
        vocabulary.rows("x.csv", ("code", "name"))
    assert "\n" not in str(caught.value)
