"""The program on the bundled record, as a user starts it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import realpolitik as rp
from tests.cli.conftest import Run, environment, shell

CONTRACT = ["measure", "actor", "target", "start", "end", "statistic", "estimate", "lower", "upper",
            "level", "unit", "status", "n", "n_effective", "sources", "map", "method",
            "methodology_version", "acts", "notes"]  # fmt: skip
STATISTICS = {"tone_words", "tone_deeds", "contact_share", "gap_z", "gap_percentile", "surprise",
              "surprise_percentile", "tipping_leakage"}  # fmt: skip


def findings(run: Run, *words: str) -> list[dict[str, Any]]:
    got = run(*words, "--json")
    assert got.exit_code == 0, got.stderr
    return json.loads(got.stdout)["findings"]  # type: ignore[no-any-return]


def test_gap_keeps_the_contract(run: Run) -> None:
    found = findings(run, "gap", "USA", "IRN")
    assert {row["statistic"] for row in found} >= STATISTICS
    assert {(row["actor"], row["target"]) for row in found} == {("USA", "IRN"), ("IRN", "USA")}
    for row in found:
        assert list(row) == CONTRACT
        assert (row["estimate"] is None) == (row["status"] != "ok")


@pytest.mark.parametrize("verb", ["gap", "secrets", "follow", "benefit", "weigh"])
def test_swapping_the_actors_gives_the_same_rows(verb: str, run: Run) -> None:
    def key(row: dict[str, Any]) -> str:
        return json.dumps(row, sort_keys=True)

    ours, theirs = findings(run, verb, "USA", "IRN"), findings(run, verb, "IRN", "USA")
    assert sorted(map(key, ours)) == sorted(map(key, theirs))


def test_the_command_line_and_python_agree(run: Run) -> None:
    typed = findings(run, "gap", "iran", "United States", "--start", "1985", "--by", "year")
    assert typed == rp.gap("IRN", "USA", start="1985", by="year").to_dict()["findings"]


def test_every_number_names_a_command_that_lists_acts(run: Run) -> None:
    for verb in ("gap", "secrets", "follow", "benefit", "weigh"):
        lines = {row["acts"] for row in findings(run, verb, "USA", "IRN")}
        for line in sorted(lines)[:8]:
            program, *words = line.split()
            assert (program, words[0]) == ("realpolitik", "acts")
            assert run(*words, "--format", "csv", "-q").exit_code == 0, line


def test_acts_agree_with_the_counts_of_a_finding(run: Run) -> None:
    for row in findings(run, "secrets", "USA", "IRN"):
        if row["statistic"] == "secret_deed_conflict" and row["status"] == "ok":
            acts = json.loads(run(*row["acts"].split()[1:], "--json").stdout)["acts"]
            assert sum(act["n"] for act in acts) == row["estimate"]


def test_from_memory_stays_visible(run: Run) -> None:
    rows = json.loads(run("acts", "USA", "IRN", "--source", "casebook", "--json").stdout)["acts"]
    text = run("acts", "USA", "IRN", "--source", "casebook").stdout
    marked = sum(row["verification"] == "from memory" for row in rows)
    assert 0 < marked < len(rows) == len(text.splitlines())
    later = [account for row in rows for account in row["versions"]]
    marked += sum(account["verification"] == "from memory" for account in later)
    assert text.count("[from memory]") == marked


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["gap", "USA", "Irann"], "'Irann'"),
        (["gap", "USA", "Korea"], "ambiguous"),
        (["gap", "USA", "usa"], "two different actors"),
        (["gap", "USA", "IRN", "--start", "1990", "--end", "1980"], "1990"),
        (["gap", "USA", "IRN", "--start", "soon"], "soon"),
        (["gap", "USA", "IRN", "--source", "kedsgulf"], "keds_gulf"),
        (["gap", "USA", "IRN", "--map", "gdlt"], "gdelt"),
        (["gap", "USA", "IRN", "--map", "gdelt", "--contacts", "deeds"], "contacts"),
        (["secrets", "USA", "IRN", "--as-of", "tomorrow"], "tomorrow"),
        (["acts", "USA", "IRN", "--actor", "FRA"], "FRA"),
        (["codes", "99999"], "99999"),
        (["codes", "--system", "camoe"], "cameo"),
        (["sources", "gdelt9"], "gdelt9"),
        (["measures", "gapp"], "gap"),
        (["cite", "nobody"], "nobody"),
        (["states", "Atlantis"], "Atlantis"),
        (["dossier", "USA", "IRN", "-o", "none/page.html"], "none"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_input_is_one_line_and_exit_code_2(
    words: list[str], says: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    got = run(*words)
    assert (got.exit_code, got.stdout) == (2, "")
    assert got.stderr.count("\n") == 1
    assert got.stderr.startswith("realpolitik: ")
    assert says in got.stderr
    assert list(tmp_path.iterdir()) == []


def test_outside_coverage_is_null_never_zero(run: Run) -> None:
    rows = findings(run, "gap", "USA", "IRN", "--start", "2015", "--end", "2016")
    assert {row["status"] for row in rows} == {"not covered"}
    assert all(row["estimate"] is None and row["notes"] for row in rows)


def test_codes_are_text(run: Run) -> None:
    got = run("codes", "010", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(got.stdout)))
    assert {row["code"] for row in rows} == {"010"}
    assert all(row["reason"] for row in rows)


def test_every_look_up_prints_on_forty_ascii_columns(run: Run) -> None:
    for words in (["states", "Iran"], ["codes", "057"], ["sources"], ["measures"], ["doctor"]):
        got = run(*words, env={"COLUMNS": "40"})
        assert got.exit_code == 0, got.stderr
        assert max(map(len, got.stdout.splitlines())) <= 40
    for words in (["gap", "USA", "IRN"], ["secrets", "USA", "IRN"], ["follow", "USA", "IRN"]):
        done = shell(*words, env={"COLUMNS": "40", "PYTHONIOENCODING": "ascii"})
        assert done.returncode == 0
        assert max(map(len, done.stdout.decode("ascii").splitlines())) <= 40


def test_the_dossier_names_its_two_files_and_answers(tmp_path: Path) -> None:
    done = shell("dossier", "USA", "IRN", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    html, twin, blank, *answer = done.stdout.decode().splitlines()
    assert (html, twin, blank) == ("usa-iran.html", "usa-iran.json", "")
    assert answer
    assert sorted(file.name for file in tmp_path.iterdir()) == [html, twin]
    assert json.loads((tmp_path / twin).read_text(encoding="utf-8"))["findings"]
    streamed = shell("dossier", "USA", "IRN", "-o", "-", cwd=tmp_path)
    assert streamed.stdout == (tmp_path / html).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "bar"), [(["gap", "USA", "IRN", "--json"], 3), (["dossier", "USA", "IRN"], 16)]
)
def test_speed(words: list[str], bar: float, tmp_path: Path) -> None:
    line = [sys.executable, "-c", "import ibis, pandas, duckdb; ibis.duckdb.connect()"]
    pace = min(_seconds(lambda: subprocess.run(line, check=True)) for _ in range(2))
    taken = min(_seconds(lambda: shell(*words, cwd=tmp_path)) for _ in range(2))
    # Loading the engine takes a second where the bars were set; a slower machine gets more time.
    assert taken < bar * max(1.0, pace)


def _seconds(run: Callable[[], subprocess.CompletedProcess[bytes]]) -> float:
    """Processor time of a program: the bar is its own, not its neighbours'."""
    before = os.times()
    assert run().returncode == 0
    after = os.times()
    return (
        after.children_user + after.children_system
        - before.children_user - before.children_system
    )  # fmt: skip


def test_nothing_but_results_on_standard_output() -> None:
    done = shell("gap", "USA", "IRN", "--json")
    assert json.loads(done.stdout)["findings"]
    told = done.stderr.decode().splitlines()
    assert all(line.startswith("realpolitik: warning: ") for line in told)


def test_head_ends_it_quietly() -> None:
    line = "set -o pipefail; python -m realpolitik acts USA IRN 2>&1 | head -1"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, check=False,
        env=environment(PATH=path),
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


def test_the_list_of_sources_fits_a_hundred_letters_whatever_the_screen(run: Run) -> None:
    for env in ({}, {"COLUMNS": "100"}):
        lines = run("sources", env=env).stdout.splitlines()
        assert max(map(len, lines)) <= 100
        assert {line.split()[0] for line in lines if line.strip()} >= {"gdelt_v2", "keds_gulf"}
    assert "known biases" in run("sources", "keds_gulf").stdout


def test_a_folder_is_no_casebook_and_the_way_to_verify_a_lake_is_told(
    run: Run, tmp_path: Path
) -> None:
    told = run("verify", str(tmp_path))
    assert told.exit_code == 2
    assert "--lake" in told.stderr
