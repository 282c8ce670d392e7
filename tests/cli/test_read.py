"""`read` on files, folders and standard input: data out, one line for what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytest.importorskip("spacy")
TEXT = "The United States condemned Iran on Tuesday. We imposed sanctions on Iran."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    return tmp_path


def test_one_text_in_the_shape_of_the_contract(folder: Path, run: Run) -> None:
    got = run("read", str(folder / "a.txt"), "--date", "2018-05-09", "--json")
    found = json.loads(got.stdout)
    assert list(found) == ["document", "acts", "quotations", "claims", "citations"]
    text = found["document"]["text"]
    for act in found["acts"]:
        assert text[act["start"] : act["end"]] == act["text"]
    first = found["acts"][0]
    assert (first["actor"], first["target"], first["date"]) == ("USA", "IRN", "2018-05-08")


def test_a_folder_is_read_as_far_as_it_can_be(folder: Path, run: Run) -> None:
    got = run("read", str(folder), "--speaker", "USA", "--format", "jsonl")
    assert got.exit_code == 3
    assert "b.txt holds no text" in got.stderr
    rows = [json.loads(line) for line in got.stdout.splitlines()]
    assert [row["actor_native"] for row in rows] == ["United States", "We"]
    assert {row["document"] for row in rows} == {"a.txt"}


def test_what_cannot_be_read_is_one_line(folder: Path, run: Run) -> None:
    got = run("read", str(folder / "b.txt"))
    assert (got.exit_code, got.stdout, got.stderr.count("\n")) == (2, "", 1)
    assert "--offline forbids" in run("read", "https://example.org", "--offline").stderr
