"""An act that a person labelled: what was coded, and what it truly was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labelled:
    """One act read by a person; `kind` is "none" where it is no act of the two at all.

    The code is kept, not the kind it had: a map places it anew. `side` is ""
    where it was not judged.
    """

    act_id: str
    source: str
    code_system: str
    code: str
    kind: str
    side: str
