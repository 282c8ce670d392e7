"""A file comes whole and checked, however its publisher misbehaves, or it does not come."""

from __future__ import annotations

import random
import ssl
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from realpolitik.net import crew, http
from realpolitik.net.download import NotGot, Stopped, download, fresh, probe, waiting
from realpolitik.net.http import Broken, Client, Untrusted
from realpolitik.net.line import Line
from realpolitik.net.plan import Remote
from tests.net.server import Publisher, cut, md5, publishing, stall, status, wrong

BODY = random.Random(7).randbytes(300_000)
HALF = 150_000


def remote(publisher: Publisher, body: bytes = BODY, **more: object) -> Remote:
    known = {"bytes": len(body), "md5": md5(body)} | more
    return Remote("s", "a.zip", (publisher.host,), "a.zip", **known)  # type: ignore[arg-type]


def got(publisher: Publisher, line: Line, folder: Path, **more: object) -> bytes:
    found = download(remote(publisher, **more), folder, line)
    assert [path.name for path in sorted(folder.iterdir())] == ["a.zip", "a.zip.note"]
    return found.path.read_bytes()


def refused(publisher: Publisher, line: Line, folder: Path, **more: object) -> str:
    with pytest.raises(NotGot) as error:
        download(remote(publisher, **more), folder, line)
    assert not (folder / "a.zip").exists()
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_file_comes_whole_and_says_who_asks(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    url = publisher.put("/a.zip", BODY, tag='"v1"')
    found = download(remote(publisher), tmp_path, line)
    assert (found.url, found.bytes, found.md5, found.tag) == (url, len(BODY), md5(BODY), '"v1"')
    [headers] = publisher.gets("/a.zip")
    assert headers["User-Agent"] == "realpolitik/test"
    assert headers["Accept-Encoding"] == "identity"
    assert download(remote(publisher), tmp_path, line) == found
    assert len(publisher.gets("/a.zip")) == 1, "the second run finds it there"


@pytest.mark.parametrize("reset", [False, True], ids=["truncated", "reset"])
def test_a_broken_connection_is_resumed(
    publisher: Publisher, line: Line, tmp_path: Path, reset: bool
) -> None:
    publisher.put("/a.zip", BODY, cut(HALF, reset))
    assert got(publisher, line, tmp_path) == BODY
    first, second = publisher.gets("/a.zip")
    assert "Range" not in first
    at = int(second["Range"].removeprefix("bytes=").removesuffix("-"))
    assert at == HALF if not reset else 0 < at <= HALF


def test_a_server_that_ignores_range_is_taken_from_the_start(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    publisher.put("/a.zip", BODY, cut(HALF), ranges=False)
    assert got(publisher, line, tmp_path) == BODY
    _, second = publisher.gets("/a.zip")
    assert second["Range"] == f"bytes={HALF}-"


def test_a_stall_is_not_waited_for(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    publisher.put("/a.zip", BODY, stall(HALF, 5))
    began = time.monotonic()
    assert got(publisher, line, tmp_path) == BODY
    assert 0.3 < time.monotonic() - began < 3
    assert publisher.gets("/a.zip")[1]["Range"] == f"bytes={HALF}-"


def test_a_dribble_is_a_stall(
    publisher: Publisher, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "WINDOW_SECONDS", 0.1)
    monkeypatch.setattr(http, "LEAST", 1 << 20)
    publisher.put("/a.zip", BODY)
    publisher.pace = 0.05
    assert "bytes came in" in refused(publisher, replace(line, attempts=1), tmp_path)


@pytest.mark.parametrize("code", [500, 502, 503, 504, 408])
def test_a_troubled_server_is_asked_again(
    publisher: Publisher, line: Line, tmp_path: Path, code: int
) -> None:
    publisher.put("/a.zip", BODY, status(code), status(code))
    assert got(publisher, line, tmp_path) == BODY


def test_a_server_in_lasting_trouble_is_left_alone(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    publisher.put("/a.zip", BODY, *[status(500)] * 9)
    assert "HTTP status 500 (5 tries)" in refused(publisher, line, tmp_path)
    assert len(publisher.gets("/a.zip")) == 5


def test_waits_grow_and_differ(line: Line) -> None:
    slow = replace(line, first_wait=1.0)
    waits = [[slow.back_off(tries) for _ in range(50)] for tries in range(8)]
    assert all(0.5 * 2**i <= wait <= 2**i for i, own in enumerate(waits[:6]) for wait in own)
    assert len(set(waits[0])) > 40
    assert max(waits[7]) <= 60


@pytest.mark.parametrize("date", [False, True], ids=["seconds", "date"])
def test_retry_after_is_honoured_by_everybody(
    publisher: Publisher, line: Line, tmp_path: Path, date: bool
) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    publisher.put("/a.zip", BODY, status(429, Retry_After=later if date else "1"))
    began = time.monotonic()
    assert got(publisher, line, tmp_path) == BODY
    assert time.monotonic() - began > (0.5 if date else 0.95)


def test_who_asks_for_hours_is_left_alone(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    publisher.put("/a.zip", BODY, status(429, Retry_After="7200"))
    why = refused(publisher, line, tmp_path)
    assert "asks to be left alone for 120 minutes; run the same command after that" in why
    assert len(publisher.gets("/a.zip")) == 1


def test_a_gap_is_missing_and_asked_for_once(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    with pytest.raises(NotGot) as error:
        download(remote(publisher), tmp_path, line)
    assert error.value.missing
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("code", [401, 403])
def test_a_closed_door_says_so(publisher: Publisher, line: Line, tmp_path: Path, code: int) -> None:
    publisher.put("/a.zip", BODY, status(code))
    assert "not given without a right to it" in refused(publisher, line, tmp_path)


def test_a_wrong_digest_is_never_believed(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    bad = bytes(len(BODY))
    publisher.put("/a.zip", bad)
    why = refused(publisher, line, tmp_path)
    assert f"its MD5 is {md5(bad)}, the publisher's list says {md5(BODY)}" in why
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip.part.note"]


def test_halves_of_two_versions_are_thrown_away(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    tmp_path.joinpath("a.zip.part").write_bytes(bytes(HALF))
    publisher.put("/a.zip", BODY)
    assert got(publisher, line, tmp_path) == BODY
    assert [headers.get("Range") for headers in publisher.gets("/a.zip")] == ["bytes=150000-", None]


@pytest.mark.parametrize("body", [BODY + b"x", BODY[:-1]], ids=["longer", "shorter"])
def test_another_length_than_listed_is_refused_before_it_comes(
    publisher: Publisher, line: Line, tmp_path: Path, body: bytes
) -> None:
    publisher.put("/a.zip", body)
    assert f"it has {len(body)} bytes, the publisher's list says 300000" in refused(
        publisher, line, tmp_path
    )


def test_a_mirror_gives_what_the_first_host_does_not(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    publisher.put("/a.zip", BODY, wrong(bytes(len(BODY))))
    with publishing() as mirror:
        mirror.put("/a.zip", BODY)
        both = replace(remote(publisher), hosts=(publisher.host, mirror.host))
        assert download(both, tmp_path, line).url == f"{mirror.host}/a.zip"


def test_a_half_from_one_host_is_completed_by_another(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    publisher.put("/a.zip", BODY, *[cut(HALF)] * 1, *[status(500)] * 9)
    with publishing() as mirror:
        mirror.put("/a.zip", BODY)
        both = replace(remote(publisher), hosts=(publisher.host, mirror.host))
        assert download(both, tmp_path, line).path.read_bytes() == BODY
        [headers] = mirror.gets("/a.zip")
        assert headers["Range"] == f"bytes={HALF}-"
        assert line.order(both.urls)[0].startswith(mirror.host), "the next file begins there"


def test_a_certificate_of_another_host_leads_to_the_next_host(
    publisher: Publisher, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.put("/a.zip", BODY)
    original = Client._open
    tried: list[str] = []

    def open_(self: Client, method: str, url: str, headers: dict[str, str]) -> object:
        tried.append(url)
        if url.startswith("https"):
            raise http._broken(
                ssl.SSLCertVerificationError(
                    "certificate verify failed: Hostname mismatch, certificate is not valid for x"
                )
            )
        return original(self, method, url, headers)

    monkeypatch.setattr(Client, "_open", open_)
    both = replace(remote(publisher), hosts=("https://127.0.0.1:1", publisher.host))
    assert download(both, tmp_path, line).url.startswith("http:")
    download(replace(both, name="b.zip"), tmp_path, line)
    assert [url.partition(":")[0] for url in tried] == ["https", "http", "http"]


def test_the_words_of_a_name_mismatch_are_known() -> None:
    for text in (
        "certificate verify failed: Hostname mismatch, certificate is not valid for 'a.org'",
        "hostname 'a.org' doesn't match '*.b.org'",
        "certificate verify failed: IP address mismatch, certificate is not valid for '1.2.3.4'",
    ):
        assert isinstance(http._broken(OSError(text)), Untrusted)
        assert "of another host" in str(http._broken(OSError(text)))
    unknown = http._broken(OSError("certificate verify failed: self-signed certificate"))
    assert isinstance(unknown, Untrusted)
    assert "not to be trusted" in str(unknown)
    assert not isinstance(http._broken(OSError("Connection reset by peer")), Untrusted)


def test_a_redirect_is_followed_and_takes_no_secret_along(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    with publishing() as store:
        there = store.put("/signed", BODY)
        url = publisher.put("/a.zip", b"", status(302, Location="/b"), status(302, Location="/b"))
        publisher.put("/b", b"", status(303, Location=there))
        key = (("X-Dataverse-key", "secret"),)
        found = download(replace(remote(publisher), secret=key), tmp_path, line)
        assert (found.url, found.bytes) == (url, len(BODY)), "the origin is the lasting address"
        assert [h.get("X-Dataverse-key") for _, _, h in publisher.asked] == ["secret"] * 2
        assert "X-Dataverse-key" not in store.asked[0][2]
        assert "secret" not in repr(replace(remote(publisher), secret=key))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "/a.zip"])
def test_a_redirect_that_leads_astray_is_refused(
    publisher: Publisher, line: Line, tmp_path: Path, target: str
) -> None:
    publisher.put("/a.zip", BODY, *[status(302, Location=target)] * 40)
    assert "sent on" in refused(publisher, replace(line, attempts=1), tmp_path)


def test_no_redirect_from_tls_to_plain() -> None:
    assert http._unsafe("https://a.org/x", "http://a.org/x")
    assert not http._unsafe("http://a.org/x", "https://a.org/x")


def test_a_web_page_is_no_file(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    publisher.put("/a.zip", b"<html>Please log in", kind="text/html; charset=utf-8")
    assert "a web page came" in refused(publisher, line, tmp_path, bytes=None, md5=None)


def test_without_a_digest_only_the_same_version_is_resumed(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    unlisted = remote(publisher, bytes=None, md5=None)
    publisher.put("/a.zip", BODY, cut(HALF), tag='"new"')
    assert download(unlisted, tmp_path, line).path.read_bytes() == BODY
    assert "Range" not in publisher.gets("/a.zip")[1], "the cut answer bore no mark"
    tmp_path.joinpath("b.zip.part").write_bytes(bytes(HALF))
    tmp_path.joinpath("b.zip.part.note").write_text(
        f'{{"url": "{publisher.host}/a.zip", "tag": "\\"old\\""}}'
    )
    other = replace(unlisted, name="b.zip")
    assert download(other, tmp_path, line).path.read_bytes() == BODY
    assert publisher.gets("/a.zip")[2]["If-Range"] == '"old"'


def test_a_list_is_fetched_anew_only_when_it_has_changed(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    unlisted = remote(publisher, bytes=None, md5=None)
    publisher.put("/a.zip", BODY, tag='"v1"')
    for _ in range(2):
        assert fresh(unlisted, tmp_path, line).read_bytes() == BODY
    assert len(publisher.gets("/a.zip")) == 1
    publisher.put("/a.zip", BODY[::-1], tag='"v2"')
    assert fresh(unlisted, tmp_path, line).read_bytes() == BODY[::-1], "as long as it was"
    publisher.put("/a.zip", b"no mark")
    for _ in range(2):
        assert fresh(unlisted, tmp_path, line).read_bytes() == b"no mark"
    assert len(publisher.gets("/a.zip")) == 4


def test_a_server_is_asked_for_length_and_mark(publisher: Publisher, line: Line) -> None:
    publisher.put("/a.zip", BODY, tag='"v1"')
    found = probe(remote(publisher, bytes=None, md5=None), line)
    assert (found.bytes, found.tag) == (len(BODY), '"v1"')
    assert [method for method, *_ in publisher.asked] == ["HEAD"]


def test_a_file_that_was_tampered_with_while_it_waited_is_fetched_again(
    publisher: Publisher, line: Line, tmp_path: Path
) -> None:
    publisher.put("/a.zip", BODY)
    path = download(remote(publisher), tmp_path, line).path
    path.write_bytes(BODY[:-1])
    assert waiting(remote(publisher), tmp_path) is None
    assert got(publisher, line, tmp_path) == BODY


def test_a_stop_keeps_what_came(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    publisher.put("/a.zip", BODY)
    publisher.pace = 0.01

    def hear(more: int) -> None:
        if more and (tmp_path / "a.zip.part").stat().st_size > 20_000:
            line.stop.set()

    with pytest.raises(Stopped):
        download(remote(publisher), tmp_path, replace(line, tell=hear))
    came = (tmp_path / "a.zip.part").read_bytes()
    assert 20_000 < len(came) < len(BODY)
    assert BODY.startswith(came)


def test_bytes_told_are_bytes_kept(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    heard: list[int] = []
    publisher.put("/a.zip", BODY, cut(HALF), stall(100, 1), ranges=False)
    download(remote(publisher), tmp_path, replace(line, tell=heard.append))
    assert sum(heard) == len(BODY)


def test_many_files_come_a_few_at_a_time(publisher: Publisher, line: Line, tmp_path: Path) -> None:
    names = [f"{i}.zip" for i in range(30)]
    for name in names[:-1]:
        publisher.put(f"/{name}", BODY[:9000])
    publisher.pace = 0.01
    files = [Remote("s", name, (publisher.host,), name, 9000, md5(BODY[:9000])) for name in names]
    done = [one for one in crew.run(files, tmp_path, line, 12) if one]
    assert [one.remote.name for one in done if one.got] == names[:-1], "in the order asked for"
    assert [(one.remote.name, one.missing) for one in done if not one.got] == [("29.zip", True)]
    assert 2 <= publisher.most <= http.PER_HOST


def test_a_full_disk_reaches_who_waits(
    publisher: Publisher, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.put("/a.zip", BODY)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("realpolitik.net.download._pour", full)
    with pytest.raises(OSError, match="No space left"):
        list(crew.run([remote(publisher)], tmp_path, line, 2))
    assert line.stop.is_set()


def test_nobody_at_the_other_end(line: Line, tmp_path: Path) -> None:
    nobody = Remote("s", "a.zip", ("http://127.0.0.1:9",), "a.zip", 1, "0" * 32)
    with pytest.raises(NotGot, match="refused"):
        download(nobody, tmp_path, line)
    with pytest.raises(Broken), line.client.get("http://127.0.0.1:9/"):
        pass
