"""ICEWS files, line by line: acts, sentences of a story, mirrored pairs, and refusals."""

import ibis
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.schema.fit import fit
from realpolitik.sources import FOLDER, shape, sniff
from realpolitik.sources.icews import acts
from tests.sources import checks

LINES = (FOLDER / "icews" / "sample.tab").read_text(encoding="utf-8").split("\n")
NAMES = LINES[0].split("\t")


def row(**changed):
    fields = LINES[1].split("\t")
    for name, value in changed.items():
        fields[NAMES.index(acts.FIELDS[name])] = value
    return "\t".join(fields)


def written(tmp_path, *lines, end="\n"):
    path = tmp_path / "icews.tab"
    path.write_bytes(end.join([LINES[0], *lines]).encode())
    return path


def read(path, *off):
    rows = acts.marked(ibis.duckdb.connect(), path, frozenset(off))
    return shape.accepted(rows).order_by("act_id").to_pyarrow().to_pylist()


def refused(path):
    return shape.refusals(acts.marked(ibis.duckdb.connect(), path))


def test_every_line_of_the_real_files_is_accounted_for(shared_data):
    paths = sorted((shared_data / "events" / "icews").glob("*.tab"))
    con = ibis.duckdb.connect()
    marked = shape.held(con, acts.marked(con, paths))
    reasons, kept = shape.refusals(marked), shape.accepted(marked)
    fit(kept, "acts")
    lines = sum(path.read_bytes().count(b"\n") - 1 for path in paths)
    assert checks.count(marked) == lines == 163_949
    assert checks.count(kept) == 53_435
    assert checks.count(kept) + sum(reasons.values()) == lines
    assert "unknown country name" not in reasons
    pairs = kept.filter(kept.flags == "mirrored")
    assert checks.count(pairs) == 21_638
    # Each names the other, and the other it.
    other = kept.select(other="act_id", back="related")
    both = pairs.join(other, pairs.related == other.other)
    assert checks.count(both.filter(both.back == both.act_id)) == 21_638
    assert all(acts.sniff(sniff.head(path)) for path in paths)


def test_no_other_real_file_is_taken(shared_data):
    for path in checks.real_files(shared_data):
        taken = acts.sniff(sniff.head(path))
        assert bool(taken) == (path.parent.name == "icews"), path


def test_any_order_gives_the_same_acts(tmp_path):
    body = [*(line for line in LINES[1:] if line), row(id="9", code="010"), row(id="8", code="010")]
    there, back = (read(written(tmp_path, *lines)) for lines in (body, reversed(body)))
    assert there == back


@pytest.mark.parametrize("day", ["2017-12-01", "12/1/2017", "12/01/2017"])
def test_days_as_the_yearly_file_writes_them(tmp_path, day):
    [found] = read(written(tmp_path, row(day=day)))
    assert found["date"].isoformat() == "2017-12-01"
    assert found["act_id"] == "icews:501:2017-12-01"


@pytest.mark.parametrize("day", ["13/1/2017", "2017-13-01", "2017-1", "", "1 Dec 2017"])
def test_other_days_are_refused(tmp_path, day):
    assert refused(written(tmp_path, row(day=day))) == {"unreadable date": 1}


NO = "actor acts for no state or known group: "


