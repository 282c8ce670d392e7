"""One file a measure: acts or tallies in, findings out; no reading, no writing.

A file whose name does not start with an underscore is a measure. It declares
itself in `MEASURE` and holds a function of its own name. That is the only rule
of registration.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from realpolitik.errors import UnknownName
from realpolitik.measures._measure import Measure


@cache
def names() -> tuple[str, ...]:
    """Names of all measures, in alphabetical order."""
    files = Path(__file__).parent.glob("[!_]*.py")
    return tuple(sorted(file.stem for file in files))


def get(name: str) -> Measure:
    """The declaration of a measure.

    Raises:
        UnknownName: no measure has this name; the nearest ones are listed.
    """
    if name not in names():
        raise UnknownName("measure", name, names(), "`realpolitik measures` lists them.")
    declared: Measure = import_module(f"realpolitik.measures.{name}").MEASURE
    return declared
