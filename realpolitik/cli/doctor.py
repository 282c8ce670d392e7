"""`realpolitik doctor`."""

from __future__ import annotations

import click

import realpolitik as rp
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "This machine",
    examples=(
        ("look at everything", "realpolitik doctor"),
        ("as data, for a bug report", "realpolitik doctor --json"),
    ),
    terms=(
        ("ok", "Is it fit? One that is not ends the command with exit code 1."),
        ("todo", "How to mend it."),
    ),
)
@options.common()
def doctor(out: Output) -> None:
    """Check this machine: Python, libraries, the bundled record."""
    checks = rp.doctor()
    out.show(checks)
    if not all(row["ok"] for row in checks.rows):
        click.get_current_context().exit(1)
