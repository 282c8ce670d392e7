"""Random acts to label by hand, and what the labels say of the coding."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from realpolitik.api._lake import lake_at
from realpolitik.api._question import Names, ask, chosen
from realpolitik.api._record import Opened, record
from realpolitik.api.result import Result, Rows
from realpolitik.errors import CorruptFile, UsageError
from realpolitik.lake.labels import keep
from realpolitik.lake.store import Lake
from realpolitik.measures._checked import TRUE
from realpolitik.measures._question import Question
from realpolitik.measures.acts import Filters, acts
from realpolitik.measures.audit import Label, drawn
from realpolitik.measures.audit import audit as measure
from realpolitik.schema.labelled import Labelled
from realpolitik.vocab.kinds import SIDES

SHOWN = ("act_id", "source", "date", "actor", "target", "code", "label", "kind", "side", "text",
         "url")  # fmt: skip
ASKED = ("true_kind", "true_side", "remark")
IDENTITY = ("act_id", "source", "code_system", "code")
UNKEPT = "There is no lake: the labels are not kept, and give these numbers only."
ADVICE = (
    "Fill true_kind with word, contact, deed or none (no act of the two at all) and true_side with "
    "cooperation, conflict or neutral, then give the file with --labels."
)


def audit(
    a: str,
    b: str,
    *,
    n: int = 50,
    labels: str | Path | None = None,
    start: str | None = None,
    end: str | None = None,
    source: Names = None,
    map: str = "realpolitik",
    lake: str | None = None,
    seed: int = 0,
) -> Rows | Result:
    """`n` random acts of each source to label by hand; with `labels`, what the labelled file says.

    Without labels: rows with act_id, source, what was coded, the text where
    the source has one, and empty true_kind, true_side and remark. An even
    share of each kind is drawn. With labels: precision by kind and side, the
    share of words filed as deeds, and for samples the gap once these are taken
    out; unit: shares and reference SDs. Rows without true_kind are left out.
    The labels are kept in the lake, where there is one: `gap` and the dossier
    then say how often the coding of the source is right, and correct by it.
    A source of which only sums are at hand has no act to label.

    Raises:
        UsageError: an actor, date, source, number or label that cannot be used.
        CorruptFile: the file of labels cannot be read as one.
    """
    if n < 1:
        raise UsageError(f"n is {n}: give 1 or more acts to label.")
    question = ask(a, b, start=start, end=end, map=map, seed=seed)
    opened = record(lake, map)
    spans = [span for span in chosen(source, opened) if span.listed]
    if labels is not None:
        given = _read(Path(labels))
        found = measure(opened.acts, opened.tallies, question, spans, given)
        if not found:
            raise UsageError(
                f"{labels}: none of its {len(given)} labels is of an act of {question.a} and "
                f"{question.b} in the record: name the actors and the lake they were drawn from."
            )
        told = _kept(opened, question, given, lake_at(lake))
        asked = {"start": start, "end": end, "lake": lake, "map": map}
        return Result("audit", question.a, question.b, tuple(found), told, asked)
    rows = [row for span in spans for row in drawn(opened.acts, question, span, n)]
    told = (ADVICE,) if rows else (f"No act of {question.a} and {question.b} is listed here.",)
    return Rows("audit", [_row(row) for row in rows], told)


def _kept(opened: Opened, question: Question, given: list[Label], lake: Lake) -> tuple[str, ...]:
    """Keep the labels in the lake, where every number of their sources is shown with them."""
    if not lake.exists():
        return (UNKEPT,)
    by_id = {label.act_id: label for label in given}
    rows = acts(opened.acts, question, Filters())
    found = rows.filter(rows.act_id.isin(list(by_id))).select(*IDENTITY).to_pyarrow().to_pylist()
    new = [
        Labelled(**row, kind=by_id[row["act_id"]].kind, side=by_id[row["act_id"]].side)
        for row in found
    ]
    keep(lake, new)
    return (
        f"{len(new)} labels are kept in {lake.folder}; a label given again replaces the first.",
    )


def _row(act: dict[str, Any]) -> dict[str, Any]:
    values = {name: act[name] for name in SHOWN} | dict.fromkeys(ASKED, "")
    return values | {"date": act["date"].isoformat()}


def _read(path: Path) -> list[Label]:
    """The labels of a file; rows without a true kind are left out."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        found = getattr(error, "strerror", None) or f"unreadable CSV ({type(error).__name__})"
        raise CorruptFile(str(path), found, "the CSV that audit wrote", ADVICE) from error
    for name in ("act_id", *ASKED[:2]):
        if rows and name not in rows[0]:
            raise CorruptFile(str(path), f"no column {name!r}", "the CSV that audit wrote", ADVICE)
    return [
        Label(row["act_id"], _one_of(path, line, row["true_kind"], TRUE), _side(path, line, row))
        for line, row in enumerate(rows, start=2)
        if (row["true_kind"] or "").strip()
    ]


def _side(path: Path, line: int, row: dict[str, str]) -> str:
    text = (row["true_side"] or "").strip()
    return _one_of(path, line, text, SIDES) if text else ""


def _one_of(path: Path, line: int, text: str, known: tuple[str, ...]) -> str:
    value = text.strip().lower()
    if value not in known:
        raise UsageError(
            f"{path}, row {line}: found {text.strip()[:40]!r}, expected one of {', '.join(known)}."
        )
    return value
