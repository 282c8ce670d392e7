"""Hidden against open, lags and hindsight on a handful of acts in sight of the reader."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import Any

import pytest

from realpolitik.findings import Finding
from realpolitik.measures._hindsight import Account
from realpolitik.measures.secrets import TILTED, secrets
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


def run(
    rows: list[dict[str, Any]],
    as_of: date | None = None,
    accounts: dict[str, tuple[Account, ...]] | None = None,
    **asked: Any,
) -> dict[str, Finding]:
    found = secrets(acts(rows), ask(**asked), [BOOK], as_of, accounts)
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


def test_each_tilt_tried_is_a_finding_and_moves_the_interval_too() -> None:
    found = run(ROWS)
    whole = found["hidden_minus_open"]
    assert list(TILTED) == [
        "tilted_1_10", "tilted_1_5", "tilted_1_3", "tilted_1_2", "tilted_1", "tilted_2",
        "tilted_3", "tilted_5", "tilted_10",
    ]  # fmt: skip
    for name, tilt in TILTED.items():
        by = math.log(tilt)
        moved = [getattr(found[name], end) for end in ("estimate", "lower", "upper")]
        told = [getattr(whole, end) - by for end in ("estimate", "lower", "upper")]
        assert moved == pytest.approx(told)
    assert found["tilt_unsure"].estimate == pytest.approx(math.exp(whole.lower or 0))


def test_the_tilt_is_one_where_the_sign_is_unsure_as_it_stands() -> None:
    mixed = [*ROWS, {"date": date(1985, 4, 1), "side": "cooperation"}]
    found = run(mixed)
    assert found["hidden_minus_open"].lower is not None
    assert found["hidden_minus_open"].lower < 0 < (found["hidden_minus_open"].upper or 0)
    assert found["tilt_unsure"].estimate == 1.0


CHAIN = (
    Account("book:000", 1, date(1985, 1, 6), 0, 0, False, "0 killed, 0 injured"),
    Account("book:000", 2, date(1985, 2, 1), None, 34, False, "34 injured"),
    Account("book:000", 3, date(1985, 3, 31), 0, 100, True, "at least 100 injured"),
)


@pytest.mark.parametrize(
    ("day", "killed", "injured"),
    [
        (date(1985, 1, 5), None, None),
        (date(1985, 1, 6), 0, 0),
        (date(1985, 2, 1), None, 34),
        (date(1985, 3, 30), None, 34),
        (date(1985, 3, 31), 0, 100),
    ],
)
def test_whom_the_account_of_a_day_says_was_harmed(
    day: date, killed: int | None, injured: int | None
) -> None:
    found = run(ROWS, as_of=day, accounts={"book:000": CHAIN})
    assert found["killed_as_of"].estimate == killed
    assert found["injured_as_of"].estimate == injured
    assert found["injured_hindsight"].estimate == 100
    assert "A lower bound" in found["injured_hindsight"].notes[1]
    assert run(ROWS, as_of=day)["injured_as_of"].status == "not covered"


def test_secrets_still_to_come_are_counted_by_the_lags_of_those_that_came() -> None:
    """Half of the acts of each day come out at once and half a year later: the recent half lacks."""
    rows = [
        {"date": day, "kind": "deed", "side": "cooperation", "secrecy": "secret",
         "disclosed": day + timedelta(days=lag), "disclosed_precision": "day"}
        for day in (date(1985, 1, 1) + timedelta(days=5 * i) for i in range(146))
        for lag in (0, 365)
    ]  # fmt: skip
    early = run(rows, as_of=date(1986, 12, 31), start=date(1986, 6, 1), end=date(1986, 12, 31))
    known, told = early["secrets_known"], early["secrets_nowcast"]
    assert known.estimate == 42
    assert told.estimate == pytest.approx(84, rel=0.05)
    assert told.lower is not None and told.upper is not None
    assert 42 < told.lower < 84 < told.upper
    late = run(rows, as_of=date(1989, 12, 31), start=date(1986, 6, 1), end=date(1986, 12, 31))
    assert late["secrets_known"].estimate == late["secrets_nowcast"].estimate == 84


def test_too_few_secrets_tell_nothing_of_what_is_to_come() -> None:
    found = run(ROWS, as_of=date(1987, 12, 31))["secrets_nowcast"]
    assert (found.status, found.estimate, found.n) == ("too thin", None, 2)


def made(seed: int) -> tuple[list[dict[str, Any]], dict[str, tuple[Account, ...]], date]:
    """Acts, some secret and some of these never disclosed, with accounts, and a day."""
    rng = random.Random(seed)
    start, rows, accounts = date(1985, 1, 1), [], {}
    for i in range(rng.randint(6, 20)):
        day = start + timedelta(days=rng.randrange(730) if i else 0)
        row = {
            "act_id": f"book:{i:03}", "date": day, "end_date": day,
            "kind": rng.choice(["word", "deed", "contact"]),
            "side": rng.choice(["cooperation", "conflict", "neutral"]),
        }  # fmt: skip
        if i and rng.random() < 0.6:
            out = day + timedelta(days=rng.randrange(700)) if rng.random() < 0.8 else None
            row |= {"secrecy": "secret", "disclosed": out, "disclosed_precision": out and "day"}
        rows.append(row)
        later = sorted(rng.randrange(500) for _ in range(rng.randrange(4)))
        accounts[f"book:{i:03}"] = tuple(
            Account(f"book:{i:03}", number, day + timedelta(days=lag), harm, None, False, f"{harm}")
            for number, (lag, harm) in enumerate(
                ((lag, rng.choice([None, 0, 3])) for lag in later), start=1
            )
        )
    return rows, accounts, start + timedelta(days=rng.randrange(200, 1000))


KNOWN_THEN = ("gap_as_of", "killed_as_of", "injured_as_of", "secrets_known", "secrets_nowcast")


@pytest.mark.parametrize("seed", range(25))
def test_the_record_as_of_a_day_is_the_record_made_of_what_was_known_then(seed: int) -> None:
    rows, accounts, day = made(seed)
    then = [row for row in rows if (known := _public(row)) is not None and known <= day]
    told = {act: tuple(one for one in chain if one.known <= day) for act, chain in accounts.items()}
    later, replayed = run(rows, day, accounts), run(then, day, told)
    assert then
    for name in KNOWN_THEN:
        mine, other = later[name], replayed[name]
        assert (mine.estimate, mine.lower, mine.upper) == (other.estimate, other.lower, other.upper)
    assert replayed["gap_hindsight"].estimate == later["gap_as_of"].estimate


def _public(row: dict[str, Any]) -> date | None:
    out: date | None = row["disclosed"] if row.get("secrecy") == "secret" else row["end_date"]
    return out
