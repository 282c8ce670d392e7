"""What every reader of a publisher's files must keep to, whatever the format."""

import random

import ibis

from realpolitik.schema.fit import fit
from realpolitik.sources import names, shape, sniff
from realpolitik.sources import reader as reader_of
from realpolitik.sources.shape import REPEAT


def account(source, path, **options):
    """Rows, acts, repeats and refused of one file, after checking that they add up."""
    con = ibis.duckdb.connect()
    reader = reader_of(source)
    marked = shape.held(con, reader.marked(con, path, **options))
    table = getattr(reader, "TABLE", "acts")
    acts = shape.accepted(marked, table)
    fit(acts, table)
    refused = shape.refusals(marked)
    repeats = sum(refused.pop(why) for why in list(refused) if why.startswith(REPEAT))
    rows, kept = count(marked), count(acts)
    assert rows == kept + repeats + sum(refused.values())
    assert acts[acts.columns[0]].nunique().to_pyarrow().as_py() == kept
    assert count(marked.filter(marked.line.isnull() | marked.raw_line.isnull())) == 0
    if "reports" in acts.columns:
        # A refused line met again is a repeat that no act has in its reports.
        again = marked.refused.startswith(REPEAT) & marked.reports.isnull()
        of_acts = repeats - (count(marked.filter(again)) if source.startswith("keds") else 0)
        assert acts.reports.sum().to_pyarrow().as_py() in (kept + of_acts, None)
    return {"rows": rows, "acts": kept, "repeats": repeats, "refused": refused}


def count(table):
    return table.count().to_pyarrow().as_py()


def same_in_any_order(source, path, tmp_path, header=0, end="\n"):
    """The acts of a file and of the same file shuffled are the same."""
    reader = reader_of(source)
    lines = path.read_text(encoding="utf-8").splitlines()
    body = lines[header:]
    random.Random(7).shuffle(body)
    other = tmp_path / f"other{path.suffix}"
    other.write_text(end.join([*lines[:header], *body]) + end, encoding="utf-8")

    def ids(one):
        rows = reader.read(ibis.duckdb.connect(), one).drop("source_event_id")
        return rows.order_by("act_id").to_pyarrow().to_pylist()

    assert ids(path) == ids(other)


def recognised(path):
    """The names of the sources that take a file for theirs."""
    return [one.source for one in sniff.recognise(sniff.head(path), sources_that_sniff())]


def sources_that_sniff():
    modules = {n: reader_of(n) for n in names()}
    return tuple(name for name, module in modules.items() if hasattr(module, "sniff"))


def sniffed(source, path):
    """Why a reader takes a file for its own, or None."""
    reader = reader_of(source)
    return reader.sniff(sniff.head(path))


def real_files(shared_data):
    """All files of acts that publishers made, one of each form."""
    return sorted(path for path in (shared_data / "events").glob("*/*") if path.is_file())
