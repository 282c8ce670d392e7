"""What the cards say of addresses is what a fetch does: right members, right reader, exit codes."""

from __future__ import annotations

import importlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import realpolitik as rp
from realpolitik.api import _publishers
from realpolitik.cli import program
from realpolitik.errors import UsageError
from realpolitik.net import apis
from realpolitik.net.http import Client
from realpolitik.net.line import Line
from realpolitik.net.plan import parted
from realpolitik.sources import FOLDER, card, names
from tests.net.server import Publisher, publishing, status

API = importlib.import_module("realpolitik.api.fetch")
KNOWN = apis.apis
LISTED = [name for name in names() if card(name).fetch]
# Names as they lie in the publishers' archives; the first is what the reader reads, the others not.
MEMBERS = {
    "cow_mid": ("MID-5-Data-and-Supporting-Materials/MIDB 5.0.csv", "MIDB 5.0.dta", "Codebook.csv"),
    "cow_trade": ("COW_Trade_4.0/Dyadic_COW_4.0.csv", "COW_Trade_4.0/National_COW_4.0.csv"),
    "cow_alliances": (
        "version4.1_csv/alliance_v4.1_by_directed_yearly.csv",
        "version4.1_csv/alliance_v4.1_by_directed.csv", "version4.1_csv/alliance_v4.1_by_dyad.csv",
    ),
    "us_visits": ("visits-master/data/1970.xml", "visits-master/repo.xml", "visits-master/build.xml"),
    "us_travels": (
        "travels-master/president-travels/carter-jimmy.xml", "travels-master/expath-pkg.xml",
    ),
    "us_missions": (
        "mission_status_range_cow_v0.1.csv", "mission_status_range_gw_v0.1.csv",
        "mission_status_yearly_cow_v0.1.csv",
    ),
}  # fmt: skip


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        yield found


