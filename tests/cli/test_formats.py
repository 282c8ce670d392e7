"""The same columns in every format, on standard output and in files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import realpolitik as rp
from tests.cli.conftest import ACTS, Run, findings

FINDINGS = [made.as_dict() for made in findings()]


def test_json_is_the_contract(fakes: dict[str, Any], run: Run) -> None:
    got = run("gap", "USA", "IRN", "--json")
    assert got.exit_code == 0
    assert json.loads(got.stdout) == {"findings": FINDINGS}
    assert got.stderr == "realpolitik: one remark\n"


def test_format_json_is_json(fakes: dict[str, Any], run: Run) -> None:
    flags = (["--json"], ["--format", "json"], ["--format", "JSON"], ["--json", "--format", "json"])
    assert len({run("gap", "USA", "IRN", *words).stdout for words in flags}) == 1


def test_acts_stand_under_their_name(fakes: dict[str, Any], run: Run) -> None:
    assert json.loads(run("acts", "USA", "IRN", "--json").stdout) == {"acts": ACTS}


def test_json_lines_are_one_finding_a_line(fakes: dict[str, Any], run: Run) -> None:
    lines = run("gap", "USA", "IRN", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == FINDINGS


def test_nan_never_reaches_json(fakes: dict[str, Any], run: Run) -> None:
    fakes["answer"]("acts", rp.Rows("acts", [{"n": float("nan")}]))
    got = run("acts", "USA", "IRN", "--json")
    assert (got.exit_code, got.stdout) == (70, "")


def test_csv_has_the_same_columns_and_empty_nulls(fakes: dict[str, Any], run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("gap", "USA", "IRN", "--format", "csv").stdout)))
    assert list(rows[0]) == list(FINDINGS[0])
    assert rows[0]["estimate"] == "-1.25"
    assert rows[0]["sources"] == "keds_gulf"
    assert rows[2]["estimate"] == ""
    assert rows[2]["notes"] == "4 deeds; 10 are needed."


def test_codes_keep_their_zeros(fakes: dict[str, Any], run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("acts", "USA", "IRN", "--format", "csv").stdout)))
    assert rows[0]["code"] == "010"
    assert rows[0]["reciprocal"] == "false"
    assert rows[0]["text"] == ACTS[0]["text"]


def test_parquet_holds_types_and_nulls(fakes: dict[str, Any], run: Run, tmp_path: Path) -> None:
    assert run("gap", "USA", "IRN", "-o", tmp_path / "gap.parquet").exit_code == 0
    assert run("acts", "USA", "IRN", "-o", tmp_path / "acts.parquet").exit_code == 0
    table = pq.read_table(tmp_path / "gap.parquet")
    assert table.column_names == list(FINDINGS[0])
    assert table.to_pylist() == FINDINGS
    types = {field.name: str(field.type) for field in pq.read_schema(tmp_path / "acts.parquet")}
    assert (types["related"], types["code"], types["n"]) == ("string", "string", "int64")


def test_parquet_goes_through_a_pipe(fakes: dict[str, Any], run: Run) -> None:
    content = run("gap", "USA", "IRN", "--format", "parquet").stdout_bytes
    assert pq.read_table(io.BytesIO(content)).num_rows == len(FINDINGS)


@pytest.mark.parametrize(
    ("name", "opens"),
    [("x.json", "{"), ("x.jsonl", '{"measure"'), ("x.csv", "measure,"), ("X.CSV", "measure,"),
     ("x.txt", "USA → IRN, keds_gulf")],
)  # fmt: skip
def test_the_suffix_decides(
    name: str, opens: str, fakes: dict[str, Any], run: Run, tmp_path: Path
) -> None:
    got = run("gap", "USA", "IRN", "-o", tmp_path / name)
    assert (got.exit_code, got.stdout) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(opens)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_flag_outranks_the_suffix(fakes: dict[str, Any], run: Run, tmp_path: Path) -> None:
    run("gap", "USA", "IRN", "--json", "-o", tmp_path / "x.csv")
    assert json.loads((tmp_path / "x.csv").read_text()) == {"findings": FINDINGS}


def test_a_dash_is_standard_output(fakes: dict[str, Any], run: Run, tmp_path: Path) -> None:
    with_dash = run("gap", "USA", "IRN", "--json", "-o", "-").stdout
    assert with_dash == run("gap", "USA", "IRN", "--json").stdout


def test_options_may_stand_anywhere(fakes: dict[str, Any], run: Run) -> None:
    orders = (["--json", "USA", "IRN"], ["USA", "--json", "IRN"], ["USA", "IRN", "--json"])
    assert len({run("gap", *words).stdout for words in orders}) == 1


def test_what_was_typed_reaches_the_verb(fakes: dict[str, Any], run: Run) -> None:
    run("gap", "USA", "IRN", "--start", "1980", "--end", "1990-06", "--by", "YEAR", "--source", "x",
        "--source", "y", "--map", "gdelt", "--contacts", "deeds", "--lake", "L", "--seed", "7",
        "--offline", "--quiet", "--no-progress")  # fmt: skip
    args, kwargs = fakes["gap"]
    assert args == ("USA", "IRN")
    assert kwargs == {"start": "1980", "end": "1990-06", "by": "year", "source": ["x", "y"],
                      "map": "gdelt", "contacts": "deeds", "lake": "L", "seed": 7}  # fmt: skip


def test_what_was_not_typed_is_the_default_of_the_verb(fakes: dict[str, Any], run: Run) -> None:
    import inspect

    run("gap", "USA", "IRN", env={"REALPOLITIK_LAKE": None})
    run("acts", "USA", "IRN", env={"REALPOLITIK_LAKE": None})
    for verb in ("gap", "acts"):
        source = {"gap": "realpolitik.api.gap", "acts": "realpolitik.api.acts"}[verb]
        function = getattr(__import__(source, fromlist=[verb]), verb)
        keywords = inspect.signature(function).parameters.values()
        assert fakes[verb][1] == {key.name: key.default for key in keywords if key.kind == 3}


def test_the_lake_may_come_from_the_environment(fakes: dict[str, Any], run: Run) -> None:
    run("gap", "USA", "IRN", env={"REALPOLITIK_LAKE": "elsewhere"})
    assert fakes["gap"][1]["lake"] == "elsewhere"


def test_quiet_silences_remarks(fakes: dict[str, Any], run: Run) -> None:
    assert run("gap", "USA", "IRN", "-q").stderr == ""
