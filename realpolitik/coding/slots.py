"""Who acts on whom in a statement, what its words may be coded as, and how it is put."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from realpolitik.coding import lexicon
from realpolitik.coding.clauses import Clause
from realpolitik.coding.mentions import Mention
from realpolitik.coding.modality import FUTURE, POSSIBLE, conditional, negated

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
THROUGH = frozenset({"xcomp", "ccomp", "conj"})
PRONOUNS = frozenset({"it", "they", "he", "she"})
NEVER = frozenset({"never", "no", "nobody", "neither", "nor"})
TOGETHER = frozenset({"both", "jointly", "together", "mutually", "mutual", "other"})
PLACES = frozenset(
    {"in", "at", "near", "inside", "outside", "around", "across", "within", "from", "off"}
)
SUFFERS = frozenset({"die", "perish", "suffer", "lose", "fall"})  # what happens to a subject
RECEIVES = frozenset({"receive", "get", "obtain", "buy", "acquire"})
COUNTED = frozenset(
    {"casualty", "death", "fatality", "injury", "loss"}
)  # "no casualties" is a number


@dataclass(frozen=True, slots=True)
class Roles:
    """The slots of a statement; see Claim."""

    actor: str | None
    target: str | None
    others: tuple[str, ...]
    codes: tuple[str, ...]
    modality: str
    denied: bool
    mutual: bool
    sure: bool


def roles(clause: Clause, named: Sequence[Mention]) -> Roles:
    """Return who acts on whom in a statement, by the grammar around its verb."""
    held = {one.i for one in clause.tokens}
    inside = [one for one in named if one.head.i in held or one.span.root.i in held]
    verb = _main(clause.head)
    acting, passive = _acting(verb, [one for one in inside if one.acts_for_state])
    rest = [one for one in inside if one not in acting]
    actors = _codes(acting)
    others = [code for code in _codes(rest) if code not in actors[:1]]
    if verb.lemma_ in SUFFERS:
        subject, _ = _acting(verb, inside)
        actor, target, sure = None, next(iter(_codes(subject)), None), False
    elif passive:
        actor, target = _passive(verb, inside, acting)
        sure = actor is not None and target is not None
    elif verb.lemma_ in RECEIVES and _from(verb, inside):
        actor, target = _from(verb, inside), actors[0] if actors else None
        sure = bool(target)
    else:
        actor = actors[0] if actors else None
        target = _target(rest, actor, actors, verb)
        sure = bool(actor and target and len({*actors, *others}) == 2 and not _place(rest, target))
    if actor is None and not passive:
        actor = _stood_for(verb, named, target)
    between = any(one.lower_ == "between" for one in clause.tokens) and len(_codes(inside)) > 1
    mutual = (
        between
        or len(actors) > 1
        or (bool(actors) and bool(TOGETHER & {one.lower_ for one in clause.tokens}))
    )
    known = [
        code for code in dict.fromkeys([*actors, *_codes(inside)]) if code not in (actor, target)
    ]
    return Roles(
        actor=actor,
        target=target,
        others=tuple(known),
        codes=_coded(clause, verb),
        modality=_modality(verb, clause),
        denied=_denied(verb, clause),
        mutual=mutual,
        sure=sure and not mutual,
    )


def _main(head: Token) -> Token:
    """The verb that says what is done: below "was able to", "agreed to", "is said to"."""
    at, steps = head, 0
    while steps < 2:
        below = [one for one in at.children if one.dep_ == "xcomp" and one.pos_ == "VERB"]
        light = at.lemma_ in {
            "be",
            "able",
            "begin",
            "start",
            "continue",
            "seem",
            "appear",
            "manage",
            "say",
            "report",
            "believe",
            "go",
        }
        if not below or not light:
            break
        at, steps = below[0], steps + 1
    return at


def _subjects(verb: Token) -> list[Token]:
    at, steps = verb, 0
    while steps < 4:
        found = [one for one in at.children if one.dep_ in SUBJECT]
        if found or at.dep_ not in THROUGH | {"acomp", "advcl", "acl"}:
            return found
        at, steps = at.head, steps + 1
    return []


def _acting(verb: Token, inside: Sequence[Mention]) -> tuple[list[Mention], bool]:
    """The actors named in the subject, and whether the verb is passive."""
    subjects = _subjects(verb)
    passive = any(one.dep_ == "nsubjpass" for one in subjects)
    under = {token.i for subject in subjects for token in _near(subject)}
    return [one for one in inside if one.span.root.i in under or one.head.i in under], passive


def _near(subject: Token) -> list[Token]:
    """The words of a subject without its relative clauses."""
    dropped = {t.i for one in subject.children if one.dep_ in {"relcl", "acl"} for t in one.subtree}
    return [one for one in subject.subtree if one.i not in dropped]


def _codes(found: Sequence[Mention]) -> list[str]:
    return list(dict.fromkeys(one.code for one in found))


def _passive(
    verb: Token, inside: Sequence[Mention], subject: Sequence[Mention]
) -> tuple[str | None, str | None]:
    """Actor and target of a passive: the agent acts, the subject is acted upon."""
    agents = [
        one
        for one in verb.children
        if one.dep_ == "agent" or (one.dep_ == "prep" and one.lower_ == "by")
    ]
    under = {token.i for agent in agents for token in agent.subtree}
    by = [one.code for one in inside if one.span.root.i in under]
    target = subject[0].code if subject else None
    if not by and subject and target:
        return None, target
    actor = by[0] if by else None
    if target is None:
        target = next((one.code for one in inside if one.code != actor), None)
    return actor, target


def _target(
    rest: Sequence[Mention], actor: str | None, actors: list[str], verb: Token
) -> str | None:
    """Whom it is done to: what hangs on the verb before what hangs on a place, else the joined subject."""
    fitting = [one for one in rest if one.code != actor]
    after = [one for one in fitting if one.head.i > verb.i]
    straight = [one for one in after if not _is_place(one)]
    for found in (straight, after, fitting):
        if found:
            return found[0].code
    return actors[1] if len(actors) > 1 else None


def _stood_for(verb: Token, named: Sequence[Mention], target: str | None) -> str | None:
    """The actor a pronoun subject stands for: the nearest named before it in the sentence."""
    pronouns = [one for one in _subjects(verb) if one.lower_ in PRONOUNS]
    if not pronouns:
        return None
    start = verb.sent.start
    before = [one for one in named if start <= one.head.i < pronouns[0].i]
    states = [one.code for one in before if _base(one.code) != _base(target or "")]
    return states[-1] if states else None


def _base(code: str) -> str:
    return code.partition(".")[0]


def _from(verb: Token, inside: Sequence[Mention]) -> str | None:
    """The giver of what a subject receives: behind "from"."""
    under = {t.i for one in verb.subtree if one.lower_ == "from" for t in one.subtree}
    return next((one.code for one in inside if one.head.i in under), None)


def _is_place(one: Mention) -> bool:
    above = one.head.head
    return one.head.dep_ == "pobj" and above.lower_ in PLACES


def _place(rest: Sequence[Mention], target: str) -> bool:
    return any(one.code == target and _is_place(one) for one in rest)


def _coded(clause: Clause, verb: Token) -> tuple[str, ...]:
    """CAMEO codes of the words, the verb's first; plain speech only where nothing else is said."""
    ordered = [
        verb,
        clause.head,
        *[one for one in clause.tokens if one.pos_ in {"VERB", "NOUN", "ADJ"}],
    ]
    found = [entry.code for token in ordered for entry in lexicon.entries(token)]
    telling = [code for code in dict.fromkeys(found) if not code.startswith("01")]
    return tuple(telling or dict.fromkeys(found))


def _modality(verb: Token, clause: Clause) -> str:
    words = {
        child.lower_ for one in (verb, clause.head) for child in one.children if child.dep_ == "aux"
    }
    if words & FUTURE:
        return "promised"
    if words & POSSIBLE or conditional(verb):
        return "hypothetical"
    return "asserted"


def _denied(verb: Token, clause: Clause) -> bool:
    if negated(verb) or (negated(clause.head) and clause.reports is None):
        return True
    near = {verb.i, clause.head.i}
    for token in clause.tokens:
        if token.lower_ in NEVER and (token.head.i in near or token.head.head.i in near):
            return token.head.lemma_.lower() not in COUNTED and token.head.pos_ != "ADV"
    return False
