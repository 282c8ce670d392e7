"""Each reader turns its hand-picked sample into exactly the rows written by hand."""

import csv

import ibis
import pytest

from realpolitik.schema.fit import fit
from realpolitik.schema.table import load
from realpolitik.sources import FOLDER
from realpolitik.sources import reader as reader_of

FOLDERS = sorted(path.parent for path in FOLDER.glob("*/source.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
def test_sample_becomes_the_expected_acts(folder):
    [sample] = folder.glob("sample.*")
    reader = reader_of(folder.name)
    table = getattr(reader, "TABLE", "acts")
    [key] = load(table).key
    rows = reader.read(ibis.duckdb.connect(), sample)
    fit(rows, table, folder.name)
    found = [_text(row) for row in rows.order_by(key).to_pyarrow().to_pylist()]
    with (folder / f"expected_{table}.csv").open(encoding="utf-8", newline="") as file:
        reading = csv.DictReader(file)
        assert tuple(reading.fieldnames or ()) == load(table).names
        expected = sorted(reading, key=lambda row: row[key])
    assert [row[key] for row in found] == [row[key] for row in expected]
    for have, want in zip(found, expected, strict=True):
        assert have == want


def _text(row):
    return {name: _cell(value) for name, value in row.items()}


def _cell(value):
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("casebook", {"actor and target are one": 1}),
        (
            "keds_gulf",
            {
                "011: not an actor code: the row is damaged": 1,
                "ARB: Arabs or Arab states at large: no one actor": 1,
                "actor and target are one": 1,
                "blank: actor missing: the row is damaged": 1,
                "code not in the vocabulary": 1,
                "empty line": 1,
                "exact repeat": 1,
                "no code": 1,
                "unreadable date": 1,
            },
        ),
        (
            "phoenix",
            {
                "actor acts for no state or known group: role BUS": 1,
                "actor acts for no state or known group: role MED": 1,
                "actor acts for no state or known group: role MED of UNO": 1,
                "actor and target are one": 1,
                "code not in the vocabulary": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 7, expected 26": 1,
                "no code": 1,
                "unreadable date": 1,
            },
        ),
        (
            "polecat",
            {
                "actor acts for no state or known group: role CVL": 1,
                "actor acts for no state or known group: role REB": 1,
                "actor and target are one": 1,
                "code not in the vocabulary": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 3, expected 40": 1,
                "no actor": 1,
                "no code": 1,
                "several countries in one field: no one actor": 1,
                "unreadable date": 1,
            },
        ),
        (
            "gsdb",
            {
                "CoCom: a group of states outside the vocabulary": 2,
                "actor and target are one": 1,
                "empty line": 1,
                "end before begin": 2,
                "end: in force in 2023, the last year of the record": 5,
                "exact repeat": 2,
                "fields: 4, expected 16": 1,
                "no kind of sanction": 1,
                "no sanctioned_state": 1,
                "unreadable year of begin": 1,
            },
        ),
        (
            "sipri",
            {
                "LTTE (Sri Lanka): a group outside the vocabulary": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 5, expected 17": 1,
                "header": 1,
                "preamble": 3,
                "unknown supplier(s): the publisher does not know who": 1,
                "unreadable delivery year": 1,
            },
        ),
        (
            "keds_levant",
            {
                "EUR: Europe at large: no one actor": 1,
                "UNK: the United Kingdom in some rows and an unknown party in others: no one actor": 1,
                "actor acts for no state or known group: suffix WB": 1,
                "actor and target are one": 1,
                "code not in the vocabulary": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 3, expected 5 or 6": 1,
                "no code": 1,
                "unknown actor code": 1,
                "unreadable date": 1,
            },
        ),
        (
            "keds_balkans",
            {
                "CRO: before the declaration of independence": 1,
                "KOS: Kosovo or, as in the Gulf file, South Korea: what it stands for is unclear": 1,
                "UNK: the United Kingdom or an unknown party: no one actor": 1,
                "actor acts for no state or known group: suffix SER": 1,
                "code not in the vocabulary": 1,
                "exact repeat": 1,
            },
        ),
        (
            "us_visits",
            {
                "Hawaii: a former state outside the vocabulary": 1,
                "element note, expected visit": 1,
                "exact repeat": 1,
                "no from": 1,
                "private or passing visit: no contact is told": 1,
                "unreadable date": 1,
            },
        ),
        (
            "us_travels",
            {
                "Atlantis: not in the vocabulary": 1,
                "actor and target are one": 1,
                "private or passing visit: no contact is told": 1,
                "unreadable date": 1,
            },
        ),
        (
            "us_missions",
            {
                "changed between two memberships: day not known": 2,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 3, expected 7": 1,
                "first stretch of the state: no change is told": 4,
                "status as before": 1,
                "unknown status": 1,
                "unreadable date": 1,
            },
        ),
        (
            "icews18_graph",
            {
                "actor acts for no state or known group: a person or body without a country": 1,
                "actor acts for no state or known group: an office of no country": 1,
                "actor acts for no state or known group: an office that is no plain government": 1,
                "actor and target are one": 1,
                "code not in the vocabulary": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 3, expected 4 or 5": 1,
                "id without a name": 1,
                "unreadable date": 1,
            },
        ),
        (
            "cow_mid",
            {
                "end before start": 1,
                "exact repeat": 1,
                "fields: 2, expected 19": 1,
                "no militarized action by this side": 1,
                "no state on the other side": 1,
                "several states on the other side: no one target": 2,
                "unknown action": 1,
                "unreadable date": 1,
            },
        ),
        (
            "gdelt_v1",
            {
                "AFR: a region: no one actor": 1,
                "actor acts for no state or known group: an ethnic or religious group": 1,
                "actor acts for no state or known group: role GOV of no country": 1,
                "actor acts for no state or known group: role MED": 1,
                "actor and target are one": 1,
                "agency, person or place coded as a state": 1,
                "code not in the vocabulary": 1,
                "date after the report": 1,
                "empty actor": 1,
                "empty line": 1,
                "exact repeat": 2,
                "exact repeat: the same event number again": 1,
                "fields: 17, expected 57 or 58": 1,
                "no code": 1,
                "no event number": 1,
                "place name coded as a state": 1,
                "unreadable date": 1,
                "unreadable day of adding": 1,
            },
        ),
        (
            "gdelt_mentions",
            {
                "date in the future": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 2, expected 16": 1,
                "no event number": 1,
                "unreadable time of the mention": 1,
            },
        ),
        (
            "gdelt_v2",
            {
                "AFR: a region: no one actor": 1,
                "actor acts for no state or known group: an ethnic or religious group": 1,
                "actor acts for no state or known group: role GOV of no country": 1,
                "actor acts for no state or known group: role MED": 1,
                "actor and target are one": 1,
                "agency, person or place coded as a state": 1,
                "code not in the vocabulary": 1,
                "date after the report": 1,
                "empty actor": 1,
                "empty line": 1,
                "exact repeat": 1,
                "exact repeat: the same event number again": 1,
                "fields: 17, expected 61": 1,
                "no code": 1,
                "no event number": 1,
                "place name coded as a state": 1,
                "unreadable date": 1,
                "unreadable day of adding": 1,
            },
        ),
        (
            "icews",
            {
                "actor acts for no state or known group: dissidents": 1,
                "actor acts for no state or known group: local government": 1,
                "actor acts for no state or known group: no country": 1,
                "actor acts for no state or known group: no sector": 1,
                "actor acts for no state or known group: other sectors": 1,
                "actor acts for no state or known group: parliament or court": 1,
                "actor acts for no state or known group: society": 2,
                "actor and target are one": 1,
                "code not in the vocabulary": 1,
                "empty actor": 1,
                "empty line": 1,
                "exact repeat": 1,
                "exact repeat: the same event number and day again": 1,
                "fields: 7, expected 20": 1,
                "no code": 1,
                "no event number": 1,
                "unknown country name": 1,
                "unreadable date": 1,
            },
        ),
        (
            "cow_trade",
            {
                "9999: no number of the COW list of states": 2,
                "empty line": 2,
                "exact repeat": 2,
                "fields: 5, expected 7": 2,
                "unreadable date": 2,
                "value not known": 1,
            },
        ),
        (
            "sipri_tiv",
            {
                "Contras (Nicaragua): a group outside the vocabulary": 1,
                "Northern Cyprus: a territory outside the vocabulary": 1,
                "actor and target are one": 1,
                "exact repeat": 1,
                "fields: 5, expected 4": 1,
                "unreadable date": 1,
                "value not known": 1,
            },
        ),
        (
            "un_votes",
            {
                "Atlantis: not in the vocabulary": 1,
                "exact repeat": 1,
                "fields: 2, expected 4": 1,
                "roll call of no known session": 1,
                "value not known": 1,
            },
        ),
        (
            "generic",
            {
                "actor and target are one": 1,
                "code not in the vocabulary": 1,
                "empty line": 1,
                "end before start": 1,
                "exact repeat": 1,
                "fields: 2, expected 8": 1,
                "no actor": 1,
                "no code": 1,
                "secrecy: not one of public, secret": 1,
                "unknown actor code": 1,
                "unreadable date": 1,
            },
        ),
        (
            "cow_alliances",
            {
                "9999: no number of the COW list of states": 1,
                "actor and target are one": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 4, expected 9": 1,
                "in force since an earlier year": 1,
                "in force when the record begins": 1,
                "no kind of pledge": 1,
                "unreadable date": 1,
            },
        ),
        (
            "atop",
            {
                "9999: no number of the COW list of states": 1,
                "exact repeat": 1,
                "fields: 4, expected 8": 1,
                "in force since an earlier year": 1,
                "in force when the record begins": 1,
                "no kind of pledge": 1,
                "unreadable date": 1,
            },
        ),
        (
            "ties",
            {
                "XXX: not in the vocabulary": 2,
                "empty line": 1,
                "end before begin": 1,
                "end: in force at the end of the record": 1,
                "fields: 3, expected 33": 1,
                "unreadable year of begin": 1,
            },
        ),
        (
            "reading",
            {
                "a paper that was never delivered": 1,
                "denied: no act": 1,
                "empty line": 1,
                "exact repeat": 1,
                "no JSON": 1,
                "no code": 1,
                "unreadable date": 1,
            },
        ),
        (
            "nca",
            {
                "999: no number of the COW list of states": 1,
                "actor and target are one": 1,
                "empty line": 1,
                "exact repeat": 1,
                "fields: 3, expected 7": 1,
                "no agreement": 1,
                "unreadable date": 1,
            },
        ),
        (
            "icb",
            {
                "exact repeat": 1,
                "external change: a change outside the two states and no act of one": 1,
                "fields: 2, expected 95": 1,
                "indirect violent act: violence against a third that the file does not name": 1,
                "internal challenge to the regime: a challenge from inside and no act of another state": 1,
                "other non-violent act: what was done is not told": 1,
                "set off by no state": 1,
                "set off by several states at once: no one actor": 1,
                "unknown kind of trigger": 1,
                "unreadable date": 1,
            },
        ),
        (
            "ucdp",
            {
                "a side is no state and no group of the vocabulary": 1,
                "exact repeat": 1,
                "fields: 2, expected 49": 1,
                "unreadable date": 1,
                "violence against civilians, who are no actor": 1,
                "violence between groups: no state is a side": 1,
            },
        ),
        (
            "acled",
            {
                "Disrupted weapons use: no act of one towards the other": 1,
                "a side is no state and no group of the vocabulary": 1,
                "exact repeat": 1,
                "fields: 2, expected 31": 1,
                "only one actor": 1,
                "protests and riots: a crowd is no actor": 1,
                "unreadable date": 1,
            },
        ),
        (
            "_template",
            {
                "actor and target are one": 1,
                "code not in the vocabulary": 1,
                "unreadable date": 1,
            },
        ),
    ],
)
def test_what_the_sample_loses_is_counted(name, refused):
    from realpolitik.sources import shape

    reader = reader_of(name)
    [sample] = (FOLDER / name).glob("sample.*")
    assert shape.refusals(reader.marked(ibis.duckdb.connect(), sample)) == refused
