"""The relation read off deeds, and the posture that words add to it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import ibis

from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import Opened, record
from realpolitik.api.result import Result
from realpolitik.constants import NUTS_DRAWS, NUTS_WARMUP, STRONG_DEED
from realpolitik.errors import UnknownName, UsageError
from realpolitik.measures._question import SourceSpan
from realpolitik.measures.latent import Engine
from realpolitik.measures.latent import latent as measure
from realpolitik.sources import tallies as counted
from realpolitik.vocab.kinds import map_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGINES = ("laplace", "nuts")


def latent(
    a: str,
    b: str,
    *,
    start: str | None = None,
    end: str | None = None,
    by: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    engine: str = "laplace",
    lake: str | None = None,
    seed: int = 0,
) -> Result:
    """Relation and posture of both directions, over the span or by month, quarter or year.

    Unit: log-odds against the middle dyad of the same source; below 0 a
    posture is harsher than the relation explains. `engine` is laplace (a
    second) or nuts (minutes; needs the extra `bayes`). Too few acts give a
    finding that is "too thin" and null; without a reference set levels are
    "cannot tell" and changes are given.

    Raises:
        UsageError: an actor, date, source, map or engine that cannot be used.
        CorruptFile: a bundled file is damaged.
    """
    question = ask(a, b, start=start, end=end, by=by, map=map, seed=seed)
    fit = _engine(engine)
    opened = record(lake, map)
    spans = chosen(source, opened)
    strong = None if by else strong_deeds(opened, spans, map)
    findings = measure(opened.tallies, opened.acts, question, spans, strong, fit)
    asked = {"start": start, "end": end, "lake": lake, "map": map}
    return Result("latent", question.a, question.b, tuple(findings), asked=asked)


def _engine(name: str) -> Engine | None:
    """What fits the model; None is the default."""
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES, f"Use one of {', '.join(ENGINES)}.")
    if name == "laplace":
        return None
    if find_spec("numpyro") is None:
        raise UsageError(
            "--engine nuts needs NumPyro, which is not installed: "
            "run `pip install 'realpolitik[bayes]'`."
        )
    from realpolitik.stats.nuts import Sampler

    return Sampler(NUTS_WARMUP, NUTS_DRAWS).fit


def strong_deeds(opened: Opened, spans: Sequence[SourceSpan], map: str) -> ibis.Table | None:
    """Tallies of words and strong deeds alone; None where no sample's single acts are at hand."""
    names = [span.name for span in spans if span.role == "sample" and span.listed]
    if not names:
        return None
    acts = opened.acts
    strong = (acts.kind != "deed") | (acts.intensity.abs() >= STRONG_DEED)
    kept = acts.filter(acts.source.isin(names), strong)
    return counted.tally(kept, ibis.memtable(counted.map_table(map, map_rows(map))))
