"""The short ways through spaCy give what the long ones give, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from realpolitik.coding import corpus, nlp
from realpolitik.coding.swift import SEEN, Vectors, hasten

spacy = pytest.importorskip("spacy")
TEXTS = [one.text for one in corpus.own()[::40]] + [
    "  Iran\n\nand the   US met; they didn't agree. ",
    "Yes",
    "The US's “deal” wasn't one, he'd said, of which there'd be more.",
]


@pytest.fixture(scope="module")
def plain() -> Any:
    found = spacy.load(nlp.name(), exclude=list(nlp.UNUSED))
    nlp._use_numpy(found)
    return found


def alone(plain: Any, text: str) -> Any:
    """A text parsed on one core: sums over threads end in other last digits."""
    with nlp._one_core():
        return plain(text)


def told(doc: Any) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, t.dep_, t.lemma_, str(t.morph), t.head.text) for t in doc]


def test_a_hastened_pipeline_parses_as_before(plain: Any) -> None:
    swift: Any = nlp.pipeline()
    assert swift.get_pipe("tok2vec").model._func.__module__ == hasten.__module__
    assert swift.get_pipe("attribute_ruler").match.__module__ == hasten.__module__
    for text in TEXTS:
        expected, found = alone(plain, text), nlp.parsed(text)
        assert np.array_equal(expected.tensor, found.tensor), text
        assert told(expected) == told(found)
        assert told(expected) == told(nlp.parsed(text))  # what is remembered is no other


def test_an_empty_text_and_several_texts_are_parsed(plain: Any) -> None:
    assert len(nlp.parsed("")) == 0
    assert list(map(told, nlp.parsed_all(TEXTS))) == [told(doc) for doc in plain.pipe(TEXTS)]


def test_vectors_of_another_form_are_left_alone() -> None:
    other = spacy.blank("en")
    hasten(other)
    other.add_pipe("tok2vec")
    other.initialize()
    hasten(other)  # the default layers are those known, of other sizes
    assert Vectors(other.get_pipe("tok2vec").model).of(other.make_doc("one two")).shape == (2, 96)
    ruler = other.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})
    hasten(other)
    assert "SHAPE" not in SEEN and "match" not in vars(ruler)
