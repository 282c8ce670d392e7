"""How strong an act is held to be: published intensities of CAMEO codes.

Two tables descend from Goldstein (1992) and differ on three codes: 016, 022 and
164. No table covers WEIS or PLOVER here: Goldstein's own WEIS weights are not in
the files this package was built from, and nothing is filled in by analogy.
Intensities are shown beside acts and never decide a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from realpolitik.errors import UnknownName
from realpolitik.vocab.kinds import code as known_code
from realpolitik.vocab.rows import rows

COLUMNS = ("code", "gdelt", "gdelt_basis", "icews", "icews_basis")


@dataclass(frozen=True, slots=True)
class Scale:
    """One table of intensities: what it covers, where it comes from, how to cite it.

    `differs` lists the codes on which it departs from the other scale; `gaps`
    says in a sentence which codes it lacks and why.
    """

    name: str
    title: str
    unit: str
    low: float
    high: float
    source: str
    citation: str
    codes: int
    differs: tuple[str, ...]
    gaps: str


SOURCES = {
    "gdelt": (
        "CAMEO intensities as GDELT carries them",
        "GDELT Project, CAMEO.goldsteinscale.txt (310 codes); code 106, missing there, "
        "from the event files, which carry -5.0",
        "It lacks the codes that GDELT does not use: 1213, 1214 and those new in CAMEO 1.1b3.",
    ),
    "icews": (
        "CAMEO intensities as ICEWS carries them",
        "ICEWS event type list as published with the R package icews; the codes met in "
        "ICEWS files of 2018 carry the same values",
        "It lacks 165, for which the list gives -7.0 (the value GDELT has for 164) and no "
        "file was at hand to confirm it, and the codes that ICEWS does not use.",
    ),
}
CITATION = (
    "Joshua S. Goldstein (1992), A Conflict-Cooperation Scale for WEIS Events Data, "
    "Journal of Conflict Resolution 36(2): 369-385; extended to CAMEO by its authors"
)


def intensity(code: str, scale: str = "gdelt") -> float | None:
    """Return the intensity of a CAMEO code in Goldstein points, -10 to 10.

    None where the scale has no value for it, as for any code of WEIS or PLOVER
    that is no CAMEO code too: pass CAMEO codes only, since `101` means one thing
    in CAMEO and another in WEIS. Raises UnknownName for another scale.
    """
    return _table(_scale(scale)).get(code)


def basis(code: str, scale: str = "gdelt") -> str | None:
    """Return where the value was read: `look-up`, `list`, `data`, or two of them.

    None where there is no value. Raises UnknownName for another scale or no CAMEO code.
    """
    name = known_code("cameo", code).code
    found = {row["code"]: row[f"{_scale(scale)}_basis"] for row in rows(FILE, COLUMNS)}
    return found[name] or None


def scales() -> tuple[Scale, ...]:
    """Return both scales with source, citation and the codes on which they differ."""
    return tuple(_described(name) for name in SOURCES)


FILE = "codes/intensity.csv"


def _scale(name: str) -> str:
    if name not in SOURCES:
        raise UnknownName("scale", name, SOURCES, "Scales are gdelt and icews.")
    return name


@cache
def _table(scale: str) -> dict[str, float]:
    return {row["code"]: float(row[scale]) for row in rows(FILE, COLUMNS) if row[scale]}


def _described(name: str) -> Scale:
    title, source, gaps = SOURCES[name]
    ours, other = _table(name), _table("icews" if name == "gdelt" else "gdelt")
    differs = tuple(code for code in ours if code in other and ours[code] != other[code])
    return Scale(
        name,
        title,
        "Goldstein points",
        min(ours.values()),
        max(ours.values()),
        source,
        CITATION,
        len(ours),
        differs,
        gaps,
    )
