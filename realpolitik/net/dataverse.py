"""Datasets in a Dataverse: their files by its API, with the MD5 it keeps of each."""

from __future__ import annotations

import fnmatch
import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from realpolitik.errors import NetworkError
from realpolitik.net.download import NotGot, download
from realpolitik.net.line import Line
from realpolitik.net.plan import DAY, Listing, Period, Remote

HOST = "https://dataverse.harvard.edu"
KEY = "DATAVERSE_API_TOKEN"


@dataclass(frozen=True, slots=True)
class Dataset:
    """Where a source lies: its datasets, and which names in them are files of acts."""

    dois: tuple[str, ...]
    names: re.Pattern[str]
    members: str


DATASETS = {
    "icews": Dataset(
        ("doi:10.7910/DVN/28075", "doi:10.7910/DVN/QI2T9A"),
        re.compile(r"(?:events\.(\d{4})|(\d{8})-icews-events).*\.(?:tab|tsv|zip)", re.I),
        "*.tab",
    ),
    "polecat": Dataset(
        ("doi:10.7910/DVN/AJGVIT",),
        re.compile(r"ngecEvents(?:DV-(\d{4})|\.(\d{8})).*\.(?:txt|zip)", re.I),
        "*.txt",
    ),
}


def listing(source: str, period: Period, folder: Path, line: Line) -> Listing:
    """The files of acts of a source in a period, as the newest version of its datasets has them."""
    of = DATASETS[source]
    files: dict[str, Remote] = {}
    remarks: list[str] = []
    for doi in of.dois:
        entries = _entries(source, doi, folder, line)
        own = [file for entry in entries if (file := _file(source, of, entry))]
        if not own:
            remarks.append(f"{source}: none of the {len(entries)} files of {doi} is one of acts.")
        files |= {file.name: file for file in own if period.holds(file.first, file.last)}
    return Listing(source, tuple(files.values()), remarks=tuple(remarks))


def secret() -> tuple[tuple[str, str], ...]:
    """The user's key, if the environment has one."""
    key = os.environ.get(KEY, "").strip()
    return (("X-Dataverse-key", key),) if key else ()


def _entries(source: str, doi: str, folder: Path, line: Line) -> list[dict[str, Any]]:
    path = f"api/datasets/:persistentId/versions/:latest-published/files?persistentId={doi}"
    name = f"{source}-{re.sub(r'[^A-Za-z0-9]+', '-', doi)}.json"
    remote = Remote(source, name, (HOST,), path, secret=secret())
    (folder / name).unlink(missing_ok=True)  # an answer of an API has no mark to know it by
    try:
        text = download(remote, folder, line).path.read_text(encoding="utf-8")
        found = json.loads(text)["data"]
    except NotGot as error:
        raise NetworkError(f"{source}: {doi} cannot be listed ({error}). {_hint()}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NetworkError(
            f"{source}: found no list of files in the answer for {doi}, expected the JSON of a "
            "Dataverse. Try again later."
        ) from error
    return [entry for entry in found if isinstance(entry, dict)]


def _hint() -> str:
    if secret():
        return f"Check the key in {KEY}, and the connection."
    return f"Check the connection; if the publisher wants a key, put yours into {KEY}."


def _file(source: str, of: Dataset, entry: dict[str, Any]) -> Remote | None:
    """A file of acts; None for codebooks and the like."""
    data = entry.get("dataFile") or {}
    made_over = bool(data.get("originalFileFormat"))
    name = str((made_over and data.get("originalFileName")) or entry.get("label") or "")
    found = of.names.fullmatch(name)
    if not found or {"/", "\\"} & set(name) or "id" not in data:
        return None
    # The MD5 is that of the file as it was deposited, which is also what readers know.
    size = data.get("originalFileSize") if made_over else data.get("filesize")
    path = f"api/access/datafile/{int(data['id'])}{'?format=original' * made_over}"
    first, last = _span(found)
    return Remote(
        source, name, (HOST,),
        path, size, _md5(data), exact=not made_over, first=first, last=last,
        members=of.members if fnmatch.fnmatch(name, "*.zip") else "*", secret=secret(),
    )  # fmt: skip


def _md5(data: dict[str, Any]) -> str | None:
    checksum = data.get("checksum") or {}
    value = checksum.get("value") if checksum.get("type") == "MD5" else data.get("md5")
    return str(value).lower() if value else None


def _span(found: re.Match[str]) -> tuple[datetime | None, datetime | None]:
    """What a file covers, from the year or the day in its name."""
    year, day = found[1], found[2]
    try:
        if year:
            return datetime(int(year), 1, 1), datetime(int(year) + 1, 1, 1)
        first = datetime.strptime(day, "%Y%m%d")
    except ValueError:
        return None, None
    # A weekly file bears the day on which it was made.
    return (first - 7 * DAY, first + DAY)
