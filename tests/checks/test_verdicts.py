"""Verdicts on claims against the bundled record: each rule once, and what must not happen."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

pytest.importorskip("spacy")

from dataclasses import replace

from realpolitik.api._evidence import acts_for
from realpolitik.api._record import record
from realpolitik.checks.check import check
from realpolitik.checks.decide import Verdict, decide
from realpolitik.checks.evidence import Evidence
from realpolitik.checks.retrieve import Known
from realpolitik.coding.claim import Claim
from realpolitik.coding.claims import statements


@cache
def acts() -> tuple[Evidence, ...]:
    return tuple(acts_for(record(None), frozenset())[0])


def claim(text: str) -> Claim:
    return max(statements(text).claims, key=lambda one: len(one.text))


def judged(text: str, as_of: date | None = None) -> Verdict:
    return decide(claim(text), Known(acts(), as_of))


CASES = {
    "In July 1988 the cruiser Vincennes shot down Iran Air 655, killing 290 people.": ("supported", "A081"),
    "In July 1988 the cruiser Vincennes shot down Iran Air 655, killing 190 people.": ("contradicted", "A081"),
    "In July 1985 the cruiser Vincennes shot down Iran Air flight 655.": ("contradicted", "A081"),
    "Obama visited Havana in March 2016, met Raul Castro and watched baseball with Derek Jeter.": ("supported in part", "C272"),
    "Iran attacked two tankers in the Gulf of Oman in June 2019.": ("disputed", "A218"),
    "McFarlane never flew to Tehran in May 1986.": ("contradicted", "A063"),
    "A senior State Department official flew discreetly to Geneva in 2002 to meet Iranian diplomats.": ("supported", "A110"),
    "Ryan Crocker met Iranian diplomats in Geneva in 2002.": ("supported in part", "A110"),
    "Canada expelled two Iranian diplomats in May 1996.": ("not in record", ""),
    "The nuclear deal was a terrible mistake for America.": ("not checkable", ""),
    "Iran will never give up its nuclear programme.": ("not checkable", ""),
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_each_verdict_rests_on_the_act_meant(text: str) -> None:
    verdict, act = CASES[text]
    found = judged(text)
    assert found.verdict == verdict, found.why
    assert (f"casebook:{act}" in found.acts) == bool(act)
    assert bool(found.evidence) == bool(act), "a verdict on acts quotes their lines"


def test_contacts_that_lasted_tell_of_whom_other_acts_of_these_days_name() -> None:
    held = {one.id: one for one in Known(acts()).acts}
    assert {"ryan", "crock"} <= held["casebook:A110"].company  # named in A112, in the second month
    assert held["casebook:A160"].company == frozenset()  # one day: nobody but its own
    verdict = judged("Obama met Khamenei in Geneva in March 2015.")
    assert verdict.verdict == "not in record"  # such names make no act the one meant


def test_the_date_slot_is_named_where_it_conflicts() -> None:
    found = judged("In July 1985 the cruiser Vincennes shot down Iran Air flight 655.")
    assert found.slots["date"] == "conflict"
    assert "1988-07-03" in found.why


@pytest.mark.parametrize(
    "text",
    [
        "Iraq invaded Iran on 22 September 1980 and started an eight-year war.",
        "Ukraine captured ten Russian paratroopers on its soil in August 2014.",
        "Iran arrested three American hikers on the Iraqi border in July 2009.",
    ],
)
def test_exchanging_actor_and_target_turns_the_verdict(text: str) -> None:
    known, one = Known(acts()), claim(text)
    assert decide(one, known).verdict == "supported"
    assert decide(one.swapped(), known).verdict in {"contradicted", "not in record"}


def test_a_mutual_act_stays_when_the_two_are_exchanged() -> None:
    known, one = (
        Known(acts()),
        claim("Iran and the United States concluded the Algiers Accords in January 1981."),
    )
    assert decide(one, known).verdict == decide(one.swapped(), known).verdict == "supported"


def test_silence_contradicts_only_where_the_record_is_declared_complete() -> None:
    one, known = claim("Kazakhstan bought two Iranian ferries in July 1997."), Known(acts())
    assert decide(one, known).verdict == "not in record"
    assert decide(one, known, complete=True).verdict == "contradicted"


def test_a_sum_over_instalments_supports_the_whole() -> None:
    found = judged("The United States airlifted $1.7b in cash to Iran in 2016.")
    assert found.verdict == "supported"
    assert set(found.acts) >= {"casebook:A199", "casebook:A201"}
    assert "400 million" in found.why


def test_the_sum_is_not_known_before_its_parts_are() -> None:
    found = judged("The United States airlifted $1.7b in cash to Iran in 2016.", date(2016, 8, 10))
    assert "casebook:A201" not in found.acts
    assert found.verdict != "supported"


NONE = "There were no {} among US troops when Iran fired ballistic missiles at Ain al-Asad in January 2020."


def test_casualty_words_are_read_as_known_on_a_day() -> None:
    assert judged(NONE.format("casualties")).verdict == "contradicted"
    assert judged(NONE.format("deaths")).verdict == "supported"
    assert judged(NONE.format("casualties"), date(2020, 1, 8)).verdict == "supported"


def test_no_verdict_rests_on_what_was_not_yet_public() -> None:
    known = Known(acts(), date(1986, 11, 1))
    assert not [one for one in known.acts if one.known > date(1986, 11, 1)]
    assert (
        judged("Israel shipped 96 TOW missiles to Iran in August 1985.", date(1986, 11, 1)).verdict
        == "not in record"
    )


def test_a_source_of_low_grade_does_not_contradict() -> None:
    one, known = claim("Lee Hu-rak did not go secretly to Pyongyang in May 1972."), Known(acts())
    assert decide(one, known).verdict == "disputed"
    raised = [replace(act, graded=("A", "1")) for act in acts()]
    assert decide(one, Known(raised)).verdict == "contradicted"


def test_the_order_of_the_record_changes_nothing() -> None:
    text = "Iran released the remaining 52 American hostages on 20 January 1981."
    one = claim(text)
    forth, back = decide(one, Known(acts())), decide(one, Known(acts()[::-1]))
    assert forth == back


OTHER_SIDE = """Washington has said for forty years that it wants to talk, and Tehran has answered with hostages.

