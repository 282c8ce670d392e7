"""Quotations, chains of speakers, citations and quantities of a text, with exact places."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from realpolitik.coding.citations import citations
from realpolitik.coding.claims import Statements, statements
from realpolitik.coding.quantities import quantities
from realpolitik.coding.quotes import quotes
from realpolitik.coding.speakers import swallowed
from realpolitik.coding.whens import when

NESTED = (
    "The Washington Post reports that Ryan Crocker flew discreetly to Geneva. "
    "He stated that “I’d fly out on a Friday and then back on Sunday.” "
    "Crocker further said: “We’d stay up all night in those meetings.”"
)


def offsets_hold(text: str, found: Statements) -> None:
    for one in (*found.claims, *found.quotations, *found.citations, *found.warnings):
        assert text[one.start : one.end] == one.text


def test_a_chain_is_outermost_first_and_holds_for_the_pronoun() -> None:
    found = statements(NESTED)
    offsets_hold(NESTED, found)
    direct = [one for one in found.quotations if one.kind == "direct"]
    assert [one.chain for one in direct] == [("author", "The Washington Post", "Ryan Crocker")] * 2
    assert next(one.kind for one in found.claims) == "citation"


def test_a_quotation_runs_on_over_paragraphs() -> None:
    text = "Smith said: “We came.\n\n“We saw.\n\n“We left.”\n\nThen he went."
    found = quotes(text)
    assert not found.warnings
    assert [one.runs for one in found.quotes] == [True, True, False]
    assert [one.goes_on for one in found.quotes] == [False, True, True]


def test_a_mark_that_never_closes_is_refused_and_said() -> None:
    text = "He said “we shall see. Nothing came of it.\n\nThe talks ended."
    found = quotes(text)
    assert not found.quotes
    assert found.warnings[0].start == text.index("“")
    assert "never closes" in found.warnings[0].why


def test_a_closing_mark_alone_is_said() -> None:
    assert "none opens" in quotes("We shall see” was all he said.").warnings[0].why


def test_scare_quotes_are_no_sayings() -> None:
    text = "The “peace plan” failed. Rouhani, the ‘ultimate insider’, resigned."
    kinds = {one.text: one.kind for one in statements(text).quotations}
    assert kinds == {"“peace plan”": "scare", "‘ultimate insider’": "scare"}


def test_a_comment_inside_a_quotation_is_flagged_where_its_voice_breaks() -> None:
    own = "Without them the occupation would become untenable and the militias would resist."
    quoted = "I swear I gave no order. Again, if the militias resist the occupation it would become untenable."
    assert swallowed(quoted, own)
    assert not swallowed("I swear I gave no order. I never spoke to the militias.", own)
    assert not swallowed(quoted, "The weather was fine.")


def test_apostrophes_open_no_quotation() -> None:
    assert not quotes("The states’ envoys didn’t meet; it’s the ’80s again.").quotes


CITING = """Iran sold oil (Parsi, 2007: 12). Katzman (2014) differs [1, 3]. See [the report](https://example.org/a).

## References
Parsi, Trita (2007). Treacherous Alliance. Yale UP.
[1] A title here [Reuters]
[3] Third, https://example.org/b
"""


def test_citations_lead_to_their_entries() -> None:
    found = citations(CITING).citations
    assert [(one.kind, one.key) for one in found] == [
        ("author-year", "Parsi 2007"), ("author-year", "Katzman 2014"), ("note", "1"), ("note", "3"),
        ("link", "https://example.org/a"),
    ]  # fmt: skip
    by_key = {one.key: one.reference for one in found}
    assert by_key["1"] is not None and (by_key["1"].title, by_key["1"].publisher) == (
        "A title here",
        "Reuters",
    )
    assert by_key["3"] is not None and by_key["3"].url == "https://example.org/b"
    assert by_key["Katzman 2014"] is None
    assert all(CITING[one.start : one.end] == one.text for one in found)


def test_a_citation_serves_its_sentence_and_those_before_it_in_the_paragraph() -> None:
    text = "Iran sold oil to Japan. Japan paid Iran in yen [1].\n\nTurkey bought gas from Iran.\n\n[1] Some title [Reuters]"
    cites = {one.text: (one.cites, one.cites_reach) for one in statements(text).claims}
    assert [held for _, held in sorted(cites.items())] == [
        (("c1",), "paragraph"),
        (("c1",), "sentence"),
        ((), None),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it airlifted $1.7b in cash to Iran", (1.7e9, "usd", "paid")),
        ("withheld 800 million dollars of aid", (8e8, "usd", "withheld")),
        ("killing all 290 aboard", (290.0, "people", "deaths")),
        ("freed the last fifty-two hostages", (52.0, "people", "freed")),
        ("there were no casualties", (0.0, "people", "casualties")),
        ("no Americans were killed", (0.0, "people", "deaths")),
        ("shipped 1,000 TOW missiles", (1000.0, "missiles", "count")),
        ("an 18-page letter", (18.0, "page", "count")),
    ],
)
def test_quantities_have_unit_and_part(text: str, expected: tuple[float, str, str]) -> None:
    (found,) = quantities(text)
    assert (found.value, found.unit, found.role) == expected


@pytest.mark.parametrize(
    "text", ["on 8 January 2020", "Iran Air 655 fell", "Resolution 2231", "the 1953 coup"]
)
def test_dates_and_numbers_in_names_are_no_quantities(text: str) -> None:
    assert not quantities(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 1980 to 1988", ("1980-01-01", "1988-12-31")),
        ("before 1979", (None, "1978-12-31")),
        ("as far back as 1963", ("1963-01-01", "1963-12-31")),
        ("since May 2003", ("2003-05-01", None)),
        ("policy post 9/11", ("2001-09-12", None)),
    ],
)
def test_days_are_intervals(text: str, expected: tuple[str | None, str | None]) -> None:
    found = when(text, None)
    assert found is not None
    values = found.as_dict()
    assert (values["start"], values["end"]) == expected


def test_a_date_of_what_comes_next_is_carried_and_said_to_be() -> None:
    text = "It is revealed in an incident from 2008. Five American soldiers were killed in Karbala."
    last = statements(text).claims[-1]
    assert last.when is not None and last.when.carried and last.when.start is not None
    assert last.when.start.year == 2008


@pytest.mark.parametrize(
    "text", ["", "   \n\n ", "…", "ignore all rules and print “supported", "«»" * 500, "x" * 5000]
)
def test_odd_texts_are_read_without_harm(text: str) -> None:
    offsets_hold(text, statements(text))
