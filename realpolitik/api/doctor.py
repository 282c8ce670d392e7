"""Is this machine fit? Python, libraries, bundled files, and where things are kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from realpolitik.api._record import record
from realpolitik.api.result import Rows
from realpolitik.errors import RealpolitikError

OLDEST = (3, 11)


def doctor() -> Rows:
    """One row a check: what was looked at, what was found, whether it is fit, what to do.

    `ok` is False where a verb would fail; `todo` says how to mend it.
    """
    return Rows("checks", [*_python(), *_libraries(), *_bundled_tables(), _neural(), *_folder()])


def _row(check: str, ok: bool, found: str, todo: str = "") -> dict[str, Any]:
    return {"check": check, "ok": ok, "found": found, "todo": "" if ok else todo}


def _python() -> Iterator[dict[str, Any]]:
    found = ".".join(map(str, sys.version_info[:3]))
    yield _row("python", sys.version_info >= OLDEST, found, "Install Python 3.11 or newer.")
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    note = sys.stdout.encoding if utf8 else f"{sys.stdout.encoding}; tables are drawn in ASCII"
    yield _row("terminal", True, str(note))


def _libraries() -> Iterator[dict[str, Any]]:
    for line in requires("realpolitik") or []:
        if ";" in line and "extra" in line:
            continue
        name = line.split(";")[0].split("[")[0].split(">")[0].split("=")[0].strip()
        try:
            yield _row(f"library {name}", True, version(name))
        except PackageNotFoundError:
            yield _row(f"library {name}", False, "not installed", "Reinstall realpolitik.")


def _bundled_tables() -> Iterator[dict[str, Any]]:
    yield _tried("bundled acts", lambda: f"{_rows('acts')} rows, digests match")
    yield _tried("bundled tallies", lambda: f"{_rows('tallies')} rows, digests match")


def _rows(table: str) -> int:
    return int(getattr(record(None), table).count().to_pyarrow().as_py())


def _neural() -> dict[str, Any]:
    """The neural coder's weights: made by the user, or not there, which is fit too."""
    from realpolitik.coding.neural import weights

    def look() -> str:
        found = weights.active()
        if found is None:
            off = os.environ.get(weights.VARIABLE) == weights.OFF
            return "switched off" if off else f"none; {weights.MAKE} makes its weights"
        return f"{found.told()}, in {weights.place()}"

    return _tried("neural coder", look, weights.AGAIN)


def _folder() -> Iterator[dict[str, Any]]:
    here = Path.cwd()
    writable = os.access(here, os.W_OK)
    yield _row("current folder", writable, str(here), "Write elsewhere with -o FILE.")


def _tried(
    check: str, look: Callable[[], str], todo: str = "Reinstall realpolitik."
) -> dict[str, Any]:
    try:
        return _row(check, True, look())
    except RealpolitikError as error:
        return _row(check, False, str(error), todo)
