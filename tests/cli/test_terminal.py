"""On a real terminal: its width, its colours, its wishes."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT
from tests.cli.test_errors import BIG

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")


def on_terminal(columns: int, *words: str, **env: str) -> str:
    """What the program writes to a terminal so many columns wide."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    base = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "NO_COLOR"}}
    process = subprocess.Popen(
        [sys.executable, "-c", BIG.replace("5000", "9"), *words],
        env={**base, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **env},
        stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # how Linux says that the other side is closed
            break
        if not chunk:
            break
        seen += chunk
    os.close(ours)
    assert process.wait() in (0, 2)
    return seen.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_and_its_width() -> None:
    text = on_terminal(40, "acts", "USA", "IRN")
    assert "\x1b[1m" in text
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert 35 < max(map(len, bare.splitlines())) <= 40


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colour_gets_no_escape(env: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal(80, "acts", "USA", "IRN", **env)


def test_parquet_does_not_go_to_a_terminal() -> None:
    assert on_terminal(80, "acts", "USA", "IRN", "--format", "parquet") == ""
