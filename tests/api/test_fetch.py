"""Fetching plans first, takes in what is whole, says what is missing, and goes on where it ended."""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import realpolitik as rp
from realpolitik.api import _publishers
from realpolitik.cli import program
from realpolitik.errors import BadDates, LakeError, NetworkError, UnknownName, UsageError
from realpolitik.net import gdelt
from realpolitik.net.http import Client
from realpolitik.net.line import Line
from realpolitik.sources import card
from realpolitik.sources.card import Address
from tests.net.server import Publisher, cut, md5, publishing, status

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (ROOT / "realpolitik/sources/keds_gulf/sample.dat").read_bytes()
API = importlib.import_module("realpolitik.api.fetch")
NAME = "gulf.zip"


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


GULF = packed(**{"Gulf99all.dat": SAMPLE})


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as found:
        yield found


@pytest.fixture(autouse=True)
def quick(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody outside this machine is asked, and no time is lost."""

    @contextmanager
    def line() -> Iterator[Line]:
        client = Client("realpolitik/test", stall=1.0)
        yield Line(client, first_wait=0.01)
        client.close()

    monkeypatch.setattr(API, "_line", line)
    monkeypatch.setattr(gdelt, "HOSTS", (publisher.host,))


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return tmp_path / "lake"


@pytest.fixture
def at(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give the card of keds_gulf addresses of files."""
    found = card("keds_gulf")

    def addresses(*listed: Address) -> None:
        other = replace(found, fetch=listed)
        monkeypatch.setattr(
            _publishers, "card", lambda name: other if name == "keds_gulf" else card(name)
        )

    return addresses


@pytest.fixture
def gulf(publisher: Publisher, at: Any) -> Publisher:
    """One file of keds_gulf, its MD5 not stated."""
    url = publisher.put(f"/data/{NAME}", GULF, tag='"1"')
    at(Address(url, NAME, None, None, "*"))
    return publisher


def run(*words: object) -> Result:
    return CliRunner().invoke(program, ["fetch", *map(str, words)])


def statuses(found: rp.Rows) -> list[str]:
    return [row["status"] for row in found.rows]


def test_a_plan_fetches_nothing_and_leaves_nothing(gulf: Publisher, lake: Path) -> None:
    found = rp.fetch("keds_gulf", dry_run=True, lake=str(lake))
    [row] = found.rows
    assert (row["status"], row["bytes"], row["rows"]) == ("to fetch", len(GULF), None)
    assert row["url"] == f"{gulf.host}/data/{NAME}"
    assert not lake.exists()
    assert gulf.gets(f"/data/{NAME}") == []


def test_a_file_is_fetched_loaded_and_removed(gulf: Publisher, lake: Path) -> None:
    [row] = rp.fetch("keds_gulf", lake=str(lake)).rows
    assert (row["status"], row["md5"]) == ("loaded", md5(GULF))
    assert row["rows"] == len(SAMPLE.splitlines()) == row["acts"] + row["repeats"] + row["refused"]
    [file] = rp.lake(files=True, lake=str(lake)).rows
    assert file["origin"] == f"{gulf.host}/data/{NAME}!Gulf99all.dat"
    assert list((lake / "fetching" / "keds_gulf").iterdir()) == []
    assert rp.verify(lake=str(lake)).rows == []


def test_the_second_time_nothing_is_fetched(gulf: Publisher, lake: Path) -> None:
    rp.fetch("keds_gulf", lake=str(lake))
    assert statuses(rp.fetch("keds_gulf", lake=str(lake))) == ["in the lake"]
    assert statuses(rp.fetch("keds_gulf", dry_run=True, lake=str(lake))) == ["in the lake"]
    assert len(gulf.gets(f"/data/{NAME}")) == 1


def test_a_newer_version_replaces_the_older(gulf: Publisher, lake: Path) -> None:
    rp.fetch("keds_gulf", lake=str(lake))
    fewer = b"".join(SAMPLE.splitlines(keepends=True)[:5])
    gulf.put(f"/data/{NAME}", packed(**{"Gulf99all.dat": fewer}), tag='"2"')
    assert statuses(rp.fetch("keds_gulf", dry_run=True, lake=str(lake))) == ["to fetch"]
    [row] = rp.fetch("keds_gulf", lake=str(lake)).rows
    assert (row["status"], row["rows"]) == ("replaced", 5)


def test_what_was_taken_out_of_the_lake_is_to_be_fetched(gulf: Publisher, lake: Path) -> None:
    rp.fetch("keds_gulf", lake=str(lake))
    rp.lake("rm", "keds_gulf", lake=str(lake))
    assert statuses(rp.fetch("keds_gulf", dry_run=True, lake=str(lake))) == ["to fetch"]


def test_what_the_user_replaced_by_hand_is_to_be_fetched(
    gulf: Publisher, lake: Path, tmp_path: Path
) -> None:
    rp.fetch("keds_gulf", lake=str(lake))
    own = tmp_path / "Gulf99all.dat"
    own.write_bytes(SAMPLE[: SAMPLE.index(b"\n") + 1])
    rp.ingest("keds_gulf", own, lake=str(lake))
    assert statuses(rp.fetch("keds_gulf", dry_run=True, lake=str(lake))) == ["to fetch"]


def test_archives_are_kept_on_request(gulf: Publisher, lake: Path, tmp_path: Path) -> None:
    rp.fetch("keds_gulf", lake=str(lake), keep=tmp_path / "kept")
    assert (tmp_path / "kept" / "keds_gulf" / NAME).read_bytes() == GULF
    assert list((lake / "fetching" / "keds_gulf").iterdir()) == []


def test_what_was_fetched_but_not_loaded_waits(
    gulf: Publisher, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise LakeError("no room")

    with monkeypatch.context() as patch, pytest.raises(LakeError, match="no room"):
        patch.setattr("realpolitik.api._fetching.Batch.load", full)
        rp.fetch("keds_gulf", lake=str(lake))
    assert statuses(rp.fetch("keds_gulf", dry_run=True, lake=str(lake))) == ["waiting"]
    assert statuses(rp.fetch("keds_gulf", lake=str(lake))) == ["loaded"]
    assert len(gulf.gets(f"/data/{NAME}")) == 1


def test_partial_is_said_listed_and_ends_in_3(publisher: Publisher, at: Any, lake: Path) -> None:
    good = publisher.put("/good.dat", SAMPLE, status(500))
    bad = publisher.put("/bad.dat", SAMPLE)
    at(Address(good, "good.dat", None, None, "*"), Address(bad, "bad.dat", None, "0" * 32, "*"),
       Address(f"{publisher.host}/gone.dat", "gone.dat", None, None, "*"))  # fmt: skip
    got = run("keds_gulf", "--lake", lake)
    assert got.exit_code == 3, got.stderr
    assert "keds_gulf: 3 files" in got.stdout
    assert "  gone.dat: missing. " in got.stdout
    assert f"  bad.dat: failed. {publisher.host[7:]}: its MD5 is {md5(SAMPLE)}" in got.stdout
    rows = json.loads(run("keds_gulf", "--lake", lake, "--json").stdout)["files"]
    assert [(row["file"], row["status"]) for row in rows] == [
        ("good.dat", "in the lake"), ("bad.dat", "failed"), ("gone.dat", "missing"),
    ]  # fmt: skip


def test_nothing_at_all_ends_in_2(publisher: Publisher, at: Any, lake: Path) -> None:
    at(Address(publisher.put("/bad.dat", SAMPLE), "bad.dat", None, "0" * 32, "*"))
    got = run("keds_gulf", "--lake", lake)
    assert got.exit_code == 2
    assert "bad.dat: failed" in got.stdout
    at(Address(f"{publisher.host}/gone.dat", "gone.dat", None, None, "*"))
    got = run("keds_gulf", "--lake", lake)
    assert (got.exit_code, got.stdout) == (2, "")
    assert got.stderr.count("\n") == 1
    assert "not there (HTTP status 404)" in got.stderr


@pytest.mark.parametrize(
    ("archive", "why"),
    [
        (packed(**{"a.dat": bytes(80 << 20)}), "unpack to more than"),
        (packed(**{"../../escaped.dat": SAMPLE}), "a name that leads out of the archive"),
        (GULF[: len(GULF) // 2], "a broken archive"),
    ],
    ids=["bomb", "traversal", "half"],
)
def test_an_archive_made_to_do_harm(
    publisher: Publisher, at: Any, lake: Path, tmp_path: Path, archive: bytes, why: str
) -> None:
    at(Address(publisher.put(f"/{NAME}", archive), NAME, len(archive), md5(archive), "*"))
    [row] = rp.fetch("keds_gulf", lake=str(lake)).rows
    assert row["status"] == "unreadable"
    assert why in row["why"]
    assert list(tmp_path.rglob("*.dat")) == []
    assert statuses(rp.fetch("keds_gulf", dry_run=True, lake=str(lake))) == ["to fetch"]


def test_only_the_members_named_are_read(publisher: Publisher, at: Any, lake: Path) -> None:
    inside = {"README.txt": b"hello\n", "Gulf99all.DAT": SAMPLE, "__MACOSX/._Gulf99all.DAT": b"x"}
    url = publisher.put(f"/{NAME}", packed(**inside))
    at(Address(url, NAME, None, None, "*.dat"))
    [row] = rp.fetch("keds_gulf", lake=str(lake)).rows
    assert (row["status"], row["rows"]) == ("loaded", len(SAMPLE.splitlines()))
    at(Address(url, "other.zip", None, None, "*.csv"))
    [row] = rp.fetch("keds_gulf", lake=str(lake)).rows
    assert (row["status"], row["why"]) == ("unreadable", "no file in it is named *.csv")


def test_one_fetch_a_lake(gulf: Publisher, lake: Path) -> None:
    with API.alone(lake / "fetching"), pytest.raises(LakeError, match="another fetch is at work"):
        rp.fetch("keds_gulf", lake=str(lake))
    assert statuses(rp.fetch("keds_gulf", lake=str(lake))) == ["loaded"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["keds_gulf", "--offline"], "fetch needs the network, and --offline forbids it"),
        (["keds_golf"], "Unknown source 'keds_golf'"),
        (["phoenix"], "phoenix: cannot be fetched. "),
        (["casebook"], "It ships with realpolitik: there is nothing to fetch."),
        (["keds_gulf", "--start", "2001", "--end", "2000"], "comes after --end"),
        (["keds_gulf", "--off", "nonsense"], "Unknown rule 'nonsense'"),
        (["keds_gulf", "--lake", "s3://bucket/x"], "cannot be opened"),
    ],
)
def test_bad_asking_gets_one_line(gulf: Publisher, words: list[str], said: str) -> None:
    got = run(*words)
    assert (got.exit_code, got.stdout) == (2, "")
    assert said in got.stderr
    assert got.stderr.count("\n") == 1
    assert gulf.asked == []


def test_errors_of_the_function(gulf: Publisher, lake: Path) -> None:
    for sources, error in (((), UsageError), (("keds_golf",), UnknownName)):
        with pytest.raises(error):
            rp.fetch(*sources, lake=str(lake))
    with pytest.raises(UsageError, match="jobs is 0: give 1 to 16"):
        rp.fetch("keds_gulf", jobs=0, lake=str(lake))
    gulf.pages.clear()
    with pytest.raises(NetworkError):
        rp.fetch("keds_gulf", lake=str(lake))
    assert not (lake / "catalog.sqlite").exists()


def test_dates_that_choose_nothing_are_told(gulf: Publisher, lake: Path) -> None:
    told = rp.fetch("keds_gulf", start="1990", dry_run=True, lake=str(lake)).messages
    assert told == ("keds_gulf: comes whole; --start and --end choose nothing of it.",)
    assert rp.fetch("keds_gulf", dry_run=True, lake=str(lake)).messages == ()


def test_progress_is_heard(gulf: Publisher, lake: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    rp.fetch("keds_gulf", lake=str(lake), progress=lambda *told: heard.append(told))
    assert heard[0] == (0, 0, "reading the publisher's lists")
    assert heard[-1] == (len(GULF), len(GULF), NAME)


def test_the_plan_as_text(gulf: Publisher, lake: Path) -> None:
    got = run("keds_gulf", "--dry-run", "--lake", lake)
    size = f"{len(GULF)} bytes"
    assert got.stdout == (
        f"keds_gulf: 1 files, {size}\n           1 to fetch, {size}\n  {NAME}  {size}\n"
    )
    assert (got.exit_code, got.stderr) == (0, "")


SCRIPT = """
import sys
from contextlib import contextmanager
from dataclasses import replace
import realpolitik as rp
from realpolitik.api import _publishers
from realpolitik.cli import main
from realpolitik.sources import card
from realpolitik.sources.card import Address
other = replace(card("keds_gulf"), fetch=(Address(sys.argv.pop(), "gulf.zip", None, None, "*"),))
_publishers.card = lambda name: other
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill"])
def test_a_run_that_was_ended_goes_on_from_there(
    publisher: Publisher, lake: Path, at: Any, number: int
) -> None:
    archive = packed(**{"Gulf99all.dat": SAMPLE, "padding": os.urandom(400_000)})
    url = publisher.put(f"/{NAME}", archive, tag='"1"')
    publisher.pace = 0.02
    env = {**os.environ, "PYTHONPATH": str(ROOT), "REALPOLITIK_LAKE": str(lake)}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "fetch", "keds_gulf", url],
        env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    part = lake / "fetching" / "keds_gulf" / f"{NAME}.part"
    deadline = time.monotonic() + 20
    while not (part.exists() and part.stat().st_size > 20_000):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    came = part.stat().st_size
    assert 20_000 < came < len(archive)
    if number == signal.SIGINT:
        assert process.returncode == 130
        assert (out, err.decode().splitlines()) == (b"", [
            "realpolitik: what came is kept: the same command goes on from there",
            "realpolitik: interrupted",
        ])  # fmt: skip
    publisher.pace = 0.0
    at(Address(url, NAME, None, None, "*.dat"))
    assert statuses(rp.fetch("keds_gulf", lake=str(lake))) == ["loaded"]
    assert publisher.gets(f"/{NAME}")[-1]["Range"] == f"bytes={came}-"
    assert rp.verify(lake=str(lake)).rows == []


def quarters(publisher: Publisher, folder: Path, stamps: list[str]) -> dict[str, bytes]:
    """Serve GDELT's 15 minutes, and a list of them."""
    served, lines = {}, []
    for stamp in stamps:
        name = f"{stamp}.export.CSV"
        body = packed(**{name: folder.joinpath(name).read_bytes()})
        publisher.put(f"/gdeltv2/{name}.zip", body)
        served[name] = body
        lines.append(
            f"{len(body)} {md5(body)} http://data.gdeltproject.org/gdeltv2/{name}.zip\n"
            f"1 {'0' * 32} http://data.gdeltproject.org/gdeltv2/{stamp}.gkg.csv.zip\n"
        )
    publisher.put("/gdeltv2/masterfilelist.txt", "".join(lines).encode(), tag='"1"')
    return served


STAMPS = ["20250103140000", "20250103143000", "20250103150000"]


def test_intervals_expected_and_obtained(
    publisher: Publisher, lake: Path, shared_data: Path
) -> None:
    quarters(publisher, shared_data / "events/gdelt_v2", STAMPS)
    gone = publisher.pages.pop(f"/gdeltv2/{STAMPS[1]}.export.CSV.zip")
    publisher.pages[f"/gdeltv2/{STAMPS[2]}.export.CSV.zip"].tricks = [cut(20_000)]
    words = ("gdelt_v2", "--start", "2025-01-03", "--lake", lake)
    plan = run(*words, "--dry-run")
    assert plan.exit_code == 0
    assert "3 to fetch" in plan.stdout
    got = run(*words, "--json")
    assert got.exit_code == 3
    found = json.loads(got.stdout)
    assert [row["status"] for row in found["files"]] == ["loaded", "missing", "loaded"]
    assert found["intervals"] == [
        {
            "source": "gdelt_v2", "stream": "english", "unit": "15 minutes",
            "expected": 5, "listed": 3, "obtained": 2,
            "never_listed": [["2025-01-03T14:15"] * 2, ["2025-01-03T14:45"] * 2],
            "missing": [["2025-01-03T14:15", "2025-01-03T14:45"]],
        }
    ]  # fmt: skip
    assert (
        "2 of 5 intervals (15 minutes) are in the lake; the publisher does not list" in got.stderr
    )
    publisher.pages[f"/gdeltv2/{STAMPS[1]}.export.CSV.zip"] = gone
    again = run(*words)
    assert "2 in the lake" in again.stdout
    assert "1 loaded" in again.stdout
    assert rp.verify(lake=str(lake)).rows == []


def test_dates_that_nobody_lists(publisher: Publisher, lake: Path, shared_data: Path) -> None:
    quarters(publisher, shared_data / "events/gdelt_v2", STAMPS)
    with pytest.raises(BadDates, match="lists no file of gdelt_v2 for these dates"):
        rp.fetch("gdelt_v2", end="2014", lake=str(lake))


def test_help_loads_no_library_of_the_network() -> None:
    program_ = (
        "import sys\nfrom realpolitik.cli import program\n"
        "try: program.main(['fetch', '--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'urllib3', 'certifi', 'ssl', 'duckdb'} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program_], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")
    assert "--dry-run" in done.stdout


def test_files_that_came_over_plain_http_are_told(
    publisher: Publisher, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gdelt, "HOSTS", ("https://127.0.0.1:9", publisher.host))
    publisher.put("/events/filesizes", f"{len(GULF)} 1979.zip\n".encode())
    publisher.put("/events/md5sums", f"{md5(GULF)}  1979.zip\n".encode())
    publisher.put("/events/1979.zip", GULF)
    found = rp.fetch("gdelt_v1", lake=str(lake))
    assert found.rows[0]["url"] == f"{publisher.host}/events/1979.zip"
    assert found.messages[0].startswith("gdelt_v1: 1 files came over plain HTTP")
