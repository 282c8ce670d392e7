"""Reading: marked pairs a second, and a whole document, against spaCy parsing the same text."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._clock import SCRIPT, cost, line
from realpolitik.coding.neural import weights

ROUNDS = 5
PARSE = (
    "import sys; from realpolitik.coding.nlp import parsed_all; text = open(sys.argv[1]).read(); \
list(parsed_all(text.split(chr(10) * 2)))"
)


def texts() -> None:
    """Processor time of one core for pairs; wall time and peak memory for a document."""
    import realpolitik as rp
    from realpolitik.coding import corpus
    from realpolitik.coding.nlp import parsed

    spacy = _plain()

    own = corpus.own()
    words = sum(len(one.text.split()) for one in own)
    plain = _seconds(lambda: [spacy(one.text) for one in own])
    alone = _seconds(lambda: [parsed(one.text) for one in own])

    def pairs(name: str, least: int) -> None:
        taken = _seconds(
            lambda: [rp.code(one.text, source=one.source, target=one.target) for one in own]
        )
        print(
            f"{name} on {len(own)} sentences of {words / len(own):.0f} words"
            f"      {len(own) / taken:7.0f} sentences/s  {taken / plain:6.2f} x a plain spaCy parse"
            f"  bar: {least} sentences/s"
        )

    place = weights.place()
    with _weights(weights.OFF):
        pairs("rp.code", 150)
    if place:
        with _weights(str(place.parent)):
            pairs("rp.code, mean with the neural coder", 65)
    print(
        f"parsing them as rp.code does      {len(own) / alone:7.0f} sentences/s"
        f"  {alone / plain:6.2f} x a plain spaCy parse"
    )
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text("\n\n".join(one.text for one in own), encoding="utf-8")
        base = cost(sys.executable, "-c", PARSE, page, runs=2)
        line(f"parsing a document of {words:,} words", base, "parsing it", base)
        read = cost(SCRIPT, "read", page, "--date", "2020-01-01", "--json", runs=2)
        line("realpolitik read, the same document", read, "parsing it", base)


def _plain() -> Callable[[str], object]:
    """The pipeline as spaCy loads it, without the parts that nobody here reads."""
    import spacy

    from realpolitik.coding import nlp

    found: Callable[[str], object] = spacy.load(nlp.name(), exclude=list(nlp.UNUSED))
    return found


@contextmanager
def _weights(where: str) -> Iterator[None]:
    """Let code use the neural weights of a folder, or none."""
    before = os.environ.get(weights.VARIABLE)
    os.environ[weights.VARIABLE] = where
    weights.active.cache_clear()
    yield
    os.environ.pop(weights.VARIABLE)
    os.environ.update({} if before is None else {weights.VARIABLE: before})
    weights.active.cache_clear()


def _seconds(work: Callable[[], object]) -> float:
    """The least processor time of some rounds: the least disturbed one."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken[1:])
