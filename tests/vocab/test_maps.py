"""The maps: total over all codes, argued code by code, and true to the publishers' borders."""

from __future__ import annotations

import csv
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from realpolitik.errors import UnknownName
from realpolitik.vocab import fulfilment, kinds, scales

SIGNS = {"+": "cooperation", "-": "conflict", "0": "neutral"}
QUADS = {
    "1": ("word", "cooperation"),
    "2": ("deed", "cooperation"),
    "3": ("word", "conflict"),
    "4": ("deed", "conflict"),
}
COMPARISONS = ("gdelt", "icews", "phoenix", "plover")
ROOTS = [f"{n:02}" for n in range(1, 21)]


def placed(system: str, code: str, name: str = "realpolitik") -> tuple[str, str]:
    row = kinds.place(system, code, name)
    return row.kind, row.side


@pytest.mark.parametrize(
    ("code", "kind", "sign"),
    [
        ("010", "word", "0"),
        ("016", "word", "0"),
        ("017", "word", "0"),
        ("018", "word", "+"),
        ("019", "word", "+"),
        ("0211", "word", "+"),
        ("0253", "word", "0"),
        ("0256", "word", "0"),
        ("0331", "word", "+"),
        ("036", "word", "+"),
        ("041", "contact", "+"),
        ("042", "contact", "+"),
        ("045", "contact", "+"),
        ("046", "contact", "+"),
        ("050", "deed", "+"),
        ("051", "word", "+"),
        ("054", "deed", "+"),
        ("055", "word", "+"),
        ("057", "word", "+"),
        ("064", "deed", "+"),
        ("072", "deed", "+"),
        ("0841", "deed", "+"),
        ("0871", "deed", "+"),
        ("0874", "deed", "+"),
        ("094", "deed", "-"),
        ("1041", "word", "-"),
        ("106", "word", "-"),
        ("111", "word", "-"),
        ("115", "deed", "-"),
        ("116", "deed", "-"),
        ("125", "word", "-"),
        ("128", "deed", "-"),
        ("129", "deed", "-"),
        ("1384", "word", "-"),
        ("139", "word", "-"),
        ("141", "deed", "-"),
        ("154", "deed", "-"),
        ("163", "deed", "-"),
        ("164", "deed", "-"),
        ("176", "deed", "-"),
        ("195", "deed", "-"),
    ],
)
def test_cameo_codes_stand_where_they_were_argued_to(code: str, kind: str, sign: str) -> None:
    assert placed("cameo", code) == (kind, SIGNS[sign])


@pytest.mark.parametrize(
    ("code", "kind", "sign"),
    [
        ("012", "deed", "+"),
        ("013", "word", "+"),
        ("022", "word", "0"),
        ("023", "word", "0"),
        ("024", "word", "0"),
        ("025", "word", "0"),
        ("026", "deed", "0"),
        ("031", "contact", "+"),
        ("061", "word", "+"),
        ("062", "word", "+"),
        ("066", "deed", "+"),
        ("081", "word", "+"),
        ("094", "word", "0"),
        ("102", "word", "0"),
        ("123", "deed", "-"),
        ("132", "word", "-"),
        ("142", "word", "0"),
        ("160", "word", "-"),
        ("181", "deed", "-"),
        ("191", "deed", "-"),
        ("223", "deed", "-"),
    ],
)
def test_weis_codes_stand_where_they_were_argued_to(code: str, kind: str, sign: str) -> None:
    assert placed("weis", code) == (kind, SIGNS[sign])


def test_root_01_is_neutral_but_for_sympathy_and_accord() -> None:
    sided = {
        row.code
        for row in kinds.map_rows("realpolitik")
        if row.system == "cameo" and row.code[:2] == "01" and row.side != "neutral"
    }
    assert sided == {"018", "019"}


def test_contact_is_root_04_and_its_kin_and_nothing_else() -> None:
    rows = kinds.map_rows("realpolitik")
    contact = {(row.system, row.code) for row in rows if row.kind == "contact"}
    kin = {("cameo", c.code) for c in kinds.codes("cameo") if c.root == "04"}
    kin |= {("weis", c.code) for c in kinds.codes("weis") if c.root == "03" and c.code != "034"}
    kin |= {("plover", c.code) for c in kinds.codes("plover") if c.root == "CONSULT"}
    assert contact == kin
    assert {row.side for row in rows if row.kind == "contact"} == {"cooperation"}


