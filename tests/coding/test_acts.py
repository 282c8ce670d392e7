"""Acts in running text: who acts on whom, what flips the code, what is nobody's act."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from realpolitik.coding.acts import Act, acts
from realpolitik.documents.document import Document

DAY = "2018-05-09"


def found(text: str, day: str | None = DAY, speaker: str | None = None) -> list[Act]:
    precision = "day" if day else None
    return acts(
        Document("d", text, "text", date=day, date_precision=precision, speaker_actor=speaker)
    )


def told(text: str) -> set[tuple[str, str, str]]:
    return {(one.actor, one.target, one.code) for one in found(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iranian officials were condemned by the United States.", {("USA", "IRN", "111")}),
        ("Tehran accused Washington of backing the militants.", {("IRN", "USA", "112")}),
        ("Turkey expelled the Russian ambassador.", {("TUR", "RUS", "161")}),
        ("Iran released three American hostages.", {("IRN", "USA", "0841")}),
        ("The United States tore up the nuclear agreement with Iran.", {("USA", "IRN", "128")}),
        ("The assistance given by Iran to the United States is considered important.",
         {("IRN", "USA", "070")}),
        ("Russia lifted its embargo on Georgia.", {("RUS", "GEO", "085")}),
        ("Iran threatened to attack the United States.", {("IRN", "USA", "138")}),
        ("The United States will supply arms to Israel.", {("USA", "ISR", "0332")}),
        ("Britain and France condemned Iran and Syria.",
         {("GBR", "IRN", "111"), ("GBR", "SYR", "111"), ("FRA", "IRN", "111"),
          ("FRA", "SYR", "111")}),
        ("Iran's foreign minister met his American counterpart.", {("IRN", "USA", "040")}),
        ("The United States condemned the attack of Iran on Iraq.", {("USA", "IRN", "111")}),
    ],
)  # fmt: skip
def test_acts_as_the_grammar_has_them(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Japan defeated Brazil in the final.",
        "The legal war between the United States and Iran goes on in court.",
        "If Israel attacked Iran, the region would burn.",
        "Israel never attacked Iran.",
        "Iranian students admired an American film.",
        "The Washington Post praised Iran.",
    ],
)
def test_nobodys_act(text: str) -> None:
    assert found(text) == []


def test_joined_actors_act_on_each_other_whoever_is_named_first() -> None:
    both = {("USA", "IRN", "057"), ("IRN", "USA", "057")}
    assert told("Iran and the United States signed an agreement.") == both
    assert told("The United States and Iran signed an agreement.") == both


def test_who_he_and_we_are() -> None:
    text = (
        "President Trump withdrew from the nuclear deal with Iran. He imposed sanctions on Tehran."
    )
    assert {one.actor for one in found(text)} == {"USA"}
    assert [(one.actor, one.target) for one in found("We condemn Iran.", speaker="ISR")] == [
        ("ISR", "IRN")
    ]
    assert found("We condemn Iran.") == []


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Iran condemned Israel.", "asserted"),
        ("China promised to lend Pakistan $2 billion.", "promised"),
        ("Iran has threatened to attack Israel.", "threatened"),
        ("Iran denied that it had supplied missiles to Hezbollah.", "denied"),
        ("Mexico should sue the United States.", "hypothetical"),
    ],
)
def test_how_an_act_is_put(text: str, modality: str) -> None:
    assert {one.modality for one in found(text)} == {modality}


def test_the_actor_is_who_it_was_on_the_day() -> None:
    text = "Soviet troops invaded Hungary."
    assert {one.actor for one in found(text, "1956-11-05")} == {"SUN"}
    assert {one.actor for one in found("Trump condemned Iran.", "2012-01-01")} == set()


def test_dates_of_the_sentence_come_before_that_of_the_text() -> None:
    (one,) = found("In May 1995 the United States imposed sanctions on Iran.")
    assert (one.date, one.end_date, one.date_precision) == ("1995-05-01", "1995-05-31", "month")
    (other,) = found("The United States condemned Iran on Tuesday.")
    assert (other.date, other.date_precision) == ("2018-05-08", "day")
    (undated,) = found("The United States condemned Iran on Tuesday.", None)
    assert undated.date is None


def test_offsets_fit_the_text() -> None:
    text = "It rained.\n\n  Iran condemned Israel. \nThe sun shone. Israel condemned Iran."
    for one in found(text):
        assert text[one.start : one.end] == one.text
    assert len(found(text)) == 2


def test_a_list_of_names_is_no_sentence() -> None:
    assert found("Iran attacked Iraq and " * 400) == []
