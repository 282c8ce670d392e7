"""All kinds of torture on the publishers' files beside the checkout, or on the readers' samples."""

from __future__ import annotations

import sys
from pathlib import Path

from torture import crash, fetch, mutate

EVENTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "events"


def main() -> int:
    """Run everything; exit code 1 when anything went wrong."""
    files = [str(EVENTS / name) for name in ("gdelt_v2", "icews", "phoenix")]
    wrong = 0
    if EVENTS.is_dir():
        wrong |= crash.run("auto", files, trials=50, seed=0)
        wrong |= fetch.run(trials=50, seed=0)
    else:
        print(f"{EVENTS} is not here: nothing to kill")
    return wrong | mutate.run(number=2000, seed=0)


if __name__ == "__main__":
    sys.exit(main())
