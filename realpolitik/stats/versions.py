"""Which versions of which acts were known on a day."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from realpolitik.stats.arrays import Bools


def known_as_of(acts: ArrayLike, disclosed: ArrayLike, as_of: int) -> Bools:
    """Which versions stood on day `as_of`: of each act the last one disclosed by then.

    `acts` names the act of each version, `disclosed` its day. Of two versions
    disclosed on one day the later in the array stands.
    """
    names, days = np.asarray(acts), np.asarray(disclosed, dtype=np.int64)
    standing = np.zeros(days.shape, dtype=np.bool_)
    order = np.lexsort((np.arange(len(days)), days))
    order = order[days[order] <= as_of]
    # Seen backwards, the first appearance of an act is its last version.
    _, last = np.unique(names[order][::-1], return_index=True)
    standing[order[::-1][last]] = True
    return standing