@pytest.mark.parametrize(
    ("name", "sectors", "country", "becomes"),
    [
        ("Iran", "", "Iran", "IRN"),
        ("Russia", "NA", "Russian Federation", "RUS"),
        ("Somebody", "", "Iran", NO + "no sector"),
        ("Head (Iran)", "Executive Office,Government,Executive", "Iran", "IRN"),
        ("Head (Iran)", "Parties,Executive,Government,Ideological", "Iran", "IRN"),
        ("Army (Iran)", "Government,Military,Army", "Iran", "IRN"),
        ("Ministry (Iran)", "Government,Water Ministry", "Iran", "IRN"),
        ("Iran Office", "Government", "Iran", "IRN"),
        ("Court (Iran)", "Judicial,Government", "Iran", NO + "parliament or court"),
        ("Mayor (Iran)", "Municipal,Government", "Iran", NO + "local government"),
        ("Firm (Iran)", "Business,Social", "Iran", NO + "society"),
        ("Rebel (Iran)", "Rebel,Dissident", "Iran", NO + "dissidents"),
        ("Party (Iran)", "Parties", "Iran", NO + "other sectors"),
        ("Hamas", "Rebel,Dissident", "Occupied Palestinian Territory", "HAMAS"),
        ("European Union", "International Government Organization", "", "EU"),
        ("Africa", "", "", NO + "no country"),
        ("", "", "", "empty actor"),
        ("X", "Government", "Nowhere", "unknown country name"),
    ],
)
def test_who_acts(tmp_path, name, sectors, country, becomes):
    actor = {"actor_native": name, "actor_sectors": sectors, "actor_country": country}
    target = {"target_native": "France", "target_country": "France"}
    path = written(tmp_path, row(**actor, **target))
    found = [one["actor"] for one in read(path)] or list(refused(path))
    assert found == [becomes]


def test_agents_taken_for_their_state_are_flagged(tmp_path):
    path = written(tmp_path, row(actor_sectors="Social,Media"))
    assert read(path) == []
    assert [one["flags"] for one in read(path, "roles")] == ["agent as state"]


def test_sentences_are_one_cluster_and_copies_one_act(tmp_path):
    path = written(tmp_path, row(id="1"), row(id="2", sentence="2"), row(id="3"))
    first, second = read(path)
    assert (first["source_event_id"], first["reports"], second["reports"]) == ("1", 2, 1)
    assert first["cluster"] == second["cluster"]
    assert len(read(path, "repeats")) == 3


def turned(**changed):
    return row(
        actor_native="Iran", actor_country="Iran", target_native="United States",
        target_country="United States", **changed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("there", "back", "paired"),
    [("040", "040", True), ("042", "043", True), ("043", "042", True), ("042", "042", False),
     ("112", "112", False), ("040", "041", False), ("057", "057", False)],
)  # fmt: skip
def test_the_two_sides_of_a_meeting_name_each_other(tmp_path, there, back, paired):
    path = written(tmp_path, row(id="1", code=there), turned(id="2", code=back))
    day = "2018-12-26"
    other = [f"icews:2:{day}", f"icews:1:{day}"] if paired else [None, None]
    assert [one["related"] for one in read(path)] == other
    assert {one["flags"] for one in read(path)} == {"mirrored" if paired else None}
    assert {one["flags"] for one in read(path, "mirrors")} == {None}


def test_meetings_told_in_two_stories_are_no_pair(tmp_path):
    path = written(tmp_path, row(id="1", code="040"), turned(id="2", code="040", story="x"))
    assert {one["related"] for one in read(path)} == {None}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(tmp_path, end):
    assert len(read(written(tmp_path, row(id="1"), row(id="2", sentence="2"), end=end))) == 2


def test_columns_are_found_by_name(tmp_path):
    path = tmp_path / "other.tab"
    names = [*NAMES[:3], *reversed(NAMES[3:])]
    fields = row().split("\t")
    path.write_text("\t".join(names) + "\n" + "\t".join([*fields[:3], *reversed(fields[3:])]))
    [found] = read(path)
    assert (found["actor"], found["target"], found["code"]) == ("USA", "IRN", "112")
    assert acts.sniff(sniff.head(path))


@pytest.mark.parametrize("text", ["", "\n", "Event ID\tEvent Date\n1\t2\n"])
def test_a_file_without_the_header_is_refused_in_one_line(tmp_path, text):
    path = tmp_path / "bad.tab"
    path.write_text(text)
    with pytest.raises(CorruptFile) as caught:
        acts.marked(ibis.duckdb.connect(), path)
    assert "\n" not in str(caught.value)
    assert acts.sniff(sniff.head(path)) is None
