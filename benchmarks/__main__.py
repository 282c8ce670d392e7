"""Speed and memory, each as a ratio against a named alternative in the same run."""

from __future__ import annotations

from benchmarks.ingest import ingest
from benchmarks.measures import measures
from benchmarks.startup import startup
from benchmarks.texts import texts
from benchmarks.verbs import verbs

if __name__ == "__main__":
    startup()
    verbs()
    measures()
    texts()
    ingest()
