"""What the shell offers."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import pytest

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli.completion import INSTALL
from tests.cli.conftest import Run

ACTORS = [{"code": "IRN", "name": "Iran"}, {"code": "IRQ", "name": "Iraq"},
          {"code": "USA", "name": "United States"}]  # fmt: skip


def offered(run: Run, *words: str) -> dict[str, str]:
    """Completions of the last word, with their descriptions."""
    env = {
        "_REALPOLITIK_COMPLETE": "zsh_complete",
        "COMP_WORDS": " ".join(("realpolitik", *words)),
        "COMP_CWORD": str(len(words)),
    }
    lines = run(env=env).stdout.splitlines()
    return dict(zip(lines[1::3], lines[2::3], strict=False))


def test_verbs_and_options(run: Run) -> None:
    assert set(offered(run, "s")) == {"scan", "secrets", "sources", "states"}
    assert "--start" in offered(run, "gap", "USA", "IRN", "--st")
    assert set(offered(run, "gap", "--by", "w")) == {"week"}
    assert set(offered(run, "gap", "--map", "p")) == {"phoenix", "plover"}


def test_actors_by_code_or_name(fakes: dict[str, Any], run: Run) -> None:
    fakes["answer"]("states", rp.Rows("states", ACTORS))
    assert offered(run, "gap", "IR") == {"IRN": "Iran", "IRQ": "Iraq"}
    assert offered(run, "gap", "USA", "iran") == {"IRN": "Iran"}
    assert offered(run, "acts", "United") == {"USA": "United States"}


def test_sources_measures_and_codes(fakes: dict[str, Any], run: Run) -> None:
    fakes["answer"]("sources", rp.Rows("sources", [{"name": "casebook", "title": "Cases"}]))
    fakes["answer"](
        "measures",
        rp.Rows(
            "measures",
            [{"measure": "gap", "answers": "Do they?"}, {"measure": "gap", "answers": "Do they?"}],
        ),
    )
    assert offered(run, "gap", "--source", "ca") == {"casebook": "Cases"}
    assert offered(run, "measures", "g") == {"gap": "Do they?"}
    assert offered(run, "cite", "") == {"casebook": "Cases", "gap": "Do they?"}
    fakes["answer"]("codes", rp.Rows("codes", [{"code": "057", "label": "Sign an agreement"}]))
    assert offered(run, "codes", "0") == {"057": "Sign an agreement"}


def test_a_damaged_record_offers_nothing(fakes: dict[str, Any], run: Run) -> None:
    fakes["answer"]("states", rp.RealpolitikError("damaged"))
    assert offered(run, "gap", "IR") == {}


def test_the_maps_and_systems_are_those_of_the_vocabulary() -> None:
    from realpolitik.cli import _options
    from realpolitik.vocab import calendar, kinds

    assert set(_complete.MAPS) == set(kinds.MAPS)
    assert set(_complete.SYSTEMS) == set(kinds.SYSTEMS)
    assert set(_options.PERIODS) == set(calendar.BY)
    assert set(_options.CONTACTS) == set(kinds.CONTACTS)
    assert (tuple(kinds.KINDS), tuple(kinds.SIDES)) == (_options.KINDS, _options.SIDES)


@pytest.mark.parametrize("shell", INSTALL)
def test_the_script_is_what_the_shell_can_read(shell: str, run: Run) -> None:
    got = run("completion", shell)
    assert got.exit_code == 0
    assert "_REALPOLITIK_COMPLETE" in got.stdout
    assert INSTALL[shell] in got.stdout.splitlines()[-1]
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=got.stdout, text=True, check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_bash_script_completes(run: Run) -> None:
    script = run("completion", "bash").stdout + (
        "\nrealpolitik() { :; }; COMP_WORDS=(realpolitik gap); COMP_CWORD=1; "
        "complete -p realpolitik"
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert "_realpolitik_completion" in done.stdout
