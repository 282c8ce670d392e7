"""Every way to fail is one clear line and an exit code; nothing is half-written."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import click
import pytest

import realpolitik as rp
from realpolitik import errors
from realpolitik.cli._exit import guarded
from tests.cli.conftest import Run, environment, shell

BIG = """
import realpolitik as rp, sys
vars(rp)["acts"] = lambda *a, **k: rp.Rows("acts", [
    {"act_id": f"x:{i}", "date": "1979-11-04", "actor": "USA", "target": "IRN", "kind": "deed",
     "side": "conflict", "text": "word " * 50} for i in range(5000)], ("a remark",))
from realpolitik.cli import main
main()
"""


def big(*words: str, **options: Any) -> subprocess.Popen[bytes]:
    """The program with 5,000 made-up acts, as a process."""
    return subprocess.Popen(
        [sys.executable, "-c", BIG, *words],
        env=environment(),
        stderr=subprocess.PIPE,
        **{"stdout": subprocess.PIPE, **options},
    )


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (errors.UnknownName("actor", "IRX", ["IRN"]), 2,
         "Unknown actor 'IRX'. Did you mean IRN?"),
        (errors.AmbiguousName("Korea", ["KOR", "PRK"]), 2,
         "'Korea' is ambiguous: it fits KOR, PRK. Use one of these codes."),
        (errors.SameActor("USA"), 2, "A and B are both USA: give two different actors."),
        (errors.CorruptFile("a.csv", "x", "y", "Reinstall."), 2,
         "a.csv: found x, expected y. Reinstall."),
        (errors.NotInRecord("Nothing on A\x1b[2J and\nB."), 2, r"Nothing on A\x1b[2J and B."),
        (PermissionError(errno.EACCES, "Permission denied", "/x\n"), 2,
         r"cannot read or write '/x\\n': Permission denied"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (type("InterruptException", (RuntimeError,), {})("Query"), 130, "interrupted"),
        (ValueError("oops\x07"), 70,
         r"internal error: ValueError: oops\x07. Please report it, with the command and what"
         " REALPOLITIK_DEBUG=1 and `realpolitik doctor` print."),
    ],
)  # fmt: skip
def test_an_error_is_one_line(
    error: BaseException, code: int, line: str, fakes: dict[str, Any], run: Run
) -> None:
    fakes["answer"]("gap", error)
    got = run("gap", "USA", "IRN", "--quiet")
    assert (got.exit_code, got.stdout, got.stderr) == (
        code,
        "",
        f"realpolitik: {line}\n".replace("\\\\n", "\\n"),
    )


def test_a_traceback_only_when_asked(
    fakes: dict[str, Any], run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    fakes["answer"]("gap", ValueError("oops"))
    assert "Traceback" not in run("gap", "USA", "IRN").stderr
    assert "Traceback" in run("gap", "USA", "IRN", env={"REALPOLITIK_DEBUG": "1"}).stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["gap", "USA", "IRN", "--strat", "1990"], "--start"),
        (["gpa", "USA", "IRN"], "Did you mean gap"),
        (["nonsense\x1b[2J"], r"No such command 'nonsense\x1b[2J'"),
        (["_options"], "No such command '_options'"),
        (["gap", "USA"], "Missing argument 'B'"),
        (["gap", "USA", "IRN", "IRQ"], "unexpected extra argument"),
        (["gap", "USA", "IRN", "--by", "decade"], "'decade' is not one of"),
        (["gap", "USA", "IRN", "--contacts", "no"], "'no' is not one of"),
        (["gap", "USA", "IRN", "--seed", "-1"], "-1"),
        (["gap", "USA", "IRN", "--format", "xml"], "'xml' is not one of"),
        (["gap", "USA", "IRN", "--json", "--format", "csv"], "exclude each other"),
        (["gap", "USA", "IRN", "-o", "x.dat"], "No format goes with the name 'x.dat'"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_bad_usage_is_exit_code_2(
    words: list[str], says: str, fakes: dict[str, Any], run: Run
) -> None:
    got = run(*words)
    assert (got.exit_code, got.stdout) == (2, "")
    assert says in got.stderr.replace("\n", " ")
    assert "Traceback" not in got.stderr
    assert "gap" not in {key for key in fakes if key != "answer"}


def test_an_unwritable_file_fails_before_the_work(
    fakes: dict[str, Any], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed.json"
    closed.write_text("kept")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    for path, why in (
        (tmp_path, "it is a folder"),
        (tmp_path / "none" / "x.json", "there is no folder"),
        (closed, "permission denied"),
        (tmp_path / "new.json", "permission denied"),
    ):
        got = run("gap", "USA", "IRN", "--json", "-o", path)
        assert (got.exit_code, got.stdout) == (2, "")
        assert why in got.stderr
        assert got.stderr.count("\n") == 1
    assert "gap" not in fakes
    assert [file.name for file in tmp_path.iterdir()] == ["closed.json"]
    assert closed.read_text() == "kept"


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    fakes: dict[str, Any], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "gap.json"
    old.write_text("kept")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    got = run("gap", "USA", "IRN", "-q", "-o", old)
    assert got.exit_code == 2
    assert got.stderr == (
        f"realpolitik: Cannot write {str(old)!r}: No space left on device. Nothing was written.\n"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["gap.json"]
    assert old.read_text() == "kept"


def test_a_file_is_replaced_with_its_mode_and_through_a_link(
    fakes: dict[str, Any], run: Run, tmp_path: Path
) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert run("gap", "USA", "IRN", "-o", link).exit_code == 0
    assert link.is_symlink()
    assert json.loads(real.read_text())["findings"]
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_to_not_replaced(fakes: dict[str, Any], run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_text)
        assert run("gap", "USA", "IRN", "-o", pipe).exit_code == 0
        assert pipe.is_fifo()
        assert json.loads(read.result(timeout=10))["findings"]


@pytest.mark.parametrize("words", [["acts", "USA", "IRN"], ["acts", "USA", "IRN", "--json"]])
def test_a_closed_pipe_ends_quietly(words: list[str]) -> None:
    process = big(*words, "-q")
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


def test_a_pipe_that_nobody_reads_ends_help_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = shell("--help", stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", [["acts", "USA", "IRN", "-q"], ["--help"]])
def test_a_full_disk_is_one_line(words: list[str]) -> None:
    with Path("/dev/full").open("wb") as full, big(*words, stdout=full) as process:
        assert process.stderr is not None
        said = process.stderr.read().decode()
        assert process.wait() == 2
    assert said.count("\n") == 1
    assert "No space left on device" in said


def test_a_closed_standard_output_is_one_line() -> None:
    command = f'exec "{sys.executable}" -c "$BIG" acts USA IRN -q >&-'
    done = subprocess.run(
        ["sh", "-c", command], env=environment(BIG=BIG),
        stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1


def test_ctrl_c_is_one_line() -> None:
    wait = "import realpolitik as rp, time, sys; vars(rp)['acts'] = lambda *a, **k: (print('on', flush=True), time.sleep(60)); from realpolitik.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", wait, "acts", "USA", "IRN"],
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 130
        assert process.stderr.read() == b"realpolitik: interrupted\n"


ENCODINGS = ({"PYTHONIOENCODING": "ascii"}, {"LANG": "C", "LC_ALL": "C"},
             {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
             {"NO_COLOR": "1", "COLUMNS": "40"})  # fmt: skip


@pytest.mark.parametrize("env", ENCODINGS, ids=str)
@pytest.mark.parametrize("words", [[], ["--json"], ["--format", "csv"], ["--format", "jsonl"]])
def test_no_terminal_is_too_poor(words: list[str], env: dict[str, str]) -> None:
    program = BIG.replace("word ", r"Z\xfcrich \u2192 \u201cx\u201d ").replace("5000", "20")
    done = subprocess.run(
        [sys.executable, "-c", program, "acts", "USA", "IRN", *words],
        env=environment(**env), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"realpolitik: a remark\n")
    text = done.stdout.decode("utf-8")
    assert "\x1b" not in text
    if words == ["--json"]:
        assert json.loads(text)["acts"][0]["text"].startswith("Zürich → “x” ")
    if "COLUMNS" in env and not words:
        assert max(map(len, text.splitlines())) <= 40


def test_guarded_passes_exit_codes_on() -> None:
    def leave() -> None:
        raise click.exceptions.Exit(3)

    assert guarded(leave) == 3
    assert guarded(lambda: "done") == 0


def test_no_arguments_teach(run: Run) -> None:
    got = run()
    assert got.exit_code == 2
    assert "realpolitik dossier USA IRN" in got.output


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"realpolitik {rp.__version__}\n"
