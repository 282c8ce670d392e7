"""The answer, and the page seen from the other side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from realpolitik.findings import Finding
from realpolitik.reports import changes, pairs, tables
from realpolitik.reports.answer import answer, plain, question
from realpolitik.reports.lead import lead
from realpolitik.reports.links import from_command
from realpolitik.reports.material import Material, Party
from realpolitik.reports.prose import (
    bounds,
    day,
    duration,
    lower_first,
    ordinal,
    signed,
    with_article,
)
from realpolitik.reports.record import Record
from realpolitik.reports.twin import twin
from tests.reports import build

AB, BA = ("ARD", "BRL"), ("BRL", "ARD")


def gaps(label_a: str, label_b: str, **changes_b: object) -> Material:
    """The full dyad with other labels on its gaps."""

    def changed(item: Finding) -> Finding:
        if item.statistic != "gap_z":
            return item
        if item.actor == "ARD":
            return replace(item, notes=(label_a,))
        return replace(item, notes=(label_b,), **changes_b)  # type: ignore[arg-type]

    full = build.material()
    return replace(full, findings=tuple(changed(item) for item in full.findings))


def test_question_has_its_articles() -> None:
    assert question(build.material()) == (
        "Do the United Isles and Borland do what they say about each other?"
    )


def test_one_label_both_ways_is_said_once() -> None:
    first = answer(build.material())[0]
    assert first == (
        "In the acts coded from Wire tallies 1981-1990, held against other dyads, both ways words "
        "are harsher than deeds, as is usual for pairs that talk like this (gap +1.40 SD for the United "
        "Isles towards Borland, 95 % interval +0.60 to +2.20; +1.00 SD for Borland towards the "
        "United Isles, 95 % interval +0.30 to +1.70); other ways of telling words from deeds turn "
        "the sign."
    )


def test_two_labels_are_said_apart() -> None:
    first = answer(gaps("Words are harsher than deeds.", "Deeds are harsher than words."))[0]
    assert (
        "for the United Isles towards Borland words are harsher than deeds (gap +1.40 SD" in first
    )
    assert "; for Borland towards the United Isles deeds are harsher than words (gap +1.00" in first


def test_one_side_that_cannot_be_told_is_named() -> None:
    one = gaps("Words are harsher than deeds.", "The record is too thin: 3 words.",
               status="too thin", estimate=None, lower=None, upper=None)  # fmt: skip
    first = answer(one)[0]
    assert "for Borland towards the United Isles it cannot be told: the record is too thin" in first


def test_no_source_says_what_would_change_it() -> None:
    first, second, third = answer(build.without_sample())
    assert "cannot be told" in first and "would" in first
    assert "70 % of 9 promises and 70 % of 6 threats by the United Isles" in third
    assert "hidden" in second


def test_nearly_nothing_still_answers_in_full_sentences() -> None:
    for sentence in answer(build.nearly_empty()):
        assert sentence.endswith(".") and ".." not in sentence and "None" not in sentence
        assert "cannot be told" in sentence


def test_nothing_at_all() -> None:
    none = replace(build.nearly_empty(), findings=(), acts=(), sources=())
    assert len(answer(none)) == 3
    assert all("cannot be told" in s or "no hand-coded case" in s for s in answer(none))


def test_what_cannot_be_told_says_what_would_tell_it() -> None:
    words = "Whether words or deeds are the harsher cannot be told."
    first = answer(gaps(words, words))[0]
    assert "both ways it cannot be told whether words or deeds are the harsher (gap" in first
    assert "more coded acts, or a second source, would narrow that" in first


def test_a_handful_is_counted_and_not_turned_into_percent() -> None:
    full = build.material()
    found = tuple(
        replace(item, estimate=2 / 3, n=6) if item.statistic == "followed_threat_365d" else item
        for item in full.findings
    )
    assert "4 of 6 threats by Borland" in answer(replace(full, findings=found))[2]


def test_hidden_interval_over_zero_is_said() -> None:
    full = build.material()
    found = tuple(
        replace(item, lower=-0.4) if item.statistic == "hidden_minus_open" else item
        for item in full.findings
    )
    open_ = replace(full, findings=found)
    assert (
        "it cannot be told whether the hidden ones were more or less cooperative than the open "
        "words (+2.1 log-odds, 95 % interval \u22120.40 to" in answer(open_)[1]
    )
    assert lead(open_)[1].endswith(
        "; both ways it cannot be told whether these were more or less cooperative than the open "
        "words (intervals hold zero)."
    )
    assert "(intervals clear of zero)" in lead(full)[1]


def test_the_lead_is_three_short_sentences_with_their_uncertainty() -> None:
    assert lead(build.material()) == (
        "In Wire tallies 1981-1990, both ways words are harsher than deeds, as is usual "
        "(gap from the United Isles +1.40 SD, 95 % interval +0.60 to +2.20; from "
        "Borland +1.00 SD, +0.30 to +1.70); other codings turn the sign.",
        "Of 60 hand-coded cases, which are no sample, 20 were hidden at the time; both ways these "
        "were more cooperative than the open words (intervals clear of zero).",
        "Within a year a matching deed is on record for 70 % of 9 promises and 70 % of 6 threats by "
        "the United Isles, and for 70 % of 9 promises and 70 % of 6 threats by Borland (intervals up "
        "to 40 points wide).",
    )  # fmt: skip


def test_the_lead_says_apart_what_differs() -> None:
    full = gaps("Words are harsher than deeds, as is usual for pairs that talk like this.",
                "Whether words or deeds are the harsher cannot be told.")  # fmt: skip
    found = tuple(
        replace(item, estimate=-0.5, lower=-2.0)
        if (item.statistic, item.actor) == ("hidden_minus_open", "BRL")
        else item
        for item in full.findings
    )
    first, second, _ = lead(replace(full, findings=found))
    assert "from the United Isles words are harsher than deeds, as is usual (gap +1.40 SD" in first
    assert "; from Borland it cannot be told whether words or deeds are the harsher (+1.00" in first
    assert second.endswith(
        "those of the United Isles were more cooperative than the open words (interval clear of "
        "zero), for those of Borland it cannot be told (interval holds zero)."
    )


def test_what_cannot_be_told_is_said_second_whichever_side_it_is() -> None:
    full = build.material()
    found = tuple(
        replace(item, lower=-0.4)
        if (item.statistic, item.actor) == ("hidden_minus_open", full.a.code)
        else item
        for item in full.findings
    )
    second = lead(replace(full, findings=found))[1]
    assert "; those of Borland were more cooperative than the open words (interval clear" in second
    assert second.endswith(
        ", for those of the United Isles it cannot be told (interval holds zero)."
    )


def test_nothing_at_all_leads_with_what_is_missing() -> None:
    none = replace(build.nearly_empty(), findings=(), acts=(), sources=())
    assert len(lead(none)) == 3
    assert all("cannot be told" in s or "no hand-coded case" in s for s in lead(none))


def test_announcements_followed_later_are_counted_apart() -> None:
    full = build.material()
    later = tuple(replace(pair, days=4256) if pair.days == 17 * 11 else pair for pair in full.pairs)
    record = Record(replace(full, pairs=later))
    text = plain(pairs.note(record))
    assert text.startswith(
        "12 announcements are on record. An act that would carry it out follows within a year for "
        "5 (3 of 8 promises and 2 of 4 threats), and later than that for 1 more."
    )
    table = pairs.table(record)
    assert table is not None
    assert [row[3].small for row in table.rows if row[3].text == "4,256"] == [
        "after more than a year"
    ]


def test_announcements_watched_too_briefly_are_counted_as_censored() -> None:
    full = build.material()
    text = plain(pairs.note(Record(replace(full, pairs=full.pairs[:2]))))
    assert "censored" not in text
    first = full.pairs[0]
    said = next(act for act in full.acts if act["act_id"] == first.announcement)
    brief = replace(first, followed_until=said["date"])
    text = plain(pairs.note(Record(replace(full, pairs=(brief, *full.pairs[1:2])))))
    assert "Of the 1 without such an act 1 was watched for less than a year" in text


def test_leaving_out_a_publication_is_said_of_each_direction() -> None:
    said = [plain(sentence) for sentence in changes.left_out(Record(build.material()))]
    assert (
        "United Isles \u2192 Borland, hidden minus open: +2.10 log-odds with all publications of "
        "Casebook. Leaving out one publication at a time: 1.90 to 2.30." in said
    )


def test_other_tilts_stand_in_a_table_of_their_own() -> None:
    (table,) = tables.tilts(Record(build.material()))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["1/2 \u00d7", "+2.8", "+2.8"], ["10 \u00d7", "\u22120.2", "\u22120.2"],
    ]  # fmt: skip
    assert [cell.small for cell in table.rows[1][1:]] == ["\u22120.90\u00a0to +0.30"] * 2
    assert tables.tilts(Record(build.nearly_empty())) == []


def numbers(texts: tuple[str, ...]) -> Counter[str]:
    """All numbers of some sentences, in any order."""
    return Counter(re.findall(r"[+\u2212]?\d[\d.,]*\d|\d", " ".join(texts)))


def test_the_other_way_round_is_the_same_answer() -> None:
    for maker in (build.material, build.without_sample, build.nearly_empty):
        one = maker()
        other = build.swapped(one)
        assert numbers(answer(one)) == numbers(answer(other))
        a, b = twin(one), twin(other)
        assert a["findings"] == b["findings"] and a["acts"] == b["acts"]
        assert Counter(a["depends_on_coding"]) == Counter(b["depends_on_coding"])
        for name in a["figures"]:
            rows = [Counter(map(tuple, t["figures"][name]["data"]["rows"])) for t in (a, b)]
            assert rows[0] == rows[1], name


def test_depends_on_coding_names_the_maps() -> None:
    sentences = changes.depends(Record(build.material()))
    assert sentences[0] == (
        "United Isles → Borland: the answer depends on coding: the sign of the gap turns under "
        "\u201cPLOVER map\u201d; the interval holds zero under \u201cPhoenix map\u201d."
    )


def test_stands_under_every_coding() -> None:
    full = build.material()
    calm = tuple(
        replace(item, estimate=1.0, lower=0.5, upper=1.5)
        if item.statistic == "gap_z_sensitivity"
        else item
        for item in full.findings
    )
    assert "clear of zero" in changes.depends(Record(replace(full, findings=calm)))[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [("United States", "the United States"), ("United States of America", "the United States of America"),
     ("Iran", "Iran"), ("Soviet Union", "the Soviet Union"), ("Czech Republic", "the Czech Republic"),
     ("the Gambia", "the Gambia"), ("Netherlands", "the Netherlands"), ("Taliban", "the Taliban"),
     ("Egypt", "Egypt"), ("North Korea", "North Korea"), ("", "")],
)  # fmt: skip
def test_articles(name: str, said: str) -> None:
    assert with_article(name) == said


def test_small_words() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 11, 12, 21, 99.6)] == [
        "1st", "2nd", "3rd", "11th", "12th", "21st", "100th",
    ]  # fmt: skip
    assert signed(-0.04) == "0.0" and signed(-1.25, 2) == "\u22121.25" and signed(2) == "+2.0"
    assert day("1979-11-04") == "4 November 1979" and day("1979-11-01", "month") == "November 1979"
    assert duration(1) == "1 day" and duration(400) == "13 months" and duration(3653) == "10 years"
    assert lower_first("KEDS holds") == "KEDS holds" and lower_first("No act") == "no act"


def test_bounds_share_their_unit() -> None:
    made = build.finding("follow", AB, "followed_threat_30d", "share of announcements",
                         estimate=0.5, lower=0.25, upper=0.75)  # fmt: skip
    assert bounds(made) == "25 to 75 %"


def test_a_command_becomes_filters() -> None:
    command = (
        "realpolitik acts USA IRN --actor USA --source casebook --start 1979-01-01 "
        "--end 1979-12-31 --map gdelt --secrecy secret --kind word --as-of 1980-01-01"
    )
    assert from_command(command) == {
        "actor": "USA", "source": "casebook", "start": "1979-01-01", "end": "1979-12-31",
        "secrecy": "secret", "kind": "word", "as-of": "1980-01-01",
    }  # fmt: skip


def test_an_act_of_a_body_or_a_regime_is_its_partys() -> None:
    full = build.material()
    acts = tuple(
        dict(act) | ({"actor": "ARD/STU"} if act["actor"] == "ARD" else {"actor": "BRL.old"})
        for act in full.acts
    )
    record = Record(replace(full, acts=acts, a=Party("ARD", "United Isles")))
    assert {record.way(act).actor.code for act in record.acts[:10]} == {"ARD", "BRL"}
    assert len(record.select(record.acts, actor="ARD")) == 30


def test_findings_have_ids_of_their_own() -> None:
    found = twin(build.material())["findings"]
    ids = [item["id"] for item in found]
    assert len(ids) == len(set(ids)) and ids[0].startswith("gap-ARD-BRL-tone_words-wire")
