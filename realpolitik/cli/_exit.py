"""How a run ends: one line on standard error and an exit code.

0    done, also when the reader closed the pipe early
1    `doctor` found the machine unfit
2    bad usage, unknown name, unreadable input, unwritable output
3    partial
70   an error inside realpolitik (EX_SOFTWARE of sysexits.h)
130  interrupted
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress

import click

from realpolitik.cli._text import safe
from realpolitik.cli._write import let_go
from realpolitik.errors import RealpolitikError

INTERNAL = 70
INTERRUPTED = 130


def guarded(run: Callable[[], object]) -> int:
    """Run, and turn every way to fail into one line and an exit code."""
    try:
        code = _run(run)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit:
        raise
    except BaseException as error:
        if os.environ.get("REALPOLITIK_DEBUG") == "1":
            _trace(error)
        return _ended(error)
    return code


def say(line: str) -> None:
    """One remark on standard error, free of control characters."""
    with suppress(OSError):  # nobody reads it: nothing left to do
        click.echo(f"realpolitik: {safe(line.strip())}", err=True)


def _run(run: Callable[[], object]) -> int:
    try:
        run()
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    return 0


def _ended(error: BaseException) -> int:
    for kind, handle in _HANDLERS:
        if isinstance(error, kind):
            return handle(error)
    if type(error).__name__ == "InterruptException":  # DuckDB's name for Ctrl-C in a query
        return _interrupted(error)
    say(
        f"internal error: {type(error).__name__}: {error}. Please report it, with the command"
        " and what REALPOLITIK_DEBUG=1 and `realpolitik doctor` print."
    )
    return INTERNAL


def _closed(_: BaseException) -> int:
    let_go()
    return 0


def _interrupted(_: BaseException) -> int:
    say("interrupted")
    return INTERRUPTED


def _misused(error: BaseException) -> int:
    assert isinstance(error, click.ClickException)  # noqa: S101 - held by _HANDLERS
    shown = io.StringIO()
    error.show(shown)
    with suppress(OSError):
        for line in shown.getvalue().splitlines():
            click.echo(safe(line), err=True)
    return error.exit_code


def _refused(error: BaseException) -> int:
    say(str(error))
    return error.exit_code if isinstance(error, RealpolitikError) else 2


def _failed(error: BaseException) -> int:
    assert isinstance(error, OSError)  # noqa: S101 - held by _HANDLERS
    let_go()
    where = f" {str(error.filename)!r}" if error.filename else ""
    say(f"cannot read or write{where}: {error.strerror or error}")
    return 2


def _trace(error: BaseException) -> None:
    import traceback

    traceback.print_exception(error)


_HANDLERS: tuple[tuple[type[BaseException], Callable[[BaseException], int]], ...] = (
    (BrokenPipeError, _closed),
    (KeyboardInterrupt, _interrupted),
    (click.Abort, _interrupted),
    (click.ClickException, _misused),
    (RealpolitikError, _refused),
    (OSError, _failed),
)
