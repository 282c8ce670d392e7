"""The page: its parts, its links, its pictures."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest

from realpolitik.reports.links import act_anchor
from realpolitik.reports.material import Material
from realpolitik.reports.record import Record
from tests.reports.dom import Node, parse

Dyad = tuple[Material, str]
FURTHER = ["answers", "course", "parties", "audience", "readings"]
SECTIONS = ["answer", "gap", "secrets", "follow", *FURTHER, "acts", "changes", "method"]
PICTURES = ["timeline", "standing", "ranks", "hidden", "lags", "hindsight", "follow", "reported", "answers",
            "phases", "course", "parties", "readings", "sensitivity"]  # fmt: skip


def test_sections_come_in_order(tree: Node) -> None:
    assert [node.attrs["id"] for node in tree.all("section")] == SECTIONS


def test_headings_never_skip_a_level(tree: Node) -> None:
    levels = [int(n.tag[1]) for n in tree.walk() if re.fullmatch(r"h\d", n.tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_local_link_arrives(tree: Node) -> None:
    ids = [node.attrs["id"] for node in tree.walk() if "id" in node.attrs]
    assert len(ids) == len(set(ids))
    local = {n.attrs["href"][1:] for n in tree.all("a") if n.attrs["href"].startswith("#")}
    assert local <= set(ids), local - set(ids)
    for node in tree.walk():
        for key in ("aria-labelledby", "aria-describedby"):
            assert set(node.attrs.get(key, "").split()) <= set(ids)


def test_every_act_has_its_place(dyad: Dyad, tree: Node) -> None:
    record = Record(dyad[0])
    ids = {node.attrs.get("id") for node in tree.all("li")}
    assert {act_anchor(act["act_id"]) for act in dyad[0].acts} <= ids
    assert {act_anchor(row.id) for row in record.tallies} <= ids


def fits(item: dict[str, str], wanted: dict[str, str]) -> bool:
    """The page's own rule for which acts a number stands for, restated."""
    for key, field in (("source", "src"), ("actor", "a"), ("kind", "k"), ("side", "s"),
                       ("secrecy", "o"), ("id", "i")):  # fmt: skip
        if key in wanted and item.get(field, "") not in wanted[key].split(","):
            return False
    last = item.get("e", item["d"])
    early = "start" in wanted and last < wanted["start"][: len(last)]
    late = "end" in wanted and item["d"] > wanted["end"][: len(item["d"])]
    unknown = "as-of" in wanted and item.get("known", item["d"]) > wanted["as-of"]
    return not (early or late or unknown)


def listed(tree: Node) -> list[dict[str, str]]:
    """All acts and tallied rows of the page, by their data."""
    items = []
    for node in tree.all("li"):
        if "data-i" in node.attrs:
            item = {key[5:]: value for key, value in node.attrs.items() if key.startswith("data-")}
            items.append({"src": item["i"].split(":")[0]} | item)
    return items


def test_every_number_leads_to_acts(tree: Node) -> None:
    items = listed(tree)
    for link in [n for n in tree.walk() if "data-query" in n.attrs]:
        wanted = dict(parse_qsl(link.attrs["data-query"]))
        assert wanted, link.attrs
        assert any(fits(item, wanted) for item in items), (link.text, wanted)


def test_counts_in_tables_are_the_acts_they_lead_to(tree: Node) -> None:
    items = listed(tree)
    checked = 0
    for figure in ("figure-timeline", "figure-hidden"):
        for node in tree.all("figure", id=figure):
            for link in node.all("a"):
                wanted = dict(parse_qsl(link.attrs["data-query"]))
                found = sum(int(item.get("n", "1")) for item in items if fits(item, wanted))
                assert int(link.text.replace(",", "")) == found, wanted
                checked += 1
    assert checked or not tree.all("figure", id="figure-hidden")[0].all("a")


def test_every_cell_with_a_number_is_a_link(full: Dyad) -> None:
    tree = parse(full[1])
    for table in tree.all("table"):
        if not (table.has("findings") or table.has("figures")):
            continue
        for row in table.all("tr"):
            # An act towards a third party is not on the page: its row holds the command instead.
            own = any("data-query" in a.attrs for a in row.all("a"))
            if not own and "realpolitik acts " in row.text:
                continue
            for cell in row.all("td"):
                shown = "".join(c for c in cell.children if isinstance(c, str)).strip()
                number = re.fullmatch(r"[+\u2212]?[\d.,]+( %| \u00d7)?", shown)
                other = not own and table.text.startswith("\nDyads of the reference set")
                assert not number or shown == "0" or other, (shown, row.text)


