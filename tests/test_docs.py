"""The documents say what the program does: fresh, complete, linked, and runnable."""

from __future__ import annotations

import inspect
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner
from markdown_it import MarkdownIt
from markdown_it.token import Token

import realpolitik as rp
from docs import build
from realpolitik import constants, errors
from realpolitik.cli import program
from realpolitik.measures import names as measure_names
from realpolitik.schema.table import names as table_names
from realpolitik.sources import names as source_names

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
DOCUMENTS = sorted(
    [*(ROOT / name for name in TOP), *DOCS.rglob("*.md")], key=lambda p: str(p.relative_to(ROOT))
)
WRITTEN = [path for path in DOCUMENTS if path.parent.name != "reference"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERBS = program.list_commands(click.Context(program))
TRIM = "..."


@dataclass(frozen=True, slots=True)
class Shown:
    """A command line shown in a document, the output shown under it, and the exit code."""

    command: str
    output: tuple[str, ...]
    code: int


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tokens(path: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))


def fences(path: Path, language: str) -> Iterator[tuple[str, str]]:
    """Info string and content of every fenced block in a language."""
    for token in tokens(path):
        if token.type == "fence" and token.info.split()[:1] == [language]:
            yield token.info, token.content


def shown(path: Path) -> list[Shown]:
    """Every `$ command` of the console blocks, in order."""
    found: list[Shown] = []
    for info, content in fences(path, "console"):
        code = int(match[1]) if (match := re.search(r"exit=(\d+)", info)) else 0
        for block in re.split(r"^\$ ", content, flags=re.M)[1:]:
            command, _, output = block.partition("\n")
            lines = tuple(line.rstrip() for line in output.splitlines() if line.strip())
            found.append(Shown(command, lines, code))
    return found


def headings(path: Path) -> set[str]:
    """Anchors of all headings, as they are made on the web."""
    found = tokens(path)
    titles = [
        after.content for token, after in pairwise(found)
        if token.type == "heading_open"
    ]  # fmt: skip
    return {slug(title) for title in titles}


def slug(title: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", re.sub(r"\]\([^)]*\)", "", title).lower())
    return kept.replace(" ", "-")


def links(path: Path) -> Iterator[str]:
    for token in tokens(path):
        for child in token.children or ():
            target = child.attrs.get("href") or child.attrs.get("src")
            if target is not None:
                yield str(target)
        if token.type == "html_block":
            yield from re.findall(r'(?:href|src)="([^"]+)"', token.content)


def broken(path: Path) -> list[str]:
    """Links of a document that lead nowhere; addresses of the web are not followed."""
    return [
        link for link in links(path) if not re.match(r"[a-z]+:", link) and not _leads(path, link)
    ]


