"""Every folder keeps the promise of a card; a malformed card is refused by field."""

import csv
import datetime as dt
import hashlib
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml

from realpolitik.errors import CorruptFile, UnknownName
from realpolitik.schema.table import names as known_tables
from realpolitik.sources import FOLDER, bibtex, bundled, card, names
from realpolitik.sources import reader as reader_of
from realpolitik.sources.card import read
from realpolitik.vocab.kinds import SYSTEMS

TEMPLATE = (FOLDER / "_template" / "source.yaml").read_text(encoding="utf-8")


def folders():
    return sorted(path.parent for path in FOLDER.glob("*/source.yaml"))


def test_names_are_the_folders_without_underscore():
    found = [folder.name for folder in folders()]
    assert names() == tuple(name for name in found if not name.startswith("_"))
    assert {"casebook", "keds_gulf"} < set(names())


def test_unknown_source():
    with pytest.raises(UnknownName, match="Did you mean keds_gulf"):
        card("keds_golf")
    with pytest.raises(UnknownName):
        card("_template")


@pytest.mark.parametrize("folder", folders(), ids=lambda f: f.name)
def test_folder_is_complete(folder):
    [table] = [
        name for name in ("acts", "records", "mentions") if (folder / f"{name}.py").is_file()
    ]
    assert (folder / f"expected_{table}.csv").is_file()
    assert len(list(folder.glob("sample.*"))) == 1
    found = read(folder / "source.yaml")
    assert found.name == folder.name
    assert found.code_system in SYSTEMS
    assert set(found.tables) <= {*known_tables(), "versions"}
    assert found.citations


@pytest.mark.parametrize("name", names())
def test_shipped_files_are_as_the_card_says(name):
    found = card(name)
    for file in found.bundled:
        path = found.folder / file.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256, file.file
        assert _rows(path) == file.rows, file.file


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return pq.read_metadata(path).num_rows
    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.DictReader(lines))


def test_every_raw_column_of_the_casebook_is_used_or_ignored():
    found = card("casebook")
    told = set(found.raw_used) | set(found.raw_ignored)
    assert not set(found.raw_used) & set(found.raw_ignored)
    for file in found.bundled:
        if file.table != "acts":
            continue
        with (found.folder / file.file).open(encoding="utf-8", newline="") as lines:
            assert set(next(csv.reader(lines))) == told


def test_cases_are_marked_and_the_series_is_a_sample():
    assert [name for name in names() if card(name).role == "cases"] == ["casebook"]
    assert card("keds_gulf").role == "sample"
    assert card("keds_gulf").unit == "month"
    assert (card("keds_gulf").coverage.start, card("keds_gulf").coverage.end) == (
        dt.date(1979, 4, 15),
        dt.date(1999, 3, 31),
    )


def test_bundled_lists_every_table_once():
    tables = [(table.source, table.table, len(table.files)) for table in bundled()]
    assert tables == [
        ("casebook", "acts", 3),
        ("casebook", "versions", 1),
        ("keds_gulf", "tallies", 1),
    ]
    assert all(file.path.is_file() for table in bundled() for file in table.files)
    assert {table.table for table in bundled()} <= {*known_tables(), "versions"}


def test_bibtex():
    text = bibtex(read(FOLDER / "_template" / "source.yaml"))
    assert text == (
        "@article{author2000,\n"
        "  author = {First Author and Second Author},\n"
        "  title = {Title},\n"
        "  journal = {Journal},\n"
        "  year = {2000},\n"
        "}\n"
    )


def test_bibtex_escapes_what_tex_would_read(tmp_path):
    raw = yaml.safe_load(TEMPLATE)
    raw["citations"][0] |= {"title": "War & peace_50%", "url": "https://x.org/a_b?c=1&d#e"}
    text = bibtex(_written(tmp_path, raw))
    assert r"title = {War \& peace\_50\%}" in text
    assert "url = {https://x.org/a_b?c=1&d#e}" in text


@pytest.mark.parametrize("name", names())
def test_citations_have_distinct_keys(name):
    keys = [citation.key for citation in card(name).citations]
    assert len(keys) == len(set(keys)) == bibtex(card(name)).count("\n@") + 1


def _written(folder: Path, raw: object):
    path = folder / "source.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"role": "feed"}, "role 'feed', expected one of cases, sample, records"),
        ({"title": ""}, "title empty"),
        ({"title": 3}, "title 3, expected text"),
        ({"authors": []}, None),
        ({"authors": ["A", 7]}, "authors.1 7"),
        ({"unit": "decade"}, "unit 'decade'"),
        ({"colour": "red"}, "field 'colour'"),
        ({"coverage": {"start": "then", "end": dt.date(2000, 1, 1)}}, "coverage.start 'then'"),
        ({"coverage": {"start": dt.date(2001, 1, 1), "end": dt.date(2000, 1, 1)}}, "coverage.end"),
        ({"licence": "CC"}, "licence 'CC', expected a mapping"),
        ({"bundled": [{"file": "a", "table": "acts", "rows": 1, "sha256": "x"}]}, "sha256 'x'"),
        (
            {"bundled": [{"file": "a", "table": "acts", "rows": "1", "sha256": "0" * 64}]},
            "bundled.0.rows '1'",
        ),
        ({"raw": {"used": ["a"], "ignored": {}}}, "raw.used"),
        ({"citations": ["text"]}, "citations.0"),
    ],
)
def test_malformed_cards_are_refused_by_field(tmp_path, change, named):
    raw = yaml.safe_load(TEMPLATE) | change
    if named is None:
        assert _written(tmp_path, raw).authors == ()
        return
    with pytest.raises(CorruptFile, match=named) as caught:
        _written(tmp_path, raw)
    assert "\n" not in str(caught.value)


def test_a_missing_field_is_named(tmp_path):
    raw = yaml.safe_load(TEMPLATE)
    del raw["limits"]
    with pytest.raises(CorruptFile, match="no field 'limits'"):
        _written(tmp_path, raw)


@pytest.mark.parametrize("text", ["a: [", "- a\n- b\n", ""])
def test_a_card_that_is_no_mapping_is_refused(tmp_path, text):
    path = tmp_path / "source.yaml"
    path.write_text(text)
    with pytest.raises(CorruptFile):
        read(path)


def test_listing_sources_loads_no_engine():
    import subprocess
    import sys

    code = "import sys; from realpolitik.sources import names, card; [card(n) for n in names()]; "
    code += "sys.exit(bool({'ibis', 'duckdb', 'pandas', 'numpy', 'pyarrow'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_readers_have_the_same_face():
    for folder in folders():
        reader = reader_of(folder.name)
        assert callable(reader.read)
        assert reader.read.__doc__
