"""Hostile data, foreign addresses, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jinja2
import pytest

from realpolitik.errors import CorruptFile
from realpolitik.reports import html
from realpolitik.reports.html import render
from realpolitik.reports.links import safe_url
from realpolitik.reports.material import Material, Party
from realpolitik.reports.twin import twin
from tests.reports import build
from tests.reports.dom import Node, parse

EVIL = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>\"'><svg onload=alert(1)>||x&y"
ROOM = Path(__file__).parents[2] / "realpolitik" / "reports"


def hostile() -> Material:
    """Every text of a material turned against the page."""
    base = build.material()
    fields = ("text", "source_title", "source_publisher", "source_year", "note", "label",
              "actor_native", "verified_scope", "principal", "audience", "authorship")  # fmt: skip
    acts = [dict(act) | dict.fromkeys(fields, EVIL) for act in base.acts]
    for act, url in zip(acts, ("javascript:alert(1)", "data:text/html,x", f"https://e.org/{EVIL}",
                               "//evil.example", " https://e.org", "HTTPS://e.org/ok"), strict=False):  # fmt: skip
        act["url"] = url
    card = replace(base.sources[0], title=EVIL, publisher=EVIL, licence=EVIL, biases=(EVIL,),
                   url="javascript:alert(1)", bibtex=EVIL)  # fmt: skip
    found = tuple(replace(item, method=EVIL, notes=(EVIL,)) for item in base.findings)
    pairs = tuple(replace(pair, reason=EVIL) for pair in base.pairs)
    return replace(
        base, a=Party("ARD", EVIL), names={"ARD": EVIL, "BRL": EVIL}, acts=tuple(acts), pairs=pairs,
        sources=(card, base.sources[1]), findings=found, command=EVIL, methods_bibtex=(EVIL,),
        version=EVIL, map_version=EVIL,
    )  # fmt: skip


@pytest.fixture(scope="module")
def page() -> tuple[str, Node]:
    html = render(hostile())
    return html, parse(html)


def test_hostile_text_stays_text(page: tuple[str, Node]) -> None:
    _, tree = page
    assert [node.attrs.get("type", "") for node in tree.all("script")] == ["application/json", ""]
    assert not tree.all("img") and not tree.all("iframe")
    for node in tree.walk():
        assert not [key for key in node.attrs if key.startswith("on")], node.attrs
    assert sum(EVIL.split("||", maxsplit=1)[0] in node.text for node in tree.all("li")) >= 60


def test_only_web_addresses_become_links(page: tuple[str, Node]) -> None:
    for link in page[1].all("a"):
        href = link.attrs["href"]
        assert href.startswith("#") or re.match(r"https?://", href, re.IGNORECASE), href
        if not href.startswith("#"):
            assert link.attrs["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    ("url", "kept"),
    [("https://e.org/a?b=1", True), ("HTTP://e.org", True), ("javascript:alert(1)", False),
     ("java\nscript:alert(1)", False), ("//e.org", False), ("https:", False), ("", False),
     ("ftp://e.org", False), ("https://e.org/a b", False), ("https://[", False)],
)  # fmt: skip
def test_safe_url(url: str, kept: bool) -> None:
    assert (safe_url(url) == url) is kept or (not url and safe_url(url) is None)


def test_embedded_json_reads_back(page: tuple[str, Node]) -> None:
    html, tree = page
    raw = tree.all("script", type="application/json")[0].text
    assert "<" not in raw and json.loads(raw)["command"] == EVIL
    assert html.count("</script>") == 2


def test_twin_is_strict_json() -> None:
    text = json.dumps(twin(hostile()), allow_nan=False)
    assert json.loads(text)["command"] == EVIL


def test_nothing_is_fetched(dyad: tuple[Material, str], tree: Node) -> None:
    _, html = dyad
    for node in tree.walk():
        assert "src" not in node.attrs and node.tag not in {"link", "object", "embed", "iframe"}
        for key in ("href", "xlink:href"):
            value = node.attrs.get(key, "")
            assert not value or node.tag == "a", (node.tag, value)
    assert not re.search(r"url\((?!#)", html) and "@import" not in html
    script = tree.all("script")[-1].text
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|eval\(|innerHTML", script)


def test_same_material_same_bytes(full: tuple[Material, str]) -> None:
    assert render(build.material()) == full[1]


def test_same_bytes_under_another_hash_seed(full: tuple[Material, str]) -> None:
    code = (
        "import sys, hashlib; from tests.reports import build; "
        "from realpolitik.reports.html import render; "
        "sys.stdout.write(hashlib.sha256(render(build.material()).encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONHASHSEED": "7"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == hashlib.sha256(full[1].encode()).hexdigest()


def test_script_is_small() -> None:
    assert len(files("realpolitik.reports").joinpath("assets", "page.js").read_bytes()) < 8000


def test_the_room_knows_no_country() -> None:
    known = re.compile(r"\b(iran|irn|usa|united states of|pakistan|pak|tehran|washington)\b", re.I)
    for path in sorted(ROOM.rglob("*")):
        if path.suffix in {".py", ".j2", ".css", ".js"} and path.name != "prose.py":
            text = path.read_text(encoding="utf-8")
            assert not known.search(text), path


def test_files_are_short() -> None:
    for path in ROOM.rglob("*"):
        if path.suffix in {".py", ".j2", ".css", ".js"}:
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_a_template_cut_short_is_a_corrupt_file(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = jinja2.Environment(
        loader=jinja2.DictLoader({"page.html.j2": "{% if record %}<h1>{{ question"}),
        autoescape=True,
    )
    monkeypatch.setattr(html, "environment", lambda: cut)
    with pytest.raises(CorruptFile, match=r"template page\.html\.j2.*Reinstall realpolitik"):
        html.render(build.material())
