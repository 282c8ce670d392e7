"""Readings of a relation weighed on made-up acts: planted readings, guards, grids, mirrors."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ibis
import numpy as np
import pytest

from realpolitik.api._record import record
from realpolitik.findings import Finding
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._select import directed
from realpolitik.measures.weigh import weigh
from realpolitik.stats.hypotheses import NAMES
from realpolitik.vocab.issues import ISSUES, issue
from tests.measures.synthetic import BOOK, SAMPLE, acts, ask, dyads, row, tallies

OTHER = {"USA": "IRN", "IRN": "USA"}
# Each side has a general and a security code, taken in no order, so that the issue tells nothing of the side.
CODES = {"cooperation": ("050", "062"), "conflict": ("112", "190")}


def made(counts: dict[tuple[str, str], tuple[int, int]], both: bool = True) -> list[dict[str, Any]]:
    """Acts of both directions: cooperative and conflictual, by kind and secrecy."""
    rows: list[dict[str, Any]] = []
    rng = np.random.default_rng(1)
    for (kind, secrecy), sides in counts.items():
        for side, n in zip(("cooperation", "conflict"), sides, strict=True):
            for actor in ("USA", "IRN") if both else ("USA",):
                for _ in range(n):
                    day = date(1981, 1, 1) + timedelta(days=11 * len(rows) % 3000)
                    rows.append(
                        {"date": day, "actor": actor, "target": OTHER[actor], "kind": kind,
                         "side": side, "secrecy": secrecy, "reliability": "A", "code": CODES[side][rng.integers(2)],
                         "source_title": f"paper {len(rows)}", "verification": "source read"}
                    )  # fmt: skip
    return rows


HOSTILE = made({("word", "public"): (8, 40), ("word", "secret"): (4, 20),
                ("deed", "public"): (8, 40), ("deed", "secret"): (4, 20)})  # fmt: skip
STAGED = made({("word", "public"): (6, 24), ("word", "secret"): (20, 5),
               ("deed", "public"): (16, 16), ("deed", "secret"): (20, 5)})  # fmt: skip


def run(rows: list[dict[str, Any]], **asked: Any) -> dict[str, Finding]:
    found = weigh(acts(rows), tallies([]), ask(**asked), [BOOK])
    return {f.statistic: f for f in found}


def leader(found: dict[str, Finding]) -> str:
    named = [name for name in NAMES if f"posterior_{name}" in found]
    return max(named, key=lambda name: found[f"posterior_{name}"].estimate or 0)


def test_open_enmity_is_found_and_named() -> None:
    found = run(HOSTILE)
    assert leader(found) == "open_enmity"
    assert found["leader_share"].notes[0].startswith("The record supports open enmity")
    assert (found["leader_share"].estimate or 0) >= 0.9


def test_staged_enmity_leads_where_hidden_conduct_is_warm() -> None:
    assert leader(run(STAGED)) == "staged_enmity"


def test_a_prior_stands_beside_every_posterior_and_both_add_up() -> None:
    found = run(STAGED)
    for kind in ("prior", "posterior"):
        assert sum(
            found[f"{kind}_{name}"].estimate or 0 for name in NAMES if f"{kind}_{name}" in found
        ) == (pytest.approx(1))
    assert {f"prior_{name}" for name in NAMES} <= set(found)


def test_the_grid_is_always_printed_and_its_range_holds_the_base() -> None:
    found = run(HOSTILE)
    tried = {name for name in found if name.startswith("sensitivity_")}
    assert {f"sensitivity_{x}" for x in (
        "concentration_0.5", "concentration_2", "design_2", "design_4", "tilt_1/10", "tilt_10",
        "reliability_all_right", "reliability_grade_lower", "contacts_words", "contacts_deeds",
        "without_one_publication", "without_one_year",
    )} <= tried  # fmt: skip
    for name in NAMES:
        one = found.get(f"posterior_{name}", None)
        if one and one.estimate is not None:
            assert one.lower is not None and one.upper is not None
            assert one.lower <= one.estimate <= one.upper
            assert one.level is None  # a range over settings, no interval


def test_the_weakest_setting_is_no_stronger_than_any_that_is_printed() -> None:
    found = run(STAGED)
    weakest = found["weakest_bayes_factor"].estimate or 0
    printed = [f.estimate or 0 for name, f in found.items() if name.startswith("sensitivity_")]
    assert weakest <= min(printed) + 1e-9


def test_few_acts_are_undecided_and_say_what_would_decide() -> None:
    rows = made({("word", "public"): (1, 4), ("deed", "secret"): (2, 1)})
    told = " ".join(run(rows)["leader_share"].notes)
    assert "Undecided between" in told
    assert "what tells most are" in told


def test_too_few_acts_are_too_thin() -> None:
    found = run(made({("word", "public"): (1, 3)}))
    assert {f.status for f in found.values()} == {"too thin"}
    assert "8 non-neutral words and deeds; 10 are needed." in found["posterior"].notes[0]


def test_outside_coverage_is_null() -> None:
    found = run(HOSTILE, start=date(2005, 1, 1), end=date(2005, 12, 31))
    assert {(f.status, f.estimate) for f in found.values()} == {("not covered", None)}


def test_staging_is_not_read_off_the_absence_of_hidden_acts() -> None:
    rows = made({("word", "public"): (10, 40), ("deed", "public"): (25, 25)})
    found = run(rows)
    assert leader(found) == "staged_enmity"
    assert found["leader_share"].notes[0].startswith("Cannot tell: staged enmity, which is ahead")
    assert "holds 0 acts" in found["leader_share"].notes[0]


def test_acts_against_the_leader_are_named_and_weigh_what_is_said() -> None:
    rows = [one | {"act_id": f"book:{i:03}"} for i, one in enumerate(HOSTILE[::4])]
    found = run(rows)
    [first, *_] = [note for note in found["leader_share"].notes if note.startswith("Lowers")]
    factor = float(first.split(" of ")[1].split(":")[0])
    act = "book:" + first.split("book:")[1][:3]
    side = next(one["side"] for one in rows if one["act_id"] == act)
    assert (leader(found), side) == ("open_enmity", "cooperation")
    without = run([one for one in rows if one["act_id"] != act])
    name = "bayes_factor_open_enmity"
    gain = (without[name].estimate or 0) / (found[name].estimate or 1)
    assert gain == pytest.approx(factor, rel=0.01)
    assert factor > 1


def test_contacts_enter_only_where_it_is_said() -> None:
    meetings = [
        {"date": date(1985, 1, 1 + day), "kind": "contact", "side": "cooperation", "secrecy": "secret",
         "reliability": "A"}
        for day in range(20)
    ]  # fmt: skip
    plain, met = run(HOSTILE), run(HOSTILE + meetings)
    assert met["posterior_open_enmity"].estimate == plain["posterior_open_enmity"].estimate
    assert met["sensitivity_contacts_deeds"].estimate != met["bayes_factor_open_enmity"].estimate


def test_copies_in_one_publication_weigh_less() -> None:
    blocks = [
        one
        | {"source_title": f"{one['actor']} {one['kind']} {one['secrecy']} {one['side']} {i // 8}"}
        for i, one in enumerate(HOSTILE)
    ]
    alone, copied = run(HOSTILE), run(blocks)
    assert (copied["design_effect"].estimate or 0) > 2 > (alone["design_effect"].estimate or 0)


def test_a_poor_source_says_less() -> None:
    poor = run([one | {"reliability": "E"} for one in HOSTILE])
    good = run(HOSTILE)
    name = "bayes_factor_open_enmity"
    assert (poor[name].estimate or 0) < (good[name].estimate or 0)


def test_acts_from_memory_are_left_out_in_one_row() -> None:
    rows = [
        one | {"verification": "from memory"} if i % 5 == 0 else one
        for i, one in enumerate(HOSTILE)
    ]
    assert "sensitivity_without_memory" in run(rows)
    assert "sensitivity_without_memory" not in run(HOSTILE)


def test_a_span_of_two_governments_is_marked() -> None:
    rows = [one | {"date": date(1978 + i % 4, 3, 3)} for i, one in enumerate(HOSTILE)]
    book = SourceSpan("book", "cases", date(1970, 1, 1), date(1990, 12, 31), "day")
    [found] = [
        f for f in weigh(acts(rows), tallies([]), ask(), [book]) if f.statistic == "leader_share"
    ]
    assert any("2 governments of IRN (IRN.shah, IRN.islamic)" in note for note in found.notes)


def test_aid_is_counted_by_who_gave_it() -> None:
    aid = [
        {"date": date(1985, 2, 1 + i), "kind": "deed", "side": "cooperation", "code": "070",
         "actor": "USA" if i < 9 else "IRN", "target": "IRN" if i < 9 else "USA"}
        for i in range(12)
    ]  # fmt: skip
    found = run(HOSTILE + aid)["transfers_share"]
    assert (found.actor, found.estimate, found.n) == ("IRN", 0.25, 12)  # IRN stands first


def test_renamed_actors_mirror_every_number() -> None:
    """The pair has one relation: exchanged names leave all but the share of aid as it was."""
    rows = [*STAGED, *made({("deed", "secret"): (9, 2), ("word", "public"): (3, 9)}, both=False)]
    rows += [{"date": date(1985, 2, 3), "kind": "deed", "side": "cooperation", "code": "070"}]
    before = run(rows)
    after = run([one | {"actor": OTHER[one.get("actor", "USA")],
                        "target": OTHER[one.get("target", "IRN")]} for one in rows])  # fmt: skip
    assert set(before) == set(after)
    for name, here in before.items():
        there = after[name]
        assert (here.status, here.n) == (there.status, there.n), name
        if name == "transfers_share":
            assert (here.estimate or 0) + (there.estimate or 0) == pytest.approx(1)
        elif here.estimate is not None:
            assert here.estimate == pytest.approx(there.estimate, rel=1e-9), name


def test_order_of_rows_moves_nothing() -> None:
    rows = [one | {"act_id": f"book:{i:03}"} for i, one in enumerate(STAGED)]
    forth = weigh(acts(rows), tallies([]), ask(), [BOOK])
    assert weigh(acts(rows[::-1]), tallies([]), ask(), [BOOK]) == forth


def test_a_sample_is_held_against_its_own_typical_dyad() -> None:
    """Twice as hostile in words and deeds as the median dyad of the source, month by month."""
    months = [date(1990 + m // 12, 1 + m % 12, 1) for m in range(24)]
    rows = [
        row(actor, OTHER[actor], kind, 5, 20, month=month)
        for actor in OTHER
        for kind in ("word", "deed")
        for month in months
    ]
    found = {
        f.statistic: f
        for f in weigh(acts([{"date": months[0]}]), tallies(dyads() + rows), ask(), [SAMPLE])
    }
    assert leader(found) == "open_enmity"
    assert found["prior_issue_specific"].estimate == 0
    assert not any(name.startswith("sensitivity_tilt") for name in found)
    without = weigh(acts([{"date": months[0]}]), tallies(rows), ask(), [SAMPLE])
    assert {f.status for f in without} == {"cannot tell"}


def test_issues_come_from_the_code() -> None:
    assert issue("cameo", "0311") == "economy"
    assert issue("cameo", "0312") == "security"
    assert issue("cameo", "190") == "security"
    assert issue("cameo", "0313") == "law"
    assert issue("cameo", "050") == "general"
    assert set(ISSUES) >= {issue("weis", "223"), issue("plover", "AID")}


@pytest.mark.parametrize(
    ("a", "b", "start", "end", "among"),
    [
        ("PAK", "USA", date(2004, 1, 1), date(2013, 12, 31), "staged_enmity"),
        ("IRN", "ISR", date(1979, 2, 11), date(1990, 12, 31), "staged_enmity"),
        ("IRN", "ISR", date(1992, 1, 1), None, "open_enmity"),
        ("CUB", "USA", None, None, "open_enmity"),
    ],
)
def test_no_reading_of_a_control_dyad_is_ruled_out_that_historians_hold(
    a: str, b: str, start: date | None, end: date | None, among: str
) -> None:
    opened = record(None)
    cases = [span for span in opened.spans if span.role == "cases"]
    found = weigh(opened.acts, opened.tallies, Question(a, b, start, end), cases)
    values = {f.statistic: f.estimate for f in found}
    assert (values[f"posterior_{among}"] or 0) > 0.1


def test_the_acts_of_a_finding_are_the_acts_that_were_weighed() -> None:
    opened = record(None)
    cases = [span for span in opened.spans if span.role == "cases"]
    [found] = [
        f
        for f in weigh(opened.acts, opened.tallies, Question("PAK", "USA"), cases)
        if f.statistic == "leader_share"
    ]
    both = ibis.union(
        *(directed(opened.acts, *ends, "date") for ends in (("PAK", "USA"), ("USA", "PAK")))
    )
    weighed = both.filter(both.source == "casebook", both.side != "neutral", both.kind != "contact")
    assert found.n == weighed.count().to_pyarrow().as_py()
    assert "--actor" not in found.acts
