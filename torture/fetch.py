"""Kill a fetch at random moments, from a publisher that fails now and then; the next run completes it.

    python -m torture.fetch -n 50

Serves the real 15-minute files of GDELT 2.0 from beside the checkout on this
machine. Prints one line a trial; exit code 1 when any trial leaves a lake that
is not whole, or one that answers differently from an undisturbed one.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import realpolitik as rp
from tests.net.server import Publisher, cut, md5, publishing, status
from torture import crash
from torture._apart import Trial, apart, counted, table, warm

FILES = Path(__file__).resolve().parents[2] / "shared" / "data" / "events" / "gdelt_v2"
NUMBER = 6


@dataclass(frozen=True)
class Fetch(crash.Job):
    """A fetch in place of an ingest."""

    def work(self, lake: Path) -> str:
        """Fetch everything from a publisher that no flag of the program could name."""
        from realpolitik.net import gdelt, line

        with (
            patch.object(gdelt, "HOSTS", self.paths),
            patch.object(line.Line, "back_off", lambda *_: 0.01),
        ):
            rows = rp.fetch(self.source, lake=str(lake)).rows
        return "; ".join(str(row) for row in rows if row["status"] not in crash.FINE)


def serve(publisher: Publisher) -> None:
    """The files and the list of them."""
    lines = []
    for path in sorted(FILES.glob("2024*.export.CSV"))[:NUMBER]:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, path.name)
        body, name = packed.getvalue(), f"{path.name}.zip"
        publisher.put(f"/gdeltv2/{name}", body)
        lines.append(f"{len(body)} {md5(body)} http://data.gdeltproject.org/gdeltv2/{name}\n")
    publisher.put("/gdeltv2/masterfilelist.txt", "".join(lines).encode(), tag='"1"')


def spoil(publisher: Publisher, rng: random.Random) -> None:
    """Let a third of the files fail at first."""
    for page in publisher.pages.values():
        after = rng.randrange(len(page.body))
        tricks = [cut(after), cut(after, reset=True), status(500), status(429, Retry_After="0")]
        page.tricks = rng.sample(tricks, rng.randint(1, 2)) if rng.random() < 0.33 else []


def _trials(job: Fetch, publisher: Publisher, number: int, seed: int) -> Iterator[Trial]:
    calm = job.place / "calm"
    began = time.monotonic()
    wrong = apart(lambda: job.work(calm)) or crash.whole(calm)
    span = time.monotonic() - began
    yield "fetch undisturbed", f"{span:.1f} s", wrong
    expected = crash.answers(calm)
    rng = random.Random(seed)  # noqa: S311 - moments to kill at, no secrets
    for _ in range(number):
        spoil(publisher, rng)
        yield crash.killed(job, "fetch", expected, rng.uniform(0.0, span))


def run(trials: int, seed: int) -> Counter[tuple[str, bool]]:
    """Run the trials and print how each went."""
    warm()
    with tempfile.TemporaryDirectory() as place, publishing() as publisher:
        serve(publisher)
        publisher.pace = 0.001
        job = Fetch("gdelt_v2", (publisher.host,), Path(place))
        return counted(_trials(job, publisher, trials, seed))


def main() -> int:
    """Run the trials named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("-n", type=int, default=50, help="moments to kill at")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    if not FILES.is_dir():
        print(f"{FILES} is not here: nothing to fetch")
        return 0
    return table(run(given.n, given.seed))


if __name__ == "__main__":
    raise SystemExit(main())
