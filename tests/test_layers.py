"""Imports point one way, files stay short, functions stay simple."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "realpolitik"
LONGEST_FILE = 400

# The one table of allowed imports. A room may import itself and what stands here.
BASE = {"errors", "constants"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "constants": set(),
    "schema": {"errors"},
    "vocab": BASE,
    "stats": BASE,
    "findings": BASE | {"schema"},
    "sources": BASE | {"schema", "vocab"},
    "documents": BASE,
    "coding": BASE | {"schema", "vocab", "documents"},
    "checks": BASE | {"schema", "vocab", "coding"},
    "lake": {"errors", "schema"},
    "net": {"errors"},
    "measures": BASE | {"schema", "vocab", "stats", "findings"},
    "reports": BASE | {"schema", "vocab", "findings"},
    "api": BASE
    | {"schema", "vocab", "stats", "findings", "sources", "lake", "net", "measures", "reports"}
    | {"documents", "coding", "checks"}
    | {"public names"},  # the version
    "cli": {"errors", "public names"},
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE)
TOP = sorted(path for path in PACKAGE.glob("*.py"))


def room(path: Path) -> str:
    """The room a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    """Rooms a file imports, at the top or inside a function, type-only imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {_room_of(alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            if node.module == "realpolitik":
                found |= {_room_of(f"realpolitik.{alias.name}") for alias in node.names}
            else:
                found.add(_room_of(node.module or ""))
    return found - {""}


def _room_of(module: str) -> str:
    parts = module.split(".")
    if parts[0] != "realpolitik":
        return ""
    return parts[1] if len(parts) > 1 and parts[1] in MAY_IMPORT else "public names"


def test_the_table_has_no_cycle() -> None:
    order = list(
        TopologicalSorter({k: v - {"public names"} for k, v in MAY_IMPORT.items()}).static_order()
    )
    assert order.index("errors") < order.index("measures") < order.index("api")


def test_every_room_stands_in_the_table() -> None:
    rooms = {p.name for p in PACKAGE.iterdir() if p.is_dir() and not p.name.startswith("_")}
    assert rooms | {"errors", "constants"} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    forbidden = imported_rooms(path) - MAY_IMPORT[room(path)] - {room(path)}
    assert not forbidden, f"{room(path)} may not import {sorted(forbidden)}"


@pytest.mark.parametrize("path", FILES + TOP, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_are_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines: split it"


def test_the_walk_sees_imports_inside_functions(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from realpolitik.lake import record\n", encoding="utf-8")
    assert imported_rooms(bad) == {"lake"}
