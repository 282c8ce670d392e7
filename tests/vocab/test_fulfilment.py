"""The fulfilment table: existing codes, deeds that are deeds, pairs that hold."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from realpolitik.errors import UnknownName
from realpolitik.vocab import fulfilment, kinds
from realpolitik.vocab.fulfilment import Fulfilment


def matches(announcement: str, deed: str, system: str = "cameo") -> bool:
    """Does the table let this deed carry out this announcement?"""
    rows = fulfilment.announced_by(deed, system)
    return any(row.announcement == announcement for row in rows)


def test_an_exact_row() -> None:
    assert fulfilment.fulfils("0331") == (
        Fulfilment(
            "cameo",
            "0331",
            "promise",
            "actor",
            "071",
            "Economic aid, once it is delivered and no longer only promised (033), is coded 071.",
            "codebook",
        ),
    )


@pytest.mark.parametrize(
    ("system", "code", "kind", "by", "deeds"),
    [
        ("cameo", "0211", "demand", "target", {"061"}),
        ("cameo", "033", "promise", "actor", {"07"}),
        ("cameo", "035", "promise", "actor", {"08"}),
        ("cameo", "0355", "promise", "actor", {"0861", "0862", "0863"}),
        ("cameo", "057", "promise", "actor", {"050", "054", "06", "07", "08"}),
        ("cameo", "038", "offer", "target", {"045"}),
        ("cameo", "1053", "demand", "target", {"084"}),
        ("cameo", "131", "threat", "actor", {"16"}),
        ("cameo", "1312", "threat", "actor", {"163"}),
        ("cameo", "138", "threat", "actor", {"15", "18", "19", "20"}),
        ("cameo", "1382", "threat", "actor", {"192"}),
        ("cameo", "1385", "threat", "actor", {"20"}),
        ("weis", "052", "promise", "actor", {"07"}),
        ("weis", "150", "demand", "target", {"010", "012", "06"}),
        ("weis", "173", "threat", "actor", {"182", "22"}),
        ("plover", "THREATEN-arrest", "threat", "actor", {"COERCE-arrest"}),
    ],
)
def test_what_carries_out_what(system: str, code: str, kind: str, by: str, deeds: set[str]) -> None:
    rows = fulfilment.fulfils(code, system)
    assert fulfilment.announcement_type(code, system) == kind
    assert {row.by for row in rows} == {by}
    assert {row.deed for row in rows} == deeds


@pytest.mark.parametrize(
    ("system", "code", "contact"),
    [
        ("cameo", "036", "04"),
        ("cameo", "106", "04"),
        ("weis", "082", "03"),
        ("weis", "101", "03"),
        ("plover", "AGREE", "CONSULT"),
        ("plover", "REQUEST", "CONSULT"),
        ("plover", "REQUEST-meet", "CONSULT"),
    ],
)
def test_a_contact_carries_out_an_announcement_whoever_is_coded_as_its_actor(
    system: str, code: str, contact: str
) -> None:
    rows = [row for row in fulfilment.fulfils(code, system) if row.deed == contact]
    assert {row.by for row in rows} == {"actor", "target"}


def test_what_announces_nothing_has_no_type() -> None:
    for system, code in (("cameo", "010"), ("cameo", "195"), ("cameo", "026"), ("weis", "023"),
                         ("cameo", "030"), ("cameo", "130"), ("weis", "050"), ("weis", "171")):  # fmt: skip
        assert fulfilment.announcement_type(code, system) is None
        assert fulfilment.fulfils(code, system) == ()
    assert fulfilment.unmatched()["026"].startswith("The talks asked for are between others")


def test_every_row_is_sound() -> None:
    rows = fulfilment.table()
    assert len({(r.system, r.announcement, r.deed, r.by) for r in rows}) == len(rows)
    for row in rows:
        assert kinds.place(row.system, row.announcement).kind == "word", row
        assert kinds.place(row.system, row.deed).kind in {"deed", "contact"}, row
        assert row.type in {"promise", "threat", "offer", "demand"}
        assert row.by in {"actor", "target"}
        assert row.basis in {"codebook", "reasoned"}
        assert 20 <= len(row.reason) <= 200
        assert row.reason.endswith(".")
        assert matches(row.announcement, row.deed, row.system)


def test_one_announcement_has_one_type() -> None:
    kinds_of: dict[tuple[str, str], set[str]] = {}
    for row in fulfilment.table():
        kinds_of.setdefault((row.system, row.announcement), set()).add(row.type)
    assert {key for key, found in kinds_of.items() if len(found) > 1} == set()


def test_promises_are_kept_by_cooperation_and_threats_by_conflict() -> None:
    for row in fulfilment.table():
        side = "conflict" if row.type == "threat" else "cooperation"
        assert kinds.place(row.system, row.deed).side == side, row


@pytest.mark.parametrize(
    ("system", "roots"),
    [
        ("cameo", {"02", "03", "10", "13"}),
        ("weis", {"05", "09", "10", "15", "17"}),
        ("plover", {"AGREE", "CONCEDE", "REQUEST", "THREATEN", "DEMAND"}),
    ],
)
def test_every_announcement_is_matched_or_left_out_by_name(system: str, roots: set[str]) -> None:
    left_out = fulfilment.unmatched(system)
    for found in kinds.codes(system):
        matched = bool(fulfilment.fulfils(found.code, system))
        assert not (matched and found.code in left_out)
        if found.root in roots:
            assert matched or found.code in left_out, found
    assert {code for code in left_out if kinds.place(system, code).kind != "word"} == set()


@pytest.mark.parametrize(
    ("announcement", "deed", "holds"),
    [
        ("0353", "084", True),
        ("0353", "0841", True),  # finer than the row
        ("0353", "080", True),  # the residual of the root may be the release
        ("0353", "08", True),  # and so may the root
        ("0353", "085", False),
        ("0332", "070", True),
        ("0332", "071", False),
        ("131", "163", True),
        ("1311", "163", False),
        ("1384", "1952", True),
        ("1384", "196", False),
        ("036", "046", True),
        ("036", "057", False),  # a word is never a deed
        ("010", "072", False),
        ("1385", "20", True),
        ("1385", "200", True),
    ],
)
def test_prefixes_are_read_both_ways(announcement: str, deed: str, holds: bool) -> None:
    assert matches(announcement, deed) is holds


def test_plover_modes_stand_under_their_type() -> None:
    assert matches("THREATEN-violence", "ASSAULT-drone", "plover")
    assert matches("THREATEN-arrest", "COERCE", "plover")
    assert not matches("THREATEN-arrest", "COERCE-curfew", "plover")


def test_what_a_deed_may_carry_out() -> None:
    announced = {row.announcement for row in fulfilment.announced_by("163")}
    assert announced == {"131", "1312", "139"}
    assert fulfilment.announced_by("111") == ()


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(UnknownName, match="Unknown cameo code"):
        fulfilment.fulfils("999")
    with pytest.raises(UnknownName, match="Unknown weis code"):
        matches("05", "199", "weis")
    with pytest.raises(UnknownName, match="Unknown code system"):
        fulfilment.unmatched("copdab")


def test_pairs_from_the_codebook_are_named_in_its_notes(shared_data: Path) -> None:
    """Each pair marked `codebook` has both codes, or their parents, in one note."""
    with (shared_data / "codes/andybega_icews_cameo-codes.csv").open(
        encoding="utf-8", errors="replace"
    ) as file:
        notes = {row["code"]: row["usage_notes"] for row in csv.DictReader(file)}
    named = {code: {code, *re.findall(r"\b\d{2,4}\b", note)} for code, note in notes.items()}
    pairs = [r for r in fulfilment.table() if r.system == "cameo" and r.basis == "codebook"]
    assert len(pairs) > 25
    for row in pairs:
        cited = {row.announcement, row.deed, *re.findall(r"\b\d{2,4}\b", row.reason)}
        assert any(
            any(met.startswith(row.deed) for met in named[code])
            and any(row.announcement.startswith(met) for met in named[code])
            for code in cited & set(named)
        ) or _over_two_notes(row, named), row


def _over_two_notes(row: Fulfilment, named: dict[str, set[str]]) -> bool:
    """Say whether a pair rests on the note of its parent and on one that names the deed."""
    parent = row.announcement[:3]
    cited = re.findall(r"\b\d{2,4}\b", row.reason)
    return row.deed[:2] in named[parent] and any(
        row.deed in named.get(c, set()) - {c} for c in cited
    )
