"""GDELT exports of both versions, line by line: acts, repeats, anniversaries, and refusals."""

import ibis
import pytest

from realpolitik.schema.fit import fit
from realpolitik.sources import FOLDER, shape, sniff
from realpolitik.sources.gdelt import columns
from realpolitik.sources.gdelt_v1 import acts as v1
from realpolitik.sources.gdelt_v2 import acts as v2
from tests.sources import checks

SAMPLE = (FOLDER / "gdelt_v2" / "sample.csv").read_text(encoding="utf-8").split("\n")
PLACES = {name: place[1] for name, place in columns.FIELDS.items()}
BARE = {"actor_group": "", "actor_religion": "", "actor_role": ""}


def row(**changed):
    fields = SAMPLE[0].split("\t")
    for name, value in changed.items():
        fields[PLACES[name]] = value
    return "\t".join(fields)


def written(tmp_path, *lines, end="\n", encoding="utf-8"):
    path = tmp_path / "gdelt[1].csv"
    path.write_bytes("".join(line + end for line in lines).encode(encoding))
    return path


def read(path, off=()):
    con = ibis.duckdb.connect()
    return shape.accepted(v2.marked(con, path, frozenset(off))).order_by("act_id")


def refused(path, off=()):
    return shape.refusals(v2.marked(ibis.duckdb.connect(), path, frozenset(off)))


@pytest.fixture(scope="module")
def exports(shared_data):
    return sorted((shared_data / "events" / "gdelt_v2").glob("*.export.CSV"))


def test_every_line_of_the_real_exports_is_accounted_for(exports):
    con = ibis.duckdb.connect()
    marked = shape.held(con, v2.marked(con, exports))
    reasons = shape.refusals(marked)
    lines = sum(path.read_bytes().count(b"\n") for path in exports)
    acts = shape.accepted(marked)
    fit(acts, "acts")
    assert checks.count(marked) == lines == 71_027
    assert checks.count(acts) == 7_415
    assert reasons["exact repeat"] == 4_363
    assert reasons["empty actor"] == 14_034
    assert checks.count(acts) + sum(reasons.values()) == lines
    assert checks.count(acts.filter(acts.flags == "anniversary")) == 155
    assert "code not in the vocabulary" not in reasons
    agencies = marked.filter(marked.raw_line.contains("\tREUTERS\t"))
    assert checks.count(agencies.filter(agencies.refused.isnull())) == 0


@pytest.mark.parametrize(
    ("name", "rows", "acts", "repeats"),
    [
        ("gdelt_v1/mixed-57-and-58-columns.csv", 100, 10, 3),
        ("gdelt_v1/1986.csv", 6_320, 1_744, 789),
        ("gdelt_v1/20151207.export.CSV", 5_000, 473, 324),
        ("gdelt_v2/gdeltpyr_2018-05-08.csv", 4_108, 243, 138),
    ],
)
def test_real_files_by_hand(shared_data, name, rows, acts, repeats):
    path = shared_data / "events" / name
    found = checks.account(name.partition("/")[0], path)
    header = 1 if path.name in ("1986.csv", "gdeltpyr_2018-05-08.csv") else 0
    assert found["rows"] == len(path.read_bytes().splitlines()) - header == rows
    assert (found["acts"], found["repeats"]) == (acts, repeats)


def test_days_after_the_report_and_spaces_before_codes(shared_data):
    path = shared_data / "events" / "gdelt_v1" / "mixed-57-and-58-columns.csv"
    con = ibis.duckdb.connect()
    assert shape.refusals(v1.marked(con, path))["date after the report"] == 10
    marked = v1.marked(con, path)
    assert checks.count(marked.filter(marked.actor_native != marked.actor_native.strip())) == 0


def test_the_truncated_line_of_the_resaved_file_is_refused(shared_data):
    path = shared_data / "events" / "gdelt_v2" / "gdeltpyr_2018-05-08.csv"
    found = v2.marked(ibis.duckdb.connect(), path)
    [last] = found.filter(found.line == 4_109).to_pyarrow().to_pylist()
    # It breaks off inside a quoted field, in which commas no longer divide.
    assert last["refused"].startswith("fields: ")
    assert last["refused"].endswith(", expected 62")


def test_a_backfile_has_no_anniversaries(shared_data):
    path = shared_data / "events" / "gdelt_v1" / "1986.csv"
    acts = v1.read(ibis.duckdb.connect(), path)
    assert checks.count(acts.filter(acts.flags.notnull())) == 0


