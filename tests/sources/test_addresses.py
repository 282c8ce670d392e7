"""A card says where its files are fetched, or is refused by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.errors import CorruptFile
from realpolitik.sources import FOLDER
from realpolitik.sources.card import Address, Card, read

TEMPLATE = (FOLDER / "_template" / "source.yaml").read_text(encoding="utf-8")


def carded(folder: Path, text: str) -> Card:
    path = folder / "source.yaml"
    path.write_text(f"{TEMPLATE}\nfetch:\n{text}\n", encoding="utf-8")
    return read(path)


def test_a_card_needs_no_address() -> None:
    assert read(FOLDER / "_template" / "source.yaml").fetch == ()


def test_an_address_with_and_without_what_the_publisher_states(tmp_path: Path) -> None:
    found = carded(
        tmp_path,
        f"""
  - url: https://example.org/data/MIDA%205.0.csv
  - url: https://example.org/get?id=7
    name: votes.zip
    bytes: 12
    md5: "{"0a" * 16}"
    members: "*.csv"
""",
    )
    assert found.fetch == (
        Address("https://example.org/data/MIDA%205.0.csv", "MIDA 5.0.csv", None, None, "*"),
        Address("https://example.org/get?id=7", "votes.zip", 12, "0a" * 16, "*.csv"),
    )


def test_what_the_template_shows_can_be_read(tmp_path: Path) -> None:
    lines = [line[2:] for line in TEMPLATE.splitlines() if line.startswith(("#   - ", "#     "))]
    [found] = carded(tmp_path, "\n".join(lines)).fetch
    assert (found.name, found.bytes, found.members) == ("acts.zip", 1234, "*.csv")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{url: ftp://example.org/a.csv}", "fetch.0.url 'ftp://example.org/a.csv'"),
        ("{url: https://example.org/}", "fetch.0.url 'https://example.org/'"),
        ('{url: "https://example.org/get?id=7"}', "fetch.0.url 'https://example.org/get?id=7'"),
        ("{url: https://a.org/x, name: ../x}", "fetch.0.url 'https://a.org/x'"),
        ("{url: https://a.org/.., name: ..}", "fetch.0.url 'https://a.org/..'"),
        ("{url: https://a.org/x, md5: abc}", "fetch.0.md5 'abc'"),
        ("{url: https://a.org/x, bytes: many}", "fetch.0.bytes 'many'"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(tmp_path: Path, line: str, found: str) -> None:
    with pytest.raises(CorruptFile) as error:
        carded(tmp_path, f"  - {line}")
    assert found in str(error.value)
