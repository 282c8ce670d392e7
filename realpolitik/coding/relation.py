"""What one actor says or does to another in a sentence: the code of a marked pair."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from realpolitik.coding import lexicon
from realpolitik.coding.corpus import QUADS
from realpolitik.coding.features import Placed, entries, features
from realpolitik.coding.modality import COOPERATIVE, DEEDS, Modality, modality, negated, to_come
from realpolitik.coding.model import Judgement, Model, default
from realpolitik.coding.neural.weights import active
from realpolitik.coding.tree import Pair
from realpolitik.constants import CODE_LEAST, NO_ACT_LEAST
from realpolitik.vocab import kinds

if TYPE_CHECKING:
    from realpolitik.vocab.kinds import Kind, Side

SHIFTS = lexicon.FILE.with_name("shifts.csv")
BARE = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "COOPERATE": "060", "AID": "070",
    "YIELD": "080", "ACCUSE": "110", "REQUEST": "020", "REJECT": "120", "THREATEN": "130",
    "PROTEST": "140", "MOBILIZE": "150", "SANCTION": "160", "COERCE": "170", "ASSAULT": "190",
}  # fmt: skip
# The place of a word on the way, the most telling first.
PLACES = ("meet", "meet complement", "below", "inner", "below complement")


@dataclass(frozen=True, slots=True)
class Relation:
    """The code of one pair. All but `confidence` and `reason` are None where there is no act.

    `code` is CAMEO text, `root` PLOVER's; `kind` and `side` follow the realpolitik
    map, `quad` (1 to 4) PLOVER's root. `confidence` is the chance, 0 to 1, that
    there is an act and that its quad class is right. `place` says where the word
    stands that gave the code.
    """

    code: str | None
    root: str | None
    kind: Kind | None
    side: Side | None
    quad: int | None
    modality: Modality | None
    confidence: float
    reason: str
    place: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The relation as JSON-ready values."""
        values = asdict(self)
        del values["place"]
        return values


def relation(pair: Pair, least: float = CODE_LEAST) -> Relation:
    """Return what the source says or does to the target.

    Below `least` (a probability) the coder abstains. A denied deed is no act of
    conflict or cooperation; the reason says what was denied.
    """
    placed = entries(pair)
    found = default().judge(features(pair, placed))
    second = active()
    return settled(pair, placed, second.averaged(found, pair) if second else found, least)


def judged(pair: Pair, model: Model, least: float = CODE_LEAST) -> Relation:
    """Return what a linear model alone makes of a pair, once grammar has had its say."""
    placed = entries(pair)
    return settled(pair, placed, model.judge(features(pair, placed)), least)


def settled(pair: Pair, placed: Placed, found: Judgement, least: float = CODE_LEAST) -> Relation:
    """Return the code of a pair that was judged, once grammar has had its say."""
    root = to_come(pair, found.root)
    sure = _sure(found, root) * (1 - found.no_act)
    if found.no_act >= NO_ACT_LEAST:
        return _none(found.no_act, f"No act between the two: {_spoken(found, 'no act')}.")
    if sure < least:
        likely = f"{found.root} at {sure:.2f}, below the {least:.2f} asked for"
        return _none(sure, f"Cannot tell: the likeliest is {likely}.")
    undone = _undone(pair) if found.root in DEEDS | {"REJECT"} else None
    if undone:
        return _none(sure, f"{undone} is said not to have happened: no act.")
    return _coded(pair, placed, found, root, sure)


def _sure(found: Judgement, root: str) -> float:
    """The chance of the quad class; where grammar turned a deed into a word, of its side."""
    if root == found.root:
        return found.quads[found.quad]
    return sum(found.quads[quad] for quad in ((1, 2) if QUADS[root] == 1 else (3, 4)))


def _undone(pair: Pair) -> str | None:
    """The deed of conflict that a negated verb names: "did not attack" is no act."""
    denied = {token.i for token in pair.verbs() if negated(token)}
    for token in pair.path():
        if token.i in denied:
            roots = {entry.root for entry in lexicon.entries(token)}
            hostile = sorted(root for root in roots & DEEDS if QUADS[root] == 4)
            if hostile and not roots & COOPERATIVE:
                return hostile[0]
    return None


def _none(confidence: float, reason: str) -> Relation:
    return Relation(None, None, None, None, None, None, round(confidence, 3), reason)


def _coded(pair: Pair, placed: Placed, found: Judgement, root: str, sure: float) -> Relation:
    ahead = "" if root == found.root else f", {found.root} still to come"
    code, why, place = cameo(placed, root)
    put = kinds.place("cameo", code)
    return Relation(
        code=code,
        root=root,
        kind=put.kind,
        side=put.side,
        quad=QUADS[root],
        modality=modality(pair, root),
        confidence=round(sure, 3),
        reason=f"{why}{ahead}; {_spoken(found, found.root)}.",
        place=place,
    )


def _spoken(found: Judgement, what: str) -> str:
    beside = f"; mean with {found.beside}" if found.beside else ""
    if what != "no act" and found.because:
        return f"what spoke most for {what}: {', '.join(found.because)}{beside}"
    if what != "no act" and found.beside:
        return f"what spoke for {what} was {found.beside}"
    return f"the sentence reads like those without one{beside}"


def cameo(placed: Placed, root: str) -> tuple[str, str, str]:
    """Return the CAMEO code of a root among a pair's entries, the rule that chose it, and its place.

    A word of the lexicon under the same root decides, the nearest to the verb
    first; else a word of another root, shifted (arms *promised*, talks
    *refused*); else the root's bare code. The last value says where that word
    stands (`features.entries`), empty for none.
    """
    found = sorted(placed, key=_rank)
    moved = [one for place, entry in found if (one := _shifted(root, entry, place))]
    for place, entry in found:
        if entry.root == root and entry.code[:2] != "01":
            # "agreed to lift the sanctions" says more than "agreed".
            finer = (one for one in moved if one[0] != entry.code and one[0].startswith(entry.code))
            why = f"“{entry.word}” names {kinds.code('cameo', entry.code).label}"
            return next(finer, (entry.code, why, place))
    if moved:
        return moved[0]
    return BARE[root], f"no word of the lexicon; the bare code of {root}", ""


def _rank(placed: tuple[str, lexicon.Entry]) -> tuple[bool, int, int, int]:
    """The word nearest to the meeting point first, those without further content last."""
    place, entry = placed
    near = PLACES.index(place) if place in PLACES else len(PLACES)
    residual = entry.code.endswith("0") and not entry.company
    return residual, near, -bool(entry.company), -len(entry.code.rstrip("0"))


def _shifted(root: str, entry: lexicon.Entry, place: str) -> tuple[str, str, str] | None:
    rows = _shifts()
    fitting = [one for one in rows if one["root"] == root and entry.code.startswith(one["prefix"])]
    if not fitting:
        return None
    best = max(fitting, key=lambda row: len(row["prefix"]))
    return best["code"], f"“{entry.word}” under {root}: {best['why']}", place


@cache
def _shifts() -> tuple[dict[str, str], ...]:
    with SHIFTS.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
