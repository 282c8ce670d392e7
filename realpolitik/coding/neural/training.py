"""Training of the neural coder: cross-validated beside the linear one, calibrated, exported."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from realpolitik.coding import fit
from realpolitik.coding.corpus import Example
from realpolitik.coding.features import entries
from realpolitik.coding.model import Floats, Judgement
from realpolitik.coding.neural import tuning
from realpolitik.coding.neural.base import NAME, Base, base
from realpolitik.coding.neural.graph import exported, in_eight_bits
from realpolitik.coding.neural.inputs import Pieces, pieces
from realpolitik.coding.neural.network import Weights
from realpolitik.coding.neural.weights import Session, judgement, mean
from realpolitik.coding.neural.wordpiece import vocabulary
from realpolitik.coding.relation import settled

CODERS = ("linear", "neural", "mean")
# What a change of makes earlier folds useless.
SETTINGS = ("EPOCHS", "BATCH", "RATE", "HEAD_RATE", "WARM", "DECAY", "DROP", "CLIP", "BUCKET")
Tell = Callable[[int, int, str], None]


class Score(NamedTuple):
    """A statistic of one coder in per cent, and its standard deviation over the folds."""

    statistic: str
    coder: str
    value: float
    sd: float


class Tuned(NamedTuple):
    """The graph and the list of word pieces, and what is known of the training."""

    graph: bytes
    words: bytes
    about: dict[str, Any]
    scores: list[Score]


class Course(NamedTuple):
    """All that a training needs: examples, their pieces and lessons, and the linear folds."""

    start: Base
    examples: Sequence[Example]
    held: Sequence[fit.Marked]
    asked: Sequence[Pieces]
    lessons: Sequence[tuning.Lesson]
    roots: tuple[str, ...]
    folds: Sequence[fit.Fold]
    seed: int


class Unseen(NamedTuple):
    """What both coders say of a sentence that neither has seen, and of which fold it is."""

    place: int
    fold: int
    linear: Judgement
    scores: Floats  # of the network in eight bits
    same: bool  # does it name the root that it names in full?


def train(
    own: Sequence[Example],
    foreign: Sequence[Example],
    seed: int,
    parts: Path,
    tell: Tell | None = None,
) -> Tuned:
    """Fine-tune the base model on all examples; cross-validate on the foreign ones.

    `own` examples are in every training fold; without foreign ones the folds run
    over `own`. What each fold says of its unseen sentences is kept in the folder
    `parts`, so that a broken training goes on where it was. Temperatures are
    fitted on unseen sentences. Raises CorruptFile as `base` does.
    """
    course = _course(own, foreign, seed)
    told = _Told(tell, len(course.folds) + 1)
    unseen = [
        one for number in range(len(course.folds)) for one in _unseen(course, number, parts, told)
    ]
    judged, cooled = _calibrated(course, unseen)
    scores = list(_scores(course, unseen, judged))
    net = tuning.tuned(
        course.start.weights, course.lessons, len(course.roots), seed, told.next("all")
    )
    about = {
        "base": NAME,
        "roots": list(course.roots),
        "seed": seed,
        "sentences": len(unseen),
        "same_root_in_eight_bits": round(float(np.mean([one.same for one in unseen])), 4),
        "cross_validation": [one._asdict() for one in scores],
        **cooled,
    }
    return Tuned(_graph(net), course.start.words, about, scores)


def _course(own: Sequence[Example], foreign: Sequence[Example], seed: int) -> Course:
    start = base()
    examples = [*foreign, *own]
    held = fit.marked(examples)
    tested = len(foreign) or len(own)
    says = fit.says(len(examples), tested)
    known = vocabulary(start.words.decode("utf-8"))
    asked = [pieces(one.pair, known) for one in held]
    roots = tuple(sorted({one.root for one in examples}))
    lessons = [
        tuning.Lesson(ids, roots.index(one.root), one.quad, say)
        for ids, one, say in zip(asked, examples, says, strict=True)
    ]
    folds = fit.parted(held, examples, says, tested)
    cool = fit.coolest(folds, held, examples)
    cooled = [fold._replace(model=replace(fold.model, temperature=cool)) for fold in folds]
    return Course(start, examples, held, asked, lessons, roots, cooled, seed)


class _Told:
    """Progress over several fits, each of which counts its own steps."""

    def __init__(self, tell: Tell | None, fits: int) -> None:
        self.tell, self.fits, self.done = tell, fits, 0

    def next(self, name: str) -> tuning.Tell:
        """What the next fit tells its steps to."""
        before, self.done = self.done, self.done + 1

        def steps(done: int, total: int) -> None:
            if self.tell:
                self.tell(before * total + done, self.fits * total, name)

        return steps


def _unseen(course: Course, number: int, parts: Path, told: _Told) -> Iterator[Unseen]:
    fold = course.folds[number]
    tell = told.next(f"fold {number + 1}")
    narrow, full = _kept(course, number, parts, tell)
    for place, one, other in zip(fold.unseen, narrow, full, strict=True):
        linear = fold.model.judge(course.held[place].blocks)
        same = judgement(one, course.roots, 1.0).root == judgement(other, course.roots, 1.0).root
        yield Unseen(place, number, linear, one, same)


def _kept(course: Course, number: int, parts: Path, tell: tuning.Tell) -> tuple[Floats, Floats]:
    """The scores of a fold in eight bits and in full, from an earlier run if it was the same."""
    path = parts / f"{_key(course, number)}.npz"
    if path.is_file():
        with np.load(path, allow_pickle=False) as before:
            return before["narrow"], before["full"]
    narrow, full = _fitted(course, number, tell)
    parts.mkdir(parents=True, exist_ok=True)
    begun = path.with_suffix(".part")
    with begun.open("wb") as file:
        np.savez(file, narrow=narrow, full=full)
    begun.replace(path)
    return narrow, full


def _key(course: Course, number: int) -> str:
    settings = {name: getattr(tuning, name) for name in SETTINGS}
    own = [course.seed, number, course.folds[number].unseen, settings, course.lessons]
    return hashlib.sha256(json.dumps(own).encode()).hexdigest()[:16]


def _fitted(course: Course, number: int, tell: tuning.Tell) -> tuple[Floats, Floats]:
    unseen = course.folds[number].unseen
    left = set(unseen)
    lessons = [one for place, one in enumerate(course.lessons) if place not in left]
    net = tuning.tuned(course.start.weights, lessons, len(course.roots), course.seed, tell)
    asked = [course.asked[place] for place in unseen]
    session = Session(_graph(net))
    return np.array([session.scores(one) for one in asked]), tuning.said(net, asked)


def _graph(net: Weights) -> bytes:
    return in_eight_bits(exported({name: one.numpy() for name, one in net.items()}))


def _calibrated(
    course: Course, unseen: Sequence[Unseen]
) -> tuple[dict[str, list[Judgement]], dict[str, float]]:
    """What each coder says of the unseen, and the temperatures that make it honest."""
    gold = [course.examples[one.place].quad for one in unseen]

    def coolest(said: Callable[[float], list[Judgement]]) -> float:
        def loss(temperature: float) -> float:
            pairs = zip(said(temperature), gold, strict=True)
            return -sum(math.log(max(one.quads[quad], 1e-9)) for one, quad in pairs if quad)

        return float(min(fit.TEMPERATURES, key=loss))

    def neural(temperature: float) -> list[Judgement]:
        return [judgement(one.scores, course.roots, temperature) for one in unseen]

    own = coolest(neural)
    linear, other = [one.linear for one in unseen], neural(own)

    def both(temperature: float) -> list[Judgement]:
        return [mean(*pair, temperature) for pair in zip(linear, other, strict=True)]

    together = coolest(both)
    judged = dict(zip(CODERS, (linear, other, both(together)), strict=True))
    return judged, {"temperature": own, "mean_temperature": together}


def _scores(
    course: Course, unseen: Sequence[Unseen], judged: dict[str, list[Judgement]]
) -> Iterator[Score]:
    """Macro F1 of each coder, once grammar has had its say."""
    for coder, judgements in judged.items():
        said = [
            (course.examples[one.place], settled(pair, entries(pair), found))
            for one, found in zip(unseen, judgements, strict=True)
            for pair in [course.held[one.place].pair]
        ]
        whole = fit.scored(said)
        folds = [
            fit.scored([said[rank] for rank, one in enumerate(unseen) if one.fold == number])
            for number in range(len(course.folds))
        ]
        for name in ("quad", "root", "deed"):
            spread = float(np.std([getattr(one, name) for one in folds], ddof=1))
            yield Score(f"{name} macro F1", coder, getattr(whole, name), round(spread, 1))
