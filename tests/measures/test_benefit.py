"""Deeds towards third parties on a made-up record: planted friends and rivals, regimes, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import ibis
import pytest

from realpolitik.api._record import record
from realpolitik.findings import Finding
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures.benefit import benefit
from realpolitik.vocab.belonging import belongings, proxies
from tests.measures.synthetic import CODES, acts, ask, row, tallies

SPAN = SourceSpan("made_up", "sample", date(1985, 1, 1), date(1991, 12, 31), "month", listed=False)
YEAR = {"start": date(1990, 1, 1), "end": date(1990, 12, 31)}
FRIENDS, RIVALS = CODES[:6], CODES[6:12]
BEFORE, DURING = date(1987, 1, 1), date(1990, 2, 1)


def ties_of_iran(month: date = BEFORE) -> Iterator[dict[str, Any]]:
    for code in FRIENDS:
        yield row("IRN", code, "word", 40, 10, month=month)
    for code in RIVALS:
        yield row(code, "IRN", "contact", 10, 40, month=month)


def deeds_of_usa(friendly: int = 9, hostile: int = 9) -> Iterator[dict[str, Any]]:
    for code in FRIENDS:
        yield row("USA", code, "deed", friendly, 10 - friendly, month=DURING)
    for code in RIVALS:
        yield row("USA", code, "deed", 10 - hostile, hostile, month=DURING)


def run(rows: list[dict[str, Any]], **more: Any) -> dict[str, Finding]:
    asked = {"question": ask(**YEAR), "sponsor": False} | more
    empty = acts([{"date": DURING}])
    found = benefit(tallies(rows), empty, asked["question"], [SPAN], asked["sponsor"])
    return {f.statistic: f for f in found if f.actor == "USA"}


def test_a_planted_benefit_is_found_and_adds_up() -> None:
    found = run([*ties_of_iran(), *deeds_of_usa()])
    whole = found["benefit"]
    # Each tie is (4 - 1)/(4 + 1) but for the halves, each balance 0.8.
    assert whole.estimate == pytest.approx(0.8 * 0.594, abs=0.01)
    parts = [f for name, f in found.items() if name.startswith("contribution_")]
    assert len(parts) == 12
    assert sum(f.estimate or 0 for f in parts) == pytest.approx(whole.estimate)
    assert found["third_parties_effective"].estimate == pytest.approx(12)
    assert found["benefit_p"].estimate is not None and found["benefit_p"].estimate < 0.01
    assert found["benefit_rank"].estimate == 1
    assert whole.notes[0] == (
        "Deeds of USA towards third parties suit IRN more than the same deeds under random ties would."
    )
    first = found[f"contribution_{FRIENDS[0]}"]
    assert f"realpolitik acts USA {FRIENDS[0]} --actor USA" in first.acts
    assert first.notes[0].startswith("9 cooperative and 1 conflictual deeds, mean tie +0.59")


def test_deeds_against_its_friends_run_the_other_way() -> None:
    found = run([*ties_of_iran(), *deeds_of_usa(friendly=1, hostile=1)])
    assert (found["benefit"].estimate or 0) < -0.4
    assert "suit IRN less than" in found["benefit"].notes[0]


def test_even_deeds_are_not_shown_to_suit() -> None:
    found = run([*ties_of_iran(), *deeds_of_usa(friendly=5, hostile=5)])
    assert "not shown to suit IRN" in found["benefit"].notes[0]


def test_ties_count_only_from_before() -> None:
    """Enmity that follows the deed, in the same quarter, is no tie."""
    found = run([*ties_of_iran(DURING), *deeds_of_usa()])
    assert found["benefit"].status == "too thin"
    assert found["benefit"].notes[0].startswith("0 of 120 deeds")


def test_ties_are_forgotten_after_five_years() -> None:
    assert run([*ties_of_iran(date(1985, 1, 1)), *deeds_of_usa()])["benefit"].status == "ok"
    early = SourceSpan("made_up", "sample", date(1980, 1, 1), date(1991, 12, 31), "month", False)
    rows = tallies([*ties_of_iran(date(1984, 12, 1)), *deeds_of_usa()])
    found = benefit(rows, acts([{"date": DURING}]), ask(**YEAR), [early])
    assert {f.status for f in found if f.actor == "USA"} == {"too thin"}


def test_deeds_towards_the_other_itself_do_not_count() -> None:
    plain = run([*ties_of_iran(), *deeds_of_usa()])
    more = [
        row("USA", "IRN", "deed", 500, 0, month=DURING),
        row("USA", "IRN", "word", 50, 0, month=BEFORE),
    ]
    assert run([*ties_of_iran(), *deeds_of_usa(), *more])["benefit"].n == plain["benefit"].n


def test_no_verdict_below_four_third_parties() -> None:
    rows = [row("USA", FRIENDS[0], "deed", 900, 0, month=DURING)]
    found = run([*ties_of_iran(), *deeds_of_usa(), *rows])
    assert found["benefit"].notes[0].startswith("No verdict: the deeds are worth 1.3 third parties")
    assert {found[name].status for name in ("benefit_p", "benefit_rank")} == {"cannot tell"}
    assert found["benefit"].status == "ok"


def test_few_deeds_are_too_thin() -> None:
    found = run([*ties_of_iran(), row("USA", FRIENDS[0], "deed", 9, 0, month=DURING)])
    assert {f.status for f in found.values()} == {"too thin"}


def test_outside_coverage_is_null() -> None:
    question = ask(start=date(2005, 1, 1), end=date(2005, 12, 31))
    found = run([*ties_of_iran(), *deeds_of_usa()], question=question)
    assert {(f.status, f.estimate) for f in found.values()} == {("not covered", None)}


def test_a_state_is_the_regime_of_the_day() -> None:
    rows = [
        row(CODES[0], CODES[1], "word", 500, 500, month=date(2000, 1, 1)),
        row("IRN", "IRQ", "deed", 0, 50, month=date(2002, 1, 1)),
        row("IRN", "IRQ", "deed", 50, 0, month=date(2003, 6, 1)),
        row("USA", "IRQ", "deed", 0, 30, month=date(2003, 2, 1)),
        row("USA", "IRQ", "deed", 30, 0, month=date(2004, 2, 1)),
    ]
    late = SourceSpan("made_up", "sample", date(2000, 1, 1), date(2005, 12, 31), "month", False)
    found = benefit(tallies(rows), acts([{"date": DURING}]), ask(), [late])
    parts = {
        f.statistic: f.estimate
        for f in found
        if f.actor == "USA" and f.statistic.startswith("contribution_")
    }
    assert set(parts) == {"contribution_IRQ.baath", "contribution_IRQ.republic"}
    assert all((value or 0) > 0.2 for value in parts.values())  # a rival hit, a friend helped


def test_deeds_of_a_sponsored_group_count_when_asked() -> None:
    rows = [row("HZB", code, "deed", 0, 10, month=DURING) for code in RIVALS]
    rows += [row("USA", code, "word", 10, 40, month=BEFORE) for code in RIVALS]
    found = {
        sponsor: [
            f.n
            for f in benefit(tallies(rows), acts([{"date": DURING}]), ask(**YEAR), [SPAN], sponsor)
            if (f.actor, f.statistic) == ("IRN", "benefit")
        ]
        for sponsor in (False, True)
    }
    assert found[False] in ([], [0])
    assert found[True] == [60]


def test_who_sponsored_whom_has_dates() -> None:
    found = {member.code: member for member in proxies("IRN")}
    assert found["HZB"].start == date(1982, 1, 1)
    assert "IRQ/KH" in found  # of the Quds force, which is a body of the state
    assert "AFG/HIG" not in {member.code for member in proxies("ISR")}


def test_a_code_stands_for_the_first_that_fits_its_day() -> None:
    def whose(code: str, day: date) -> str:
        return next(
            (
                one.whose
                for one in belongings()
                if one.member.code == code
                and (one.member.start is None or one.member.start <= day)
                and (one.member.end is None or one.member.end >= day)
            ),
            code,
        )

    assert whose("IRQ", date(2003, 4, 9)) == "IRQ.baath"
    assert whose("IRQ", date(2003, 4, 10)) == "IRQ.republic"
    assert whose("IRN/IRGC", date(1990, 1, 1)) == "IRN.islamic"
    assert whose("PAK/MIL", date(1990, 1, 1)) == "PAK"
    assert whose("AFG", date(1990, 1, 1)) == "AFG"
    assert whose("HZB", date(1990, 1, 1)) == "HZB"


def test_intensities_weigh_deeds_where_single_acts_are_at_hand() -> None:
    listed = SourceSpan("made_up", "sample", date(1985, 1, 1), date(1991, 12, 31), "day")
    rows = [*ties_of_iran(), *deeds_of_usa()]
    single = [
        {"source": "made_up", "date": date(1990, 2, 3), "target": code, "kind": "deed",
         "side": "cooperation", "intensity": 8.0}
        for code in FRIENDS
    ]  # fmt: skip
    found = benefit(tallies(rows), acts(single), ask(**YEAR), [listed])
    [twin] = [f for f in found if (f.actor, f.statistic) == ("USA", "benefit_intensity")]
    assert twin.estimate == pytest.approx(0.594, abs=0.01)
    assert run(rows)["benefit_intensity"].status == "cannot tell"


def test_the_casebook_tells_which_cases_bear_on_it() -> None:
    opened = record(None)
    cases = [span for span in opened.spans if span.role == "cases"]
    found = benefit(opened.tallies, opened.acts, Question("USA", "IRN"), cases)
    counted = {(f.actor, f.statistic): f.estimate for f in found}
    assert counted["USA", "cases_helped"] == 42
    assert counted["USA", "cases_hurt"] == 52
    [helped] = [f for f in found if (f.actor, f.statistic) == ("USA", "cases_helped")]
    assert "casebook:T014" in helped.notes[0]
    sponsored = benefit(opened.tallies, opened.acts, Question("USA", "IRN"), cases, sponsor=True)
    more = {(f.actor, f.statistic): f.n for f in sponsored}
    assert more["IRN", "cases_hurt"] >= counted["IRN", "cases_hurt"]


def test_renamed_actors_mirror_every_number() -> None:
    """USA and IRN exchange names in every row: every number changes sides and nothing else."""
    rows = [*ties_of_iran(), *deeds_of_usa(7, 8)]
    rows += [
        row("USA", code, "word", 15 + i, 25, month=BEFORE) for i, code in enumerate(CODES[:12])
    ]
    rows += [row("IRN", code, "deed", i, 8, month=DURING) for i, code in enumerate(CODES[:12])]
    other = {"USA": "IRN", "IRN": "USA"}
    turned = [
        one | {end: other.get(one[end], one[end]) for end in ("actor", "target")} for one in rows
    ]
    # IRN is a state with regimes and USA is not, so both stand for plain states here.
    question = ask(**YEAR)

    def told(found: list[Finding], turn: bool) -> dict[Any, Any]:
        return {
            (other[f.actor] if turn else f.actor, f.statistic): (
                f.estimate,
                f.lower,
                f.upper,
                f.n,
                f.status,
            )
            for f in found
        }

    empty = acts([{"date": DURING}])
    before = told(benefit(tallies(rows), empty, question, [SPAN]), False)
    after = told(benefit(tallies(turned), empty, question, [SPAN]), True)
    assert before == after and len(before) > 20


def test_order_of_rows_and_sources_moves_nothing() -> None:
    rows = [*ties_of_iran(), *deeds_of_usa(7, 8)]
    empty = acts([{"date": DURING}])
    forth = benefit(tallies(rows), empty, ask(**YEAR), [SPAN])
    back = benefit(tallies(rows[::-1]), empty, ask(**YEAR), [SPAN])
    assert forth == back
    other = SourceSpan("other", "sample", SPAN.start, SPAN.end, "month", False)
    both = ibis.union(tallies(rows), tallies([one | {"source": "other"} for one in rows[:9]]))
    one_way = benefit(both, empty, ask(**YEAR), [SPAN, other])
    assert [f for f in one_way if f.sources == ("made_up",)] == forth
    assert sorted(map(str, benefit(both, empty, ask(**YEAR), [other, SPAN]))) == sorted(
        map(str, one_way)
    )
