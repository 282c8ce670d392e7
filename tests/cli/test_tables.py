"""What a person reads, on any terminal."""

from __future__ import annotations

from typing import Any

import pytest

import realpolitik as rp
from realpolitik.cli._acts_list import when
from realpolitik.cli._tables import Screen, drawn
from realpolitik.cli._text import fitted, number, safe
from tests.cli.conftest import ACTS, HARSHER, Run, findings

FINDINGS = {"findings": [made.as_dict() for made in findings()]}
WIDE = Screen(width=None, encoding="utf-8", colour=False)
FORTY = Screen(width=40, encoding="utf-8", colour=False)


def test_findings_come_by_direction_with_the_label_first() -> None:
    lines = drawn(FINDINGS, WIDE).splitlines()
    assert lines[0] == "USA → IRN, keds_gulf, 1979-04-15 to 1999-03-31"
    assert lines[1] == HARSHER
    assert "IRN → USA, keds_gulf, 1979-04-15 to 1999-03-31" in lines
    tone = next(line for line in lines if "tone_words" in line)
    assert tone.split() == ["tone_words", "│", "-1.25", "│", "[-1.5,", "-1]", "│", "log-odds", "│",
                            "1,812", "│", "301.5"] or tone.split() == [
        "tone_words", "-1.25", "[-1.5,", "-1]", "log-odds", "1,812", "301.5"]  # fmt: skip


def test_a_group_names_the_command_that_lists_its_acts() -> None:
    assert "  acts: realpolitik acts USA IRN --actor USA\n" in drawn(FINDINGS, WIDE)


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_table_cuts_no_name_and_no_number(width: int) -> None:
    text = drawn(FINDINGS, Screen(width=width, encoding="utf-8", colour=False))
    assert max(map(len, text.splitlines())) <= width
    words = set(text.replace(")", " ").split())
    assert words >= {row["statistic"] for row in FINDINGS["findings"]}
    assert words >= {"-1.25", "[-1.5,", "-1]", "1,812", "301.5", "log-odds"}
    assert "…" not in text
    assert text.count("estimate") == (2 if width > 60 else 0)


def test_a_null_says_why_and_another_map_is_named() -> None:
    text = drawn(FINDINGS, WIDE)
    assert "too thin" in text
    assert "  tone_deeds: 4 deeds; 10 are needed.\n" in text
    assert "gap_z_sensitivity (gdelt)" in text


@pytest.mark.parametrize("rows", [FINDINGS, {"acts": ACTS}, {"states": [
    {"code": "IRN", "name": "Iran", "aliases": ["Persia"] * 9, "spells": [{"cow": 630}]},
    {"code": "USA", "name": "United States", "aliases": [], "spells": []},
]}])  # fmt: skip
def test_forty_columns_hold_everything(rows: dict[str, Any]) -> None:
    text = drawn(rows, FORTY)
    assert max(map(len, text.splitlines())) <= 40
    wide = drawn(rows, WIDE)
    missing = {word for word in wide.split() if word.isalpha()} - set(
        text.replace(":", " ").split()
    )
    assert missing <= {"code", "statistic", "estimate", "interval", "unit", "n"}


def test_where_nothing_wraps_each_act_is_one_line() -> None:
    lines = drawn({"acts": ACTS}, WIDE).splitlines()
    assert len(lines) == len(ACTS)
    assert (
        "1953-08-19  USA → IRN  deed of conflict, secret until 2013-08  [from memory]" in lines[0]
    )
    assert "cameo 010 Coerce" in lines[0]
    assert "casebook:A003; Title; grade A1" in lines[0]
    assert lines[1].startswith("1979-11  IRN → USA  word of conflict, 1,204 acts")


def test_control_characters_are_spelt_out() -> None:
    text = drawn({"acts": ACTS}, WIDE)
    assert "\x1b" not in text
    assert r"\x1b[31mred" in text


def test_other_letters_are_replaced_never_refused() -> None:
    text = drawn({"acts": ACTS, }, Screen(width=None, encoding="ascii", colour=False))  # fmt: skip
    assert text.isascii()
    assert "USA -> IRN" in text
    assert 'Joint coup - "Ajax"' in text
    assert drawn(FINDINGS, Screen(width=60, encoding="ascii", colour=False)).isascii()


def test_nothing_found_says_so() -> None:
    assert drawn({"acts": []}, WIDE) == "no acts\n"
    assert drawn({"states": []}, WIDE) == "nothing found\n"
    assert drawn({"findings": []}, WIDE) == "no findings\n"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1812.4, "1,812"), (0.03214, "0.0321"), (-1.25, "-1.25"), (12.34, "12.3"), (0.0, "0"), (999.9, "1,000"), (100.0, "100")],
)  # fmt: skip
def test_numbers_have_three_figures(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("precision", "end", "shown"),
    [("day", "1953-08-19", "1953-08-19"), ("month", "1953-08-31", "1953-08"),
     ("year", "1953-12-31", "1953"), ("range", "1953-09-01", "1953-08-19 to 1953-09-01"),
     (None, None, "1953-08-19")],
)  # fmt: skip
def test_a_date_is_no_finer_than_its_source(precision: str, end: str, shown: str) -> None:
    row = {"date": "1953-08-19", "end_date": end, "date_precision": precision}
    assert when(row) == shown


def test_safe_keeps_letters_and_joiners() -> None:
    assert safe("Café می\u200cخواهم") == "Café می\u200cخواهم"
    assert safe("a\nb\x1b\u202ec\udc80") == r"a b\x1b\u202ec\udc80"
    assert fitted("Café → ‘x’ 中", "ascii") == "Cafe -> 'x' ?"
    assert fitted("Café", "latin-1") == "Café"


def test_columns_decides_where_it_is_set(fakes: dict[str, Any], run: Run) -> None:
    narrow = run("gap", "USA", "IRN", env={"COLUMNS": "40"}).stdout
    assert max(map(len, narrow.splitlines())) <= 40
    assert max(map(len, run("acts", "USA", "IRN").stdout.splitlines())) > 100


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in drawn(FINDINGS, Screen.of(Terminal()))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in drawn(FINDINGS, Screen.of(Terminal()))
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in drawn(FINDINGS, Screen.of(Terminal()))


def test_rows_with_few_columns_make_a_table(fakes: dict[str, Any], run: Run) -> None:
    fakes["answer"]("doctor", rp.Rows("checks", [
        {"check": "python", "ok": True, "found": "3.11", "todo": ""},
        {"check": "record", "ok": False, "found": "damaged", "todo": "Reinstall."},
    ]))  # fmt: skip
    got = run("doctor")
    assert got.exit_code == 1
    assert [line.split() for line in got.stdout.splitlines() if "damaged" in line] == [
        ["record", "no", "damaged", "Reinstall."]
    ]
