"""What the readers of armed clashes share: the sides of a clash, and one act for each of them.

Where a source does not say who struck, both sides used force as far as the
record goes: the row becomes two acts that name each other, so that no side is
favoured by the order in which the source happens to write them.
"""

from __future__ import annotations

from typing import Any

import ibis

from realpolitik.sources import shape

# What is said of a side that is no state and no group of the vocabulary.
OUTSIDE = "a side is no state and no group of the vocabulary"
FLAG = "mirrored"
SWAPPED = {
    "actor": "target", "target": "actor", "actor_native": "target_native",
    "target_native": "actor_native",
}  # fmt: skip


def sides(rows: ibis.Table, mutual: Any, source: str) -> ibis.Table:
    """The rows with `act_id` from their `key`; those that are acts of both sides, twice.

    `mutual` says where both sides acted. A refused row stays one row.
    """
    rows = rows.mutate(both=(mutual & rows["refused"].isnull()).fill_null(False))
    key = ibis.literal(f"{source}:") + rows["key"]
    way = {"act_id": key + ">1", "related": key + ">2", "flags": ibis.literal(FLAG)}
    back = {"act_id": key + ">2", "related": key + ">1", "flags": ibis.literal(FLAG)}
    none = {"act_id": key, "related": ibis.null("string"), "flags": ibis.null("string")}
    there, again = rows.filter(rows["both"]), rows.filter(rows["both"])
    swapped = {new: again[old] for new, old in SWAPPED.items()}
    parts = [
        rows.filter(~rows["both"]).mutate(**none),
        there.mutate(**way),
        again.mutate(**swapped, **back),
    ]
    told = ibis.union(*parts)
    told = told.mutate(source=ibis.literal(source), n=ibis.literal(1))
    return told.mutate(cluster=shape.cluster(told))
