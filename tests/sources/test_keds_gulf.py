"""The publisher's file, line by line: every line an act, a repeat, or refused with a reason."""

import datetime as dt

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.schema.fit import fit
from realpolitik.sources import card, shape
from realpolitik.sources.keds_gulf import acts

LINE = "790415  USA     SAU     042     ENDORSE     "


@pytest.fixture(scope="module")
def gulf(shared_data):
    return shared_data / "events" / "keds_gulf" / "Gulf99all.dat"


@pytest.fixture(scope="module")
def con():
    return ibis.duckdb.connect()


@pytest.fixture(scope="module")
def real(gulf, con):
    return con.create_table("real_acts", acts.read(con, gulf))


def count(expr):
    return expr.count().to_pyarrow().as_py()


def written(tmp_path, *lines, end="\r\n", encoding="ascii"):
    path = tmp_path / "keds.dat"
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return path


def test_every_line_is_accounted_for(gulf, con, real):
    account = acts.account(con, gulf)
    assert account.lines == 304_402
    assert account.lines == account.acts + account.repeats + sum(account.refused.values())
    assert account.acts == count(real) == 242_188
    assert account.repeats == 39_129
    assert account.refused["ARB: Arabs or Arab states at large: no one actor"] == 14_973
    assert account.refused["actor and target are one"] == 1_984
    assert "unreadable date" not in account.refused
    assert "code not in the vocabulary" not in account.refused


def test_repeats_and_the_dyad_as_counted_from_the_text(gulf, con):
    with gulf.open(encoding="ascii", newline="") as file:
        lines = file.read().split("\r\n")[:-1]
    assert len(lines) - len(set(lines)) == 39_129
    dyad = [line for line in lines if {line[8:11], line[16:19]} == {"USA", "IRN"}]
    assert len(dyad) == 14_051
    raw = acts.raw(con, gulf)
    native = raw.filter(
        ((raw.actor_native == "USA") & (raw.target_native == "IRN"))
        | ((raw.actor_native == "IRN") & (raw.target_native == "USA"))
    )
    assert count(native) == 14_051


def test_real_acts_fit_and_cover_what_the_card_says(real):
    fit(real, "acts")
    coverage = card("keds_gulf").coverage
    [ends] = real.aggregate(first=real.date.min(), last=real.date.max()).to_pyarrow().to_pylist()
    assert (ends["first"], ends["last"]) == (coverage.start, coverage.end)
    assert count(real.filter(real.intensity.notnull() | real.secrecy.notnull())) == 0


def test_known_months_of_the_dyad(gulf, con):
    raw = acts.raw(con, gulf)
    dyad = raw.filter(
        raw.actor_native.isin(["USA", "IRN"])
        & raw.target_native.isin(["USA", "IRN"])
        & (raw.actor_native != raw.target_native)
    )
    months = dyad.group_by(month=dyad.day.substr(0, 4)).aggregate(n=dyad.count())
    top = months.order_by(ibis.desc("n")).limit(3).to_pyarrow().to_pylist()
    # The embassy, the release of the hostages, the tanker war.
    assert top == [
        {"month": "7911", "n": 614},
        {"month": "8101", "n": 499},
        {"month": "8710", "n": 479},
    ]


def test_line_ends_do_not_matter(tmp_path, con):
    lines = [LINE, LINE.replace("790415", "790416"), LINE.replace("042", "031").strip()]
    tables = []
    for end in ("\r\n", "\n", "\r"):
        rows = acts.read(con, written(tmp_path, *lines, end=end)).order_by("act_id")
        tables.append(rows.to_pyarrow().to_pylist())
    assert tables[0] == tables[1] == tables[2]
    assert {row["source_event_id"] for row in tables[0]} == {"1", "2", "3"}


def test_a_missing_last_line_end_loses_nothing(tmp_path, con):
    path = tmp_path / "keds.dat"
    path.write_text(LINE + "\n" + LINE.replace("790415", "790416"))
    assert acts.account(con, path).acts == 2


