"""Names: what resolves, what is ambiguous, what is refused, and whose acts count as whose."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.errors import AmbiguousName, RealpolitikError, UnknownName
from realpolitik.vocab.actors import Member, actor, all_actors, label, members, resolve, search
from realpolitik.vocab.names import key
from realpolitik.vocab.states import all_states

NAMES = {
    "USA": "USA", "usa": "USA", "u.s.": "USA", "US": "USA", "United States of America": "USA",
    "the United States": "USA", "America": "USA", "Washington": "USA", "Iran": "IRN", "irn": "IRN",
    "Islamic Republic of Iran": "IRN", "Persia": "IRN", "Tehran": "IRN", " Iran ": "IRN",
    "Iraq": "IRQ", "Baghdad": "IRQ", "irq.baath": "IRQ.baath", "Saddam Hussein": "IRQ.baath",
    "USSR": "SUN", "Soviet Union": "SUN", "Russia": "RUS", "Moscow": "RUS", "Yugoslavia": "YUG",
    "Serbia": "SRB", "Serbia and Montenegro": "SCG", "Czechoslovakia": "CSK", "Germany": "DEU",
    "West Germany": "DEU", "East Germany": "DDR", "GDR": "DDR", "Yemen": "YEM", "South Yemen": "YMD",
    "North Yemen": "YEM", "Vietnam": "VNM", "Viet Nam": "VNM", "South Vietnam": "RVN", "VDR": "VNM",
    "Guinea": "GIN", "Guinea Bissau": "GNB", "Equatorial Guinea": "GNQ", "Papua New Guinea": "PNG",
    "Niger": "NER", "Nigeria": "NGA", "Georgia": "GEO", "South Georgia": "SGS", "Dominica": "DMA",
    "Dominican Republic": "DOM", "Zaire": "COD", "Congo-Brazzaville": "COG", "Burma": "MMR",
    "Côte d’Ivoire": "CIV", "Cote dIvoire": "CIV", "Ivory Coast": "CIV", "St. Lucia": "LCA",
    "Korea, South": "KOR", "DPRK": "PRK", "Taiwan": "TWN", "Republic of China": "TWN",
    "China": "CHN", "Bosnia & Herzegovina": "BIH", "The Gambia": "GMB", "TÜRKİYE": "TUR",
    "Macedonia": "MKD", "Swaziland": "SWZ", "East Timor": "TLS", "Sudan": "SDN", "Samoa": "WSM",
    "Palestine": "PSE", "Gaza": "PSE", "Vatican": "VAT", "Kosovo": "XKX", "Hong Kong": "HKG",
    "Hizbullah": "HZB", "Hezbollah": "HZB", "HEZ": "HZB", "Saudi Hizbullah": "SAU/HZB",
    "Taliban": "AFG.taliban", "TAL": "AFG.taliban", "Kabul": "AFG", "ISIL": "ISIS", "Daesh": "ISIS",
    "IRQ/KTH": "IRQ/KH", "IRGC": "IRN/IRGC", "Quds Force": "IRN/QF", "Houthis": "YEM/HOU",
    "Zionist regime": "ISR", "PLO": "PLO", "Kurds": "KUR", "UN": "UNO", "EEC": "EU", "OAU": "AU",
    "Arab League": "LAS", "NAM": "NAM", "Non-Aligned Movement": "NAM/ORG", "CSCE": "OSCE",
    "Sadr": "IRQ/MAHDI", "KUW": "KWT",
}  # fmt: skip
AMBIGUOUS = {
    "Korea": ["North Korea (PRK)", "South Korea (KOR)"],
    "Congo": ["Republic of the Congo (COG)", "Democratic Republic of the Congo (COD)"],
    "Virgin Islands": ["British Virgin Islands (VGB)", "United States Virgin Islands (VIR)"],
    "St Martin": ["Saint Martin (French part) (MAF)", "Sint Maarten (SXM)"],
    "Hesse": ["Hesse Electoral (HSE)", "Hesse Grand Ducal (HSG)"],
    "the Shah": ["Pahlavi monarchy (IRN.shah)", "Mohammad Reza Pahlavi in exile (IRN/SHAH)"],
}
HOSTILE = [
    "", " ", "\n", "\x00", "Iran\x00", "I\nran", "Iran\nIraq", "'; DROP TABLE acts; --", '"Iran"',
    "Iran;", "Iran OR 1=1", "<b>Iran</b>", "../../etc/passwd", "%s%n", "{0}", "I" * 10_000,
    "Iran" + " " * 10_000 + "x", "\ud800", "Ира́н\u202e", "IRN,USA", "*", "Iran" + "-" * 200, "Iran\u200b", "🇮🇷",
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), NAMES.items())
def test_a_name_resolves(text: str, code: str) -> None:
    assert resolve(text).code == code


@pytest.mark.parametrize(("text", "choices"), AMBIGUOUS.items())
def test_an_ambiguous_name_lists_the_choices(text: str, choices: list[str]) -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve(text)
    assert caught.value.choices == choices


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Irann", "Iran (IRN)"),
        ("IRM", "Iran (IRN)"),
        ("Frnace", "France (FRA)"),
        ("Afghan", "Afghanistan (AFG)"),
        ("Nigera", "Nigeria (NGA)"),
        ("Talibans", "Taliban (AFG.taliban)"),
        ("Islamic Jihad", "Palestinian Islamic Jihad (PIJ)"),
    ],
)
def test_a_near_name_is_suggested_never_taken(text: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(text)
    assert near in caught.value.near
    assert f"Did you mean {caught.value.near[0]}" in str(caught.value)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_is_no_name_gets_one_short_line(text: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(text)
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 250


@given(st.text(max_size=200))
def test_any_text_gives_an_actor_or_one_short_line(text: str) -> None:
    try:
        found = resolve(text)
    except RealpolitikError as error:
        assert str(error).isprintable()
        assert len(str(error)) < 400
    else:
        assert key(text) in {key(name) for name in (found.code, found.name, *found.aliases)}


STATE_NAMES = [(one.code, text) for one in all_states() for text in (one.name, *one.aliases)]


@given(st.sampled_from(STATE_NAMES), st.sampled_from([str, str.upper, str.lower, str.title]))
def test_every_name_of_a_state_resolves_to_it_or_is_ambiguous(
    pair: tuple[str, str], spell: type[str]
) -> None:
    code, text = pair
    try:
        assert resolve(spell(text)).code == code
    except AmbiguousName as error:
        assert label(actor(code)) in error.choices


@given(st.sampled_from(all_actors()), st.sampled_from([str, str.upper, str.lower]))
def test_every_code_resolves_in_any_case(one: object, spell: type[str]) -> None:
    code = one.code  # type: ignore[attr-defined]
    older = {"TAL": "AFG.taliban", "ISIL": "ISIS", "IRQ/KTH": "IRQ/KH"}
    assert resolve(spell(code)).code == older.get(code, code)


def test_only_these_names_of_states_are_ambiguous() -> None:
    held: dict[str, set[str]] = {}
    for code, text in STATE_NAMES:
        held.setdefault(key(text), set()).add(code)
    assert {name for name, codes in held.items() if len(codes) > 1} == {
        "korea", "congo", "virginislands", "saintmartin", "hesse",
    }  # fmt: skip


def test_every_alias_of_a_group_leads_to_it_unless_a_code_or_state_comes_first() -> None:
    elsewhere = {
        "iraq", "republicofiraq", "baghdad", "imperialstateofiran", "kabul", "damascus",  # states
        "shah", "jam",  # two actors; Jamaica's code
    }  # fmt: skip
    for one in all_actors():
        if one.kind == "state" or one.maps_to:
            continue
        for text in (one.name, *one.aliases):
            if key(text) not in elsewhere:
                assert resolve(text).code == one.code, text


def test_codes_and_parents_are_known() -> None:
    codes = [one.code for one in all_actors()]
    assert len(set(codes)) == len(codes)
    assert len({code.casefold() for code in codes}) == len(codes)
    for one in all_actors():
        assert one.parent is None or one.parent in codes
        assert all(sponsor.code in codes for sponsor in one.sponsors)
        assert all(mapped.code in codes for mapped in one.maps_to)
        assert one.kind in ("state", "regime", "organisation", "armed group")
        assert one.verification in ("source read", "from memory")
        assert one.start is None or one.end is None or one.start <= one.end


def test_dates_sponsors_and_notes_come_from_the_actor_table() -> None:
    baath = actor("IRQ.baath")
    assert baath.kind == "regime"
    assert (baath.start, baath.end) == (date(1968, 7, 17), date(2003, 12, 13))
    assert baath.government_spells == ((date(1968, 7, 17), date(2003, 4, 9)),)
    assert baath.verification == "source read"
    hizbullah = actor("HZB")
    assert (hizbullah.parent, hizbullah.start, hizbullah.end) == ("LBN", date(1982, 1, 1), None)
    assert [(s.code, s.start, s.end, s.source) for s in hizbullah.sponsors] == [
        ("IRN", date(1982, 1, 1), None, "A048; T050"),
        ("SYR.assad", date(1982, 1, 1), date(2024, 12, 31), "general knowledge"),
    ]
    assert actor("SUN").government_spells == ((date(1922, 12, 30), date(1991, 12, 25)),)
    assert actor("HKG").start is None


def test_members_of_a_state_are_its_regimes_while_they_governed() -> None:
    assert members("IRQ") == (
        Member("IRQ", None, None),
        Member("IRQ.baath", date(1968, 7, 17), date(2003, 4, 9)),
        Member("IRQ.republic", date(2003, 4, 10), None),
    )
    assert members("AFG") == (
        Member("AFG", None, None),
        Member("AFG.taliban", date(1996, 9, 27), date(2001, 11, 13)),
        Member("TAL", date(1996, 9, 27), date(2001, 11, 13)),
        Member("AFG.taliban", date(2021, 8, 15), None),
        Member("TAL", date(2021, 8, 15), None),
        Member("AFG.republic", date(2001, 12, 22), date(2021, 8, 15)),
    )


def test_members_of_a_regime_are_its_state_while_it_governed() -> None:
    assert members("IRQ.baath") == (
        Member("IRQ.baath", None, None),
        Member("IRQ", date(1968, 7, 17), date(2003, 4, 9)),
    )
    assert members("AFG.taliban") == (
        Member("AFG.taliban", None, None),
        Member("TAL", date(1994, 1, 1), None),
        Member("AFG", date(1996, 9, 27), date(2001, 11, 13)),
        Member("AFG", date(2021, 8, 15), None),
    )
    assert members("TAL") == members("AFG.taliban")


def test_state_bodies_count_for_their_state_and_its_opponents_do_not() -> None:
    assert members("IRN") == (
        Member("IRN", None, None),
        Member("IRN.shah", date(1925, 12, 15), date(1979, 2, 10)),
        Member("IRN.islamic", date(1979, 2, 11), None),
        Member("IRN/IRGC", date(1979, 4, 22), None),
        Member("IRN/QF", date(1990, 1, 1), None),
        Member("IRN/MIL", date(1925, 12, 15), date(1979, 2, 11)),
    )
    assert {m.code for m in members("IRN.islamic")} >= {"IRN", "IRN/IRGC", "IRN/QF"}
    assert members("PAK") == (Member("PAK", None, None), Member("PAK/MIL", date(1947, 8, 14), None))


def test_members_of_a_group_are_itself_and_its_older_codes() -> None:
    assert members("HZB") == (Member("HZB", None, None),)
    assert members("ISIS") == (Member("ISIS", None, None), Member("ISIL", date(2013, 4, 1), None))
    assert members("USA") == (Member("USA", None, None),)
    with pytest.raises(UnknownName):
        members("XXX")


def test_search_finds_parts_of_names_best_first() -> None:
    assert next(one.code for one in search("iran")) == "IRN"
    assert {"IRN", "IRN.islamic"} <= {one.code for one in search("iran")}
    assert [one.code for one in search("korea")][:2] == ["PRK", "KOR"]
    assert search("") == search(";") == search("zzzz") == ()


def test_the_casebooks_use_no_other_code(shared_data: Path) -> None:
    codes = {one.code for one in all_actors()} | {""}
    for path in sorted((shared_data.parent / "casebook").glob("*-acts.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column in ("source_actor", "target_actor", "alleged_principal"):
                    used = {code.strip() for code in row[column].replace(";", "|").split("|")}
                    assert used <= codes, (row["id"], column)


def test_the_bundled_actor_table_is_the_casebooks(shared_data: Path) -> None:
    import realpolitik.vocab.rows as vocabulary

    shared = shared_data.parent / "casebook" / "actors-regimes.csv"
    assert (vocabulary.DATA / "regimes.csv").read_bytes() == shared.read_bytes()


def test_resolving_loads_no_heavy_library() -> None:
    program = (
        "import sys; from realpolitik.vocab.actors import resolve; resolve('Iran'); resolve('usa'); "
        "print(sorted({'numpy', 'pandas', 'duckdb', 'ibis', 'yaml', 'altair'} & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root
    )
    assert ran.stdout.strip() == "[]"
