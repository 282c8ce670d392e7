"""The program starts fast because it loads nothing that it does not use."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "duckdb",
    "ibis",
    "pandas",
    "numpy",
    "altair",
    "rich",
    "yaml",
    "pyarrow",
    "scipy",
    "jinja2",
}
TIMES = 12  # of `python -c pass`: the bar of the interface
RUNS = 9


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which modules are compiled once, as after an installation."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("pyc")),
    }


def _python(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env=env, capture_output=True, text=True, check=True
    )


def _seconds(env: dict[str, str], *words: str) -> float:
    _python(env, *words)  # once to compile
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        _python(env, *words)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


LINES = (
    ["--help"],
    ["--version"],
    ["gap", "--help"],
    ["dossier", "--help"],
    ["gap", "USA"],
    ["gpa"],
)


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_help_and_bad_usage_load_nothing_heavy(words: list[str], compiled: dict[str, str]) -> None:
    program = (
        "import sys\nfrom realpolitik.cli import program\n"
        f"try: program.main({words!r})\nexcept SystemExit: pass\n"
        "print('\\n'.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    loaded = set(_python(compiled, "-c", program).stdout.split())
    assert "click" in loaded
    assert not loaded & HEAVY


def test_import_loads_nothing_but_itself(compiled: dict[str, str]) -> None:
    program = (
        "import sys; before = set(sys.modules); import realpolitik; "
        "print(*sorted(set(sys.modules) - before))"
    )
    assert _python(compiled, "-c", program).stdout.split() == ["realpolitik"]


def test_help_starts_within_the_bar(compiled: dict[str, str]) -> None:
    bare = _seconds(compiled, "-c", "pass")
    assert _seconds(compiled, "-m", "realpolitik", "--help") < TIMES * bare
