"""Acts of long prose: nouns that name them, roles behind a name, whose act it is, whose words."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from realpolitik.coding.acts import Act, acts
from realpolitik.documents.document import Document

DAY = "2021-05-22"


def found(text: str, day: str = DAY, speaker: str | None = None) -> list[Act]:
    return acts(Document("d", text, "text", date=day, date_precision="day", speaker_actor=speaker))


def told(text: str, day: str = DAY, speaker: str | None = None) -> set[tuple[str, str, str]]:
    return {(one.actor, one.target, one.code[:2]) for one in found(text, day, speaker)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The government of Iran condemned Israel.", {("IRN", "ISR", "11")}),
        ("The parliament in Ankara condemned Israel.", {("TUR", "ISR", "11")}),
        ("The talks between Kuwait and Jordan went on for months.",
         {("KWT", "JOR", "04"), ("JOR", "KWT", "04")}),
        ("The assassination of Qasem Soleimani by the United States was reported at once.",
         {("USA", "IRN", "18")}),
        ("The Israeli occupation of Lebanon lasted for years.", {("ISR", "LBN", "19")}),
        ("Jordan transferred 40 million dollars in cash to Iraq.", {("JOR", "IRQ", "07")}),
        ("The USA condemned Iran.", {("USA", "IRN", "11")}),
        ("The United States condemned Iran's attack on Iraq.", {("USA", "IRN", "11")}),
    ],
)  # fmt: skip
def test_acts_that_nouns_name(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("The minister of Iraq met the president of Jordan to discuss ways of fighting Hezbollah.",
         ("IRQ", "HZB")),
        ("The United States wants Russia to leave Ukraine.", ("USA", "UKR")),
        ("Kuwait has deep concerns about threats to Jordan.", ("KWT", "JOR")),
        ("Mr. Dulles pointed out that Soviet pressures against Turkey continue.", ("USA", "SUN")),
        ("We talked about Cuba with our friends.", ("ISR", "CUB")),
        ("Would the United States defend Israel?", ("USA", "ISR")),
        ("The United States invested money in the peace between Sudan and Chad.", ("USA", "SDN")),
        ("Iran supports a conference on the Indian Ocean.", ("IRN", "IND")),
        ("An ally of Iran condemned Israel.", ("IRN", "ISR")),
        ("The Israeli occupation of Lebanon lasted for years.", ("LBN", "ISR")),
    ],
)  # fmt: skip
def test_whose_act_it_is_not(text: str, never: tuple[str, str]) -> None:
    assert never not in {(actor, target) for actor, target, _ in told(text, "1958-05-01")}
    assert never not in {(actor, target) for actor, target, _ in told(text, speaker="ISR")}


def test_what_one_wants_of_another_is_not_done() -> None:
    asked = found("Jordan wants Iraq to attack Syria.")
    assert {one.modality for one in asked if one.actor == "IRQ"} <= {"hypothetical"}
    assert ("JOR", "SYR") not in {(one.actor, one.target) for one in asked}


def test_a_leader_who_died_in_office_is_named_in_later_texts_for_acts_of_the_term_only() -> None:
    assert told("Soleimani met American officials.", "2022-02-01") == {("IRN", "USA", "04")}
    assert found("In 1963 Khomeini met American officials.", "2022-02-01") == []
    assert found("As far back as 1963 Khomeini met American officials.", "2022-02-01") == []


def test_both_directions_of_one_meeting_say_the_same() -> None:
    one, other = found("Cooperation between Iran and Oman was close.")
    assert (one.code, one.confidence) == (other.code, other.confidence)


def test_he_is_the_last_person_and_it_the_last_state() -> None:
    text = "Putin said that Russia would wait, and he condemned Turkey."
    assert ("RUS", "TUR", "11") in told(text)
    text = "Iran wavered, but its support for Hezbollah was open."
    assert ("IRN", "HZB", "05") in told(text)