def test_every_real_file_is_recognised_by_one_version_only(shared_data):
    for path in checks.real_files(shared_data):
        head = sniff.head(path)
        found = [name for name, one in (("gdelt_v1", v1), ("gdelt_v2", v2)) if one.sniff(head)]
        own = path.parent.name in ("gdelt_v1", "gdelt_v2") and "mentions" not in path.name
        assert found == ([path.parent.name] if own else []), path
        assert bool(columns.mentions(head)) == ("mentions" in path.name), path


def test_text_and_tables_are_no_gdelt(tmp_path):
    for text in ("", "\n\n", "a,b\n1,2\n", "just words\n" * 9, "\t" * 60 + "\n"):
        path = tmp_path / "other.txt"
        path.write_text(text)
        head = sniff.head(path)
        assert v1.sniff(head) is v2.sniff(head) is columns.mentions(head) is None


def test_any_order_gives_the_same_acts(tmp_path):
    for name in ("gdelt_v1", "gdelt_v2"):
        source = FOLDER / name / "sample.csv"
        lines = source.read_text(encoding="utf-8").split("\n")
        turned = tmp_path / f"{name}.csv"
        turned.write_text("\n".join(reversed(lines)), encoding="utf-8")
        reader = v1 if name == "gdelt_v1" else v2
        con = ibis.duckdb.connect()
        there, back = (
            reader.read(con, path).order_by("act_id").to_pyarrow() for path in (source, turned)
        )
        assert there.equals(back)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(tmp_path, end):
    path = written(tmp_path, row(id="1"), row(id="2", event_code="010"), "", end=end)
    assert [r["source_event_id"] for r in read(path).to_pyarrow().to_pylist()] == ["1", "2"]
    assert refused(path) == {"empty line": 1}


def test_line_ends_may_be_mixed(tmp_path):
    path = tmp_path / "gdelt.csv"
    path.write_bytes(f"{row(id='1')}\r\n\r\n{row(id='2')}\r{row(id='3')}".encode())
    assert checks.count(read(path, ["repeats"])) == 3


@pytest.mark.parametrize("sign", ["\udcff", "\0", "\x1f\x1e", "\x01", '"'])
def test_strange_bytes_lose_no_line(tmp_path, sign):
    path = tmp_path / "gdelt.csv"
    bad = row(id="1", story=f"https://example.org/{sign}")
    path.write_bytes((bad + "\n" + row(id="2")).encode("utf-8", "surrogateescape"))
    assert checks.count(read(path)) == 2


def test_a_very_long_line_is_refused_and_the_next_one_read(tmp_path):
    path = written(tmp_path, "x" * 3_000_000, row(id="2"))
    assert refused(path) == {"fields: 1, expected 61": 1}
    assert checks.count(read(path)) == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"actor_name": "REUTERS"}, "agency, person or place coded as a state"),
        ({"actor_name": "TOWN", "place_3": "Town, Ohio, United States"},
         "place name coded as a state"),
        ({"actor_name": "OHIO", "place_1": "Town, Ohio, United States"},
         "place name coded as a state"),
        ({"actor_name": "AMERICAN"}, None),
        ({"actor_name": "WASHINGTON", "place_3": "Washington, District of Columbia, United States"},
         None),
        ({"actor_native": "", "actor_country": ""}, "empty actor"),
        ({"actor_role": "GOV"}, None),
        ({"actor_role": "MED"}, "actor acts for no state or known group: role MED"),
        ({"actor_role": "LEG"}, "actor acts for no state or known group: role LEG"),
        ({"actor_group": "HRW"}, "HRW: an organisation or party without a code here"),
        ({"actor_group": "QQQ"}, "unknown actor code"),
        ({"actor_country": "QQQ"}, "unknown actor code"),
        ({"day": "20200311"}, "date after the report"),
        ({"day": "20990101", "added": "20990102000000"}, "date in the future"),
        ({"day": "2020-3-1"}, "unreadable date"),
        ({"day": "+2020031"}, "unreadable date"),
        ({"event_code": "10"}, None),
        ({"event_code": "1"}, "code not in the vocabulary"),
        ({"event_code": "---"}, "code not in the vocabulary"),
    ],
)  # fmt: skip
def test_refusals_name_the_reason(tmp_path, changed, reason):
    path = written(tmp_path, row(**changed))
    assert refused(path) == ({reason: 1} if reason else {})


