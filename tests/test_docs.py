"""The documents say what the program does: fresh, complete, linked, and runnable."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

import realpolitik as rp
from docs import build, figures
from docs.shown import PIPE, TRIM, Shown, missing, renewed, run, shown
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
VERBS = program.list_commands(click.Context(program, **program.context_settings))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tokens(path: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(path.read_text(encoding="utf-8"))


def fences(path: Path, language: str) -> Iterator[tuple[str, str]]:
    """Info string and content of every fenced block in a language."""
    for token in tokens(path):
        if token.type == "fence" and token.info.split()[:1] == [language]:
            yield token.info, token.content


def commands(path: Path) -> list[Shown]:
    return shown(path.read_text(encoding="utf-8"))


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
    lines = [found.command.rpartition(PIPE)[2] for path in WRITTEN for found in commands(path)]
    assert any(line.startswith(f"realpolitik {name}") for line in lines), (
        f"no document shows {name}"
    )


@pytest.mark.parametrize("name", measure_names())
def test_every_measure_has_a_method(name: str) -> None:
    titles = headings(DOCS / "methods.md")
    assert any(title.startswith(name) for title in titles), f"docs/methods.md has no section {name}"


def test_constants_named_in_the_methods_exist_and_are_complete() -> None:
    text = (DOCS / "methods.md").read_text(encoding="utf-8")
    known = {_family(constant.name) for constant in constants.ALL}
    in_text = {_family(name) for name in re.findall(r"`([A-Z][A-Z0-9_]{2,})`", text)}
    assert in_text >= known, f"not in docs/methods.md: {sorted(known - in_text)}"
    assert in_text <= known | {"METHODOLOGY_VERSION"}


def _family(name: str) -> str:
    return re.sub(r"_\d+$", "", name)


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    assert not broken(path)


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text("# Here we are\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text("[x](b.md#here-we-are) [y](b.md#not) [z](c.md) ![i](d.svg)\n", encoding="utf-8")
    assert broken(page) == ["b.md#not", "c.md", "d.svg"]


@pytest.mark.parametrize("path", [path for path in WRITTEN if commands(path)], ids=named)
def test_commands_run_and_print_what_is_shown(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for found in commands(path):
        code, printed = run(found)
        assert code == found.code, f"$ {found.command}\n" + "\n".join(printed)
        assert not missing(found.output, printed), f"$ {found.command}: run `make docs`"


def test_a_wrong_line_is_seen() -> None:
    printed = ["a", "b", "c"]
    assert missing(("a", TRIM, "c"), printed) == []
    assert missing(("a", "d"), printed) == ["d"]
    assert missing(("c", "a"), printed) == ["a"]


def test_a_shown_line_is_renewed_by_its_opening() -> None:
    printed = ["head", "gap_z   0.9   [0, 1]", "surprise   0.1"]
    old = Shown("realpolitik gap", ("head", TRIM, "gap_z   0.5   [0, 1]", "lost   1"))
    assert renewed(old, printed) == ("head", TRIM, printed[1], "lost   1")


def test_figures_are_fresh() -> None:
    text = build.FIGURED.read_text(encoding="utf-8")
    assert {name for _, name, _ in build.SLOT.findall(text)} == set(figures.BLOCKS)
    assert build.figured(text) == text, "what-a-gap-shows.md is stale: run `make docs`"


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
