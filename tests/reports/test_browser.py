"""The page in a real browser: three widths, no script, print, accessibility."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from realpolitik.reports.html import render
from realpolitik.reports.view import FIGURES
from tests.reports.conftest import MAKERS, drawn
from tests.reports.test_page import PICTURES
from tests.reports.test_safety import hostile

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
WIDTHS = (390, 768, 1440)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium, or a skip that says what is missing."""
    sync = pytest.importorskip("playwright.sync_api", reason="needs the playwright package")
    if not CHROMIUM.exists():
        pytest.skip(f"needs Chromium at {CHROMIUM}")
    with sync.sync_playwright() as play:
        made = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield made
        made.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the page of each made-up dyad."""
    made = tmp_path_factory.mktemp("pages")
    for name in MAKERS:
        (made / f"{name}.html").write_text(drawn(name)[1], encoding="utf-8")
    (made / "hostile.html").write_text(render(hostile()), encoding="utf-8")
    return made


class Opened:
    """A page with what it complained of and asked for."""

    def __init__(self, browser: Any, path: Path, width: int, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **context)
        self.page = self.context.new_page()
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*MAKERS, "hostile"])
def test_fits_and_is_silent(browser: Any, folder: Path, name: str, width: int) -> None:
    with Opened(browser, folder / f"{name}.html", width) as opened:
        page = opened.page
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        over = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert over[0] <= over[1]
        assert opened.errors == []
        assert opened.requests == [(folder / f"{name}.html").as_uri()]


@pytest.mark.parametrize("width", WIDTHS)
def test_one_picture_of_each_is_seen_and_its_text_is_legible(
    browser: Any, folder: Path, width: int
) -> None:
    with Opened(browser, folder / "full.html", width) as opened:
        sizes = opened.page.evaluate("""
            Array.from(document.querySelectorAll('.pictures')).map(box => {
              const seen = Array.from(box.querySelectorAll('svg')).filter(s => s.clientWidth > 0);
              const text = seen.flatMap(s => Array.from(s.querySelectorAll('text')).map(t =>
                parseFloat(t.getAttribute('font-size')) * s.clientWidth / s.viewBox.baseVal.width));
              return [seen.length, Math.min(...text)];
            })""")
        assert len(sizes) == len(PICTURES)
        for seen, smallest in sizes:
            assert seen == 1 and smallest >= 11


def test_the_picture_begins_on_a_phones_first_screen(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "full.html", 390) as opened:
        top = opened.page.locator("#figure-timeline .pictures").bounding_box()["y"]
        assert top < 844 - 60


@pytest.mark.parametrize("name", MAKERS)
def test_reads_without_script(browser: Any, folder: Path, name: str) -> None:
    with Opened(browser, folder / f"{name}.html", 768, java_script_enabled=False) as opened:
        page = opened.page
        assert page.locator("h1").is_visible() and page.locator(".answer p").count() == 3
        assert not page.locator("#filter").is_visible()
        acts = page.locator("li.act")
        assert all(acts.nth(i).is_visible() for i in range(acts.count()))
        if name == "full":
            page.locator("figure summary").first.click()
            assert page.locator("figure table").first.is_visible()
            link = page.locator(".answer a").first
            link.click()
            assert page.url.endswith("#acts-wire")


def test_a_number_filters_the_list_and_leads_back(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "full.html", 1440) as opened:
        page = opened.page
        page.locator("#figure-hidden summary").click()
        link = page.locator("#figure-hidden table a").first
        shown = int(link.inner_text())
        link.click()
        seen = page.locator("li.act:visible").count()
        assert seen == shown
        assert page.locator("#found").inner_text().startswith(f"Found: {shown} act")
        page.locator("#back").click()
        assert page.evaluate("document.activeElement.hasAttribute('data-query')")


def test_a_tallied_number_finds_its_rows(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "full.html", 1440) as opened:
        page = opened.page
        page.locator("#figure-timeline summary").click()
        link = page.locator("#figure-timeline table a[href='#acts-wire']").first
        link.click()
        rows = page.locator(".tally li:visible")
        total = sum(int(rows.nth(i).get_attribute("data-n")) for i in range(rows.count()))
        assert total == int(link.text_content().replace(",", "")) > 0


def test_the_filter_form(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "full.html", 768) as opened:
        page = opened.page
        assert page.locator("li.act:visible").count() == 20
        page.locator("button.all").click()
        assert page.locator("li.act:visible").count() == 60
        page.select_option("[name=secrecy]", "secret")
        page.select_option("[name=actor]", "ARD")
        page.fill("[name=text]", "THING 30 capital")
        for item in page.locator("li.act:visible").all():
            assert (
                item.get_attribute("data-o") == "secret" and item.get_attribute("data-a") == "ARD"
            )
            assert "30" in item.inner_text()
        page.locator("button[type=reset]").click()
        page.wait_for_function("document.querySelectorAll('.act.off').length === 0")


def test_a_mark_in_a_picture_tells_and_leads(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "full.html", 1440) as opened:
        page = opened.page
        mark = page.locator("#figure-timeline .v-wide [data-query^='id=']").first
        mark.scroll_into_view_if_needed()
        mark.hover(force=True)
        assert page.locator("#tip").inner_text() == mark.get_attribute("data-tip")
        mark.click(force=True)
        assert page.locator("li.act:visible").count() >= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", MAKERS)
def test_accessible(browser: Any, folder: Path, name: str, width: int, scheme: str) -> None:
    modules = [ROOT / "node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))]
    found_at = [at for folder_ in modules if (at := folder_ / "axe-core" / "axe.min.js").is_file()]
    if not found_at:
        pytest.skip("needs axe-core in node_modules or NODE_PATH: npm install --no-save axe-core")
    axe = found_at[0]
    with Opened(browser, folder / f"{name}.html", width, color_scheme=scheme) as opened:
        page = opened.page
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.add_script_tag(content=axe.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run({resultTypes: ['violations']})")
        grave = [
            (rule["id"], [node["target"] for node in rule["nodes"][:3]])
            for rule in found["violations"]
            if rule["impact"] in {"serious", "critical", "moderate"}
        ]
        assert grave == []


def test_prints(browser: Any, folder: Path) -> None:
    with Opened(browser, folder / "full.html", 1440) as opened:
        page = opened.page
        page.emulate_media(media="print")
        assert not page.locator("#filter").is_visible() and not page.locator("nav").is_visible()
        assert page.locator("li.act:visible").count() == 60
        assert page.locator("svg:visible").count() == len(FIGURES)
        assert page.locator(".v-wide:visible").count() == 1
        assert page.pdf(format="A4").startswith(b"%PDF")
