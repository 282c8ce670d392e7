"""The neural coder of this machine: trained into a folder, with its model card."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from realpolitik.api._write import write_files
from realpolitik.api.result import Rows
from realpolitik.coding.corpus import Example
from realpolitik.coding.neural import weights
from realpolitik.errors import OutputError

Tell = Callable[[int, int, str], None]
CARD = "neural.md"
PARTS = "neural.parts"


def tune(
    own: list[Example],
    foreign: list[Example],
    about: dict[str, Any],
    into: str | Path | None,
    seed: int,
    tell: Tell | None,
) -> Rows:
    """Train the neural coder and write it with its card, both or neither."""
    from realpolitik.coding import model
    from realpolitik.coding.neural import base, training

    base.needed()
    folder = Path(into).expanduser() if into else weights.folder()
    _made(folder / PARTS)  # what cannot be written is told before the work, not after
    tuned = training.train(own, foreign, seed, folder / PARTS, tell)
    known = {
        **about,
        **tuned.about,
        "date": datetime.now(UTC).date().isoformat(),
        "linear": model.DIGEST.read_text("ascii").split()[0],
    }
    known = weights.named(tuned.graph, tuned.words, known)
    content = weights.packed(tuned.graph, tuned.words, known)
    path = folder / weights.NAME
    write_files(
        {
            path: lambda part: _write(part, content),
            folder / CARD: lambda part: _write(part, _card(known).encode("utf-8")),
        }
    )
    shutil.rmtree(folder / PARTS, ignore_errors=True)
    rows = [one._asdict() for one in tuned.scores]
    return Rows("training", rows, (f"The weights lie in {path} ({len(content) / 1e6:.0f} MB).",))


def _made(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"Cannot write the weights into {folder}: {error.strerror}.") from error


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _card(about: dict[str, Any]) -> str:
    scores = "".join(
        f"| {one['coder']} | {one['statistic']} | {one['value']} | {one['sd']} |\n"
        for one in about["cross_validation"]
    )
    return CARD_TEXT.format(**about, scores=scores)


CARD_TEXT = """# Model card: the neural coder

- **What it does**: one sentence with a marked source and target in; PLOVER root (or no act) and quad class out, averaged with
  the linear coder that ships with realpolitik.
- **What it is**: {base}, fine-tuned; the means over source, target and
  sentence give the scores; weights in eight bits. Names are masked before it looks, so no code depends on which state acts.
- **Trained on**: {own_sentences} sentences written for this project (CC0), at half weight, and {foreign_sentences} of the tables
  that were given. On {date}, seed {seed}, pipeline {pipeline}.
- **Digest** (SHA-256 of graph and word pieces): {digest}
- **Calibrated** on {sentences} unseen sentences (temperature {temperature:.3f} of its own, {mean_temperature:.3f} of the mean), beside
  linear weights {linear}.
- **In eight bits** it names the same root as in full on {same_root_in_eight_bits:.1%} of them.
- **Do not**: present a code as a fact, or ship sentences it was trained on.

Cross-validation over five folds, abstentions counted as errors, per cent:

| coder | statistic | value | sd over folds |
|---|---|---|---|
{scores}"""
