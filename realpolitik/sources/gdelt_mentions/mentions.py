"""GDELT 2.0 mentions: 16 tab-separated fields, or re-saved with a header; who reported an act, when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ibis
from ibis.backends.duckdb import Backend

from realpolitik.sources import engine, raw, repeats, shape
from realpolitik.sources.gdelt import columns
from realpolitik.sources.sniff import Head

SOURCE = "gdelt_mentions"
TABLE = "mentions"
# The source whose acts are mentioned; both number their acts alike.
ACTS = "gdelt_v2"
FIELDS = {
    "id": "GLOBALEVENTID", "stamp": "MentionTimeDate", "type": "MentionType",
    "publisher": "MentionSourceName", "url": "MentionIdentifier", "place": "SentenceID",
    "sure": "Confidence", "translation": "MentionDocTranslationInfo",
}  # fmt: skip
COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo",
    "Extras",
)  # fmt: skip
MEDIA = {"1": "web", "2": "citation", "3": "core", "4": "dtic", "5": "jstor", "6": "other"}
LINES = ibis.schema({"line": "int64", "raw_line": "string"})
SAME = ("id", "stamp", "url", "place")
RULES = {
    repeats.RULE: "Rows equal in act, time, report and sentence are one mention.",
}


def sniff(head: Head) -> str | None:
    """Why the file holds GDELT mentions, or None."""
    return columns.mentions(head)


def marked(
    con: Backend, paths: Path | Sequence[Path], off: frozenset[str] = frozenset()
) -> ibis.Table:
    """Every row with what it becomes and `refused`: null, or why it is no mention of its own."""
    rows = ibis.union(*(_fields(con, path) for path in shape.paths_of(paths)))
    stamp = rows["stamp"]
    day = stamp.substr(0, 4) + "-" + stamp.substr(4, 2) + "-" + stamp.substr(6, 2)
    clock = stamp.substr(8, 2) + ":" + stamp.substr(10, 2) + ":" + stamp.substr(12, 2)
    whole = stamp.re_search(r"^\d{8}([01]\d|2[0-3])[0-5]\d[0-5]\d$")
    found = ibis.ifelse(whole, day, ibis.null("string")).try_cast("date")
    rows = rows.mutate(date=found, time=day + "T" + clock)
    rows = repeats.collapsed(rows.mutate(refused=_reason(rows)), SAME, off)
    return shape.held(con, _told(rows))


def _fields(con: Backend, path: Path) -> ibis.Table:
    """The fields that are used, under our names; of a re-saved file by its header."""
    delimiter = next((cut for cut in columns.DELIMITERS if _named(path, cut)), None)
    if delimiter is not None:
        rows = raw.records(con, [path], delimiter)
        by_name = {name.casefold(): name for name in rows.columns}
        found = {ours: rows[by_name[theirs.casefold()]] for ours, theirs in FIELDS.items()}
        wanted = ibis.literal(len(rows.columns) - len(raw.LINES) - 1)
        rows = rows.mutate(wanted=wanted, **found)
    else:
        lines = con.sql(engine.lines(con, path), schema=LINES)
        cut = lines["raw_line"].split("\t")
        found = {ours: cut[COLUMNS.index(theirs)] for ours, theirs in FIELDS.items()}
        rows = lines.mutate(fields=cut.length(), wanted=ibis.literal(len(COLUMNS)), **found)
    texts = {name: rows[name].strip().fill_null("") for name in FIELDS}
    return rows.select(
        "line", raw_line=rows["raw_line"].left(raw.KEPT), fields=rows["fields"].cast("int64"),
        wanted=rows["wanted"].cast("int64"), **texts,
    )  # fmt: skip


def _named(path: Path, delimiter: str) -> bool:
    names = {name.casefold() for name in raw.first_record(path, delimiter)}
    return {theirs.casefold() for theirs in FIELDS.values()} <= names


def _reason(rows: ibis.Table) -> ibis.Value:
    told = "fields: " + rows["fields"].cast("string") + ", expected "
    return shape.first_reason(
        (rows["raw_line"].strip() == "", "empty line"),
        (rows["fields"] != rows["wanted"], told + rows["wanted"].cast("string")),
        (~rows["id"].re_search(columns.NUMBER.pattern), "no event number"),
        (rows["date"].isnull(), "unreadable time of the mention"),
        (rows["date"] > ibis.literal(date.today()), "date in the future"),
    )


def _told(rows: ibis.Table) -> ibis.Table:
    place = (rows["url"] + "|" + rows["place"]).hexdigest("md5").left(12)
    key = ibis.literal(SOURCE + ":") + rows["id"] + ":" + rows["stamp"] + ":" + place
    sure = rows["sure"].try_cast("int64")
    sentence = rows["place"].try_cast("int64")
    rows = repeats.with_ids(rows, key).rename(mention_id="act_id")
    return rows.mutate(
        source=ibis.literal(SOURCE),
        act_id=ibis.literal(ACTS + ":") + rows["id"],
        medium=rows["type"].substitute(MEDIA, else_=ibis.null("string")),
        publisher=rows["publisher"].nullif(""),
        url=rows["url"].nullif(""),
        sentence=ibis.ifelse(sentence > 0, sentence, ibis.null("int64")),
        confidence=ibis.ifelse(sure.between(0, 100), sure, ibis.null("int64")),
        translated_from=rows["translation"].re_extract(r"srclc:([a-z]{3})", 1).nullif(""),
    )


def read(con: Backend, paths: Path | Sequence[Path]) -> ibis.Table:
    """The mentions of the files, each naming the act it mentions.

    An act is mentioned in the file of its own quarter of an hour and in later
    ones; most acts of a file of mentions are in earlier files of acts.
    """
    return shape.accepted(marked(con, paths), TABLE)
