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


def tilted(hidden: float, public: float, tilts: Sequence[float] = TILTS) -> Floats:
    """Hidden minus public tone, had disclosure been tilted by each of these odds ratios."""
    return hidden - public - np.log(floats(tilts))
