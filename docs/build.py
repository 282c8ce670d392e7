"""Print docs/reference from the code: `python -m docs.build`.

One function a page, text out. What a page says comes from the declaration it
describes (help of a verb, YAML of a table, card of a source, declaration of a
measure, docstring of an error); `tests/test_docs.py` fails when a printed page
is older than that. The figures in "what a gap shows", the output shown under
commands and the README's picture are made anew as well.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import click

import realpolitik as rp
from docs import figures, picture, shown
from realpolitik import constants, errors, schema
from realpolitik.cli import program
from realpolitik.findings import finding
from realpolitik.measures import get as measure
from realpolitik.measures import names as measure_names
from realpolitik.schema import table as tables
from realpolitik.sources import Card
from realpolitik.sources import card as source_card
from realpolitik.sources import names as source_names
from realpolitik.vocab import fulfilment, kinds
from realpolitik.vocab.references import entry

FOLDER = Path(__file__).resolve().parent / "reference"
FIGURED = FOLDER.parent / "what-a-gap-shows.md"
SLOT = re.compile(r"(<!-- printed: (\w+) -->\n).*?(\n<!-- /printed -->)", re.S)
WIDTH = 96
CONTEXT = program.context_settings  # or help names depend on who asked the program for help first
MARK = "<!-- Printed by `make docs`; change the code, not this page. -->"

FIELDS = {
    "measure": "name of the measure",
    "actor": "who acts",
    "target": "towards whom",
    "start": "first day, ISO, inclusive",
    "end": "last day, ISO, inclusive",
    "statistic": "which number of the measure this is",
    "estimate": "the number, in `unit`; null unless `status` is `ok`",
    "lower": "lower end of the interval, or null where there is none",
    "upper": "upper end of the interval, or null where there is none",
    "level": "probability of the interval; null where the range is no sampling interval",
    "unit": "unit of the three numbers",
    "status": "`ok`, `too thin`, `not covered` or `cannot tell`",
    "n": "acts behind the number",
    "n_effective": "independent acts they are worth",
    "sources": "sources behind the number; sources are not pooled",
    "map": "map that set kind and side, with the treatment of contacts",
    "method": "how the number is reached, in one sentence",
    "methodology_version": "raised when a change of method moves published numbers",
    "acts": "the command that lists the acts behind the number",
    "notes": "sentences to read with it; the first says what is missing unless `status` is `ok`",
}


def pages() -> dict[str, str]:
    """Every printed page by its file name."""
    return {f"{name}.md": f"{MARK}\n\n{write()}" for name, write in WRITERS.items()}


def main() -> None:
    """Write every page; a page nobody prints any more is removed."""
    FOLDER.mkdir(exist_ok=True)
    printed = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in printed:
            path.unlink()
    for name, text in printed.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    FIGURED.write_text(figured(FIGURED.read_text(encoding="utf-8")), encoding="utf-8")
    shown.main()
    picture.main()


def figured(text: str) -> str:
    """A document with the figures between its marks computed anew."""
    return SLOT.sub(lambda slot: slot[1] + figures.BLOCKS[slot[2]]() + slot[3], text)


def verbs() -> str:
    """Help of every verb, with its Python twin."""
    group = click.Context(program, info_name="realpolitik", max_content_width=WIDTH, **CONTEXT)
    known = program.list_commands(group)
    return _page(
        "Verbs",
        "What a person types, and the Python function of the same name.",
        _fenced(_help(program, "realpolitik")),
        *(part for name in known for part in _verb(group, name)),
    )


def _verb(group: click.Context, name: str) -> Iterator[str]:
    command = program.get_command(group, name)
    if command is None:
        raise LookupError(f"{name} is listed but cannot be imported")
    yield f"## {name}"
    yield _fenced(_help(command, f"realpolitik {name}"))
    function = getattr(rp, name, None)
    if function is None:
        yield "There is no Python function of this name."
        return
    yield f"In Python: `rp.{name}{inspect.signature(function)}`".replace(" -> ", "` gives `")
    yield _docstring(function)


def _help(command: click.Command, path: str) -> str:
    context = click.Context(
        command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH, **CONTEXT
    )
    return command.get_help(context)


def table_pages() -> str:
    """Every table of the schema: what a row is, its key and columns."""
    return _page(
        "Tables",
        "What one row is. The same YAML gives the types, the checks and this page.",
        *(part for name in tables.names() for part in _table(tables.load(name))),
    )


def _table(found: schema.table.Table) -> Iterator[str]:
    yield f"## {found.name}"
    yield f"One row: {found.row}."
    yield f"Key: {_codes(found.key)}."
    header = ("column", "type", "required", "unit", "values", "meaning")
    yield _grid(header, map(_column, found.columns))


def _column(column: schema.table.Column) -> tuple[str, ...]:
    return (
        f"`{column.name}`",
        column.type,
        "yes" if column.required else "",
        column.unit or "",
        ", ".join(column.values) or _range(column.range),
        column.about,
    )


def _range(limits: tuple[float | None, float | None] | None) -> str:
    if limits is None:
        return ""
    low, high = limits
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"


def source_pages() -> str:
    """The card of every source."""
    return _page(
        "Sources",
        "What each source holds, covers, and is known to get wrong. Sources are never pooled.",
        *(part for name in source_names() for part in _source(source_card(name))),
    )


def _source(found: Card) -> Iterator[str]:
    licence, covered = found.licence, found.coverage
    yield f"## {found.name}"
    yield f"**{found.title}.** One row: {found.row}."
    yield _bullets(
        (
            f"Role: {found.role}",
            f"Publisher: {found.publisher}",
            f"Authors: {', '.join(found.authors)}",
            f"Licence: {licence.name}. {licence.about}",
            f"Address: {found.url or 'none published'}",
            f"Coverage: {covered.start} to {covered.end}, "
            f"{'complete' if covered.complete else 'not complete'}. {covered.about}",
            f"Codes: {found.code_system}. Actors: {found.actor_system}. Finest period: {found.unit}",
            f"Tables: {_codes(found.tables)}",
        )
    )
    yield f"Known biases:\n\n{_bullets(found.known_biases)}"
    yield f"Limits:\n\n{_bullets(found.limits)}"
    yield "Raw columns used:"
    yield _grid(("column", "becomes"), _pairs(found.raw_used))
    if found.raw_ignored:
        yield "Raw columns left out:"
        yield _grid(("column", "why"), _pairs(found.raw_ignored))
    yield f"Cite it as `realpolitik cite {found.name}` prints:"
    yield _fenced(rp.cite(found.name), "bibtex")


def measure_pages() -> str:
    """The declaration of every measure."""
    return _page(
        "Measures",
        "What each measure answers, and every number it gives. "
        "Formulas and failure modes are in [methods](../methods.md).",
        *(part for name in measure_names() for part in _measure(name)),
    )


def _measure(name: str) -> Iterator[str]:
    found = measure(name)
    yield f"## {name}"
    yield found.sentence
    yield f"Read from the [`{found.table}`](tables.md#{found.table}) table."
    if found.statistics:
        rows = ((f"`{s.name}`", s.unit, s.method) for s in found.statistics)
        yield _grid(("statistic", "unit", "method"), rows)
    else:
        yield "It gives rows, not findings."
    if found.references:
        yield "Rests on:"
        yield _fenced("\n".join(map(entry, found.references)), "bibtex")


def codes_map() -> str:
    """Where every map puts the codes, as counts, and the fulfilment table."""
    lines = [
        (kinds.map_version(name), system, *_counts(name, system))
        for name in kinds.MAPS
        for system in kinds.SYSTEMS
    ]
    cells = [f"{kind} {side}" for kind in kinds.KINDS for side in kinds.SIDES]
    return _page(
        "Codes and maps",
        "A map puts every code on a kind (word, contact, deed) and a side (cooperation, "
        "conflict, neutral), one row a code at the finest level, each with its reason. The table "
        "counts codes.",
        _grid(("map and version", "system", *cells), lines),
        "One code under every map, with the reasons: `realpolitik codes 057`. A whole map: "
        "`realpolitik codes --map plover --format csv -o plover.csv`. With `--contacts words` or "
        "`--contacts deeds` the realpolitik map counts contacts as one of the other kinds; "
        "the variants are " + _codes(kinds.variants()) + ".",
        "## Announcements and what carries them out",
        "The fulfilment table, one row for each announcement and deed. `by` says who must do the "
        "deed: a demand is carried out by its target. `basis` is `codebook` where the notes of "
        "the code book name the deed, `reasoned` where they do not.",
        _grid(("system", "announcement", "type", "deed", "by", "basis", "reason"), _fulfilments()),
        "Announcements left out of the table, because they name no deed or one between others:",
        _grid(("announcement", "why"), _pairs(fulfilment.unmatched())),
    )


def _counts(name: str, system: str) -> Iterator[str]:
    found = Counter((row.kind, row.side) for row in kinds.map_rows(name) if row.system == system)
    return (str(found[kind, side]) for kind in kinds.KINDS for side in kinds.SIDES)


def _fulfilments() -> Iterator[tuple[str, ...]]:
    for row in fulfilment.table():
        yield (
            row.system, f"`{row.announcement}`", row.type, f"`{row.deed}`", row.by, row.basis,
            row.reason,
        )  # fmt: skip


def constant_pages() -> str:
    """Every threshold, with its reason."""
    rows = ((f"`{c.name}`", f"{c.value:g}", c.unit, c.why) for c in constants.ALL)
    return _page(
        "Constants",
        "Every number realpolitik decides with. None depends on a country. Each dossier prints "
        f"them. Methodology version: {constants.METHODOLOGY_VERSION}.",
        _grid(("name", "value", "unit", "why"), rows),
    )


def error_pages() -> str:
    """The tree of errors."""
    found: list[type[errors.RealpolitikError]] = [
        errors.RealpolitikError,
        *_below(errors.RealpolitikError),
    ]
    rows = (
        (f"`{e.__name__}`", f"`{e.__bases__[0].__name__}`", str(e.exit_code), e.__doc__ or "")
        for e in found
    )
    return _page(
        "Errors",
        "Every error a user can meet. On the command line it is one line on standard error and "
        "an exit code; in Python it is an exception whose text is that line.",
        _fenced(textwrap.dedent((errors.__doc__ or "").split("\n\n")[1])),
        _grid(("error", "is a", "exit code", "meaning"), rows),
    )


def _below(root: type[errors.RealpolitikError]) -> Iterator[type[errors.RealpolitikError]]:
    own = (child for child in root.__subclasses__() if child.__module__ == errors.__name__)
    for child in sorted(own, key=lambda c: c.__name__):
        yield child
        yield from _below(child)


def finding_pages() -> str:
    """The shape of every number."""
    types = {f.name: str(f.type) for f in dataclasses.fields(finding.Finding)}
    rows = ((f"`{key}`", f"`{types[key]}`", FIELDS[key]) for key in finding.ORDER)
    return _page(
        "Findings",
        "Every number is a finding, in JSON as in the page. `realpolitik gap A B --json` prints "
        '`{"findings": [...]}` with these keys in this order.',
        _grid(("key", "type", "meaning"), rows),
        _docstring(finding.Finding),
    )


def _page(title: str, *blocks: str) -> str:
    return "\n\n".join((f"# {title}", *(block.strip("\n") for block in blocks))) + "\n"


def _grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", str(text)).strip().replace("|", "\\|")


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {_cell(item)}" for item in items)


def _pairs(found: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{key}`", value) for key, value in found.items())


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.strip(chr(10))}\n```"


def _docstring(found: object) -> str:
    """A docstring as Markdown: Google's `Raises:` becomes a list."""
    text = inspect.getdoc(found) or ""
    body, _, raised = text.partition("\nRaises:\n")
    lines = [line.strip() for line in raised.splitlines() if line.strip()]
    return body.strip() + (f"\n\nRaises:\n\n{_bullets(lines)}" if lines else "")


WRITERS: dict[str, Callable[[], str]] = {
    "verbs": verbs,
    "tables": table_pages,
    "sources": source_pages,
    "measures": measure_pages,
    "codes-map": codes_map,
    "constants": constant_pages,
    "errors": error_pages,
    "findings": finding_pages,
}

if __name__ == "__main__":
    main()