@pytest.fixture(autouse=True)
def local(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every publisher is the one on this machine, and no time is lost."""

    @contextmanager
    def line() -> Iterator[Line]:
        client = Client("realpolitik/test", stall=1.0)
        yield Line(client, first_wait=0.01)
        client.close()

    here = {name: replace(api, host=publisher.host) for name, api in KNOWN().items()}
    monkeypatch.setattr(API, "_line", line)
    monkeypatch.setattr(_publishers, "parted", lambda url: (publisher.host, parted(url)[1]))
    monkeypatch.setattr(apis, "apis", lambda: here)
    monkeypatch.setattr("realpolitik.net.pages.apis", lambda: here)
    monkeypatch.setattr(apis, "clock", lambda: datetime(2026, 1, 1))
    monkeypatch.setenv("UCDP_ACCESS_TOKEN", "the-token")


def sample(name: str) -> bytes:
    [path] = (FOLDER / name).glob("sample.*")
    return path.read_bytes()


def served(publisher: Publisher, name: str) -> None:
    """Serve what the card of a source names, with the sample as the file that is to be read."""
    for at in card(name).fetch:
        body = sample(name)
        if name in MEMBERS:
            file = io.BytesIO()
            wanted, *others = MEMBERS[name]
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for other in others:
                    archive.writestr(other, b"nothing that the reader reads")
                archive.writestr(wanted, body)
            body = file.getvalue()
        publisher.put(f"/{parted(at.url)[1]}", body, tag='"1"')


def run(*words: object) -> Result:
    return CliRunner().invoke(program, ["fetch", *map(str, words)])


@pytest.mark.parametrize("name", LISTED)
def test_the_plan_of_every_card(publisher: Publisher, tmp_path: Path, name: str) -> None:
    served(publisher, name)
    found = run(name, "--dry-run", "--lake", tmp_path / "lake")
    assert found.exit_code == 0, found.output
    assert f"{name}: {len(card(name).fetch)} files" in found.output
    assert "to fetch" in found.output
    assert not (tmp_path / "lake").exists()


@pytest.mark.parametrize("name", LISTED)
def test_what_every_card_names_is_read_and_nothing_beside_it(
    publisher: Publisher, tmp_path: Path, name: str
) -> None:
    served(publisher, name)
    [path] = (FOLDER / name).glob("sample.*")
    expected = rp.ingest(name, path, lake=str(tmp_path / "by-hand")).rows[0]
    [row] = rp.fetch(name, lake=str(tmp_path / "lake")).rows
    assert (row["status"], row["why"]) == ("loaded", "")
    for count in ("rows", "acts", "repeats", "refused"):
        assert row[count] == expected[count]
    assert rp.fetch(name, lake=str(tmp_path / "lake")).rows[0]["status"] == "in the lake"
    assert rp.verify(lake=str(tmp_path / "lake")).rows == []


@pytest.mark.parametrize("name", [n for n in names() if n not in _publishers.fetchable()])
def test_a_source_without_an_address_says_why_and_where(name: str) -> None:
    with pytest.raises(UsageError, match=f"^{name}: cannot be fetched") as told:
        rp.fetch(name)
    assert "\n" not in str(told.value)
    [row] = rp.sources(name).rows
    assert row["files"] in str(told.value)
    assert card(name).by_hand or card(name).bundled


@pytest.mark.parametrize("name", _publishers.fetchable())
def test_a_source_says_how_it_is_fetched(name: str) -> None:
    [row] = rp.sources(name).rows
    assert row["files"].startswith(f"realpolitik fetch {name}, ")


def events(name: str, *only: str) -> list[dict[str, str]]:
    import csv

    rows = csv.DictReader(io.StringIO(sample(name).decode("utf-8")))
    return [row for row in rows if row["id"] in only]


@pytest.fixture
def years(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Publisher:
    """Two years of UCDP; the first year of all is there to try the token on."""
    monkeypatch.setattr(apis, "UCDP_PAGE", 1)
    for year, only in ((1989, ()), (1999, ("9001", "9004")), (2006, ("9002",))):
        path = f"/api/gedevents/25.1?pagesize=1&StartDate={year}-01-01&EndDate={year}-12-31"
        rows = events("ucdp", *only)
        for place, row in enumerate(rows or [None]):
            last = place == max(len(rows) - 1, 0)
            following = "" if last else f"https://ucdpapi.pcr.uu.se{path}&page={place + 1}"
            told: dict[str, Any] = {"Result": [row] if row else [], "NextPageUrl": following}
            publisher.put(path + (f"&page={place}" if place else ""), json.dumps(told).encode())
    return publisher


def test_events_through_an_api_land_in_the_lake(years: Publisher, tmp_path: Path) -> None:
    lake = str(tmp_path / "lake")
    asked = {"start": "1999-06-01", "end": "1999-07-01", "lake": lake}
    [plan] = rp.fetch("ucdp", dry_run=True, **asked).rows
    assert (plan["file"], plan["status"]) == ("ucdp-1999.csv", "to fetch")
    [row] = rp.fetch("ucdp", **asked).rows
    assert (row["status"], row["acts"], row["refused"]) == ("loaded", 4, 0)
    found = rp.acts("IND", "PAK", source="ucdp", lake=lake).rows
    assert {act["act_id"] for act in found} == {"ucdp:9001>1", "ucdp:9001>2"}
    assert rp.fetch("ucdp", **asked).rows[0]["status"] == "in the lake"
    assert rp.verify(lake=lake).rows == []
    assert not list((tmp_path / "lake/fetching/ucdp").iterdir())


def test_a_year_that_cannot_be_had_is_exit_code_3(years: Publisher, tmp_path: Path) -> None:
    path = "/api/gedevents/25.1?pagesize=1&StartDate=2006-01-01&EndDate=2006-12-31"
    years.pages[path].tricks = [status(403)]
    for year in range(2000, 2006):
        at = path.replace("2006", str(year))
        years.put(at, b'{"Result": [], "NextPageUrl": ""}')
    words = ("ucdp", "--start", "1999", "--end", "2006", "--lake", tmp_path / "lake")
    found = run(*words)
    assert found.exit_code == 3
    assert "ucdp-2006.csv: failed." in found.output
    assert run(*words).exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("ucdb",), "Did you mean ucdp?"),
        (("gsbd",), "Did you mean gsdb?"),
        (("acled",), "ACLED_ACCESS_TOKEN is not set"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    words: tuple[str, ...], says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("ACLED_ACCESS_TOKEN", raising=False)
    found = run(*words, "--lake", tmp_path / "lake")
    assert found.exit_code == 2
    assert says in found.output
    assert len(found.output.strip().splitlines()) == 1
