"""Exchanging the actors of the whole bundled casebook mirrors every result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis
import pytest

from realpolitik.api._record import record
from realpolitik.findings import Finding
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures.follow import follow
from realpolitik.measures.secrets import secrets

DYADS = [("USA", "IRN"), ("PAK", "USA"), ("IRN", "ISR"), ("RUS", "UKR"), ("PRK", "KOR")]
Verb = Callable[[ibis.Table, Question, Sequence[SourceSpan]], list[Finding]]


def told(findings: list[Finding], turned: bool) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Every finding by what it is about, actors exchanged where asked; texts that name them left out."""
    return {
        (*((f.target, f.actor) if turned else (f.actor, f.target)), f.statistic, f.start, f.source): (
            f.estimate, f.lower, f.upper, f.status, f.n, f.n_effective,
        )
        for f in (_Named(f) for f in findings)
        # Acts towards third parties are turned as well, which is no exchange of the two:
        # test_follow mirrors this one by exchanging names.
        if not f.statistic.startswith("elsewhere")
    }  # fmt: skip


class _Named:
    """A finding with its one source at hand."""

    def __init__(self, finding: Finding) -> None:
        self.source = finding.sources[0]
        self._finding = finding

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finding, name)


@pytest.mark.parametrize("verb", [secrets, follow], ids=["secrets", "follow"])
@pytest.mark.parametrize("dyad", DYADS, ids="-".join)
def test_exchanged_actors_mirror_every_number(verb: Verb, dyad: tuple[str, str]) -> None:
    acts = record(None).acts
    turned = acts.mutate(actor=acts.target, target=acts.actor)
    question = Question(*dyad)
    before = told(verb(acts, question, record(None).spans), turned=False)
    after = told(verb(turned, question, record(None).spans), turned=True)
    assert any(values[0] for values in before.values())
    assert before == after
