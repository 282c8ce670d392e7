"""`check` on the command line: exit codes, the shape of its data, and the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytest.importorskip("spacy")

TEXT = (
    "A truck bomb killed 124 US servicemen in Beirut in October 1983 [1]. "
    "Iran will never change. Kazakhstan bought two Iranian ferries in July 1997.\n\n"
    "[1] Peterson v. Islamic Republic <script>alert(1)</script> [US District Court]\n"
)
SLOTS = ["actor", "target", "act", "date", "quantity", "attribution"]


def test_a_contradiction_ends_with_one_and_the_data_keep_the_contract(
    run: Run, tmp_path: Path
) -> None:
    piece, page = tmp_path / "piece.txt", tmp_path / "piece.html"
    piece.write_text(TEXT, encoding="utf-8")
    got = run("check", str(piece), "--json", "--page", str(page))
    assert got.exit_code == 1
    found = json.loads(got.stdout)
    assert list(found) == ["document", "claims", "quotations", "citations", "warnings"]
    assert [one["verdict"] for one in found["claims"]] == [
        "contradicted",
        "not checkable",
        "not in record",
    ]
    first = found["claims"][0]
    assert first["acts"] == ["casebook:A051"]
    assert list(first["slots"]) == SLOTS
    assert first["slots"]["quantity"] == "conflict"
    assert (first["cites"], first["checkable"], first["as_of"]) == (["c1"], True, None)
    text = found["document"]["text"]
    for item in (*found["claims"], *found["citations"]):
        assert text[item["start"] : item["end"]] == item["text"]
    html = page.read_text(encoding="utf-8")
    assert "<script>" not in html
    assert 'id="k1" class="contradicted"' in html
    assert "241 US servicemen" in html


def test_without_a_contradiction_it_ends_with_nought(run: Run, tmp_path: Path) -> None:
    piece = tmp_path / "piece.txt"
    piece.write_text(
        "A truck bomb killed 241 US servicemen in Beirut in October 1983.", encoding="utf-8"
    )
    got = run("check", str(piece))
    assert got.exit_code == 0, got.stderr
    assert "SUPPORTED" in got.stdout
    assert "casebook:A051" in got.stdout
    assert "Without a citation: k1" in got.stdout


def test_what_cannot_be_read_is_one_line_and_two(run: Run, tmp_path: Path) -> None:
    got = run("check", str(tmp_path / "none.txt"))
    assert got.exit_code == 2
    assert len(got.stderr.strip().splitlines()) == 1
