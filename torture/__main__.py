"""All kinds of torture on the publishers' files beside the checkout, or on the readers' samples."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from torture import crash, fetch, mutate
from torture._apart import table

EVENTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "events"
# Acts of three sources and mentions, small enough to be loaded some hundred times.
FILES = (
    "phoenix", "gdelt_v2/20241022140000.export.CSV", "gdelt_v2/20170101073000.mentions.CSV",
    "icews/20181008-icews-events.tab",
)  # fmt: skip


def main() -> int:
    """Run everything and print one table; exit code 1 when anything went wrong."""
    told: Counter[tuple[str, bool]] = Counter()
    if EVENTS.is_dir():
        told += crash.run("auto", [str(EVENTS / name) for name in FILES], trials=50, seed=0)
        told += fetch.run(trials=50, seed=0)
    else:
        print(f"{EVENTS} is not here: nothing to kill")
    return table(told + mutate.run(number=2000, seed=0))


if __name__ == "__main__":
    sys.exit(main())