@pytest.mark.parametrize(
    ("rule", "changed", "flag"),
    [
        ("roles", {"actor_role": "MED"}, "agent as state"),
        ("names", {"actor_name": "REUTERS"}, "agent as state"),
        ("places", {"actor_role": "GOV", "actor_name": "OHIO", "place_3": "Ohio, Ohio, USA"},
         "agent as state"),
        ("late", {"day": "20200311"}, None),
        ("anniversaries", {"day": "20190311"}, None),
    ],
)  # fmt: skip
def test_rules_can_be_switched_off(tmp_path, rule, changed, flag):
    path = written(tmp_path, row(**changed))
    [found] = read(path, [rule]).to_pyarrow().to_pylist()
    assert found["flags"] == flag
    before = read(path).to_pyarrow().to_pylist()
    assert [r["flags"] for r in before] == (["anniversary"] if rule == "anniversaries" else [])
    assert rule in v1.RULES
    assert v1.RULES == v2.RULES


def test_repeats_are_told_by_day_actors_code_and_story(tmp_path):
    lines = [row(id="3"), row(id="2"), row(id="1", story="https://example.org/else")]
    lines += [row(id="4", event_code="111"), row(id="5", actor_native="USAGOV", actor_role="GOV")]
    path = written(tmp_path, *lines)
    found = read(path).to_pyarrow().to_pylist()
    assert {r["source_event_id"]: r["reports"] for r in found} == {"1": 1, "2": 2, "4": 1, "5": 1}
    assert checks.count(read(path, ["repeats"])) == 5


def test_a_refused_copy_takes_no_act_away(tmp_path):
    path = written(tmp_path, row(id="1", actor_name="REUTERS"), row(id="2"))
    [found] = read(path).to_pyarrow().to_pylist()
    assert (found["source_event_id"], found["reports"]) == ("2", 1)


def test_the_cluster_is_the_story_with_dyad_and_root(tmp_path):
    lines = [row(id="1"), row(id="2", event_code="111"), row(id="3", event_code="010")]
    lines += [row(id="4", event_code="113", story="https://example.org/else")]
    found = read(written(tmp_path, *lines)).to_pyarrow().to_pylist()
    clusters = {r["source_event_id"]: r["cluster"] for r in found}
    assert clusters["1"] == clusters["2"]
    assert len(set(clusters.values())) == 3


NAMES = [name for _, _, name in columns.FIELDS.values()]


def resaved(tmp_path, *rows, names=NAMES, delimiter=","):
    lines = [delimiter.join(names)]
    for changed in rows:
        fields = {name: SAMPLE[0].split("\t")[place] for name, place in PLACES.items()} | changed
        lines.append(delimiter.join(fields[name] for name in columns.FIELDS))
    return written(tmp_path, *lines)


@pytest.mark.parametrize(
    ("code", "root", "becomes"),
    [("10", "1", "010"), ("10", "10", "10"), ("311", "3", "0311"), ("10.0", "1.0", "010"),
     ("190", "19", "190"), ("043", "04", "043")],
)  # fmt: skip
def test_lost_zeros_are_restored_where_the_root_shows_the_loss(tmp_path, code, root, becomes):
    path = resaved(tmp_path, {"event_code": code, "event_root": root})
    [found] = read(path).to_pyarrow().to_pylist()
    assert found["code"] == becomes


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_a_resaved_file_is_read_by_its_header(tmp_path, delimiter):
    lower = [name.lower().replace("_", "") for name in NAMES]
    changed = {
        "id": "7.0", "actor_group": "NA", "target_religion": "nan", "actor_name": '"UNITED STATES"',
        "place_3": f'"Tehran{delimiter} ""Old"" Town"',
    }  # fmt: skip
    path = resaved(tmp_path, changed, names=lower, delimiter=delimiter)
    [found] = read(path).to_pyarrow().to_pylist()
    assert found["act_id"] == "gdelt_v2:7"
    assert v2.sniff(sniff.head(path))
    assert v1.sniff(sniff.head(path)) is None


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    from realpolitik.errors import CorruptFile

    with pytest.raises(CorruptFile, match="no readable file"):
        v2.marked(ibis.duckdb.connect(), tmp_path / "none.csv")
