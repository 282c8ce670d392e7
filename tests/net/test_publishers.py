"""The publishers' own lists are read as they are, gaps and blots included."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from realpolitik.errors import NetworkError
from realpolitik.net import dataverse, gdelt
from realpolitik.net.line import Line
from realpolitik.net.plan import DAY, MINUTES, Period, Remote, expected, ranges, uncovered
from tests.net.server import Publisher, status

ALWAYS = Period()
# Quarters of an hour that the real list lacks.
GAPS = [
    ("2015-02-19T07:00", "2015-02-19T07:00"), ("2015-02-19T07:30", "2015-02-19T07:30"),
    ("2015-02-19T08:15", "2015-02-19T09:15"), ("2015-02-19T10:00", "2015-02-19T10:00"),
]  # fmt: skip
BOTH = (gdelt.ENGLISH, gdelt.TRANSLATED)


@pytest.fixture(autouse=True)
def hosts(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gdelt, "HOSTS", (publisher.host,))
    monkeypatch.setattr(dataverse, "HOST", publisher.host)
    monkeypatch.delenv(dataverse.KEY, raising=False)


@pytest.fixture
def lists(shared_data: Path, publisher: Publisher) -> Publisher:
    """The publisher's real lists of October 2023, at the addresses they have."""
    for name, path in {
        "v1_event_file_list": "/events/filesizes",
        "v1_event_md5sums": "/events/md5sums",
        "v2_masterfilelist_english": "/gdeltv2/masterfilelist.txt",
    }.items():
        with zipfile.ZipFile(shared_data / f"events/gdelt_lists/{name}.txt.zip") as archive:
            publisher.put(path, archive.read(archive.namelist()[0]), tag='"1"')
    return publisher


def test_the_real_list_of_version_2(lists: Publisher, line: Line, tmp_path: Path) -> None:
    found = gdelt.v2(ALWAYS, tmp_path, line, (gdelt.ENGLISH,))
    assert len(found.files) == 300
    first = found.files[0]
    assert first.urls == (f"{lists.host}/gdeltv2/20150218230000.export.CSV.zip",)
    assert (first.bytes, first.md5) == (150383, "297a16b493de7cf6ca809a7cc31d0b93")
    [(stream, asked)] = found.expected
    assert (stream, asked[0], asked[-1]) == (
        "english", datetime(2015, 2, 18, 23), datetime(2015, 2, 22, 3, 45),
    )  # fmt: skip
    assert len(asked) - len(uncovered(asked, found.files, MINUTES)) == 300
    assert ranges(uncovered(asked, found.files, MINUTES), MINUTES) == GAPS
    assert found.remarks == ()


def test_the_real_lists_of_version_1(lists: Publisher, line: Line, tmp_path: Path) -> None:
    found = gdelt.v1(ALWAYS, tmp_path, line)
    assert len(found.files) == 3950, "all but the reduced master file, which is another format"
    by_name = {file.name: file for file in found.files}
    year, month = by_name["1980.zip"], by_name["200602.zip"]
    assert (year.bytes, year.md5) == (18619859, "6b4341632bcc8cff1a582c48dac1b6d2")
    assert (year.first, year.last) == (datetime(1980, 1, 1), datetime(1981, 1, 1))
    assert (month.first, month.last) == (datetime(2006, 2, 1), datetime(2006, 3, 1))
    [(_, asked)] = found.expected
    assert ranges(uncovered(asked, found.files, DAY), DAY) == [
        ("2014-01-23", "2014-01-25"), ("2014-03-19", "2014-03-19"),
    ]  # fmt: skip


def test_a_period_chooses_by_what_files_cover(lists: Publisher, line: Line, tmp_path: Path) -> None:
    days = Period(datetime(2013, 3, 31), datetime(2013, 4, 2))
    names = [file.name for file in gdelt.v1(days, tmp_path, line).files]
    assert names == ["201303.zip", "20130401.export.CSV.zip"]
    day = Period(datetime(2015, 2, 20), datetime(2015, 2, 21))
    found = gdelt.v2(day, tmp_path, line, (gdelt.ENGLISH,))
    assert found.files[0].name == "20150220000000.export.CSV.zip"
    assert found.files[-1].name == "20150220234500.export.CSV.zip"
    assert len(found.expected[0][1]) == 96
    assert len(lists.gets("/gdeltv2/masterfilelist.txt")) == 1


