"""A document's acts: who is said to have done what to whom, when, and by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from realpolitik.coding.dating import Dated, dates, of_document
from realpolitik.coding.dyads import OWNER, Dyad, aside, buried, dyads, spoken_of, told
from realpolitik.coding.lexicon import entries
from realpolitik.coding.mentions import Mention, mentions
from realpolitik.coding.pieces import Parsed, parse
from realpolitik.coding.references import REACH, referred
from realpolitik.coding.relation import Relation, relation
from realpolitik.coding.tree import VERBS, chain, paired
from realpolitik.constants import READ_LEAST, SENTENCE_MOST
from realpolitik.documents.document import Document
from realpolitik.vocab.actors import actor as actor_of
from realpolitik.vocab.scales import intensity

if TYPE_CHECKING:
    from spacy.tokens import Span

MUTUAL = frozenset({"CONSULT", "COOPERATE"})
MUTUAL_CODES = frozenset({"030", "031", "0311", "0312", "036", "057", "190", "193"})
PLACE_ROOTS = frozenset({"ASSAULT"})
# The word that names the act must stand where the two meet, or below: else it is another's act.
OWN_WORD = frozenset({"meet", "meet complement", "below", "below complement"})
TRAVEL = frozenset({"042", "045"})


@dataclass(frozen=True, slots=True)
class Act:
    """One act found in a text; `text[start:end]` of the document is its `text`.

    `actor` and `target` are codes of the vocabulary, `code` is CAMEO, `root`
    PLOVER. `date` is ISO, None where neither sentence nor document gives one.
    `intensity` is in Goldstein points, None where none is published. `rule`
    says in words what produced the act.
    """

    start: int
    end: int
    text: str
    actor: str
    target: str
    actor_native: str
    target_native: str
    actor_agent: str
    target_agent: str
    code: str
    code_system: str
    root: str
    kind: str
    side: str
    intensity: float | None
    date: str | None
    end_date: str | None
    date_precision: str | None
    modality: str
    confidence: float
    rule: str

    def as_dict(self) -> dict[str, Any]:
        """The act as JSON-ready values."""
        return asdict(self)


def acts(
    document: Document, pieces: list[Parsed] | None = None, least: float = READ_LEAST
) -> list[Act]:
    """Return the acts of a document, in order; those below `least` are left out.

    Each actor, target, code and date is reported once a sentence.
    """
    own = of_document(document.date, document.date_precision)
    found: list[Act] = []
    for piece in pieces if pieces is not None else parse(document.text):
        found += _of_piece(piece, own, document.speaker_actor, least)
    return found


def _of_piece(piece: Parsed, own: Dated | None, speaker: str | None, least: float) -> Iterator[Act]:
    named = [_settled(one, own) for one in mentions(piece.doc, own.start if own else None)]
    sentences = list(piece.doc.sents)
    for rank, sentence in enumerate(sentences):
        if len(sentence) > SENTENCE_MOST or _asked(sentence):
            continue
        here = _within(named, sentence)
        back = sentences[max(0, rank - REACH) : rank]
        before = [one for earlier in back for one in _within(named, earlier)]
        everyone = [*here, *referred(sentence, here, before, speaker)]
        if len({one.code for one in everyone}) > 1:
            yield from _of_sentence(piece, sentence, everyone, own, least)


def _asked(sentence: Span) -> bool:
    """Is it a question? That asserts nothing."""
    return sentence.text.rstrip(" \n\t\"”’')]").endswith("?")


def _within(named: list[Mention], sentence: Span) -> list[Mention]:
    return [one for one in named if sentence.start <= one.head.i < sentence.end]


def _settled(one: Mention, own: Dated | None) -> Mention:
    """A regime that governs its state on the day is that state."""
    known = actor_of(one.code)
    if known.kind != "regime" or not known.parent:
        return one
    day = own.start if own else date.today()
    rules = any(a <= day <= (b or date.max) for a, b in known.government_spells)
    return replace(one, code=known.parent) if rules else one


def _of_sentence(
    piece: Parsed, sentence: Span, everyone: list[Mention], own: Dated | None, least: float
) -> Iterator[Act]:
    written = dates(sentence.text, own.start if own else None)
    seen: set[tuple[str, str, str]] = set()
    for dyad in dyads(everyone):
        coded = _coded(dyad, least)
        if coded is None:
            continue
        key = (dyad.actor.code, dyad.target.code, str(coded.root))
        when = _nearest(written, dyad, sentence) or own
        if key not in seen and not _too_early(dyad, when):
            seen.add(key)
            yield _act(piece, sentence, dyad, coded, when)


def _coded(dyad: Dyad, least: float) -> Relation | None:
    """The relation of a dyad, None where the grammar or the coder speaks against an act."""
    if told(dyad.pair):
        return None
    found = _judged(dyad, least)
    if found.root is None or found.code is None:
        return None
    if found.place.startswith("meet") and aside(dyad.pair):
        return None
    if found.root != "ACCUSE" and spoken_of(dyad.pair):  # "complained about B" is said of B
        return None
    if dyad.how == "joined":
        mutual = found.root in MUTUAL or found.code in MUTUAL_CODES
        return found if mutual and found.place else None
    if found.place not in _own_words(dyad):
        return None
    if _anothers(dyad, found) or buried(dyad.pair, found.root):
        return None
    aimed = found.root in PLACE_ROOTS or found.code in TRAVEL
    return found if aimed or not dyad.placed else None


def _judged(dyad: Dyad, least: float) -> Relation:
    """The relation of a dyad; of two who stand side by side the surer of both directions."""
    found = relation(dyad.pair, least)
    if dyad.how != "joined":
        return found
    pair = paired(dyad.pair.doc, dyad.target.span, dyad.actor.span)
    turned = relation(pair, least)
    return max(found, turned, key=lambda one: one.confidence if one.root else 0.0)


def _own_words(dyad: Dyad) -> frozenset[str]:
    """Where the word may stand that names the act."""
    if dyad.how == "owner":
        joined = dyad.pair.down and dyad.pair.down[-1].dep_ == "conj"
        # "A's role in B's war" is no war of A on B, "A's role and help to B" is A's help.
        return OWN_WORD & ({"meet", "below"} if joined else {"meet"})
    meet = dyad.pair.mids[0]
    given = dyad.how == "agent" and meet.dep_ == "acl" and bool(entries(meet.head))
    return OWN_WORD | ({"above"} if given else set())  # "the help given by A to B"


def _anothers(dyad: Dyad, found: Relation) -> bool:
    """Is the act that of one further up or down: "C condemned A's attack on B", "C spoke of B's threats"?"""
    if dyad.how == "owner":
        return found.root in _above(dyad)
    target = dyad.target.head
    named = found.place.startswith("below") and target.dep_ in OWNER
    return named and found.root in {entry.root for entry in entries(target.head)}


def _above(dyad: Dyad) -> set[str]:
    """The roots that the verb above a noun names."""
    verbs = (one for one in chain(dyad.pair.mids[0])[1:] if one.pos_ in VERBS)
    return {entry.root for verb in islice(verbs, 1) for entry in entries(verb)}


def _nearest(written: list[Dated], dyad: Dyad, sentence: Span) -> Dated | None:
    """The date written nearest to the act's own word."""
    at = dyad.pair.mids[0].idx - sentence.start_char
    return min(written, key=lambda one: abs(one.at - at)) if written else None


def _too_early(dyad: Dyad, when: Dated | None) -> bool:
    """Was one of the two no leader yet? Then the act was no act of the state."""
    starts = [one.since for one in (dyad.actor, dyad.target) if one.since]
    return when is not None and any(when.end < start for start in starts)


def _act(piece: Parsed, sentence: Span, dyad: Dyad, coded: Relation, when: Dated | None) -> Act:
    code = str(coded.code)
    start = piece.start + sentence.start_char
    text = sentence.text.rstrip()
    return Act(
        start=start,
        end=start + len(text),
        text=text,
        actor=dyad.actor.code,
        target=dyad.target.code,
        actor_native=dyad.actor.native,
        target_native=dyad.target.native,
        actor_agent=dyad.actor.agent,
        target_agent=dyad.target.agent,
        code=code,
        code_system="cameo",
        root=str(coded.root),
        kind=str(coded.kind),
        side=str(coded.side),
        intensity=intensity(code),
        date=when.start.isoformat() if when else None,
        end_date=when.end.isoformat() if when else None,
        date_precision=when.precision if when else None,
        modality=str(coded.modality),
        confidence=coded.confidence,
        rule=f"{dyad.actor.native} as {dyad.how}, {dyad.target.native} below it; {coded.reason}",
    )