def _leads(path: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (path.parent / name).resolve() if name else path
    return target.exists() and (not anchor or anchor in headings(target))


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    return build.pages()


@pytest.mark.parametrize("name", [f"{name}.md" for name in build.WRITERS])
def test_printed_pages_are_fresh(printed: dict[str, str], name: str) -> None:
    path = build.FOLDER / name
    assert path.is_file(), f"{named(path)} is missing: run `make docs`"
    assert path.read_text(encoding="utf-8") == printed[name], f"{name} is stale: run `make docs`"


def test_no_printed_page_is_left_over() -> None:
    assert {path.stem for path in build.FOLDER.glob("*.md")} == set(build.WRITERS)


@pytest.mark.parametrize(
    ("page", "known"),
    [
        ("verbs", VERBS),
        ("measures", measure_names()),
        ("sources", source_names()),
        ("tables", table_names()),
    ],
)
def test_everything_has_its_section(page: str, known: tuple[str, ...]) -> None:
    text = (build.FOLDER / f"{page}.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.M) == list(known)


def test_every_error_is_explained() -> None:
    text = (build.FOLDER / "errors.md").read_text(encoding="utf-8")
    classes = [
        c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__
    ]
    assert len(classes) > 5
    for found in classes:
        assert inspect.getdoc(found), f"{found.__name__} has no docstring"
        assert f"| `{found.__name__}` |" in text, f"{found.__name__} is not in errors.md"


@pytest.mark.parametrize("name", rp.__all__)
def test_public_names_explain_themselves(name: str) -> None:
    found = getattr(rp, name)
    text = inspect.getdoc(found) or ""
    assert text and not text.startswith(f"{name}("), f"rp.{name} has no docstring"


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_shown_at_work(name: str) -> None:
    commands = [found.command for path in WRITTEN for found in shown(path)]
    assert any(c.startswith(f"realpolitik {name}") for c in commands), f"no document shows {name}"


@pytest.mark.parametrize("name", measure_names())
def test_every_measure_has_a_method(name: str) -> None:
    titles = headings(DOCS / "methods.md")
    assert any(title.startswith(name) for title in titles), f"docs/methods.md has no section {name}"


def test_constants_named_in_the_methods_exist_and_are_complete() -> None:
    text = (DOCS / "methods.md").read_text(encoding="utf-8")
    known = {constant.name for constant in constants.ALL}
    named_there = set(re.findall(r"`([A-Z][A-Z0-9_]{2,})`", text))
    assert named_there >= known, f"not in docs/methods.md: {sorted(known - named_there)}"
    assert named_there <= known | {"METHODOLOGY_VERSION"}


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    assert not broken(path)


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# Here we are\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text("[x](b.md#here-we-are) [y](b.md#not) [z](c.md) ![i](d.svg)\n", encoding="utf-8")
    assert broken(page) == ["b.md#not", "c.md", "d.svg"]


@pytest.mark.parametrize("path", [path for path in WRITTEN if shown(path)], ids=named)
def test_commands_run_and_print_what_is_shown(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for found in shown(path):
        words = shlex.split(found.command)
        if words[0] != "realpolitik":
            continue
        result = CliRunner().invoke(program, words[1:], prog_name="realpolitik")
        assert result.exit_code == found.code, f"$ {found.command}\n{result.output}"
        assert not missing(found.output, result.output), f"$ {found.command}\n{result.output}"


def missing(lines: tuple[str, ...], output: str) -> list[str]:
    """Shown lines that the output does not have in this order; `...` stands for left-out lines."""
    real = iter(line.rstrip() for line in output.splitlines())
    return [line for line in lines if line.strip() != TRIM and line not in real]


def test_a_wrong_line_is_seen() -> None:
    assert missing(("a", TRIM, "c"), "a\nb\nc\n") == []
    assert missing(("a", "d"), "a\nb\nc\n") == ["d"]
    assert missing(("c", "a"), "a\nb\nc\n") == ["a"]


@pytest.mark.parametrize(
    "path", [path for path in WRITTEN if list(fences(path, "python"))], ids=named
)
def test_python_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, object] = {}
    for _, content in fences(path, "python"):
        exec(compile(content, named(path), "exec"), namespace)


def test_changelog_and_package_agree() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", text, re.M)
    assert newest is not None and newest[1] == PROJECT["version"]


def test_the_citation_file_is_complete() -> None:
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    needed = {"cff-version", "message", "title", "authors", "version", "license"}
    assert needed <= set(cff)
    assert cff["cff-version"] == "1.2.0"
    assert str(cff["version"]) == PROJECT["version"]
    assert all({"name"} <= set(a) or {"family-names"} <= set(a) for a in cff["authors"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_words_that_do_not_belong(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name != "words.md":
        verdicts = re.findall(r"\b(?:liars?|hypocri\w+|puppets?)\b", text, re.I)
        assert not verdicts
    if path in WRITTEN:
        assert not re.findall(r"\b(?:simply|just|obviously|seamless\w*|powerful)\b", text, re.I)
    assert not re.findall(r"/(?:work|tmp|root|home)/", text)


def test_the_picture_is_light() -> None:
    pictures = [path for path in (DOCS / "images").iterdir() if path.suffix in {".svg", ".png"}]
    assert pictures
    assert all(path.stat().st_size < 300_000 for path in pictures)
