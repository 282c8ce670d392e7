"""What the terminal says of a page that was written, or the page itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from realpolitik.cli import _write

if TYPE_CHECKING:
    import realpolitik as rp
    from realpolitik.cli._output import Output


def answered(out: Output, output: str | None, write: Callable[[str | None], rp.Dossier]) -> None:
    """Let the page be written to `output` and say so, or stream it where that is "-"."""
    if output == "-":
        _streamed(out, write)
    else:
        _written(out, write(output))


def _written(out: Output, page: rp.Dossier) -> None:
    """Name the two files and give the answer; as data, the findings as well."""
    out.remark(page.messages)
    paths = {"html": str(page.html), "json": str(page.json)}
    lines = [*paths.values(), "", *page.answer]
    findings = [finding.as_dict() for finding in page.findings]
    out.put({**paths, "findings": findings}, findings, text="\n".join(lines) + "\n")


def _streamed(out: Output, write: Callable[[str], object]) -> None:
    """Write the page, or with --json its twin, to standard output and nowhere else."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "dossier.html"
        write(str(page))
        _write.to_stdout((page.with_suffix(".json") if out.form == "json" else page).read_bytes())
