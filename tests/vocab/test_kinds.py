"""The lists of codes: complete, cleanly labelled, and strict about what a code is."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from realpolitik.errors import UnknownName
from realpolitik.vocab import kinds

COUNTS = {"cameo": 318, "weis": 131, "plover": 97}


def test_lists_are_of_known_length_and_order() -> None:
    assert {system: len(kinds.codes(system)) for system in kinds.SYSTEMS} == COUNTS
    cameo = [found.code for found in kinds.codes("cameo")]
    assert cameo == sorted(cameo)
    assert [c for c in cameo if len(c) == 2] == [f"{n:02}" for n in range(1, 21)]


@pytest.mark.parametrize(
    ("system", "code", "label", "root"),
    [
        ("cameo", "0841", "release of persons", "08"),
        ("cameo", "057", "signing of an agreement", "05"),
        ("cameo", "106", "demand to meet or negotiate", "10"),
        ("cameo", "044", "meeting on neutral ground", "04"),
        ("weis", "223", "military engagement", "22"),
        ("plover", "ASSAULT-drone", "drone attack", "ASSAULT"),
        ("plover", "CONSULT", "consultation", "CONSULT"),
    ],
)
def test_a_code_is_found(system: str, code: str, label: str, root: str) -> None:
    assert kinds.code(system, code) == kinds.Code(system, code, label, root)  # type: ignore[arg-type]


def test_leading_zeros_are_part_of_a_code() -> None:
    assert kinds.code("cameo", "010").label == "statement without further content"
    assert kinds.code("cameo", "10").label == "demand"
    with pytest.raises(UnknownName, match=r"Unknown cameo code '42'"):
        kinds.code("cameo", "42")


@pytest.mark.parametrize("text", ["assault-drone", "Assault-Drone", "ASSAULT-drone"])
def test_plover_codes_are_found_in_any_case(text: str) -> None:
    assert kinds.code("plover", text).code == "ASSAULT-drone"


def test_both_names_of_the_plover_concession_are_known() -> None:
    names = {"CONCEDE": "word", "YIELD": "deed", "RETREAT": "deed"}
    assert {name: kinds.place("plover", name).kind for name in names} == names


def test_unknown_systems_and_refused_codes_say_so() -> None:
    with pytest.raises(UnknownName, match="Use cameo, weis or plover"):
        kinds.codes("copdab")
    with pytest.raises(UnknownName, match="It is refused: No label in any KEDS file"):
        kinds.code("weis", "199")
    assert set(kinds.refused("weis")) == {"000", "114", "143", "199", "204", "214", "215"}
    assert kinds.refused("cameo") == {}


@pytest.mark.parametrize("system", kinds.SYSTEMS)
def test_labels_are_short_distinct_and_plain(system: str) -> None:
    labels = [found.label for found in kinds.codes(system)]
    assert len(labels) == len(set(labels))
    for label in labels:
        assert re.fullmatch(r"[A-Za-z0-9,() -]{3,60}", label), label


def test_nearest_cameo_code() -> None:
    assert kinds.nearest_cameo("weis", "012").code == "0874"
    assert kinds.nearest_cameo("plover", "ASSAULT-drone").code == "1952"
    assert kinds.nearest_cameo("cameo", "111").code == "111"
    for system in ("weis", "plover"):
        for found in kinds.codes(system):
            near = kinds.nearest_cameo(system, found.code)
            assert kinds.code("cameo", near.code) == near


def test_plover_form_of_cameo_codes() -> None:
    assert kinds.plover_form("084") == kinds.PloverForm("RETREAT", "", "", "CAMEO2PLOVER-2021", "")
    form = kinds.plover_form("163")
    assert form is not None
    assert (form.type, form.mode, form.context) == ("COERCE", "restrict", "diplomatic")
    assert kinds.plover_form("0211") is None
    for found in kinds.codes("cameo"):
        form = kinds.plover_form(found.code)
        assert (form is None) == (found.root in {"01", "02"} or len(found.code) == 2)
        if form is not None:
            kinds.code("plover", f"{form.type}-{form.mode}" if form.mode else form.type)


def _first_column(path: Path, delimiter: str, encoding: str = "utf-8") -> set[str]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = [row[0] for row in csv.reader(file, delimiter=delimiter) if row]
    return {cell for cell in first if cell.isdigit()}


def test_every_cameo_code_of_every_publisher_is_known(shared_data: Path) -> None:
    folder = shared_data / "codes"
    with (folder / "andybega_icews_cameo-codes.csv").open(
        encoding="utf-8", errors="replace"
    ) as file:
        icews = {row["code"] for row in csv.DictReader(file)}
    conversion = (folder / "plover/CAMEO2PLOVER-2021.txt").read_text(encoding="utf-8")
    published = (
        _first_column(folder / "gdelt/CAMEO.eventcodes.txt", "\t", "latin-1")
        | _first_column(folder / "gdelt/CAMEO.goldsteinscale.txt", "\t")
        | _first_column(folder / "goldstein_empirical_gdelt.tsv", "\t")
        | _first_column(folder / "intensity_empirical_icews.tsv", "\t")
        | set(re.findall(r"^(\d+):", conversion, re.M))
        | icews
    )
    ours = {found.code for found in kinds.codes("cameo")}
    assert published - ours == set()
    assert ours - published == {"155", "176", "1834", "1951", "1952"}  # CAMEO 1.1b3


def test_every_labelled_weis_code_is_known_and_the_rest_refused(shared_data: Path) -> None:
    with (shared_data / "codes/weis_codes_from_keds.tsv").open(encoding="utf-8") as file:
        listed = {row["code"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}
    ours = {found.code for found in kinds.codes("weis") if len(found.code) == 3}
    assert {code for code, label in listed.items() if label} == ours
    assert {code for code, label in listed.items() if not label} == set(kinds.refused("weis"))


def test_every_code_of_keds_gulf_is_known_or_refused(shared_data: Path) -> None:
    text = (shared_data / "events/keds_gulf/Gulf99all.dat").read_text(encoding="latin-1")
    met = set(re.findall(r"^\d{6}\s+\S+\s+\S+\s+(\d{3})\b", text, re.M))
    assert len(met) > 60
    assert met - {found.code for found in kinds.codes("weis")} - set(kinds.refused("weis")) == set()


def test_every_casebook_code_is_known(shared_data: Path) -> None:
    met = set()
    for path in sorted((shared_data.parent / "casebook").glob("*-acts.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            met |= {row["cameo_code"] for row in csv.DictReader(file)}
    assert len(met) > 100
    assert met - {found.code for found in kinds.codes("cameo")} == set()


def test_every_plover_type_and_mode_is_known(shared_data: Path) -> None:
    text = (shared_data / "codes/plover/modes.R").read_text(encoding="utf-8")
    found = re.findall(r'^\s*"([a-z]+)",\s*(?:c\(([^)]*)\))', text, re.M)
    listed = {(kind, mode) for kind, modes in found for mode in re.findall(r'"([^"]+)"', modes)}
    assert len(listed) > 60
    for kind, mode in listed:
        assert kinds.code("plover", f"{kind}-{mode}").root == kind.upper()
    types = (shared_data / "codes/plover/quad_categories.R").read_text(encoding="utf-8")
    for kind in re.findall(r'"([a-z]+)"', types):
        kinds.code("plover", kind)
