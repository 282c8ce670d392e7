"""Training of the coder of texts: what it learns from, how well it does on the unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from realpolitik.api.result import Rows
from realpolitik.errors import OutputError

Tell = Callable[[int, int, str], None]


def train(
    *tables: str | Path,
    neural: bool = False,
    into: str | Path | None = None,
    seed: int = 0,
    progress: Tell | None = None,
) -> Rows:
    """Train the coder of texts and say how well it codes sentences it has not seen.

    It learns from the project's own sentences and from `tables`: tab-separated
    files with columns `marked_sentence`, `gold_root` and `gold_penta`, on which
    it is cross-validated over five folds. `into` is a folder for the weights
    (`coder.npz`, `coder.sha256`); without it nothing is written. Shape: one row
    a statistic, macro F1 in per cent. Needs the extras `text` and `train`.

    With `neural` a small encoder is fine-tuned instead, to be averaged with the
    linear coder; `seed` steers it. Its weights (`neural.zip`, model card
    `neural.md`) go into the user's data folder, or into `into`, and are used from
    then on. Then a row has the `coder` (linear, neural, mean) and `sd` over the
    folds. Takes about half an hour of processor time; a broken run goes on where
    it was. Needs the extra `neural-train`.

    Raises:
        MissingExtra: a library is not installed.
        CorruptFile: a table has other columns.
        OutputError: the folder cannot be written.
    """
    from realpolitik.coding import corpus

    own = corpus.own()
    foreign = [one for path in tables for one in corpus.marked_table(path)]
    if neural:
        from realpolitik.api._neural import tune

        return tune(own, foreign, _about(own, foreign), into, seed, progress)
    from realpolitik.coding import fit

    trained = fit.train(own, foreign, _about(own, foreign))
    if into is not None:
        _write(trained.model, Path(into))
    return Rows("training", list(_rows(trained, own)))


def _about(own: list[Any], foreign: list[Any]) -> dict[str, Any]:
    from realpolitik.coding import nlp

    return {
        "version": "2",
        "pipeline": nlp.version(),
        "own_sentences": len(own),
        "foreign_sentences": len(foreign),
        "own_roots": dict(sorted(Counter(one.root for one in own).items())),
    }


def _rows(trained: Any, own: list[Any]) -> list[dict[str, Any]]:
    rows = [{"statistic": "own sentences", "value": float(len(own))}]
    scores = trained.scores._asdict() if trained.scores else {}
    rows += [
        {"statistic": name if name == "sentences" else f"{name} macro F1", "value": float(value)}
        for name, value in scores.items()
    ]
    return [*rows, {"statistic": "temperature", "value": round(trained.model.temperature, 3)}]


def _write(model: Any, folder: Path) -> None:
    import hashlib

    from realpolitik.coding.model import DIGEST, FILE, packed

    content = packed(model)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE.name).write_bytes(content)
        (folder / DIGEST.name).write_text(f"{hashlib.sha256(content).hexdigest()}\n", "ascii")
    except OSError as error:
        raise OutputError(f"Cannot write the weights into {folder}: {error.strerror}.") from error
