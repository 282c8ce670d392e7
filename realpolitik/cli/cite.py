"""`realpolitik cite [NAME]`."""

from __future__ import annotations

import realpolitik as rp
from realpolitik.cli import _complete
from realpolitik.cli import _options as options
from realpolitik.cli._output import Output
from realpolitik.cli._verb import verb


@verb(
    "Look things up",
    examples=(
        ("realpolitik itself", "realpolitik cite"),
        ("a source", "realpolitik cite keds_gulf"),
        ("a measure, to a file", "realpolitik cite gap -o gap.bib"),
    ),
    terms=(("BibTeX", "Entries with a blank line between them; --json puts them in an object."),),
)
@options.named("name", _complete.citable)
@options.common(text=True)
def cite(name: str | None, out: Output) -> None:
    """Print BibTeX of a source, a measure, or all that a dossier used.

    NAME is a source, a measure, or the .json or .html file of a dossier;
    without it, realpolitik itself.
    """
    entries = rp.cite(name) if name is not None else rp.cite()
    row = {"name": name or "realpolitik", "bibtex": entries}
    out.put({"citations": [row]}, [row], text=entries)
