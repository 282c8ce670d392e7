"""Relation and posture of a made-up record: levels against a reference, changes without one."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

import realpolitik as rp
from realpolitik.api import latent as verb
from realpolitik.errors import UnknownName, UsageError
from realpolitik.findings import Finding
from realpolitik.measures._question import SourceSpan
from realpolitik.measures.latent import CHANGES, LEVELS, OVER_SPAN, latent
from realpolitik.stats.latent_model import Health
from tests.measures.synthetic import BOOK, acts, ask, dyads, row, tallies

MADE = SourceSpan("made_up", "sample", date(1990, 1, 1), date(1992, 12, 31), "month", listed=False)
DAYS = [date(1990 + i // 12, i % 12 + 1, 1) for i in range(36)]
WAYS = (("USA", "IRN"), ("IRN", "USA"))


def pair(posture: float, deeds: float = 0.0, seed: int = 1, n: int = 40) -> list[dict[str, Any]]:
    """36 months of USA and IRN: deeds of one tone, words of USA harsher or milder by `posture`."""
    rng, rows = np.random.default_rng(seed), []
    for day in DAYS:
        for actor, target in WAYS:
            odds = {"deed": deeds, "word": 0.4 * deeds + (posture if actor == "USA" else 0.0)}
            for kind, tone in odds.items():
                many = n if kind == "word" else n // 3
                c = int(rng.binomial(many, 1 / (1 + np.exp(-tone))))
                rows.append(row(actor, target, kind, c, many - c, month=day))
    return rows


def run(
    rows: list[dict[str, Any]], book: list[dict[str, Any]] | None = None, **asked: Any
) -> list[Finding]:
    return latent(tallies(rows), acts(book or []), ask(**asked), [MADE, BOOK])


def of(found: list[Finding], actor: str = "USA") -> dict[str, Finding]:
    return {one.statistic: one for one in found if one.actor == actor}


@pytest.fixture(scope="module")
def harsh() -> list[Finding]:
    """USA talks more harshly than its deeds; a reference set stands beside it."""
    return run(dyads(130) + pair(posture=-1.5))


def test_a_planted_posture_is_found_and_the_other_side_has_none(harsh: list[Finding]) -> None:
    mine, other = of(harsh)["posture_mean"], of(harsh, "IRN")["posture_mean"]
    assert mine.upper is not None and mine.upper < 0
    assert mine.lower is not None and mine.lower < -1.5 < mine.upper + 0.5
    assert other.lower is not None and other.upper is not None and other.lower < 0 < other.upper
    assert set(of(harsh)) == set(OVER_SPAN)
    assert "Deeds are taken as the truth" in mine.notes[0]


def test_secret_deeds_move_the_relation_on_the_day_they_happened() -> None:
    rows = dyads(130) + pair(posture=0.0, n=12)
    hidden = [{"date": day, "kind": "deed", "side": "cooperation", "secrecy": "secret"} for day in DAYS[:24]
              for _ in range(6)]  # fmt: skip
    found = of(run(rows, hidden, start=date(1990, 1, 1), end=date(1991, 12, 31)))
    told, without = found["relation_mean_secret"], found["relation_mean"]
    assert told.notes[0] == "Secret deeds of casebooks added: 144."
    assert told.estimate is not None and without.estimate is not None
    assert told.estimate > without.estimate + 0.2
    assert of(run(rows))["relation_mean_secret"].status == "cannot tell"


def test_without_a_reference_levels_cannot_be_told_and_changes_can() -> None:
    found = of(run(dyads(20) + pair(posture=-1.5)))
    for name in (*LEVELS, "posture_mean_secret"):
        assert (found[name].status, found[name].estimate) == ("cannot tell", None)
    assert "the changes are given" in found["posture_mean"].notes[0]
    assert found["posture_shift"].status == "ok"
    yearly = [one for one in run(dyads(20) + pair(posture=-1.5), by="year") if one.actor == "USA"]
    assert {one.statistic for one in yearly if one.status == "ok"} == set(CHANGES)


def test_few_acts_are_too_thin_and_none_are_not_covered() -> None:
    thin = run(dyads(130) + pair(posture=0.0)[:8])
    assert {one.status for one in thin} == {"too thin"}
    assert {one.status for one in run(dyads(130))} == {"not covered"}
    away = run(dyads(130) + pair(posture=0.0), start=date(2001, 1, 1), end=date(2002, 1, 1))
    assert {one.status for one in away} == {"not covered"} and all(
        one.estimate is None for one in away
    )


def test_casebooks_give_no_finding_of_their_own(harsh: list[Finding]) -> None:
    assert {one.sources for one in harsh} == {("made_up",)}


def test_years_lie_around_the_mean_of_the_span(harsh: list[Finding]) -> None:
    found = run(dyads(130) + pair(posture=-1.5), by="year")
    years = [one for one in found if (one.actor, one.statistic) == ("USA", "posture_mean")]
    assert [one.start for one in years] == ["1990-01-01", "1991-01-01", "1992-01-01"]
    mean = float(np.mean([one.estimate for one in years]))
    assert mean == pytest.approx(of(harsh)["posture_mean"].estimate, abs=1e-9)


def test_exchanged_names_mirror_every_number(harsh: list[Finding]) -> None:
    names = {"USA": "IRN", "IRN": "USA"}
    turned = [one | {"actor": names[one["actor"]], "target": names[one["target"]]}
              for one in pair(posture=-1.5)]  # fmt: skip
    back = run(dyads(130) + turned)
    for actor, other in names.items():
        here, there = of(harsh, actor), of(back, other)
        for name, one in here.items():
            assert (one.estimate, one.lower, one.upper, one.status) == (
                there[name].estimate, there[name].lower, there[name].upper, there[name].status,
            )  # fmt: skip


def test_a_sampler_that_has_not_settled_says_so() -> None:
    from realpolitik.stats.latent import fit
    from realpolitik.stats.latent_model import Paths

    def engine(counts: Any, anchor: Any, seed: int) -> Paths:
        found = fit(counts, anchor, seed)
        return Paths(found.relation, found.posture, found.rules, Health(1.2, 30.0, 4))

    rows = tallies(dyads(130) + pair(posture=0.0))
    found = latent(rows, acts([]), ask(), [MADE], engine=engine)
    said = [note for note in of(found)["relation_mean"].notes if note.startswith("No-U-Turn")]
    assert "R-hat 1.200" in said[0] and "4 divergent steps" in said[0] and "not settled" in said[0]


def test_an_engine_that_is_unknown_or_absent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownName, match="laplace, nuts"):
        rp.latent("USA", "IRN", engine="gibbs")
    module = __import__("sys").modules["realpolitik.api.latent"] if callable(verb) else verb
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="realpolitik\\[bayes\\]"):
        rp.latent("USA", "IRN", engine="nuts")
