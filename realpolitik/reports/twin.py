"""The page's JSON twin: the same numbers and acts for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from realpolitik.reports import answer, changes, lead
from realpolitik.reports.charts.marks import unchecked
from realpolitik.reports.figure import Figure
from realpolitik.reports.material import FORMAT, Material
from realpolitik.reports.questions import sections
from realpolitik.reports.record import record_of
from realpolitik.reports.view import bibtex, figures


def twin(material: Material) -> dict[str, Any]:
    """The dossier as JSON-ready values.

    Every finding has an `id`; dates are ISO text; what is missing is null.
    `figures` holds each picture's Vega-Lite specification in its widest form,
    with its data inside.
    """
    record = record_of(material)
    return {
        "format": FORMAT,
        "version": material.version,
        "command": material.command,
        "question": answer.question(material),
        "answer": list(lead.lead(material)),
        "answer_in_detail": list(answer.answer(material)),
        "a": asdict(material.a),
        "b": asdict(material.b),
        "start": material.start,
        "end": material.end,
        "map": material.map,
        "map_version": material.map_version,
        "depends_on_coding": changes.depends(record),
        "without_source": [answer.plain(sentence) for sentence in changes.left_out(record)],
        "further": {
            one.id: [answer.plain(sentence) for sentence in one.sentences]
            for one in sections(record)
        },
        "warnings": [one.as_dict() for one in material.cautions],
        "findings": [
            {"id": record.ids[place]} | item.as_dict()
            for place, item in enumerate(material.findings)
        ],
        "series": [asdict(month) for month in material.months],
        "standings": {
            name: [asdict(row) for row in rows] for name, rows in sorted(material.standings.items())
        },
        "pairs": [asdict(pair) for pair in material.pairs],
        "acts": [dict(act) for act in record.material.acts],
        "names": dict(sorted(material.names.items())),
        "sources": [asdict(card) | {"biases": list(card.biases)} for card in material.sources],
        "constants": [asdict(constant) for constant in material.constants],
        "citations": bibtex(material),
        "figures": {name: _figure(figure) for name, figure in figures(material).items()},
    }


def _figure(figure: Figure) -> dict[str, Any]:
    widest = list(figure.charts.values())[-1:]
    with unchecked():
        spec = widest[0].spec() if widest else None
    return {
        "title": figure.title,
        "caption": figure.caption,
        "alt": figure.alt,
        "data": figure.table.as_dict(),
        "vega_lite": spec,
        "empty": figure.empty,
    }
