"""The acts as the page lists them: each with its source, and tallied months by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from realpolitik.reports.links import act_anchor, safe_url
from realpolitik.reports.prose import count, day, duration, month
from realpolitik.reports.record import Direction, Record, TallyRow, elapsed
from realpolitik.reports.wording import COOPERATIVE, CREDIBILITY, MEMORY, RELIABILITY

PRECISION = {4: "year", 7: "month"}  # of an ISO date, by its length


@dataclass(frozen=True, slots=True)
class Item:
    """One act as listed: what is shown at once, and what it opens to."""

    anchor: str
    act: dict[str, Any]
    way: Direction
    when: str
    text: str
    actor: str
    target: str
    hidden: bool
    memory: bool
    side: str
    url: str | None
    known: str
    published: str
    details: tuple[tuple[str, str], ...]
    related: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One tallied row as listed."""

    anchor: str
    row: TallyRow
    way: Direction
    text: str


def items(record: Record) -> list[Item]:
    """All acts given one by one, oldest first."""
    return [item(record, act) for act in record.acts]


def item(record: Record, act: dict[str, Any]) -> Item:
    """One act with everything its entry shows."""
    return Item(
        anchor=act_anchor(act["act_id"]),
        act=act,
        way=record.way(act),
        when=when(act),
        text=act.get("text") or act.get("label") or act["code"],
        actor=record.name(act["actor"]),
        target=record.name(act["target"]),
        hidden=act.get("secrecy") == "secret",
        memory=act.get("verification") == MEMORY,
        side=COOPERATIVE[act["side"]],
        url=safe_url(act.get("url")),
        known=act.get("disclosed") or act["date"],
        published=_published(act),
        details=tuple(pair for pair in _details(record, act) if pair[1]),
        related=_related(record, act),
    )


def when(act: dict[str, Any]) -> str:
    """The date of an act in words, no finer than its precision; a range has both ends."""
    precision = act.get("date_precision")
    first = day(act["date"], "day" if precision == "range" else precision)
    end = act.get("end_date")
    if precision in ("month", "year") or not end or end == act["date"]:
        return first
    return f"{first} to {day(end)}"


def _published(act: dict[str, Any]) -> str:
    parts = (act.get("source_title"), act.get("source_publisher"), act.get("source_year"))
    return ", ".join(part for part in parts if part)


def _details(record: Record, act: dict[str, Any]) -> list[tuple[str, str]]:
    card = record.cards.get(act["source"])
    native = f"{act.get('actor_native') or act['actor']} towards {act.get('target_native') or act['target']}"
    return [
        ("Source", act.get("source_title") or (card.title if card else act["source"])),
        ("Publisher", ", ".join(p for p in (act.get("source_publisher"), act.get("source_year")) if p)),
        ("Grade", _grade(act)),
        ("Verification", _verification(act)),
        ("Coded as", _code(act)),
        ("Filed under", _filed(record, act)),
        ("Actor and target in the source", native),
        ("Alleged to stand behind it", record.name(act["principal"]) if act.get("principal") else ""),
        ("Openness", _openness(act)),
        ("Meant for", {"both": "home and abroad"}.get(str(act.get("audience")), act.get("audience") or "")),
        ("How the account changed", _versions(act)),
        ("Mutual act", "coded once" if act.get("reciprocal") else ""),
        ("Coder's remark", act.get("note") or ""),
        ("Record", f"{act['act_id']} in {card.title if card else act['source']}"),
    ]  # fmt: skip


def _versions(act: dict[str, Any]) -> str:
    """The accounts of an act whose account changed, in the order they came out."""
    told = (
        f"{_told(one['disclosed'])}: {one['account'].rstrip('.')}"
        + (f" [{MEMORY}]" if one["verification"] == MEMORY else "")
        for one in act.get("versions") or ()
    )
    return "; ".join(told)


def _told(text: str) -> str:
    """An ISO date or its first part in words."""
    return day((text + "-01-01")[:10], PRECISION.get(len(text), "day"))


def _grade(act: dict[str, Any]) -> str:
    publisher, report = act.get("reliability"), act.get("credibility")
    if not publisher and not report:
        return ""
    first = f"{publisher} ({RELIABILITY.get(str(publisher), 'not graded')})"
    second = f"{report} ({CREDIBILITY.get(str(report), 'not graded')})"
    return f"publisher {first}, report {second}, on the Admiralty scale"


def _verification(act: dict[str, Any]) -> str:
    if act.get("verification") == MEMORY:
        return f"{MEMORY}: a real publication is named, but it was not opened for this row"
    scope = act.get("verified_scope")
    words = act.get("verification") or ""
    return f"{words}; what was read supports: {scope.replace('+', ' and ')}" if scope else words


def _code(act: dict[str, Any]) -> str:
    label = f", {act['label']}" if act.get("label") else ""
    return f"{act['code_system'].upper()} {act['code']}{label}"


def _filed(record: Record, act: dict[str, Any]) -> str:
    where = f"{act['kind']}, {COOPERATIVE[act['side']]}"
    reason = act.get("map_reason") or act.get("reason") or ""
    return f"{where}, by map {record.map_label}" + (f": {reason}" if reason else "")


def _openness(act: dict[str, Any]) -> str:
    if act.get("secrecy") != "secret":
        words = "open" if act.get("secrecy") else ""
        return f"{words}, authorship {act['authorship']}" if act.get("authorship") else words
    out, lag = act.get("disclosed"), elapsed(act)
    text = f"hidden at the time, authorship {act.get('authorship') or 'not recorded'}"
    if not out:
        return f"{text}; no date of a first public account is on record"
    after = f", after {duration(lag)}" if lag else ""
    return f"{text}; first public account known: {day(out, act.get('disclosed_precision'))}{after}"


def _related(record: Record, act: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    ids = [part.strip() for part in (act.get("related") or "").split(";")]
    found = [record.by_id[i] for i in ids if i in record.by_id]
    return tuple(
        (act_anchor(a["act_id"]), f"{when(a)}: {a.get('text') or a['act_id']}") for a in found
    )


@dataclass(frozen=True, slots=True)
class Years:
    """Tallied rows of one source, by year."""

    source: str
    title: str
    total: int
    years: tuple[tuple[str, int, tuple[Row, ...]], ...]


def tallied(record: Record) -> list[Years]:
    """All tallied rows by source and year."""
    return [_years(record, name) for name in dict.fromkeys(row.source for row in record.tallies)]


def _years(record: Record, source: str) -> Years:
    rows = [row for row in record.tallies if row.source == source]
    years = []
    for year in sorted({row.month[:4] for row in rows}):
        mine = tuple(_row(record, row) for row in rows if row.month[:4] == year)
        years.append((year, sum(one.row.n for one in mine), mine))
    return Years(source, record.title(source), sum(row.n for row in rows), tuple(years))


def _row(record: Record, row: TallyRow) -> Row:
    way = record.way({"actor": row.actor, "target": row.target})
    noun = {"word": "word", "contact": "contact", "deed": "deed"}[row.kind]
    text = f"{month(row.month)}, {way.short}: {count(row.n, f'{COOPERATIVE[row.side]} {noun}')}"
    return Row(act_anchor(row.id), row, way, text)
