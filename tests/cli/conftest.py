"""Made-up results, so that faces are tested without a record; and real runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import realpolitik as rp
from realpolitik.cli import program

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parents[2]
UNSET = ("COLUMNS", "NO_COLOR", "PYTHONUNBUFFERED", "REALPOLITIK_DEBUG", "REALPOLITIK_LAKE")
HARSHER = "Words harsher than deeds, as is usual for dyads that talk like this."


def finding(actor: str, target: str, statistic: str, **values: Any) -> rp.Finding:
    base: dict[str, Any] = {
        "measure": "gap", "start": "1979-04-15", "end": "1999-03-31", "unit": "log-odds",
        "method": "Made up.", "acts": f"realpolitik acts {actor} {target} --actor {actor}",
        "sources": ("keds_gulf",),
    }  # fmt: skip
    return rp.Finding(actor=actor, target=target, statistic=statistic, **(base | values))


def findings(a: str = "USA", b: str = "IRN") -> tuple[rp.Finding, ...]:
    """Both directions: a number, a label, a null with its reason, another map."""
    return tuple(
        made
        for actor, target in ((a, b), (b, a))
        for made in (
            finding(actor, target, "tone_words", estimate=-1.25, lower=-1.5, upper=-1.0, n=1812,
                    n_effective=301.5),
            finding(actor, target, "gap_z", estimate=1.4, lower=0.6, upper=2.2, n=1900,
                    unit="reference SD", notes=(HARSHER,)),
            finding(actor, target, "tone_deeds", status="too thin", level=None, n=4,
                    notes=("4 deeds; 10 are needed.",)),
            finding(actor, target, "gap_z_sensitivity", estimate=0.1, lower=0.0, upper=0.2,
                    map="gdelt", unit="reference SD", n=1900),
        )
    )  # fmt: skip


ACTS: list[dict[str, Any]] = [
    {
        "act_id": "casebook:A003", "source": "casebook", "date": "1953-08-19",
        "end_date": "1953-08-19", "date_precision": "day", "actor": "USA", "target": "IRN",
        "code": "010", "code_system": "cameo", "label": "Coerce", "kind": "deed",
        "side": "conflict", "n": 1, "secrecy": "secret", "disclosed": "2013-08-01",
        "disclosed_precision": "month", "verification": "from memory", "reciprocal": False,
        "text": "Joint coup – “Ajax”, \x1b[31mred\x1b[0m.", "source_title": "Title",
        "reliability": "A", "credibility": "1", "related": None,
    },
    {
        "act_id": "keds_gulf:1979-11:IRN:USA:word:conflict", "source": "keds_gulf",
        "date": "1979-11-01", "end_date": "1979-11-30", "date_precision": "month",
        "actor": "IRN", "target": "USA", "code": None, "code_system": None, "label": None,
        "kind": "word", "side": "conflict", "n": 1204, "secrecy": None, "disclosed": None,
        "disclosed_precision": None, "verification": None, "reciprocal": None, "text": None,
        "source_title": None, "reliability": None, "credibility": None, "related": None,
    },
]  # fmt: skip


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Verbs that answer with made-up results; what they were asked is kept by verb."""
    asked: dict[str, Any] = {}

    def answer(verb: str, result: Any) -> None:
        def fake(*args: Any, **kwargs: Any) -> Any:
            asked[verb] = (args, kwargs)
            if isinstance(result, BaseException):
                raise result
            return result

        monkeypatch.setitem(vars(rp), verb, fake)

    asked["answer"] = answer
    answer("gap", rp.Result("gap", "USA", "IRN", findings(), ("one remark",)))
    answer("acts", rp.Rows("acts", ACTS))
    return asked


@pytest.fixture
def run() -> Run:
    """Run a command line in this process."""

    def invoke(*words: object, env: dict[str, str | None] | None = None) -> Result:
        bare = dict.fromkeys(UNSET, None)
        return CliRunner().invoke(program, [*map(str, words)], env={**bare, **(env or {})})

    return invoke


def environment(**more: str) -> dict[str, str]:
    """The environment of a user: buffered output, and this checkout on the path."""
    kept = {key: value for key, value in os.environ.items() if key not in UNSET}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def shell(
    *words: str, cwd: Path | None = None, env: dict[str, str] | None = None, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a program, with warnings as errors as in the suite itself."""
    return subprocess.run(
        [sys.executable, "-m", "realpolitik", *words],
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output="stdout" not in options,
        timeout=120,
        check=False,
        **options,
    )
