"""Which field of a GDELT file holds what: raw files by place, re-saved ones by their header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from realpolitik.errors import CorruptFile
from realpolitik.sources.sniff import Head

FIRST_BYTES = 64 * 1024
DELIMITERS = "\t,;|"
EXPORT_V1 = (57, 58)
EXPORT_V2 = 61
MENTIONS = 16
DAY = re.compile(r"^\d{8}$")
STAMP = re.compile(r"^\d{14}$")
NUMBER = re.compile(r"^\d{1,18}$")

# Our name of a field: its place in raw files of version 1 and 2, and its published name.
FIELDS: dict[str, tuple[int, int, str]] = {
    "id": (0, 0, "GLOBALEVENTID"),
    "day": (1, 1, "SQLDATE"),
    "event_code": (26, 26, "EventCode"),
    "event_root": (28, 28, "EventRootCode"),
    "place_1": (36, 36, "Actor1Geo_FullName"),
    "place_2": (43, 44, "Actor2Geo_FullName"),
    "place_3": (50, 52, "ActionGeo_FullName"),
    "added": (56, 59, "DATEADDED"),
    "story": (57, 60, "SOURCEURL"),
    **{
        f"{side}_{part}": (start + place, start + place, f"Actor{number}{name}")
        for side, number, start in (("actor", 1, 5), ("target", 2, 15))
        for place, part, name in (
            (0, "native", "Code"), (1, "name", "Name"), (2, "country", "CountryCode"),
            (3, "group", "KnownGroupCode"), (4, "ethnic", "EthnicCode"),
            (5, "religion", "Religion1Code"), (7, "role", "Type1Code"),
        )
    },
}  # fmt: skip
# Without these a re-saved file cannot be read: the root tells codes that lost a zero.
NEEDED = ("id", "day", "event_code", "event_root", "actor_native", "actor_country", "actor_role",
          "target_native", "target_country", "target_role")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """How the lines of a file are cut: `widths` are the numbers of fields a whole line has."""

    delimiter: str
    widths: tuple[int, ...]
    places: Mapping[str, int]
    resaved: bool = False


def _place(field: str, version: int) -> int:
    first, second, _ = FIELDS[field]
    return first if version == 1 else second


def _plain(name: str) -> str:
    return name.strip().strip('"').replace("_", "").casefold()


def header(line: str) -> Form | None:
    """The form of a re-saved file, from its header as gdeltPyR or BigQuery name the columns."""
    for delimiter in DELIMITERS:
        names = [_plain(name) for name in line.split(delimiter)]
        known = {_plain(name): field for field, (_, _, name) in FIELDS.items()}
        places = {known[name]: i for i, name in enumerate(names) if name in known}
        if all(field in places for field in NEEDED):
            return Form(delimiter, (len(names),), places, resaved=True)
    return None


def is_version_2(line: str) -> bool:
    """Does a header have the columns that only version 2 has?"""
    return "adm2code" in _plain(line)


def form(path: Path, version: int) -> Form:
    """The form of a file of one version. Raises CorruptFile for one that cannot be opened."""
    try:
        with path.open("rb") as file:
            first = file.read(FIRST_BYTES).decode("utf-8-sig", "replace")
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(path), found, "a GDELT file", "Check the path.") from error
    if found_form := header(re.split(r"[\r\n]", first, maxsplit=1)[0]):
        return found_form
    places = {field: _place(field, version) for field in FIELDS}
    return Form("\t", EXPORT_V1 if version == 1 else (EXPORT_V2,), places)


def sniffed(head: Head, version: int) -> str | None:
    """Why a file is an export of that version, or None."""
    if not head.lines:
        return None
    first = head.lines[0]
    if header(first):
        rows = head.lines[1:6]
        second = is_version_2(first) or any(re.search(r"(^|\D)20\d{12}(\D|$)", r) for r in rows)
        named = "a header with GDELT's column names"
        return f"{named}, {_telling(version)}" if second == (version == 2) else None
    widths = EXPORT_V1 if version == 1 else (EXPORT_V2,)
    fitting = sum(_fits(line, widths, version) for line in head.fields())
    if fitting * 2 <= len(head.lines):
        return None
    return (
        f"{' or '.join(map(str, widths))} tab-separated fields without a header: "
        f"an event number, a day, {_telling(version)}"
    )


def _telling(version: int) -> str:
    return "days of adding in 8 digits" if version == 1 else "times of adding in 14 digits"


def _fits(fields: list[str], widths: tuple[int, ...], version: int) -> bool:
    if len(fields) not in widths:
        return False
    added = fields[_place("added", version)].strip()
    ids = NUMBER.match(fields[0].strip()) and DAY.match(fields[1].strip())
    return bool(ids and (DAY if version == 1 else STAMP).match(added))


def mentions(head: Head) -> str | None:
    """Why a file holds GDELT mentions, or None."""
    lines = head.fields()
    fitting = sum(
        len(line) == MENTIONS
        and bool(NUMBER.match(line[0]) and STAMP.match(line[1]) and STAMP.match(line[2]))
        for line in lines
    )
    named = bool(lines) and {"globaleventid", "mentiontimedate"} <= {
        _plain(name) for cut in DELIMITERS for name in head.lines[0].split(cut)
    }
    if not named and fitting * 2 <= len(lines):
        return None
    if named:
        return "a header with GDELT's names of columns of mentions"
    return f"{MENTIONS} tab-separated fields without a header: an event number and two times"
