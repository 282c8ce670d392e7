"""Intensities: as published, strings for codes, nothing invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.errors import UnknownName
from realpolitik.vocab import kinds, scales


@pytest.mark.parametrize(
    ("code", "gdelt", "icews"),
    [
        ("010", 0.0, 0.0),
        ("10", -5.0, -5.0),
        ("016", -2.0, -5.0),
        ("022", 3.2, 3.4),
        ("164", -7.0, -6.5),
        ("165", -6.5, None),
        ("106", -5.0, -5.0),
        ("1213", None, -4.0),
        ("0874", 10.0, 10.0),
        ("2042", -10.0, -10.0),
        ("176", None, None),
        ("ASSAULT", None, None),
    ],
)
def test_intensities_are_the_published_ones(
    code: str, gdelt: float | None, icews: float | None
) -> None:
    assert scales.intensity(code) == gdelt
    assert scales.intensity(code, "icews") == icews


def test_the_two_scales_differ_on_exactly_three_codes() -> None:
    differs = {"016", "022", "164"}
    for found in scales.scales():
        assert set(found.differs) == differs
        assert (found.low, found.high) == (-10.0, 10.0)
        assert "Goldstein (1992)" in found.citation
    assert {found.name: found.codes for found in scales.scales()} == {"gdelt": 311, "icews": 311}


def test_where_a_value_was_read_is_said() -> None:
    assert scales.basis("106") == "data"
    assert scales.basis("010") == "look-up and data"
    assert scales.basis("165", "icews") is None
    assert scales.basis("1213", "icews") == "list and data"


def test_every_scaled_code_is_a_cameo_code() -> None:
    known = {found.code for found in kinds.codes("cameo")}
    assert set(scales._table("gdelt")) | set(scales._table("icews")) <= known


def test_unknown_scales_are_refused() -> None:
    with pytest.raises(UnknownName, match="Scales are gdelt and icews"):
        scales.intensity("010", "plover")


def _published(path: Path) -> dict[str, float]:
    cells = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: float(row[1]) for row in cells if row[0].isdigit()}


def test_scales_agree_with_the_publishers_files(shared_data: Path) -> None:
    folder = shared_data / "codes"
    for name, path in (
        ("gdelt", folder / "gdelt/CAMEO.goldsteinscale.txt"),
        ("gdelt", folder / "goldstein_empirical_gdelt.tsv"),
        ("icews", folder / "intensity_empirical_icews.tsv"),
    ):
        published = _published(path)
        assert len(published) > 200
        ours = {code: scales.intensity(code, name) for code in published}
        assert ours == published
