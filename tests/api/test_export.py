"""What is exported reads back as the same rows in every format, and a failure leaves no file."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import realpolitik as rp
from realpolitik.api._export import writer_for
from realpolitik.errors import NotInRecord, OutputError, UnknownName

ASKED: dict[str, Any] = {"start": "1985", "end": "1987", "source": "casebook"}


@pytest.fixture(scope="module")
def acts() -> list[dict[str, Any]]:
    return rp.acts("USA", "IRN", **ASKED).rows


def read(path: Path) -> pd.DataFrame:
    match path.suffix:
        case ".parquet":
            return pd.read_parquet(path)
        case ".csv":
            return pd.read_csv(path, dtype=str, keep_default_na=False)
        case ".jsonl":
            return pd.read_json(path, lines=True, dtype=False)
        case ".dta":
            return pd.read_stata(path)
    with sqlite3.connect(path) as con:
        return pd.read_sql("select * from acts", con)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl", ".dta", ".sqlite", ".db"])
def test_acts_read_back(tmp_path: Path, suffix: str, acts: list[dict[str, Any]]) -> None:
    path = tmp_path / f"x{suffix}"
    [told, *_] = rp.export("USA", "IRN", path, **ASKED).rows
    assert told == {"file": str(path), "rows": len(acts)}
    frame = read(path)
    assert list(frame.columns) == list(acts[0])
    assert frame["act_id"].tolist() == [row["act_id"] for row in acts]
    assert [str(day)[:10] for day in frame["date"]] == [row["date"] for row in acts]
    assert frame["text"].tolist() == [row["text"] for row in acts]
    assert frame["code"].tolist() == [row["code"] for row in acts], "codes stay text: 010 is not 10"


def test_a_panel_keeps_null_apart_from_zero(tmp_path: Path) -> None:
    asked: dict[str, Any] = {"what": "panel", "start": "1978", "end": "1980", "keys": "cow"}
    rp.export("FJI", "IRN", tmp_path / "x.parquet", **asked)
    frame = pd.read_parquet(tmp_path / "x.parquet")
    own = frame[frame.iso3_1 == "FJI"]
    assert own["deed_conflict"].isna().tolist() == [True, False, False]
    rp.export("FJI", "IRN", tmp_path / "x.dta", **asked)
    assert pd.read_stata(tmp_path / "x.dta")["deed_conflict"].isna().sum() == 2
    rp.export("FJI", "IRN", tmp_path / "x.csv", **asked)
    assert (tmp_path / "x.csv").read_text().splitlines()[1].endswith(",0.0" + "," * 9)


def test_a_database_can_be_searched_and_says_what_it_is(tmp_path: Path) -> None:
    told = rp.export("USA", "IRN", tmp_path / "x.sqlite", **ASKED).rows
    assert [Path(row["file"]).name for row in told] == ["x.sqlite", "x.metadata.json"]
    with sqlite3.connect(tmp_path / "x.sqlite") as con:
        [(found,)] = con.execute(
            "select count(*) from acts where rowid in "
            "(select rowid from acts_fts where acts_fts match 'missiles')"
        )
        [(listed,)] = con.execute("select count(*) from acts where lower(text) like '%missiles%'")
    assert found >= listed > 0
    about = json.loads((tmp_path / "x.metadata.json").read_text())
    assert about["databases"]["*"]["tables"]["acts"]["columns"]["secrecy"]
    assert "CC" in about["license"]


@pytest.mark.parametrize(
    ("name", "error", "said"),
    [
        ("x.xlsx", OutputError, "end the name in one of"),
        ("none/x.csv", OutputError, "Cannot write"),
    ],
)
def test_a_place_that_cannot_be_written(
    tmp_path: Path, name: str, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        rp.export("USA", "IRN", tmp_path / name, **ASKED)
    assert not list(tmp_path.iterdir())


def test_nothing_to_export_touches_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("mine")
    with pytest.raises(NotInRecord, match="Nothing to export"):
        rp.export("FJI", "IRN", tmp_path / "x.csv", source="casebook")
    assert (tmp_path / "x.csv").read_text() == "mine"


def test_an_unknown_thing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="acts, panel"):
        rp.export("USA", "IRN", tmp_path / "x.csv", what="dossier")


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".dta", ".sqlite"])
def test_a_list_becomes_json_text_in_a_cell(tmp_path: Path, suffix: str) -> None:
    rows = [{"act_id": "x:1", "versions": [{"told": "three"}]}, {"act_id": "x:2", "versions": []}]
    writer_for(Path(f"x{suffix}"))(rows, tmp_path / f"x{suffix}", "acts")
    first, second = read(tmp_path / f"x{suffix}")["versions"].tolist()
    assert json.loads(first) == [{"told": "three"}]
    assert second in ("", None) or second != second
