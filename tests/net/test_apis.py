"""Pages of an API become one file, whatever happens in between, and the token goes nowhere else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from realpolitik.errors import NetworkError, UsageError
from realpolitik.net import apis
from realpolitik.net.crew import run
from realpolitik.net.download import NotGot
from realpolitik.net.line import Line
from realpolitik.net.pages import gather
from realpolitik.net.plan import Listing, Period
from tests.net.server import Publisher, cut, status

YEAR = "/api/gedevents/25.1?pagesize=2&StartDate={0}-01-01&EndDate={0}-12-31"
MONTH = (
    "/api/acled/read?_format=json&event_date=2024-11-01%7C2024-11-30"
    "&event_date_where=BETWEEN&limit=2&page={}"
)
KNOWN = apis.apis
Put = Callable[..., str]


@pytest.fixture(autouse=True)
def local(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apis, "UCDP_PAGE", 2)
    monkeypatch.setattr(apis, "ACLED_PAGE", 2)
    here = {name: replace(api, host=publisher.host) for name, api in KNOWN().items()}
    monkeypatch.setattr(apis, "apis", lambda: here)
    monkeypatch.setattr("realpolitik.net.pages.apis", lambda: here)
    monkeypatch.setattr(apis, "clock", lambda: datetime(2024, 12, 10))
    monkeypatch.setenv("UCDP_ACCESS_TOKEN", "the-token")
    monkeypatch.setenv("ACLED_ACCESS_TOKEN", "the-token")


def ged(*ids: int, following: str = "") -> bytes:
    rows = [{"id": number, "side_a": "A, of\nX", "gwnoa": None, "best": 3} for number in ids]
    told = {"TotalCount": 3, "TotalPages": 2, "NextPageUrl": following, "Result": rows}
    return json.dumps(told).encode()


def acled(*ids: str) -> bytes:
    rows = [{"event_id_cnty": one, "notes": "n", "fatalities": 0} for one in ids]
    return json.dumps({"status": 200, "success": True, "count": len(rows), "data": rows}).encode()


@pytest.fixture
def year(publisher: Publisher) -> Publisher:
    """The year 1990 of UCDP on two pages, and the first year that the token is tried on."""
    publisher.put(YEAR.format(1989), ged(1), kind="application/json")
    # As the publisher does, the next page is named under a scheme and host of its own.
    following = f"http://elsewhere.example{YEAR.format(1990)}&page=1"
    publisher.put(YEAR.format(1990), ged(7, 8, following=following))
    publisher.put(f"{YEAR.format(1990)}&page=1", ged(9))
    return publisher


def listed(source: str, folder: Path, line: Line, start: datetime, end: datetime) -> Listing:
    return apis.listing(source, Period(start, end), folder / "lists", line)


def of_1990(folder: Path, line: Line) -> Any:
    [file] = listed("ucdp", folder, line, datetime(1990, 1, 1), datetime(1991, 1, 1)).files
    return file


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_pages_are_put_together_under_the_columns_of_the_publisher(
    year: Publisher, tmp_path: Path, line: Line
) -> None:
    file = of_1990(tmp_path, line)
    assert (file.name, file.tag, file.bytes) == ("ucdp-1990.csv", "25.1", None)
    got = gather(file, tmp_path, line)
    rows = read(got.path)
    assert [row["id"] for row in rows] == ["7", "8", "9"]
    assert len(rows[0]) == 49
    assert (rows[0]["side_a"], rows[0]["gwnoa"], rows[0]["country"]) == ("A, of\nX", "", "")
    assert got.tag == "25.1"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "lists", "ucdp-1990.csv", "ucdp-1990.csv.note",
    ]  # fmt: skip
    for _, _, headers in year.asked:
        assert headers["x-ucdp-access-token"] == "the-token"
    assert "the-token" not in got.url + repr(file) + got.path.read_text(encoding="utf-8")


def test_months_of_acled_end_with_the_first_page_that_is_not_full(
    publisher: Publisher, tmp_path: Path, line: Line
) -> None:
    first = MONTH.replace("2024-11-01", "1997-01-01").replace("2024-11-30", "1997-01-31")
    publisher.put(first.format(1), acled())
    publisher.put(MONTH.format(1), acled("A1", "A2"))
    publisher.put(MONTH.format(2), acled("A3", "A4"))
    publisher.put(MONTH.format(3), acled())
    start, end = datetime(2024, 11, 5), datetime(2024, 12, 1)
    [file] = listed("acled", tmp_path, line, start, end).files
    assert (file.name, file.tag) == ("acled-2024-11.csv", "2024-12-10")
    got = gather(file, tmp_path, line)
    assert [row["event_id_cnty"] for row in read(got.path)] == ["A1", "A2", "A3", "A4"]
    assert publisher.gets(MONTH.format(1))[0]["Authorization"] == "Bearer the-token"


def test_a_month_without_events_is_a_header(
    publisher: Publisher, tmp_path: Path, line: Line
) -> None:
    publisher.put(YEAR.format(1989), ged())
    [file] = listed("ucdp", tmp_path, line, datetime(1989, 1, 1), datetime(1990, 1, 1)).files
    assert gather(file, tmp_path, line).path.read_text(encoding="utf-8").startswith("id,relid,")


def test_months_go_on_to_the_present_and_years_to_that_of_the_version(
    publisher: Publisher, tmp_path: Path, line: Line
) -> None:
    publisher.put(YEAR.format(1989), ged())
    found = apis.listing("ucdp", Period(), tmp_path, line).files
    assert [file.name for file in (found[0], found[-1])] == ["ucdp-1989.csv", "ucdp-2024.csv"]
    first = MONTH.replace("2024-11-01", "1997-01-01").replace("2024-11-30", "1997-01-31")
    publisher.put(first.format(1), acled())
    found = apis.listing("acled", Period(), tmp_path, line).files
    assert [file.name for file in (found[0], found[-1])] == [
        "acled-1997-01.csv", "acled-2024-12.csv",
    ]  # fmt: skip
    assert len(found) == 28 * 12


@pytest.mark.parametrize(
    "trick",
    [status(429, Retry_After="0"), status(500), cut(20), status(503)],
    ids=["429", "500", "cut", "503"],
)
def test_a_page_is_asked_for_again(year: Publisher, tmp_path: Path, line: Line, trick: Any) -> None:
    year.pages[f"{YEAR.format(1990)}&page=1"].tricks = [trick]
    got = gather(of_1990(tmp_path, line), tmp_path, line)
    assert [row["id"] for row in read(got.path)] == ["7", "8", "9"]


def test_pages_of_a_broken_run_are_not_asked_for_again(
    year: Publisher, tmp_path: Path, line: Line
) -> None:
    file, second = of_1990(tmp_path, line), f"{YEAR.format(1990)}&page=1"
    year.pages[second].tricks = [status(403)]
    with pytest.raises(NotGot, match="without a right"):
        gather(file, tmp_path, line)
    assert not (tmp_path / "ucdp-1990.csv").exists()
    got = gather(file, tmp_path, line)
    assert [row["id"] for row in read(got.path)] == ["7", "8", "9"]
    assert len(year.gets(YEAR.format(1990))) == 1
    gather(file, tmp_path, line)
    assert len(year.gets(second)) == 2


def test_pages_of_another_version_are_thrown_away(
    year: Publisher, tmp_path: Path, line: Line
) -> None:
    file = of_1990(tmp_path, line)
    year.pages[f"{YEAR.format(1990)}&page=1"].tricks = [status(403)]
    with pytest.raises(NotGot):
        gather(file, tmp_path, line)
    got = gather(replace(file, tag="25.2"), tmp_path, line)
    assert (got.tag, len(year.gets(YEAR.format(1990)))) == ("25.2", 2)
    assert not list(tmp_path.glob("*.pages"))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<html>", "no page of events"),
        (b"[]", "no page of events"),
        (b'{"Result": [1]}', "something else than events"),
        (b"\xff\xfe", "page 1"),
    ],
)
def test_what_is_no_page_is_not_taken_for_one(
    year: Publisher, tmp_path: Path, line: Line, body: bytes, says: str
) -> None:
    file = of_1990(tmp_path, line)
    year.put(YEAR.format(1990), body)
    with pytest.raises(NotGot, match=says):
        gather(file, tmp_path, line)
    year.put(YEAR.format(1990), ged(4))
    assert [row["id"] for row in read(gather(file, tmp_path, line).path)] == ["4"]


def test_pages_that_name_each_other_end(year: Publisher, tmp_path: Path, line: Line) -> None:
    file, second = of_1990(tmp_path, line), f"{YEAR.format(1990)}&page=1"
    year.put(second, ged(9, following=f"{year.host}{YEAR.format(1990)}"))
    with pytest.raises(NotGot, match="page 2 names itself or an earlier one"):
        gather(file, tmp_path, line)


def test_the_crew_gathers_such_files(year: Publisher, tmp_path: Path, line: Line) -> None:
    [done] = [found for found in run([of_1990(tmp_path, line)], tmp_path, line, 2) if found]
    assert done.got is not None
    assert done.got.path == tmp_path / "ucdp" / "ucdp-1990.csv"


@pytest.mark.parametrize("source", ["ucdp", "acled"])
def test_without_a_token_nobody_is_asked(
    publisher: Publisher, tmp_path: Path, line: Line, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = f"{source.upper()}_ACCESS_TOKEN"
    monkeypatch.setenv(variable, " ")
    with pytest.raises(UsageError, match=f"{variable} is not set") as told:
        apis.listing(source, Period(), tmp_path, line)
    assert f"realpolitik ingest {source} PATH" in str(told.value)
    assert "\n" not in str(told.value)
    assert publisher.asked == []


@pytest.mark.parametrize("code", [401, 403])
def test_a_token_that_is_not_taken(year: Publisher, tmp_path: Path, line: Line, code: int) -> None:
    year.pages[YEAR.format(1989)].tricks = [status(code)]
    with pytest.raises(NetworkError, match=r"does not take the token in UCDP_ACCESS_TOKEN") as told:
        apis.listing("ucdp", Period(), tmp_path, line)
    assert f"HTTP status {code}" in str(told.value)
    assert "the-token" not in str(told.value)


def test_an_error_that_calls_itself_an_answer(
    publisher: Publisher, tmp_path: Path, line: Line
) -> None:
    first = MONTH.replace("2024-11-01", "1997-01-01").replace("2024-11-30", "1997-01-31")
    told = {"status": 403, "success": False, "error": [{"message": "accept the terms"}]}
    publisher.put(first.format(1), json.dumps(told).encode())
    with pytest.raises(NetworkError, match=r"accept the terms.*ACLED_ACCESS_TOKEN"):
        apis.listing("acled", Period(), tmp_path, line)