def test_every_picture_has_words_and_a_table(dyad: Dyad, tree: Node) -> None:
    figures = {node.attrs["id"].removeprefix("figure-"): node for node in tree.all("figure")}
    for name, figure in figures.items():
        empty = [node for node in figure.all("p") if node.has("empty")]
        if empty:
            assert len(empty[0].text) > 40, name
            continue
        image = next(node for node in figure.walk() if node.attrs.get("role") == "img")
        words = {n.attrs.get("id"): n.text for n in figure.walk()}
        label = " ".join(words[key] for key in image.attrs["aria-labelledby"].split())
        assert len(label) > 80 and any(sign.isdigit() for sign in label), name
        assert figure.all("figcaption")[0].text.strip()
        assert figure.all("details")[0].all("table")[0].all("td"), name
        assert len(image.all("svg")) >= 2
    if dyad[0].standings:
        assert list(figures) == PICTURES


def test_text_in_pictures_is_legible(tree: Node) -> None:
    for svg in tree.all("svg"):
        width = float(svg.attrs["viewbox"].split()[2])
        assert width <= 1090
        for text in svg.all("text"):
            assert float(text.attrs["font-size"].removesuffix("px")) >= 12, text.text


def test_pictures_fit_their_variant(tree: Node) -> None:
    for node in tree.all("div"):
        for name, most in (("v-narrow", 362), ("v-medium", 712), ("v-wide", 1092)):
            if node.has(name):
                width = float(node.all("svg")[0].attrs["viewbox"].split()[2])
                assert width <= most, (node.parent.parent.attrs, name, width)  # type: ignore[union-attr]


def test_rows_from_memory_carry_their_mark_everywhere(full: Dyad) -> None:
    material, html = full
    tree = parse(html)
    memory = {a["act_id"] for a in material.acts if a["verification"] == "from memory"}
    assert memory
    for item in tree.all("li"):
        if item.attrs.get("data-i") in memory:
            assert any(node.has("mark") for node in item.all("span"))
    for node in tree.walk():
        query = dict(parse_qsl(node.attrs.get("data-query", "")))
        if "data-tip" in node.attrs and query.get("id") in memory:
            assert "from memory" in node.attrs["data-tip"]
        if node.tag == "a" and query.get("id") in memory and node.text.startswith("Envoys"):
            assert node.parent is not None and "from memory" in node.parent.text


def test_every_act_opens_to_its_source(full: Dyad) -> None:
    tree = parse(full[1])
    for item in [node for node in tree.all("li") if node.has("act")]:
        words = {dt.text: dd.text for dt, dd in zip(item.all("dt"), item.all("dd"), strict=True)}
        for name in ("Source", "Publisher", "Grade", "Verification", "Coded as", "Filed under",
                     "Address"):  # fmt: skip
            assert words[name].strip(), name


def test_constants_sources_and_limits_are_all_there(dyad: Dyad, tree: Node) -> None:
    method = tree.all("section", id="method")[0].text
    for constant in dyad[0].constants:
        assert constant.name in method and constant.why in method
    for card in dyad[0].sources:
        assert card.title in method and all(bias in method for bias in card.biases)
    assert dyad[0].command in method and dyad[0].version in method
    assert "does not show" in method or "does and does not show" in method


def test_tables_have_scoped_heads_and_captions(tree: Node) -> None:
    for table in tree.all("table"):
        assert table.all("caption")[0].text.strip()
        assert all(th.attrs.get("scope") in {"col", "row"} for th in table.all("th"))
        assert all(th.text.strip() for th in table.all("thead")[0].all("th"))


@pytest.mark.parametrize("word", ["liar", "hypocri", "puppet", "two-faced", "the fact"])
def test_no_verdict_words(dyad: Dyad, word: str) -> None:
    assert word not in parse(dyad[1]).text.lower()


def test_the_page_says_that_cases_are_no_sample(dyad: Dyad, tree: Node) -> None:
    for name in ("secrets", "follow"):
        assert "not a sample" in tree.all("section", id=name)[0].text or "not samples" in (
            tree.all("section", id=name)[0].text
        )


def test_size(full: Dyad) -> None:
    assert len(full[1].encode()) < 2_500_000
