"""Who is meant by an actor with roles: its state, a known group, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import ibis
import pyarrow as pa

from realpolitik.vocab import crosswalk
from realpolitik.vocab.agents import agents
from realpolitik.vocab.states import all_states

RULE = "roles"
ABOUT = (
    "An actor acts for its state with no role or with one of government, armed forces, police or "
    "intelligence; with any other role it is refused, unless it is a known group."
)
FLAG = "agent as state"
REASON = "actor acts for no state or known group: "
# Roles that say what a group is, not that somebody else acts in its name.
OF_GROUPS = {
    "GOV", "MIL", "REB", "INS", "SEP", "UAF", "IMG", "IGO", "INT", "PKO", "NGO", "NGM", "OPP",
    "PTY", "LEG", "UNO",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meant:
    """The actor meant, or why there is none; `flag` marks an agent taken for its state."""

    code: str | None
    reason: str | None = None
    flag: str | None = None


def meant(
    entity: str, roles: Iterable[str], extra: Mapping[str, str], strict: bool = True
) -> Meant:
    """Who is meant by a country or organisation code and its role codes, in their order.

    `extra` holds codes a source has of its own, besides those of the crosswalk. The first role speaks for the state or does not; a later
    role must not be one that never does. With `strict` off every role counts
    as its state, and the actor is flagged.
    """
    tokens = [token for token in (entity, *roles) if token]
    if not tokens:
        return Meant(None, "no actor")
    for place in reversed(range(len(tokens))):
        if code := _group(tokens[place], extra):
            # What stands before a group says what it deals with, what follows who of it acts.
            others = [t for t in tokens[place + 1 :] if _acts(t) and t not in OF_GROUPS]
            return Meant(None, f"{REASON}role {others[0]} of {code}") if others else Meant(code)
    native = _natives().get(entity)
    code = extra.get(entity) or (native.code if native else None)
    if native is None and code is None:
        known = _acts(entity)
        return Meant(None, f"{REASON}role {entity}" if known else "unknown actor code")
    if native is not None and code is None:
        return Meant(None, f"{entity}: {native.reason}")
    wrong = _wrong_role(tokens[1:])
    if wrong is None:
        return Meant(code)
    return Meant(None, f"{REASON}role {wrong}") if strict else Meant(code, None, FLAG)


def _wrong_role(tokens: list[str]) -> str | None:
    """The first role that keeps an actor from acting for its state."""
    for place, token in enumerate(tokens):
        acts = _acts(token)
        if acts in (None, "no") or (acts == "contested" and place == 0):
            return token
    return None


@cache
def _roles() -> dict[str, str]:
    return {agent.code: agent.acts_for_state for agent in agents()}


def _acts(token: str) -> str | None:
    return _roles().get(token)


@cache
def _natives() -> dict[str, crosswalk.Native]:
    return {native.native: native for native in crosswalk.native_codes("cameo")}


@cache
def _states() -> frozenset[str]:
    return frozenset(state.code for state in all_states())


def _group(token: str, extra: Mapping[str, str]) -> str | None:
    """The organisation or armed group of a code; None for a state or a role."""
    native = _natives().get(token)
    code = extra.get(token) or (native.code if native else None)
    return None if code in _states() else code


def table(found: Mapping[str, Meant], key: str, side: str) -> ibis.Table:
    """What was found, as a table to join: `key`, and code, reason and flag named after the side."""
    columns = {
        key: pa.array(list(found), pa.string()),
        side: pa.array([one.code for one in found.values()], pa.string()),
        f"{side}_reason": pa.array([one.reason for one in found.values()], pa.string()),
        f"{side}_flag": pa.array([one.flag for one in found.values()], pa.string()),
    }
    return ibis.memtable(pa.table(columns))