def test_blots_of_a_list_are_counted_and_lead_nowhere(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    good = f"1 {'0' * 32} http://elsewhere.example/x/20200101000000.export.CSV.zip"
    lines = [good, "", f"1 {'0' * 32}", "\x00\xff", f"1 {'0' * 32} http://x/20209901000000.export.CSV.zip",
             f"1 {'0' * 32} http://x/..%2f..%2f20200101001500.export.CSV.zip",
             f"1 {'0' * 32} http://x/20200101003000.other.export.CSV.zip"]  # fmt: skip
    publisher.put("/gdeltv2/masterfilelist.txt", "\n".join(lines).encode("latin-1"))
    translated = good.replace("export", "translation.export")
    publisher.put("/gdeltv2/masterfilelist-translation.txt", translated.encode())
    found = gdelt.v2(ALWAYS, tmp_path, line, BOTH)
    assert [(file.stream, file.urls) for file in found.files] == [
        ("english", (f"{publisher.host}/gdeltv2/20200101000000.export.CSV.zip",)),
        ("translation", (f"{publisher.host}/gdeltv2/20200101000000.translation.export.CSV.zip",)),
    ]
    assert [remark.partition(":")[2] for remark in found.remarks] == [
        " 2 lines of the publisher's list could not be read."
    ]


def test_a_file_without_md5_is_told(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    publisher.put("/events/filesizes", b"10 1979.zip\n20 20130401.export.CSV.zip\n")
    publisher.put("/events/md5sums", b"0" * 32 + b"  1979.zip\n")
    found = gdelt.v1(ALWAYS, tmp_path, line)
    assert [file.md5 for file in found.files] == ["0" * 32, None]
    assert found.remarks == ("gdelt_v1: the publisher lists no MD5 for 1 of 2 files.",)


def test_no_list_no_plan(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    with pytest.raises(NetworkError) as error:
        gdelt.v1(ALWAYS, tmp_path, line)
    text = str(error.value)
    assert text.startswith("gdelt_v1: the publisher's list of files, events/filesizes, cannot be")
    assert "\n" not in text


def test_an_end_after_the_list_is_expected_to_be_there_by_now() -> None:
    file = Remote("s", "a", (), "a", first=datetime(2020, 1, 1), last=datetime(2020, 1, 2))
    asked = expected([file], Period(None, datetime(2020, 1, 4)), DAY, DAY)
    assert ranges(uncovered(asked, [file], DAY), DAY) == [("2020-01-02", "2020-01-03")]
    assert len(expected([file], ALWAYS, DAY, DAY)) == 1
    far = expected([file], Period(None, datetime(9999, 1, 1)), DAY, DAY)
    assert datetime(2020, 1, 4) in far
    assert far[-1] < datetime.now()


def entry(label: str, **data: object) -> dict[str, object]:
    return {"label": label, "dataFile": {"filename": label, **data}}


ICEWS = [
    entry("CAMEO.CDB.09b5.pdf", id=1, filesize=5, md5="1" * 32),
    entry("events.1995.20150313082510.tab.zip", id=2, filesize=7, md5="2" * 32),
    entry("events.2019.20200427085336.tab", id=3, filesize=11,
          originalFileFormat="text/tsv", originalFileSize=9,
          originalFileName="events.2019.20200427085336.tsv",
          checksum={"type": "MD5", "value": "3" * 32}),
    entry("20181004-icews-events.zip", id=4, filesize=13,
          checksum={"type": "SHA-1", "value": "4" * 40}),
]  # fmt: skip


def listed(publisher: Publisher, doi: str, entries: object) -> None:
    path = f"/api/datasets/:persistentId/versions/:latest-published/files?persistentId={doi}"
    publisher.put(path, json.dumps({"status": "OK", "data": entries}).encode())


def test_a_dataverse_is_asked_for_files_of_acts(
    publisher: Publisher, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(dataverse.KEY, " my-key\n")
    old, new = dataverse.DATASETS["icews"].dois
    listed(publisher, old, ICEWS)
    listed(publisher, new, [])
    found = dataverse.listing("icews", ALWAYS, tmp_path, line)
    url = f"{publisher.host}/api/access/datafile"
    assert [(f.name, f.urls[0], f.bytes, f.exact, f.md5, f.members) for f in found.files] == [
        ("events.1995.20150313082510.tab.zip", f"{url}/2", 7, True, "2" * 32, "*.tab"),
        ("events.2019.20200427085336.tsv", f"{url}/3?format=original", 9, False, "3" * 32, "*"),
        ("20181004-icews-events.zip", f"{url}/4", 13, True, None, "*.tab"),
    ]
    assert found.remarks == (f"icews: none of the 0 files of {new} is one of acts.",)
    assert {headers.get("X-Dataverse-key") for *_, headers in publisher.asked} == {"my-key"}
    assert dict(found.files[0].secret) == {"X-Dataverse-key": "my-key"}
    year = Period(datetime(1995, 3, 1), datetime(1995, 4, 1))
    assert len(dataverse.listing("icews", year, tmp_path, line).files) == 1


def test_names_of_polecat(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    [doi] = dataverse.DATASETS["polecat"].dois
    names = ("ngecEvents.20230103111842.Release603.DV.txt", "ngecEventsDV-2022.txt.zip")
    listed(publisher, doi, [entry(n, id=i, md5="0" * 32) for i, n in enumerate((*names, "README"))])
    found = dataverse.listing("polecat", ALWAYS, tmp_path, line)
    assert [(f.name, f.first, f.last) for f in found.files] == [
        (names[0], datetime(2022, 12, 27), datetime(2023, 1, 4)),
        (names[1], datetime(2022, 1, 1), datetime(2023, 1, 1)),
    ]


def test_a_dataverse_that_wants_a_key_or_answers_nonsense(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    [doi] = dataverse.DATASETS["polecat"].dois
    listed(publisher, doi, [])
    [path] = publisher.pages
    publisher.pages[path].tricks = [status(401)]
    with pytest.raises(NetworkError, match="put yours into DATAVERSE_API_TOKEN"):
        dataverse.listing("polecat", ALWAYS, tmp_path, line)
    publisher.put(path, b"{}")
    with pytest.raises(NetworkError, match="found no list of files"):
        dataverse.listing("polecat", ALWAYS, tmp_path, line)
