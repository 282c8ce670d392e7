"""What if hidden cooperation comes to light more easily than hidden conflict, or less?"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from realpolitik.constants import TILTS
from realpolitik.stats.arrays import Floats, floats


def tipping_tilt(hidden: float, public: float) -> float:
    """The tilt of disclosure at which hidden and public acts have the same tone.

    Both are log-odds of cooperation. A tilt is the odds that a hidden
    cooperative act is disclosed over those of a hidden conflictual one; at the
    returned tilt the difference hidden minus public is 0, beyond it the sign turns.
    """
    return math.exp(hidden - public)


def tilted(differences: Sequence[float], tilts: Sequence[float] = TILTS) -> Floats:
    """Differences hidden minus public, had disclosure been tilted by each of these odds ratios.

    Shape: tilts x differences.
    """
    return floats(differences)[None, :] - np.log(floats(tilts))[:, None]


def unsure_tilt(lower: float, upper: float) -> float:
    """The tilt nearest to 1 at which the interval of hidden minus public reaches 0.

    `lower` and `upper` are its ends without tilt. 1 where it holds 0 already:
    then no tilt is needed to leave the sign in doubt.
    """
    if lower <= 0 <= upper:
        return 1.0
    return math.exp(lower if lower > 0 else upper)
