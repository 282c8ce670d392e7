"""The public names are the same wherever they are written down."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import realpolitik as rp

PACKAGE = Path(rp.__file__).parent


def _api_verbs() -> set[str]:
    """Files of api that hold a function of their own name."""
    return {
        file.stem
        for file in (PACKAGE / "api").glob("[!_]*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == file.stem
    }


def _verbs() -> set[str]:
    return {name for name in rp.__all__ if name.islower()}


def test_all_is_sorted_and_without_repeats() -> None:
    assert rp.__all__ == sorted(set(rp.__all__))


def test_the_stub_names_the_same() -> None:
    tree = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
    imported = {
        alias.asname
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    listed = next(
        ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)
    )
    assert imported == set(rp.__all__)
    assert listed == rp.__all__


def test_every_verb_is_a_file_of_api_and_of_cli() -> None:
    commands = {file.stem for file in (PACKAGE / "cli").glob("[!_]*.py")}
    assert _verbs() == _api_verbs()
    assert commands == _verbs() | {"completion"}


def test_every_name_resolves_and_is_kept() -> None:
    for name in rp.__all__:
        assert getattr(rp, name) is getattr(rp, name)
        assert name in dir(rp)


def test_verbs_have_a_docstring_whose_first_line_is_a_sentence() -> None:
    for name in _verbs():
        first = (getattr(rp, name).__doc__ or "").partition("\n")[0]
        assert first.endswith((".", "?")), name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        rp.nonsense  # type: ignore[attr-defined]  # noqa: B018


def test_version_is_text() -> None:
    assert rp.__version__[0].isdigit()


ROOM_FIRST = "import realpolitik.sources, realpolitik.measures, realpolitik as rp"
VERB_FIRST = "import realpolitik as rp; rp.sources, rp.measures; import realpolitik.sources"
FROM_FIRST = "from realpolitik.measures import names; from realpolitik import measures, sources; import realpolitik as rp"


@pytest.mark.parametrize("first", [ROOM_FIRST, VERB_FIRST, FROM_FIRST])
def test_a_verb_outranks_the_room_of_its_name(first: str) -> None:
    program = f"""{first}
from realpolitik.sources import card
from realpolitik.measures import get
import sys
for verb in (rp.sources, rp.measures):
    assert type(verb).__name__ == "function", verb
    assert verb.__module__ == f"realpolitik.api.{{verb.__name__}}"
assert rp.sources("casebook").rows[0]["name"] == "casebook"
assert type(sys.modules["realpolitik.sources"]).__name__ == "module"
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, cwd=PACKAGE.parent)


def test_a_verb_can_be_replaced_and_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rp.sources
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        monkeypatch.setattr(rp, "sources", len)
        assert rp.sources is len
        monkeypatch.undo()
    assert rp.sources is before
