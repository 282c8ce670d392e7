"""Archives are opened by their content, and one that was made to do harm is refused in a line."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from realpolitik.errors import CorruptFile, RealpolitikError, UsageError
from realpolitik.sources import unpack
from realpolitik.sources.unpack import File, files, opened


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def contents(path: Path, into: Path) -> list[tuple[str, bytes]]:
    found = []
    for file in opened(path, into):
        assert isinstance(file, File), str(file)
        found.append((file.name, file.path.read_bytes()))
    return found


def only_error(path: Path, into: Path) -> str:
    [error] = opened(path, into)
    assert isinstance(error, CorruptFile)
    assert "\n" not in str(error)
    return str(error)


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def test_a_plain_file_is_itself(tmp_path: Path, into: Path) -> None:
    path = tmp_path / "a.csv.zip"  # a name that lies
    path.write_bytes(b"1,2\n")
    assert contents(path, into) == [("a.csv.zip", b"1,2\n")]


def test_every_member_of_a_zip(tmp_path: Path, into: Path) -> None:
    path = zipped(tmp_path / "x", **{"a.csv": b"1", "folder/b.csv": b"2", "folder/": b""})
    assert contents(path, into) == [("a.csv", b"1"), ("b.csv", b"2")]


def test_a_gzip_stream(tmp_path: Path, into: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"1,2\n"))
    assert contents(path, into) == [("a.csv", b"1,2\n")]


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil", "..\\evil", "C:\\x"]
)
def test_a_name_that_leads_out_is_refused(tmp_path: Path, into: Path, name: str) -> None:
    path = zipped(tmp_path / "x.zip", **{name: b"1"})
    assert "leads out of the archive" in only_error(path, into)
    assert not list(into.iterdir())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["into", "x.zip"]


def test_a_bad_member_does_not_hide_the_good_ones(tmp_path: Path, into: Path) -> None:
    path = zipped(tmp_path / "x.zip", **{"../evil.csv": b"1", "good.csv": b"2"})
    found = list(opened(path, into))
    assert isinstance(found[0], RealpolitikError)
    assert isinstance(found[1], File)


@pytest.mark.parametrize("kind", ["zip", "gzip"])
def test_a_bomb_is_stopped(
    tmp_path: Path, into: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "SMALL", 1 << 20)
    data = bytes(20 << 20)
    path = tmp_path / "bomb"
    if kind == "zip":
        zipped(path, zeros=data)
    else:
        path.write_bytes(gzip.compress(data))
    assert "unpack to more than" in only_error(path, into)
    assert not list(into.iterdir())


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_half_an_archive_is_refused(tmp_path: Path, into: Path, share: float) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(range(256)) * 100)
    data = whole.getvalue()
    path = tmp_path / "half.zip"
    path.write_bytes(data[: int(len(data) * share)])
    assert "broken archive" in only_error(path, into)
    packed = gzip.compress(bytes(range(256)) * 100)
    path.write_bytes(packed[: int(len(packed) * share)])
    assert "broken archive" in only_error(path, into)


def test_a_damaged_member_is_refused(tmp_path: Path, into: Path) -> None:
    path = zipped(tmp_path / "x.zip", a=bytes(range(256)) * 50)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(bytes(data))
    assert "broken archive" in only_error(path, into)


def test_folders_are_walked_in_order_and_hidden_files_passed_over(tmp_path: Path) -> None:
    for name in ("b/2.csv", "a/1.csv", ".git/x", "a/.hidden", "3.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = [path.relative_to(tmp_path).as_posix() for path, _ in files([tmp_path])]
    assert found == ["3.csv", "a/1.csv", "b/2.csv"]
    assert files([tmp_path / "3.csv"]) == [(tmp_path / "3.csv", True)]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        files([tmp_path / "none"])
