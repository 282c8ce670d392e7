"""The code of a marked pair: what flips it, what is no act, what may not matter."""

from __future__ import annotations

from typing import Any

import pytest

import realpolitik as rp
from realpolitik.coding import corpus
from realpolitik.errors import UsageError

pytest.importorskip("spacy")
KEYS = ["code", "root", "kind", "side", "quad", "modality", "confidence", "reason"]


def coded(line: str) -> dict[str, Any]:
    text, spans = corpus.unbracketed(line)
    return rp.code(text, source=spans["s"][0], target=spans["t"][0])


def test_the_keys_are_those_of_the_contract() -> None:
    assert list(coded("[Iran] condemned {Britain}.")) == KEYS


@pytest.mark.parametrize(
    ("line", "side"),
    [
        ("[Washington] left the nuclear deal with {Iran}.", "conflict"),
        ("[Iran] refused to sign the accord with {Saudi Arabia}.", "conflict"),
        ("[Iran] has lifted the embargo on {Qatar}.", "cooperation"),
        ("[Britain] signed a treaty with {Egypt}.", "cooperation"),
        ("{Iran} was condemned by [Britain].", "conflict"),
    ],
)
def test_reversals_turn_the_side(line: str, side: str) -> None:
    assert coded(line)["side"] == side


@pytest.mark.parametrize(
    "line", ["[Brazil] thrashed {Germany} seven to one.", "[The US] did not attack {Iran}."]
)
def test_no_act(line: str) -> None:
    found = coded(line)
    assert found["code"] is found["root"] is found["quad"] is None
    assert found["reason"]


def test_no_code_depends_on_which_state_acts() -> None:
    one, other = coded("[Iran] condemned {Israel}."), coded("[Israel] condemned {Iran}.")
    assert {key: one[key] for key in KEYS[:6]} == {key: other[key] for key in KEYS[:6]}
    assert one["confidence"] == pytest.approx(other["confidence"], abs=0.05)


@pytest.mark.parametrize("span", [(0, 0), (-1, 3), (5, 900)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="source"):
        rp.code("Iran condemned Israel.", source=span, target=(15, 21))
