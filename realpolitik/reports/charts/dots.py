"""Hand-coded cases as stacked dots on a time line, one lane a kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from realpolitik.reports.charts.marks import tip
from realpolitik.reports.charts.theme import SIDE
from realpolitik.reports.charts.years import Year
from realpolitik.reports.links import query
from realpolitik.reports.prose import count, day
from realpolitik.reports.record import Record
from realpolitik.reports.wording import COOPERATIVE, KINDS, MEMORY, PLURAL

DOT = 8.0
TALLEST = 66.0
EDGE = 5.0


@dataclass(slots=True)
class Lane:
    """Dots of one kind in both directions, and the room they need above and below the line."""

    marks: list[dict[str, Any]] = field(default_factory=list)
    up: float = EDGE
    down: float = EDGE
    dot: float = DOT


def lanes(record: Record, years: tuple[int, int], plot: int) -> dict[str, Lane]:
    """Each kind's lane for a plot of this many pixels, both directions on one scale.

    Years are put together until a dot has room; stacks that would grow too
    tall overlap a little instead.
    """
    pixels = plot / (years[1] - years[0] + 1)
    step = max(1, -int(-DOT // pixels))
    return {kind: _lane(record, kind, years[0], step) for kind in KINDS}


def _lane(record: Record, kind: str, first: int, step: int) -> Lane:
    stacks: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for act in record.select(record.cases, kind=kind):
        column = (int(act["date"][:4]) - first) // step
        stacks.setdefault((record.way(act).key, column, act["side"]), []).append(act)
    heights = {
        side: max((len(acts) for key, acts in stacks.items() if key[2] == side), default=0)
        for side in SIDE
    }
    tall = max(heights["cooperation"], heights["conflict"])
    pitch = min(DOT, TALLEST / tall) if tall else DOT
    lane = Lane(up=heights["cooperation"] * pitch + EDGE, down=heights["conflict"] * pitch + EDGE)
    for (way, column, side), acts in sorted(stacks.items()):
        x = first + column * step + step / 2
        if side == "neutral":
            lane.marks.append(_together(record, acts, way, x))
            continue
        sign = 1 if side == "cooperation" else -1
        for place, act in enumerate(acts):
            lane.marks.append(_mark(record, act, way, x, sign * (place + 0.62) * pitch))
    return lane


def _mark(record: Record, act: dict[str, Any], way: str, x: float, y: float) -> dict[str, Any]:
    return {
        "x": x, "y": round(y, 2), "way": way, "hidden": act.get("secrecy") == "secret",
        "colour": SIDE[act["side"]], "tip": tip(said(record, act), query(id=act["act_id"])),
    }  # fmt: skip


def _together(record: Record, acts: list[dict[str, Any]], way: str, x: float) -> dict[str, Any]:
    """Neutral acts lie on the line itself: one dot for all of a stretch of years."""
    if len(acts) == 1:
        return _mark(record, acts[0], way, x, 0)
    ids = ",".join(act["act_id"] for act in acts)
    words = f"{count(len(acts), 'neutral act')}: " + " / ".join(said(record, act) for act in acts)
    return {
        "x": x, "y": 0, "way": way, "hidden": all(act.get("secrecy") == "secret" for act in acts),
        "colour": SIDE["neutral"], "tip": tip(words, query(id=ids)),
    }  # fmt: skip


def said(record: Record, act: dict[str, Any]) -> str:
    """An act in one line: when, what, hidden or not, and the mark of a row from memory."""
    parts = [
        day(act["date"], act.get("date_precision")),
        ": ",
        act.get("text") or act["label"] or "",
    ]
    marks = [COOPERATIVE[act["side"]]]
    if act.get("secrecy") == "secret":
        marks.append("hidden at the time")
    if act.get("verification") == MEMORY:
        marks.append(MEMORY)
    return "".join(parts) + f" ({', '.join(marks)})"


def said_year(record: Record, year: Year, side: str, n: int) -> str:
    """A year's tally in one line, with the query behind it."""
    what = f"{count(n, 'act')}: {COOPERATIVE[side]} {PLURAL[year.kind]}"
    words = f"{year.year}, {year.way.label}: {what}, coded from {record.short(year.source)}"
    return tip(words, query(**year.filters(side)))
