"""Volumes of FRUS: dates, parties, markings, and papers that were never sent."""

from __future__ import annotations

import pytest

from realpolitik.documents.read import of_bytes
from realpolitik.errors import UnreadableText

VOLUME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="frus1"><text><body>
<div type="document" xml:id="d1" n="1"><head>1. Letter From President
<persName type="from">Johnson</persName> to the <persName type="to">Shah</persName>
<note n="1" type="source">Source: Johnson Library. Top Secret; Exdis. The letter was never delivered.</note>
</head><dateline><placeName>Washington</placeName>, <date when="1964-01-02T09:00">January 2</date>.</dateline>
<p>I am delighted that my friend is visiting
   Iran.<note n="2">A footnote.</note> It is the first visit.</p></div>
<div type="document" xml:id="d2" n="2"><head>2. Remarks by the President</head>
<note n="1">Source: Public Papers. No classification marking.</note>
<dateline><date when="1964-02">February</date></dateline><p>We hope for peace.</p></div>
</body></text></TEI>"""


def test_a_volume_gives_dated_papers() -> None:
    letter, remarks = of_bytes(VOLUME.encode(), "v.xml")
    assert (letter.id, letter.date, letter.date_precision) == ("frus1/d1", "1964-01-02", "day")
    assert (letter.speaker, letter.recipient) == ("President Johnson", "Shah")
    assert (letter.classification, letter.publicity, letter.place) == (
        "Top Secret", "private", "Washington",
    )  # fmt: skip
    assert letter.delivered is False
    assert any("never delivered" in note for note in letter.notes)
    assert "I am delighted that my friend is visiting Iran. It is the first visit." in letter.text
    assert "footnote" not in letter.text
    assert (remarks.publicity, remarks.date, remarks.date_precision) == (
        "public", "1964-02-01", "month",
    )  # fmt: skip
    assert (remarks.classification, remarks.delivered) == ("No classification marking", None)


def test_broken_xml_is_one_line() -> None:
    with pytest.raises(UnreadableText, match="broken XML"):
        list(of_bytes(VOLUME[:-40].encode(), "v.xml"))
