"""Every verb explains itself by examples that run."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from realpolitik.cli import EXAMPLES, PROGRAM, program
from realpolitik.cli._verb import SECTIONS, Verb
from tests.cli.conftest import Run, environment

CONTEXT = click.Context(program, info_name=PROGRAM, **program.context_settings)
NAMES = program.list_commands(CONTEXT)
SHELL = set("$>|")
# Verbs whose examples need files of the reader's, a filled lake or the network.
OF_FILES = {
    "audit",
    "check",
    "diff",
    "fetch",
    "ingest",
    "lake",
    "read",
    "rebuild",
    "train",
    "verify",
}
FLAGS = {"--lake", "--seed", "--format", "--json", "-o", "--output", "--offline", "-q", "--quiet",
         "--no-progress"}  # fmt: skip


def verb(name: str) -> Verb:
    command = program.get_command(CONTEXT, name)
    assert isinstance(command, Verb)
    return command


def examples() -> list[str]:
    """Every command line that any help shows."""
    shown = [line for _, line in EXAMPLES]
    return sorted({*shown, *(line for name in NAMES for _, line in verb(name).examples)})


def test_the_verbs_are_the_files() -> None:
    assert NAMES == ["acts", "audience", "audit", "benefit", "check", "cite", "code", "codes", "completion",
                     "diff", "doctor", "dossier", "export", "fetch", "follow", "gap", "ingest",
                     "lake", "latent", "measures", "panel", "phases", "read", "rebuild", "respond",
                     "scan", "secrets", "sources", "states", "train", "verify",
                     "weigh"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_verb_has_a_sentence_an_example_a_place_and_all_common_flags(name: str) -> None:
    command = verb(name)
    first = (command.help or "").partition("\n")[0]
    assert first.endswith((".", "?"))
    assert len(first) + len(name) < 76, "one line of the top help"
    assert command.section in SECTIONS
    assert command.examples
    assert command.terms or name == "completion"
    assert {flag for option in command.params for flag in option.opts} >= FLAGS
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("name", NAMES)
def test_help_is_ascii_and_shows_its_examples_whole(name: str, run: Run) -> None:
    got = run(name, "--help")
    assert got.exit_code == 0
    assert got.stdout.isascii()
    for comment, line in verb(name).examples:
        assert f"  # {comment}\n  {line}\n" in got.stdout
    assert got.stdout == run(name, "-h").stdout


def test_top_help_names_each_verb_once_on_one_line(run: Run) -> None:
    lines = run("--help").stdout.splitlines()
    for name in NAMES:
        first = (verb(name).help or "").partition("\n")[0]
        assert [line.split() for line in lines].count([name, *first.split()]) == 1
    assert [line[:-1] for line in lines if line.endswith(":") and line[:-1] in SECTIONS] == list(
        SECTIONS
    )


@pytest.mark.slow
@pytest.mark.parametrize("line", [line for line in examples() if not SHELL & set(line)])
def test_every_example_runs(
    line: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name, *words = shlex.split(line)
    if words[0] in OF_FILES:
        verb(words[0]).make_context(words[0], words[1:], parent=CONTEXT).close()
        return
    got = run(*words)
    assert (name, got.exit_code) == (PROGRAM, 0), got.stderr
    wrote = list(tmp_path.iterdir())
    assert got.stdout or wrote
    assert all(file.stat().st_size for file in wrote)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize("line", [line for line in examples() if SHELL & set(line)])
def test_every_example_for_the_shell_runs(line: str, tmp_path: Path) -> None:
    starter = tmp_path / "bin" / PROGRAM
    for target in ("bin", *(line.partition("~/")[2].rpartition("/")[0] for line in examples())):
        (tmp_path / target).mkdir(parents=True, exist_ok=True)
    starter.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m realpolitik "$@"\n')
    starter.chmod(0o755)
    path = f"{starter.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False,
        env=environment(HOME=str(tmp_path), PATH=path),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    target = line.partition("> ")[2].replace("~", str(tmp_path))
    assert not target or (tmp_path / target).stat().st_size
