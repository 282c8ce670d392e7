"""The elements of small XML files as rows of text, none lost."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from realpolitik.errors import CorruptFile

REPAIR = "Fetch it again."


def rows(path: Path, root: str, tag: str) -> Iterator[dict[str, str]]:
    """Every element below the root: `line`, its place from 1 on, `raw_line`, and its children's text.

    Line breaks and runs of blanks inside a text become one blank. An element
    of another name has its name as `tag`. Raises CorruptFile for a file that is
    no such XML, or that declares entities, which may swell without end.
    """
    found = _root(path)
    if found.tag != root:
        raise CorruptFile(str(path), f"XML of {found.tag}", f"XML of {root}", REPAIR)
    for place, element in enumerate(found, start=1):
        told: dict[str, Any] = {"line": place, "tag": element.tag}
        told["raw_line"] = plain(ET.tostring(element, encoding="unicode"))
        told |= {f"@{name}": value for name, value in element.attrib.items()}
        for child in element:
            told.setdefault(child.tag, plain("".join(child.itertext())))
        yield told


def plain(text: str) -> str:
    """The text with every run of white space made one blank."""
    return " ".join(text.split())


def _root(path: Path) -> ET.Element:
    try:
        data = path.read_bytes()
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise CorruptFile(str(path), "XML with a document type", "XML without one", REPAIR)
        return ET.fromstring(data)  # noqa: S314  no document type, so no entities
    except OSError as error:
        found = f"no readable file ({error.strerror})"
        raise CorruptFile(str(path), found, "an XML file", "Check the path.") from error
    except (ET.ParseError, LookupError, ValueError) as error:
        raise CorruptFile(str(path), f"broken XML ({error})", "whole XML", REPAIR) from error


def days(start: str | None, end: str | None) -> dict[str, Any]:
    """The columns of two days as YYYY-MM-DD: a day, or a range; none where one is unreadable."""
    try:
        first, last = date.fromisoformat(start or ""), date.fromisoformat(end or start or "")
    except ValueError:
        return {"date": None, "end_date": None, "date_precision": None}
    if last < first:
        return {"date": None, "end_date": None, "date_precision": None}
    precision = "day" if first == last else "range"
    return {"date": first, "end_date": last, "date_precision": precision}
