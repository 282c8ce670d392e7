"""Which deed carries out which promise, threat, offer or demand.

One row pairs an announcement with a deed or contact, at code level. Any one of
the rows of an announcement is enough: a threat of force may be carried out by
root 18 as well as by root 19. `basis` is `codebook` where the scheme's own notes
name the pair, and `reasoned` where the pairing is ours.

`by` says who owes the deed. Promises, threats and offers are kept by the one who
speaks, towards the one addressed; an accepted mediation needs the other side.
A meeting takes two, so what announces one is carried out by contact coded from
either side. Demands and appeals are met by the one addressed, towards the
one who asked. Appeals stand under the type `demand`: the structure is the same
and CAMEO's notes name the deed for both; the root (02 or 10) tells how hard the
asking was. Announcements that name no deed, such as a promise or threat without
content, or one between others, are left out by name (`unmatched`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from realpolitik.errors import UnknownName
from realpolitik.vocab.kinds import System, place
from realpolitik.vocab.kinds import code as known_code
from realpolitik.vocab.rows import rows

Type = Literal["promise", "threat", "offer", "demand"]
By = Literal["actor", "target"]
Basis = Literal["codebook", "reasoned"]
COLUMNS = ("system", "announcement", "type", "by", "deed", "basis", "reason")


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """One pair: this announcement is carried out by this deed, or anything finer.

    `deed` is a code or a root; `by` says whether actor or target of the
    announcement has to do it.
    """

    system: System
    announcement: str
    type: Type
    by: By
    deed: str
    reason: str
    basis: Basis


@cache
def table() -> tuple[Fulfilment, ...]:
    """Return all pairs, by system and announcement."""
    return tuple(
        Fulfilment(
            cast(System, row["system"]),
            row["announcement"],
            cast(Type, row["type"]),
            cast(By, row["by"]),
            row["deed"],
            row["reason"],
            cast(Basis, row["basis"]),
        )
        for row in rows("codes/fulfilment.csv", COLUMNS)
    )


def fulfils(code: str, system: str = "cameo") -> tuple[Fulfilment, ...]:
    """Return the pairs that say what carries out this announcement.

    Empty for a code that announces nothing or is `unmatched`. Raises UnknownName
    for a code that is not in the system.
    """
    return _by_announcement().get((system, known_code(system, code).code), ())


@cache
def announced_by(code: str, system: str = "cameo") -> tuple[Fulfilment, ...]:
    """Return the pairs in which an act with this code carries something out.

    Prefixes are read both ways. A finer deed fits: 0841 fits a row that names 084.
    A coarser one fits as well, since it may be the deed named: 08 and its residual
    080 fit a row that names 0841. Empty for words. Raises UnknownName for a code that is not in the system.
    """
    name = known_code(system, code).code
    if place(system, name).kind == "word":
        return ()
    return tuple(row for row in table() if row.system == system and _fits(name, row.deed))


def announcement_type(code: str, system: str = "cameo") -> str | None:
    """Return promise, threat, offer or demand; None for a code that announces nothing.

    An announcement that is `unmatched` has no type either. Raises UnknownName for
    a code that is not in the system.
    """
    found = fulfils(code, system)
    return found[0].type if found else None


def unmatched(system: str = "cameo") -> dict[str, str]:
    """Return the announcements that were left out of the table, each with the reason.

    Raises UnknownName for another code system.
    """
    found = rows("codes/unmatched.csv", ("system", "announcement", "reason"))
    if system not in {row["system"] for row in found}:
        raise UnknownName("code system", system, {row["system"] for row in found})
    return {row["announcement"]: row["reason"] for row in found if row["system"] == system}


@cache
def _by_announcement() -> dict[tuple[str, str], tuple[Fulfilment, ...]]:
    found: dict[tuple[str, str], tuple[Fulfilment, ...]] = {}
    for row in table():
        key = row.system, row.announcement
        found[key] = (*found.get(key, ()), row)
    return found


def _fits(act: str, named: str) -> bool:
    """Say whether the codes are on one branch, a residual standing for its parent."""
    if not named.isdigit():
        return named == act or named == act.partition("-")[0] or act == named.partition("-")[0]
    parent = act[:-1] if len(act) > len("00") and act.endswith("0") else act
    return act.startswith(named) or named.startswith(parent)