def test_counts_by_kind_and_side_are_as_published_in_the_changelog_of_the_map() -> None:
    counts = Counter((row.system, row.kind, row.side) for row in kinds.map_rows("realpolitik"))
    assert counts["cameo", "word", "cooperation"] == 54
    assert counts["cameo", "word", "conflict"] == 89
    assert counts["cameo", "word", "neutral"] == 21
    assert counts["cameo", "deed", "cooperation"] == 41
    assert counts["cameo", "deed", "conflict"] == 105
    assert counts["cameo", "contact", "cooperation"] == 8


@pytest.mark.parametrize("name", kinds.variants())
def test_every_map_places_every_code_once(name: str) -> None:
    rows = kinds.map_rows(name)
    keys = [(row.system, row.code) for row in rows]
    assert keys == [(c.system, c.code) for s in kinds.SYSTEMS for c in kinds.codes(s)]
    assert {row.map for row in rows} == {name}
    assert {row.kind for row in rows} <= set(kinds.KINDS)
    assert {row.side for row in rows} <= set(kinds.SIDES)


@pytest.mark.parametrize("name", COMPARISONS)
def test_comparison_maps_know_no_contact(name: str) -> None:
    assert {row.kind for row in kinds.map_rows(name)} == {"word", "deed"}
    assert [row.reason for row in kinds.map_rows(name) if not row.reason.endswith(".")] == []


def test_variants_move_contacts_only_and_keep_their_side() -> None:
    own = kinds.map_rows("realpolitik")
    for contacts, to in (("words", "word"), ("deeds", "deed")):
        name = f"realpolitik+contacts={contacts}"
        moved = kinds.map_rows(name)
        assert moved == kinds.map_rows("realpolitik", contacts)
        for before, after in zip(own, moved, strict=True):
            assert after.kind == (to if before.kind == "contact" else before.kind)
            assert (after.side, after.reason) == (before.side, before.reason)
    assert kinds.map_rows("gdelt", "deeds") == kinds.map_rows("gdelt")


def test_versions_and_unknown_maps() -> None:
    assert kinds.map_version("realpolitik") == "realpolitik-1"
    assert kinds.map_version("realpolitik+contacts=deeds") == "realpolitik-1+contacts=deeds"
    assert kinds.map_version("gdelt") == "gdelt-1"
    assert kinds.variants()[0] == "realpolitik"
    assert len(kinds.variants()) == 7
    with pytest.raises(UnknownName, match="Did you mean gdelt"):
        kinds.map_rows("gdlet")
    with pytest.raises(UnknownName, match="apart, words or deeds"):
        kinds.map_rows("realpolitik", "gone")
    with pytest.raises(UnknownName, match="Unknown map"):
        kinds.map_version("quad")


@pytest.mark.parametrize("system", kinds.SYSTEMS)
def test_reasons_are_one_sentence_each_and_no_two_alike(system: str) -> None:
    reasons = [row.reason for row in kinds.map_rows("realpolitik") if row.system == system]
    assert len(reasons) == len(set(reasons))
    for reason in reasons:
        assert 20 <= len(reason) <= 200, reason
        assert reason[0].isupper()
        assert reason.endswith(".")
        assert not re.search(r"[.!?]\s", reason), reason


def test_reasons_are_not_one_template_with_the_label_put_in() -> None:
    """Without its label's words, no reason is the same as another, and openings vary."""
    openings: Counter[str] = Counter()
    bare: Counter[tuple[str, str]] = Counter()
    for row in kinds.map_rows("realpolitik"):
        label = set(re.findall(r"\w+", kinds.code(row.system, row.code).label.lower()))
        words = re.findall(r"\w+", row.reason.lower())
        bare[row.system, " ".join(word for word in words if word not in label)] += 1
        openings[" ".join(words[:4])] += 1
    assert max(bare.values()) == 1
    assert openings.most_common(1)[0][1] <= 6


