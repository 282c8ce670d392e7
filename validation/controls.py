"""The control dyads of the casebook, with the sign that historians agree on.

Taken over from the table that was written down before any software saw the
rows; where it expects no sign, none is held against the program. A sign is that
of the hidden acts' tone minus that of the open words: above 0 the hidden side
is the more cooperative.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Control:
    """One direction and phase, and on which side its hidden acts are expected to lie."""

    name: str
    actor: str
    target: str
    start: str
    end: str
    sign: int


CONTROLS = (
    Control("Pakistan to US 2004-11: consent behind protest", "PAK", "USA", "2004", "2011-04", +1),
    Control("USSR to US, April to October 1962: missiles denied", "SUN", "USA", "1962-04", "1962-10-26", -1),
    Control("US to USSR, October 1962 to April 1963: hidden concession", "USA", "SUN", "1962-10-27", "1963-04", +1),
    Control("China to US 1969-71: secret opening", "CHN", "USA", "1969", "1971", +1),
    Control("US to China 1969-71: secret opening", "USA", "CHN", "1969", "1971", +1),
    Control("Iran to Israel 1979-90: arms behind hostile words", "IRN", "ISR", "1979", "1990", +1),
    Control("Israel to Iran 1979-90: secret supply", "ISR", "IRN", "1979", "1990", +1),
    Control("North to South Korea 1983-2010: attacks denied", "PRK", "KOR", "1983", "2010", -1),
    Control("Russia to Ukraine 2014-15: force denied", "RUS", "UKR", "2014", "2015", -1),
)  # fmt: skip