def test_two_digit_years(tmp_path, con):
    lines = [
        LINE.replace("790415", day) for day in ("790101", "991231", "000101", "040229", "781231")
    ]
    rows = acts.read(con, written(tmp_path, *lines)).to_pyarrow().to_pylist()
    assert sorted(row["date"] for row in rows) == [
        dt.date(1979, 1, 1), dt.date(1999, 12, 31), dt.date(2000, 1, 1), dt.date(2004, 2, 29),
        dt.date(2078, 12, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "empty line"),
        ("        ", "empty line"),
        (LINE.replace("790415", "790431"), "unreadable date"),
        (LINE.replace("790415", "79O415"), "unreadable date"),
        (LINE.replace("790415", "7904"), "unreadable date"),
        (LINE.replace("USA", "QQQ"), "unknown actor code"),
        (LINE.replace("SAU", "QQQ"), "unknown actor code"),
        (LINE.replace("042", "   "), "no code"),
        (LINE.replace("042", "000"), "code not in the vocabulary"),
        (LINE.replace("042", "O24"), "code not in the vocabulary"),
        (LINE.replace("042", "42 "), "code not in the vocabulary"),
        (LINE.replace("SAU", "USA"), "actor and target are one"),
    ],
)
def test_refusals_name_the_reason(tmp_path, con, line, reason):
    account = acts.account(con, written(tmp_path, line, LINE))
    assert (account.lines, account.acts, account.refused) == (2, 1, {reason: 1})


def test_one_actor_under_two_codes_is_one_actor(tmp_path, con):
    line = LINE.replace("USA", "RUS").replace("SAU", "USR")
    assert acts.account(con, written(tmp_path, line)).refused == {"actor and target are one": 1}


def test_repeats_are_equal_lines_only(tmp_path, con):
    other = LINE.replace("042", "041").replace("ENDORSE", "PRAISE ")
    account = acts.account(con, written(tmp_path, LINE, other, LINE, LINE, other))
    assert (account.acts, account.repeats, account.refused) == (2, 3, {})


def test_a_refused_line_met_again_is_a_repeat(tmp_path, con):
    bad, other = LINE.replace("042", "000"), LINE.replace("USA", "QQQ")
    path = written(tmp_path, bad, bad, other, LINE, bad, "", "")
    account = acts.account(con, path)
    assert (account.acts, account.repeats) == (1, 2)
    assert account.refused == {
        "empty line": 2, "code not in the vocabulary": 1, "unknown actor code": 1,
    }  # fmt: skip
    kept = shape.refusals(acts.marked(con, path, off=frozenset({"repeats"})))
    assert kept["code not in the vocabulary"] == 3


def test_rows_before_repeats_were_collapsed_add_up_in_reports(real):
    dyad = real.filter(real.actor.isin(["USA", "IRN"]) & real.target.isin(["USA", "IRN"]))
    [found] = dyad.aggregate(n=dyad.count(), rows=dyad.reports.sum()).to_pyarrow().to_pylist()
    assert found == {"n": 11_632, "rows": 14_051}


def test_both_sides_of_a_meeting_name_each_other(real):
    pairs = real.filter(real.flags == "mirrored").to_pyarrow().to_pylist()
    by_id = {row["act_id"]: row for row in pairs}
    assert len(pairs) == 11_022
    for row in pairs:
        other = by_id[row["related"]]
        assert other["related"] == row["act_id"]
        assert (other["actor_native"], other["target_native"]) == (
            row["target_native"], row["actor_native"],
        )  # fmt: skip
        assert {row["code"], other["code"]} in ({"031"}, {"032", "033"})
        assert row["date"] == other["date"]


def test_an_empty_file_has_no_acts(tmp_path, con):
    path = tmp_path / "empty.dat"
    path.write_bytes(b"")
    assert acts.account(con, path).lines == 0


def test_what_is_not_ascii_is_refused(tmp_path, con):
    path = written(tmp_path, LINE.replace("ENDORSE", "ENDORSÉ"), encoding="latin-1")
    with pytest.raises(CorruptFile, match="ASCII"):
        acts.read(con, path)
    with pytest.raises(CorruptFile, match="FileNotFoundError"):
        acts.read(con, tmp_path / "absent.dat")


def test_raw_columns_are_the_cards():
    assert set(card("keds_gulf").raw_used) == {"date", "source", "target", "code", "label"}


def test_native_codes_are_kept(real):
    pairs = real.select("actor_native", "actor").distinct().to_pyarrow().to_pylist()
    assert {row["actor"] for row in pairs if row["actor_native"] == "RUS"} == {"SUN", "RUS"}
    assert {row["actor"] for row in pairs if row["actor_native"] == "UAR"} == {"EGY"}
