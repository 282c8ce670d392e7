"""Files known to hold no acts are named for what they are, and none of a source is taken for one."""

import gzip
from pathlib import Path

import pytest

import realpolitik as rp
from realpolitik.sources import FOLDER, sniff, unread

SAMPLES = sorted(FOLDER.glob("*/sample.*"))
LISTED = unread._listed()


def seen(data: bytes) -> sniff.Head:
    return sniff.Head(data, True)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_no_sample_of_a_source_is_left_out(path: Path):
    assert unread.why(sniff.head(path)) is None


@pytest.mark.parametrize(
    ("columns", "what"), LISTED, ids=lambda v: v[:20] if isinstance(v, str) else sorted(v)[0]
)
def test_a_table_is_known_by_its_columns(columns, what):
    header = ",".join(f'"{name}"' for name in sorted(columns))
    found = seen(f"{header},more\n1,2\n".encode())
    assert unread.why(found) == f"It holds {what}."
    assert sniff.recognise(found, ("cow_mid", "us_missions", "icb", "un_votes")) == ()
    fewer = ",".join(sorted(columns)[1:])
    assert unread.why(seen(f"{fewer}\n1,2\n".encode())) is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"RDX3\nX\n\0\0\0\3", "objects of R"),
        (b"51 20130401.export.CSV.zip\n", "names of a publisher's files"),
        (b"9" * 32 + b"  2005.zip\n", "names of a publisher's files"),
        (b"7 " + b"a" * 32 + b" http://a.org/1.export.CSV.zip\n", "names of a publisher's files"),
        (b"United Nations\t3\nIran\t4\n", "names with their numbers"),
        (b"23033\t256", "how many names"),
        (b"X\n\0\0\0\3\0\4", "objects of R"),
        (b"\\name{x}\n\\docType{data}\n", "help on a data set of R"),
        (b"# Codebook\n\nrows, columns\n", "text for readers"),
    ],
)
def test_what_is_no_table(data, says):
    assert says in (unread.why(seen(data)) or "")


def test_what_is_not_known_is_not_left_out():
    assert unread.why(seen(b"a,b\n1,2\n")) is None
    assert unread.why(seen(b"")) is None
    assert unread.why(seen(b"# a\tb\n1\t2\n")) is None


def test_left_out_is_no_trouble_beside_files_that_are_read(tmp_path, run):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "nca.csv").write_bytes((FOLDER / "nca/sample.csv").read_bytes())
    (folder / "td.csv").write_text(
        "rivalryno,rivalryname,ccode1,ccode2,styear,endyear\n1,a,2,3,4,5\n"
    )
    (folder / "x.rda").write_bytes(gzip.compress(b"RDX3\nX\n"))
    lake = str(tmp_path / "lake")
    rows = {row["file"]: row for row in rp.ingest("auto", folder, lake=lake).rows}
    assert [rows[name]["status"] for name in ("nca.csv", "td.csv", "x")] == [
        "loaded", "left out", "left out",
    ]  # fmt: skip
    assert run("ingest", "auto", folder, "--lake", lake).exit_code == 0
    assert run("ingest", "auto", folder / "td.csv", "--lake", lake).exit_code == 2
    assert rp.verify(lake=lake).rows == []


@pytest.fixture
def run():
    from click.testing import CliRunner

    from realpolitik.cli import program

    return lambda *words: CliRunner().invoke(program, [str(word) for word in words])


def test_names_whose_numbers_do_not_count_on_are_no_list():
    assert unread.why(seen(b"United Nations\t3\nIran\t9\n")) is None
