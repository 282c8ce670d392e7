"""When words and deeds parted: divergent episodes of a directed dyad, against two nulls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ibis.expr.types import Table

from realpolitik.constants import FDR, GATE_PHASES, MAD_TO_SD
from realpolitik.findings import Finding
from realpolitik.measures._measure import Sheet, Statistic
from realpolitik.measures._question import Question, SourceSpan
from realpolitik.measures._reference import Counts
from realpolitik.measures._series import Ends, Panel
from realpolitik.stats.arrays import floats, median_deviation, stream, stream_key
from realpolitik.stats.episodes import Episode, Gaps, Told, scan
from realpolitik.stats.labels import adjusted

STATISTICS = (
    Statistic(
        "episode_own", "log-odds",
        "Mean gap (tone of deeds minus tone of words) over a window of 1 to 12 months, minus the "
        "dyad's own level; max-T scan, null from a fitted autoregression.",
    ),
    Statistic(
        "episode_own_p", "probability",
        "Chance that a flat series with the same memory and reports holds a window so far out.",
    ),
    Statistic(
        "episode_reference", "reference SD",
        "Mean gap over such a window, minus that of the median reference dyad.",
    ),
    Statistic(
        "episode_reference_p", "probability",
        "Chance that such a series around the level of a dyad like the reference holds such a window.",
    ),
)  # fmt: skip
SIDES = {True: "Deeds are milder than words", False: "Deeds are harsher than words"}
THIN = (
    "The record is too thin: it holds words and deeds together in {0} months "
    f"({GATE_PHASES} needed)."
)
THAN = {"own": "than is usual for the two", "reference": "than in reference dyads"}


@dataclass(frozen=True, slots=True)
class Scanned:
    """One direction held against one null: p of its largest window, and its episodes.

    `missing` says why there is neither; `p_adjusted` is that p once the false
    discovery rate over all directions looked at is controlled.
    """

    p: float
    found: tuple[Episode, ...]
    missing: str | None = None
    p_adjusted: float = 1.0

    @property
    def kept(self) -> tuple[Episode, ...]:
        """The episodes, if the direction survives control of the false discovery rate."""
        return self.found if self.p_adjusted <= FDR else ()


def own_gaps(held: Panel, ends: Ends) -> Gaps | str:
    """The gap of each month in log-odds, held against the dyad's own level; or what is missing."""
    words, deeds = held.series(ends, "word"), held.series(ends, "deed")
    if not (words.seen & deeds.seen).any():
        return THIN.format(0)
    told = Told.of(words, -1.0), Told.of(deeds, 1.0)
    return Gaps.between_tones(deeds.tone - words.tone, told)


def reference_gaps(held: Panel, ends: Ends, counts: Counts, map: str) -> Gaps | str:
    """The gap of each month in reference SD, held against other dyads; or what is missing."""
    reference = counts.held(map, held.period(0, len(held.starts))).reference
    if reference.missing is not None:
        return reference.missing
    by = reference.itself
    words, deeds = held.series(ends, "word"), held.series(ends, "deed")
    if not (words.seen & deeds.seen).any():
        return THIN.format(0)
    middle, spread = median_deviation(floats(by.gaps).ravel())
    told = (
        Told.of(words, -1 / float(by.spread_words)),
        Told.of(deeds, 1 / float(by.spread_deeds)),
    )
    value = floats(by.z_deeds(deeds.tone) - by.z_words(words.tone))
    return Gaps.between_tones(value, told, float(middle), float(MAD_TO_SD * spread) ** 2)


def scanned(of: Gaps | str, seed: int, key: int) -> Scanned:
    """One scan; `key` names the span alone, so that both directions meet the same draws."""
    if isinstance(of, str):
        return Scanned(1.0, (), of)
    if int(of.seen.sum()) < GATE_PHASES:
        return Scanned(1.0, (), THIN.format(int(of.seen.sum())))
    p, found = scan(of, stream(seed, key))
    return Scanned(p, found)


def controlled(found: list[Scanned]) -> list[Scanned]:
    """The same scans with p adjusted for the false discovery rate over all that had one."""
    known = [i for i, one in enumerate(found) if one.missing is None]
    if not known:
        return found
    level = adjusted(floats([found[i].p for i in known]))
    again = list(found)
    for i, p in zip(known, level.tolist(), strict=True):
        again[i] = Scanned(found[i].p, found[i].found, None, p)
    return again


@dataclass(frozen=True, slots=True)
class Found:
    """The scans of both directions, by null and direction."""

    held: Panel
    scans: dict[tuple[str, Ends], Scanned]

    def findings(self, sheet: Sheet, ends: Ends) -> Iterator[Finding]:
        """The p of each null, and one finding an episode, on its own months."""
        for null in ("own", "reference"):
            one = self.scans[null, ends]
            if one.missing is not None:
                status = "too thin" if "too thin" in one.missing else "cannot tell"
                yield sheet.missing(f"episode_{null}_p", status, one.missing)  # type: ignore[arg-type]
                continue
            n = self._acts(ends, 0, len(self.held.starts))
            said = f"{one.p_adjusted:.2g} once both directions are allowed for."
            yield sheet.ok(f"episode_{null}_p", one.p, n=n, notes=(said,))
            for episode in one.kept:
                yield self._told(sheet, ends, null, episode)

    def _told(self, sheet: Sheet, ends: Ends, null: str, episode: Episode) -> Finding:
        on = Sheet(
            sheet.measure, *ends, self.held.period(episode.start, episode.end), sheet.source,
            sheet.map, sheet.notes,
        )  # fmt: skip
        said = f"{SIDES[episode.gap[0] > 0]}, more {THAN[null]}; p = {episode.p:.2g}."
        n = self._acts(ends, episode.start, episode.end)
        return on.ok(f"episode_{null}", episode.gap[0], episode.gap[1:], n=n, notes=(said,))

    def _acts(self, ends: Ends, start: int, end: int) -> int:
        series = (self.held.series(ends, kind) for kind in ("word", "deed"))
        return int(sum(one.n[start:end].sum() for one in series))


def episodes(tallies: Table, question: Question, source: SourceSpan, held: Panel) -> Found:
    """Divergent episodes of both directions against both nulls, false discoveries controlled."""
    counts = Counts(tallies, question, source, [question.map])
    key = stream_key("episodes", held.start(0).isoformat(), str(len(held.starts)))
    scans: dict[tuple[str, Ends], Scanned] = {}
    for null in ("own", "reference"):
        ways = question.directions()
        gaps = [
            own_gaps(held, ends)
            if null == "own"
            else reference_gaps(held, ends, counts, question.map)
            for ends in ways
        ]
        found = controlled([scanned(one, question.seed, key) for one in gaps])
        scans.update({(null, ends): one for ends, one in zip(ways, found, strict=True)})
    return Found(held, scans)