In November 1979 followers of Khomeini seized the US embassy and took its staff hostage [1]. Iran released the last 52 of them only in January 1985. A truck bomb killed 241 US servicemen in Beirut in October 1983.

Defenders of the regime are “peace lovers”. The AP reports that Khamenei said in September 2014 that he refused an American request to cooperate against Islamic State [2]. He wants the Americans out.

[1] US-Iran timeline since 1979 [The Iran Project]
[2] Remarks on leaving hospital [Associated Press]
"""


def test_a_piece_of_the_other_side_gets_the_same_care() -> None:
    said = statements(OTHER_SIDE)
    report = check(said, acts(), about=OTHER_SIDE)
    verdicts = {one.claim.text: one.verdict for one in report.claims}
    seized = next(v for text, v in verdicts.items() if "seized the US embassy" in text)
    freed = next(v for text, v in verdicts.items() if "last 52" in text)
    bomb = next(v for text, v in verdicts.items() if "241" in text)
    assert seized.verdict == "supported"
    assert freed.verdict in {"contradicted", "supported in part"}
    assert freed.slots["date"] == "conflict"
    assert bomb.verdict == "supported"
    wants = next(one for one in report.claims if one.claim.text.startswith("He wants"))
    assert wants.verdict.verdict == "not checkable"
    assert report.sources["c1"].status == "in record"
    said_so = [
        one.claim.chain for one in report.claims if one.claim.text.startswith("that he refused")
    ]
    assert said_so == [("author", "The AP", "Khamenei")]
