"""Hidden against open, lags and hindsight on a handful of acts in sight of the reader."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from realpolitik.findings import Finding
from realpolitik.measures.secrets import secrets
from tests.measures.synthetic import BOOK, acts, ask

ROWS: list[dict[str, Any]] = [
    {"date": date(1985, 1, 5), "side": "conflict"},
    {"date": date(1985, 2, 5), "side": "conflict"},
    {"date": date(1985, 3, 5), "kind": "deed", "side": "conflict"},
    {"date": date(1985, 5, 1), "kind": "deed", "side": "cooperation", "secrecy": "secret",
     "disclosed": date(1986, 11, 1), "disclosed_precision": "month"},
    {"date": date(1985, 6, 1), "kind": "deed", "side": "cooperation", "secrecy": "secret",
     "disclosed": date(1987, 1, 1), "disclosed_precision": "year"},
    {"date": date(1985, 7, 1), "kind": "contact", "side": "cooperation", "secrecy": "secret",
     "disclosed": None},
]  # fmt: skip


def run(rows: list[dict[str, Any]], as_of: date | None = None, **asked: Any) -> dict[str, Finding]:
    found = secrets(acts(rows), ask(**asked), [BOOK], as_of)
    return {f.statistic: f for f in found if f.actor == "USA"}


def test_acts_are_counted_by_openness_kind_and_side() -> None:
    found = run(ROWS)
    assert found["public_word_conflict"].estimate == 2
    assert found["secret_deed_cooperation"].estimate == 2
    assert found["secret_contact_cooperation"].estimate == 1
    assert found["secret_word_conflict"].estimate == 0
    assert (
        "--secrecy secret --kind deed --side cooperation" in found["secret_deed_cooperation"].acts
    )


def test_hidden_acts_are_warmer_than_open_words() -> None:
    found = run(ROWS)
    assert found["tone_secret"].estimate == pytest.approx(1.6094, abs=1e-4)  # log(2.5/0.5)
    assert found["tone_public_words"].estimate == pytest.approx(-1.6094, abs=1e-4)  # log(.5/2.5)
    assert found["hidden_minus_open"].estimate == pytest.approx(3.2189, abs=1e-4)
    assert found["tilt_omega"].estimate == pytest.approx(25.0)


def test_a_hidden_meeting_is_no_hidden_kindness() -> None:
    """Contacts are cooperation by their code whatever was said, so they stay out of the tone."""
    meetings = [
        {"date": date(1985, 8, day), "kind": "contact", "side": "cooperation", "secrecy": "secret"}
        for day in range(1, 9)
    ]
    apart, among = run(ROWS), run(ROWS + meetings)
    for statistic in ("tone_secret", "hidden_minus_open", "tilt_omega"):
        assert among[statistic].estimate == apart[statistic].estimate
    assert among["secret_contact_cooperation"].estimate == 9
    assert (
        "With 9 hidden contacts as their codes have them: 4.74."
        in among["hidden_minus_open"].notes[1]
    )


def test_the_interval_of_hidden_minus_open_is_that_of_few_cases() -> None:
    found = run(ROWS)["hidden_minus_open"]
    assert found.level == 0.95
    assert found.lower is not None and found.upper is not None
    assert found.lower < 1 and found.upper > 8
    assert "Leaving out one publication at a time: 2.71 to 3.22." in found.notes[0]


def test_hindsight_moves_the_gap_once_the_acts_are_known() -> None:
    on = [date(1985, 12, 31), date(1986, 11, 29), date(1986, 11, 30), date(1987, 12, 31)]
    moved = [run(ROWS, as_of=day)["hindsight_gap"].estimate for day in on]
    assert moved[0] == moved[1]
    assert moved[0] is not None and moved[2] is not None
    assert moved[0] > moved[2] > 0
    assert moved[3] == 0.0
    assert "book:003; book:004" in run(ROWS, as_of=on[0])["hindsight_gap"].notes[0]


def test_acts_never_disclosed_are_known_only_with_hindsight() -> None:
    late = run(ROWS, as_of=date(1990, 12, 31))
    assert "book:005" in late["hindsight_gap"].notes[0]


def test_few_lags_are_too_thin() -> None:
    found = run(ROWS)["disclosure_lag_median"]
    assert (found.status, found.estimate) == ("too thin", None)


def test_a_lag_to_a_month_or_year_is_taken_at_its_middle() -> None:
    rows = [
        {"date": date(1985, 12, 31), "secrecy": "secret", "disclosed": date(1986, 1, 1),
         "disclosed_precision": "year"}
        for _ in range(6)
    ]  # fmt: skip
    found = run(rows)["disclosure_lag_median"]
    assert (found.estimate, found.lower, found.upper) == (183, 1, 365)


def test_the_median_lag_of_five_acts() -> None:
    rows = [
        {"date": date(1985, 1, 1), "secrecy": "secret", "disclosed": date(1985, 1, day),
         "disclosed_precision": "day"}
        for day in (2, 3, 5, 9, 17)
    ]  # fmt: skip
    found = run(rows)["disclosure_lag_median"]
    assert (found.estimate, found.lower, found.upper) == (4, 1, 16)


def test_a_direction_without_acts_is_not_covered() -> None:
    found = secrets(acts(ROWS), ask(), [BOOK])
    assert {f.status for f in found if f.actor == "IRN"} == {"not covered"}


def test_years_are_looked_at_on_their_last_day() -> None:
    found = secrets(
        acts(ROWS), ask(by="year", start=date(1985, 1, 1), end=date(1986, 12, 31)), [BOOK]
    )
    gaps = [f for f in found if f.statistic == "hindsight_gap" and f.actor == "USA"]
    assert [(f.start, f.status) for f in gaps] == [("1985-01-01", "ok"), ("1986-01-01", "too thin")]
