"""The further questions of the page: what is said where it is told, and where it is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from realpolitik.findings import Finding
from realpolitik.reports.answer import plain
from realpolitik.reports.material import Material
from realpolitik.reports.questions import answers, audience, course, parties, readings, sections
from realpolitik.reports.record import Record
from realpolitik.reports.view import cautions
from tests.reports import build


def changed(statistic: str, **values: Any) -> Material:
    """The full dyad with one statistic given other values in both directions."""
    full = build.material()
    return replace(
        full,
        findings=tuple(
            replace(item, **values) if item.statistic == statistic else item
            for item in full.findings
        ),
    )


def said(one: Any, material: Material) -> list[str]:
    """The sentences of one section."""
    return [plain(sentence) for sentence in one.section(Record(material)).sentences]


def test_an_answer_is_told_only_where_its_interval_is_clear() -> None:
    first, second, lead = said(answers, build.material())
    assert first == (
        "The United Isles answers Borland in kind: where the reported tone towards it is higher by 1, its "
        "own moves by +0.80 over the next months (95 % interval +0.30 to +1.30)."
    )
    assert second.startswith("Whether Borland answers the United Isles cannot be told")
    assert lead.startswith(
        "Borland follows the United Isles more than the other way round (lead +0.40"
    )


def test_an_inverse_answer_and_an_untold_lead_say_so() -> None:
    inverse = said(answers, changed("response", estimate=-0.9, lower=-1.2, upper=-0.6))
    assert inverse[0].startswith("The United Isles answers Borland inversely")
    untold = said(answers, changed("lead_balance", lower=-0.9, upper=0.9))
    assert untold[-1].startswith("Who leads cannot be told (lead +0.40")
    why = ("Fewer than 24 months hold acts.",)
    missing = said(answers, changed("response", estimate=None, lower=None, upper=None,
                                    status="too thin", notes=why))  # fmt: skip
    assert missing[0].endswith("cannot be told: fewer than 24 months hold acts.")


def test_breaks_are_dated_and_none_is_said() -> None:
    told = said(course, build.material())
    assert told[0] == (
        "1 change of level told from chance in 1981–1990: a new phase begins in March 1985."
    )
    assert "January 1986 to April 1986: deeds are milder than words" in told[1]
    full = build.material()
    flat = replace(full, findings=tuple(i for i in full.findings if i.statistic != "break"))
    assert said(course, flat)[0] == (
        "No change of level in 1981–1990 can be told from chance; with half the penalty for each there "
        "would be 2 (phases begin in 1983-01, 1985-03)."
    )


def test_a_posture_is_harsher_only_where_its_interval_is_clear() -> None:
    told = said(course, build.material())[-2:]
    assert told[0].startswith("Words of the United Isles to Borland are harsher than the relation")
    assert told[1].startswith("Whether words of Borland to the United Isles are harsher or milder")


def test_third_parties_are_named_and_their_acts_have_a_command() -> None:
    section = parties.section(Record(build.material()))
    assert plain(section.sentences[0]) == (
        "United Isles → Borland, Wire tallies 1981-1990: deeds of the United Isles towards third parties are "
        "not shown to suit Borland."
    )
    assert all(row[-1].text.startswith("realpolitik acts ") for row in section.tables[0].rows)
    order = parties.contributions(
        Record(build.material()), Record(build.material()).directions[0], "wire"
    )
    assert [item.statistic[-3:] for item in order] == ["CRL", "ERL", "DRM"]


def test_what_both_lack_is_said_once() -> None:
    told = said(audience, build.material())
    assert len(told) == 1 and "the United Isles or Borland speaks otherwise" in told[0]
    clear = said(audience, changed("audience_difference", estimate=-1.0, lower=-1.5, upper=-0.5,
                                   status="ok", level=0.95))  # fmt: skip
    assert len(clear) == 2 and "harsher at home than abroad (−1.00 log-odds" in clear[0]


def test_the_acts_against_a_reading_are_links() -> None:
    section = readings.section(Record(build.material()))
    assert plain(section.sentences[0]).endswith("Undecided between staged enmity and open enmity.")
    linked = [piece.filters for piece in section.remarks[0] if piece.filters]
    assert linked == [{"id": "casebook:X000"}, {"id": "casebook:X001"}]
    heads = [[row[0].text for row in table.rows] for table in (*section.open, *section.tables)]
    assert heads == [["Staged enmity", "Open enmity", "Some other pattern"], ["Design 2"]]
    assert section.open[0].rows[2][2].text == "< 0.001"
    assert [row[3].text for row in section.open[0].rows] == ["2.3 \u00d7", "1.0 \u00d7", "1/3,000"]
    acts = {act["act_id"]: act for act in build.material().acts}
    named = [piece.text for piece in section.remarks[0] if piece.filters]
    assert named == [acts[key]["text"].rstrip(".") for key in ("casebook:X000", "casebook:X001")]


def test_a_warning_names_the_actors_and_links_the_act() -> None:
    (sentence,) = cautions(Record(build.material()))
    assert (
        plain(sentence) == "1 deed towards Borland which the United Isles disowned (casebook:X000)."
    )
    assert [piece.filters for piece in sentence if piece.filters] == [{"id": "casebook:X000"}]


def test_a_warning_speaks_of_sources_and_maps_by_their_titles() -> None:
    full = build.material()
    turned = replace(
        full.cautions[0], sentence="wire: the gap has the other sign under gdelt (-0.60)."
    )
    (sentence,) = cautions(Record(replace(full, cautions=(turned,))))
    assert plain(sentence) == (
        "Wire tallies 1981-1990: the gap has the other sign under “GDELT map” (-0.60)."
    )


@pytest.mark.parametrize("make", [build.without_sample, build.nearly_empty])
def test_a_thin_dyad_has_every_section_and_says_what_is_missing(
    make: Callable[[], Material],
) -> None:
    found = sections(Record(make()))
    assert [one.id for one in found] == ["answers", "course", "parties", "audience", "readings"]
    assert all(one.sentences or one.empty for one in found)


def test_a_finding_of_another_span_is_not_the_reading_of_this_one() -> None:
    full = build.material()
    other: list[Finding] = [
        replace(item, start="1990-01-01", estimate=0.0)
        for item in full.findings
        if item.measure == "weigh"
    ]
    section = readings.section(Record(replace(full, findings=(*full.findings, *other))))
    assert len(section.open) == len(section.tables) == 2
    assert section.open[0].rows[0][2].text == "0.700"
