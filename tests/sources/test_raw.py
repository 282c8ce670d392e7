"""Lines and records as they come: none lost, whatever the ends and the bytes."""

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import raw


@pytest.mark.parametrize("block", [1, 2, 3, 1000])
@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"a", ["a"]),
        (b"a\nb", ["a", "b"]),
        (b"\n\na\r\n\r\nb\rc", ["", "", "a", "", "b", "c"]),
        (b"\xef\xbb\xbfa\xc3\xa9\n", ["aé"]),
        (b"a\xff\x00b\n", ["aÿ\x00b"]),
        (b"\r", [""]),
    ],
)
def test_lines(tmp_path, monkeypatch, data, lines, block):
    monkeypatch.setattr(raw, "BLOCK", block)
    path = tmp_path / "file"
    path.write_bytes(data)
    found = raw.lines(ibis.duckdb.connect(), [path]).to_pyarrow().to_pylist()
    assert found == [{"line": n, "raw_line": text} for n, text in enumerate(lines, start=1)]


def test_records(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(b'a,,a\n1,"x\n,y",2\n\n1,2,3,4\n\xff\n')
    found = raw.records(ibis.duckdb.connect(), [path]).to_pyarrow().to_pylist()
    assert [tuple(row.values()) for row in found] == [
        (3, "1,x\n,y,2", 3, "1", "x\n,y", "2"),
        (4, "", 0, None, None, None),
        (5, "1,2,3,4", 4, "1", "2", "3"),
        (6, "ÿ", 1, "ÿ", None, None),
    ]
    assert list(found[0])[3:] == ["a", "_2", "a_3"]


def test_absent_file_is_told_in_one_line(tmp_path):
    with pytest.raises(CorruptFile, match="no readable file"):
        raw.lines(ibis.duckdb.connect(), [tmp_path / "absent"])
