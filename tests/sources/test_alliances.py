"""Alliances by dyad and year: the year a kind of pledge begins is the act, every row accounted for."""

import gzip
import shutil

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER, reader, shape
from tests.sources import checks

FILES = {"cow_alliances": "cow_alliance_v41.csv.gz", "atop": "atop_alliance.csv.gz"}


@pytest.fixture(scope="module")
def real(shared_data, tmp_path_factory):
    """The publishers' files as a reader gets them: unpacked."""
    folder = tmp_path_factory.mktemp("alliances")
    for source, name in FILES.items():
        packed, plain = shared_data / "states" / "reference" / name, folder / f"{source}.csv"
        with gzip.open(packed) as reading, plain.open("wb") as writing:
            shutil.copyfileobj(reading, writing)
    return {source: folder / f"{source}.csv" for source in FILES}


@pytest.mark.parametrize(
    ("source", "rows", "acts", "repeats", "refused"),
    [
        (
            "cow_alliances", 148258, 5447, 16,
            {
                "in force since an earlier year": 142455, "no kind of pledge": 256,
                "in force when the record begins": 78, "actor and target are one": 6,
            },
        ),
        (
            "atop", 273296, 14505, 0,
            {
                "in force since an earlier year": 258495, "no kind of pledge": 170,
                "in force when the record begins": 126,
            },
        ),
    ],
)  # fmt: skip
def test_every_row_is_accounted_for(real, source, rows, acts, repeats, refused):
    lines = real[source].read_text(encoding="utf-8").splitlines()
    found = checks.account(source, real[source])
    assert found == {"rows": rows, "acts": acts, "repeats": repeats, "refused": refused}
    assert len(lines) - 1 == rows


@pytest.mark.parametrize(
    ("source", "began"),
    [
        ("cow_alliances", [(1958, "non-aggression, consultation (entente)")]),
        ("atop", [(1943, "defence, offence"), (1959, "defence, consultation")]),
    ],
)
def test_pledges_of_the_united_states_to_iran(real, source, began):
    some = real[source].with_name(f"{source}-some.csv")
    with real[source].open() as lines, some.open("w") as kept:
        kept.writelines(
            line for line in lines if line.startswith(("ccode1", '"ccode1', "2,630,", "630,2,"))
        )
    rows = reader(source).read(ibis.duckdb.connect(), some).to_pyarrow().to_pylist()
    mine = sorted((r for r in rows if r["actor"] == "USA"), key=lambda row: row["date"])
    theirs = {row["act_id"]: row for row in rows if row["actor"] == "IRN"}
    assert [row["date"].year for row in mine] == [year for year, _ in began]
    for row, (_, kinds) in zip(mine, began, strict=True):
        assert row["text"] == f"USA became bound to IRN by a pledge of {kinds}."
        assert (row["kind"], row["side"], row["date_precision"]) == ("word", "cooperation", "year")
    [both, *rest] = mine  # in 1959 the United States promised defence, Iran consultation only
    assert theirs[both["related"]]["related"] == both["act_id"]
    assert both["flags"] == "mirrored"
    assert [row["related"] for row in rest] == [None] * len(rest)


@pytest.mark.parametrize("source", FILES)
def test_a_pledge_of_one_side_has_no_mirror(source):
    [sample] = (FOLDER / source).glob("sample.*")
    rows = reader(source).read(ibis.duckdb.connect(), sample).to_pyarrow().to_pylist()
    ids = {row["act_id"] for row in rows}
    assert {row["related"] for row in rows} - {None} <= ids
    assert any(row["related"] is None for row in rows)
    assert all((row["flags"] == "mirrored") == (row["related"] is not None) for row in rows)


@pytest.mark.parametrize("source", FILES)
def test_order_of_rows_does_not_matter(source, tmp_path):
    [sample] = (FOLDER / source).glob("sample.*")
    checks.same_in_any_order(source, sample, tmp_path, header=1)


@pytest.mark.parametrize("source", FILES)
def test_recognised_by_their_headers(real, shared_data, source):
    assert checks.sniffed(source, real[source])
    others = [path for name, path in real.items() if name != source]
    others += [p for p in (shared_data / "states").rglob("*") if p.is_file()]
    others += checks.real_files(shared_data)
    assert not [path for path in others if checks.sniffed(source, path)]


@pytest.mark.parametrize("source", FILES)
def test_another_header_is_named(tmp_path, source):
    path = tmp_path / "x.csv"
    path.write_text("ccode1,ccode2,year\n2,20,1990\n")
    with pytest.raises(CorruptFile, match="no column"):
        reader(source).marked(ibis.duckdb.connect(), path)


def test_switched_off_repeats_are_acts():
    [sample] = (FOLDER / "cow_alliances").glob("sample.*")
    rows = reader("cow_alliances").marked(ibis.duckdb.connect(), sample, off=frozenset({"repeats"}))
    assert shape.REPEAT not in shape.refusals(rows)