BORDERS = {
    "gdelt": "+++++++++-----------",
    "icews": "++++++++------------",
    "phoenix": "00++++++------------",
    "plover": "00+++++++-----------",
}
DEEDS = {
    "gdelt": {*ROOTS[5:9], *ROOTS[14:]},
    "icews": {*ROOTS[5:8], *ROOTS[13:]},
    "phoenix": {*ROOTS[5:8], *ROOTS[13:15], *ROOTS[16:]},
    "plover": {*ROOTS[5:9], *ROOTS[13:15], *ROOTS[16:]},
}


@pytest.mark.parametrize("name", COMPARISONS)
def test_borders_are_those_of_the_publishers(name: str) -> None:
    for root, sign in zip(ROOTS, BORDERS[name], strict=True):
        for found in kinds.codes("cameo"):
            if found.root == root and not (name == "plover" and root == "08"):
                kind = "deed" if root in DEEDS[name] else "word"
                assert placed("cameo", found.code, name) == (kind, SIGNS[sign]), found


def test_plover_splits_yielding() -> None:
    for found in kinds.codes("cameo"):
        if found.root == "08" and len(found.code) > 2:
            kind = "word" if found.code[:3] in {"080", "081", "082", "083"} else "deed"
            assert placed("cameo", found.code, "plover") == (kind, "cooperation"), found
    assert placed("plover", "RETREAT-resign", "plover") == ("deed", "cooperation")
    assert placed("plover", "SANCTION-expel", "plover") == ("word", "conflict")


def test_other_systems_take_the_border_of_their_nearest_cameo_code() -> None:
    row = kinds.place("weis", "211", "phoenix")
    assert (row.kind, row.side) == ("deed", "conflict")
    assert row.reason.startswith("By way of CAMEO 171 (seizure or damage of property): Phoenix")
    assert placed("weis", "031", "gdelt") == ("word", "cooperation")
    assert placed("weis", "193", "phoenix") == ("word", "conflict")


def test_loading_everything_is_quick() -> None:
    def load() -> float:
        for cached in (kinds.map_rows, kinds._codes, kinds._crosswalk, fulfilment.table):
            cached.cache_clear()
        scales._table.cache_clear()
        start = time.process_time()
        for name in kinds.variants():
            kinds.map_rows(name)
        fulfilment.table()
        scales.scales()
        return time.process_time() - start

    assert min(load() for _ in range(5)) < 0.25


def _shingles(text: str, size: int = 8) -> set[str]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def test_no_sentence_is_copied_from_a_codebook(shared_data: Path) -> None:
    folder = shared_data / "codes"
    theirs: set[str] = set()
    with (folder / "andybega_icews_cameo-codes.csv").open(
        encoding="utf-8", errors="replace"
    ) as file:
        for row in csv.DictReader(file):
            for column in ("description", "usage_notes", "example"):
                theirs |= _shingles(row[column])
    theirs |= _shingles((folder / "plover/PLOVER_MANUAL.tex").read_text(encoding="utf-8"))
    assert len(theirs) > 5000
    ours = [row.reason for row in kinds.map_rows("realpolitik")]
    ours += [row.reason for row in fulfilment.table()]
    ours += [row.reason for name in COMPARISONS for row in kinds.map_rows(name)]
    assert [reason for reason in ours if _shingles(reason) & theirs] == []


def test_the_gdelt_map_is_the_quad_class_of_real_rows(shared_data: Path) -> None:
    met: set[tuple[str, str]] = set()
    files = [*sorted((shared_data / "events/gdelt_v2").glob("*export.CSV"))]
    files += sorted((shared_data / "events/gdelt_v1").glob("*"))
    for path in files:
        with path.open(encoding="utf-8", errors="replace") as file:
            for line in file:
                cells = line.rstrip("\n").split("\t")
                if len(cells) in {57, 58, 61} and cells[29] in QUADS:
                    met.add((cells[26], cells[29]))
    assert len(met) > 200
    assert {(c, q) for c, q in met if placed("cameo", c, "gdelt") != QUADS[q]} == set()


def test_the_phoenix_map_is_the_penta_class_of_real_rows(shared_data: Path) -> None:
    met: set[tuple[str, str]] = set()
    with (shared_data / "events/phoenix/samplePhox.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["RootCode"].isdigit():
                met.add((row["RootCode"].zfill(2), row["QuadClass"]))
    classes = {**QUADS, "0": ("word", "neutral")}
    assert len(met) == 20
    assert {(c, q) for c, q in met if placed("cameo", c, "phoenix") != classes[q]} == set()
