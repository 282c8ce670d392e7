"""Public words whose files say who speaks and when: debates, briefings, speeches, hearings.

Each reader recognises its files by their own marks and says what it took the
speaker and the date from. Speaker codes are those of the publisher's own
country, or of the file's name; they are facts about the publisher.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from realpolitik.documents.decode import decoded, tidy
from realpolitik.documents.document import Document
from realpolitik.documents.formats import stripped

DEBATE = re.compile(r"([A-Z]{2,3})_(\d{2})_(\d{4})\.txt")
PARAGRAPH = re.compile(r"^\s*\d{1,3}\.\s+", re.MULTILINE)
PRESIDENT = re.compile(r"\A\ufeff?President:\s*(.+)\n")
DAY_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})-(.+)\.txt")
META = re.compile(r'\A\s*<meta year="(\d{4})" title="([^"]*)"\s*/>')
BRIEFING = re.compile(rb"\A\s*<h1>(.*?)</h1>\s*(b['\"])", re.DOTALL)
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")
LONG_DAY = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (\d{1,2}),? (\d{4})\b"
)
TRANSCRIPT = b'<font class="transcript">'


def reader(data: bytes, filename: str) -> Callable[[bytes, str], Iterator[Document]] | None:
    """Return the reader that knows this file, None when it is of no known publisher."""
    start = data[:4096]
    tests: tuple[tuple[bool, Callable[[bytes, str], Iterator[Document]]], ...] = (
        (bool(DEBATE.fullmatch(filename)), _debate),
        (bool(PRESIDENT.match(start.decode("utf-8", "replace"))), _president),
        (bool(META.match(start.decode("utf-8", "replace"))), _leader),
        (bool(BRIEFING.match(start)), _briefing),
        (TRANSCRIPT in start, _hearing),
        (start.startswith(b'{"guid"') and filename.endswith(".jsonl"), _releases),
    )
    return next((found for fits, found in tests if fits), None)


def _debate(data: bytes, name: str) -> Iterator[Document]:
    """A state's speech in the UN general debate; the file's name gives state and year."""
    text, remarks = decoded(data, name)
    state, session, year = DEBATE.fullmatch(name).groups()  # type: ignore[union-attr]
    yield Document(
        id=name.removesuffix(".txt"),
        text=PARAGRAPH.sub("", text),
        format="text",
        title=f"General debate of the United Nations, session {int(session)}",
        date=f"{year}-01-01",
        date_precision="year",
        speaker_actor=state,
        place="New York",
        publicity="public",
        source=name,
        notes=remarks,
    )


def _president(data: bytes, name: str) -> Iterator[Document]:
    """A speech of a United States president; the first line names him, the file's name the day."""
    text, remarks = decoded(data, name)
    found = PRESIDENT.match(text)
    day = DAY_FIRST.fullmatch(name)
    yield Document(
        id=name.removesuffix(".txt"),
        text=text[found.end() :].strip() if found else text,
        format="text",
        title=day.group(4).replace("-", " ") if day else None,
        date="-".join(day.groups()[:3]) if day else None,
        date_precision="day" if day else None,
        speaker=found.group(1).strip() if found else None,
        speaker_actor="USA",
        publicity="public",
        source=name,
        notes=(*remarks, "Other speakers may be mixed in."),
    )


def _leader(data: bytes, name: str) -> Iterator[Document]:
    """A text of Iran's leader in official translation; the year alone is given."""
    text, remarks = decoded(data, name)
    found = META.match(text)
    year, title = found.groups() if found else ("", "")
    day = _long_day(text[:400])
    yield Document(
        id=f"khamenei/{name.removesuffix('.txt')}",
        text=text[found.end() :].strip() if found else text,
        format="text",
        title=title or None,
        date=day or f"{year}-01-01",
        date_precision="day" if day else "year",
        speaker="Ali Khamenei",
        speaker_actor="IRN",
        publicity="public",
        source=name,
        notes=(*remarks, "Official translation."),
    )


def _briefing(data: bytes, name: str) -> Iterator[Document]:
    """A White House press briefing kept as the Python spelling of its bytes."""
    raw = data.decode("utf-8", "replace")
    heading, _, rest = raw.partition("</h1>")
    try:
        body = ast.literal_eval(rest.strip()).decode("utf-8", "replace")
    except (ValueError, SyntaxError, AttributeError):
        body = rest
    title = re.sub(r"<[^>]*>", "", heading).strip()
    day = _slashed(title) or _long_day(title) or _long_day(stripped(body)[:600])
    yield Document(
        id=f"white_house/{name.rpartition('.')[0]}",
        text=tidy(stripped(body)),
        format="html",
        title=title,
        date=day,
        date_precision="day" if day else None,
        speaker="White House",
        speaker_actor="USA",
        publicity="public",
        source=name,
        notes=("Questions of reporters are part of the text.",),
    )


def _hearing(data: bytes, name: str) -> Iterator[Document]:
    """An excerpt of the Iran-Contra hearings of 1987, speakers named in the text."""
    raw, remarks = decoded(data, name)
    yield Document(
        id=f"hearings/{name.rpartition('.')[0]}",
        text=stripped(raw),
        format="html",
        title="Iran-Contra hearings",
        date="1987-01-01",
        date_precision="year",
        publicity="public",
        source=name,
        notes=remarks,
    )


def _releases(data: bytes, name: str) -> Iterator[Document]:
    """Press releases of the State Department, one JSON object a line."""
    for line in data.decode("utf-8", "replace").splitlines():
        item = json.loads(line)
        text = stripped(str(item.get("content_html") or item.get("description_html") or ""))
        if text:
            day = _mailed(str(item.get("pubDate", "")))
            yield Document(
                id=str(item.get("link") or item["guid"]),
                text=tidy(text),
                format="html",
                title=item.get("title") or None,
                date=day,
                date_precision="day" if day else None,
                speaker=item.get("creator") or "State Department",
                speaker_actor="USA",
                publicity="public",
                source=name,
            )


def _mailed(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError):
        return None


def _slashed(text: str) -> str | None:
    found = SLASHED.search(text)
    if not found:
        return None
    month, day, year = (int(part) for part in found.groups())
    return _day(year + 2000 if year < 100 else year, month, day)


def _long_day(text: str) -> str | None:
    found = LONG_DAY.search(text)
    if not found:
        return None
    month = datetime.strptime(found.group(1), "%B").month
    return _day(int(found.group(3)), month, int(found.group(2)))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime(year, month, day).date().isoformat()
    except ValueError:
        return None
