"""The bars of reading, on the publishers' own texts; at full size in `python -m validation`."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("spacy")

from validation.texts import prose_bars, record_bars


def test_dyads_and_codes_of_the_petrarch_records(shared_data: Path) -> None:
    missed = [one.line() for one in record_bars(shared_data / "text") if not one.passed]
    assert missed == []


def test_few_acts_found_in_the_news_are_false(shared_data: Path) -> None:
    false, *_ = prose_bars(shared_data / "text", articles=30)
    assert false.passed, false.line()
