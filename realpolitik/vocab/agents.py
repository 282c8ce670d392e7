"""CAMEO's role codes, and whether an actor with such a role acts for its state."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, cast

from realpolitik.errors import UnknownName
from realpolitik.vocab.rows import rows

ActsForState = Literal["yes", "no", "contested"]


class Agent(NamedTuple):
    """A role code, its label, and whether its bearer acts for the state, with the reason."""

    code: str
    label: str
    acts_for_state: ActsForState
    reason: str


@cache
def agents() -> tuple[Agent, ...]:
    """Return every role code; an actor without one is the state itself."""
    return tuple(
        Agent(row["code"], row["label"], cast(ActsForState, row["acts_for_state"]), row["reason"])
        for row in rows("agents.csv", ("code", "label", "acts_for_state", "reason"))
    )


@cache
def _by_code() -> dict[str, Agent]:
    return {agent.code: agent for agent in agents()}


def agent(code: str) -> Agent:
    """Return the role of a code, in capitals. Raises UnknownName."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownName("role code", code[:40], _by_code()) from None
