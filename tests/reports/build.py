"""Materials for the page's tests: made-up countries, seeded, no file and no measure needed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from realpolitik import constants
from realpolitik.findings import Caution, Finding
from realpolitik.reports.material import Material, Month, Pair, Party, SourceCard, Standing

A, B = Party("ARD", "United Isles"), Party("BRL", "Borland")
NAMES = {"ARD": "United Isles", "BRL": "Borland"}
KINDS, SIDES = ("word", "contact", "deed"), ("cooperation", "conflict", "neutral")
SAMPLE = SourceCard(
    "wire", "Wire tallies 1981-1990", "An Institute", "CC BY 4.0", "https://example.org/wire",
    "sample", "1981-01-01", "1990-12-31", ("One agency's stories only.", "Coded by machine."),
    "@misc{wire,\n  title = {Wire tallies},\n  year = {2000}\n}", "Labelled by hand: no act.",
)  # fmt: skip
CASES = SourceCard(
    "casebook", "Casebook", "realpolitik", "CC BY 4.0", "", "cases", "1975-01-01", "1999-12-31",
    ("Cases, not samples.",), "@misc{casebook,\n  title = {Casebook}\n}", "Labelled by hand: no act.",
)  # fmt: skip
GAP = "Words are harsher than deeds, as is usual for pairs that talk like this."


def finding(measure: str, way: tuple[str, str], statistic: str, unit: str, **more: Any) -> Finding:
    """A finding with the common columns filled in."""
    source = more.pop("source", "casebook" if measure in {"secrets", "follow"} else "wire")
    start, end = more.pop("span", ("1981-01-01", "1990-12-31"))
    extra = more.pop("filters", "")
    command = (
        f"realpolitik acts {way[0]} {way[1]} --actor {way[0]} --source {source} "
        f"--start {start} --end {end}{' ' + extra if extra else ''}"
    )
    return Finding(
        measure=measure, actor=way[0], target=way[1], start=start, end=end, statistic=statistic,
        unit=unit, method="One sentence on the method.", acts=command, sources=(source,), **more,
    )  # fmt: skip


def gap(way: tuple[str, str], z: float, spread: float, source: str = "wire") -> list[Finding]:
    """The findings of `gap` for one direction, and the gap under the other maps."""
    rows = [
        ("tone_words", "log-odds", -1.1, 0.2, "--kind word"),
        ("tone_deeds", "log-odds", -0.4, 0.5, "--kind deed"),
        ("contact_share", "share of acts", 0.18, 0.03, "--kind contact"),
        ("z_words", "reference SD", -1.9, 0.2, "--kind word"),
        ("z_deeds", "reference SD", -1.9 + z, spread, "--kind deed"),
        ("gap_z", "reference SD", z, spread, ""),
        ("gap_percentile", "percentile", 87.0, 6.0, ""),
        ("surprise", "reference SD", 0.3, 0.4, ""),
        ("surprise_percentile", "percentile", 61.0, 9.0, ""),
        ("tipping_leakage", "share of words", 0.031, 0.01, ""),
        ("design_effect_words", "ratio", 2.1, 0.0, "--kind word"),
        ("design_effect_deeds", "ratio", 3.4, 0.0, "--kind deed"),
    ]
    made = [
        finding("gap", way, name, unit, estimate=at, lower=at - by, upper=at + by, n=812,
                n_effective=301.5, filters=extra, source=source,
                notes=(GAP,) if name == "gap_z" else ())
        for name, unit, at, by, extra in rows
    ]  # fmt: skip
    shifts = {"realpolitik+contacts=words": 0.2, "realpolitik+contacts=deeds": 0.5, "gdelt": -0.3,
              "icews": -0.2, "phoenix": -1.2, "plover": -1.7}  # fmt: skip
    return made + [
        finding("gap", way, "gap_z_sensitivity", "reference SD", estimate=z + by, source=source,
                lower=z + by - spread, upper=z + by + spread, n=700, n_effective=260.0, map=name)
        for name, by in shifts.items()
    ]  # fmt: skip


def secrets(way: tuple[str, str], acts: list[dict[str, Any]]) -> list[Finding]:
    """The findings of `secrets` for one direction, counted from the acts."""
    span = ("1975-01-01", "1999-12-31")
    mine = [act for act in acts if act["actor"] == way[0]]
    made = []
    for openness in ("public", "secret"):
        for kind in KINDS:
            for side in SIDES:
                n = sum(
                    (a["secrecy"], a["kind"], a["side"]) == (openness, kind, side) for a in mine
                )
                extra = f"--secrecy {openness} --kind {kind} --side {side}"
                made.append(finding("secrets", way, f"{openness}_{kind}_{side}", "acts", span=span,
                                    estimate=float(n), n=n, level=None, filters=extra))  # fmt: skip
    odds = "log-odds over cases"
    for name, at in (("tone_secret", 0.9), ("tone_public_words", -1.2)):
        made.append(finding("secrets", way, name, odds, span=span, estimate=at, level=None,
                            n=len(mine)))  # fmt: skip
    made.append(finding("secrets", way, "hidden_minus_open", odds, span=span, estimate=2.1, lower=1.4,
                        upper=2.6, n=len(mine),
                        notes=("Leaving out one publication at a time: 1.90 to 2.30.",)))  # fmt: skip
    made.append(finding("secrets", way, "tilt_omega", "odds ratio", span=span, estimate=8.2,
                        level=None, n=len(mine)))  # fmt: skip
    for name, at in (("tilted_1_2", 2.8), ("tilted_10", -0.2)):
        made.append(finding("secrets", way, name, odds, span=span, estimate=at, lower=at - 0.7,
                            upper=at + 0.5, n=len(mine)))  # fmt: skip
    made.append(finding("secrets", way, "disclosure_lag_median", "days", span=span, estimate=420.0,
                        lower=90.0, upper=1500.0, n=len(mine), filters="--secrecy secret"))  # fmt: skip
    for year in range(1976, 1986, 2):
        inside = sum(str(year) <= act["date"][:4] <= str(year + 1) for act in mine)
        known: dict[str, Any] = {"n": inside, "span": (f"{year}-01-01", f"{year + 1}-12-31")}
        for name, at in (("gap_as_of", 0.2), ("gap_hindsight", 1.1), ("hindsight_gap", 0.9)):
            values: dict[str, Any] = {"estimate": at + (year - 1981) / 10}
            if not inside:
                values = {"status": "too thin", "notes": ("No case lies in these years.",)}
            made.append(finding("secrets", way, name, odds, level=None, **known, **values))
    return made


def follow(way: tuple[str, str], source: str = "casebook") -> list[Finding]:
    """The findings of `follow` for one direction and source."""
    span, made = ("1975-01-01", "1999-12-31"), []
    for kind, n in (("promise", 9), ("threat", 6), ("offer", 4), ("demand", 0)):
        made.append(finding("follow", way, f"announced_{kind}", "acts", span=span, estimate=float(n),
                            n=n, level=None, source=source))  # fmt: skip
        for days, share in ((30, 0.3), (90, 0.45), (365, 0.7)):
            rows = (("followed", "share of announcements", share, share - 0.2, share + 0.2),
                    ("base", "share of days", share / 2, None, None),
                    ("lift", "ratio", 2.0, 1.1, 3.2))  # fmt: skip
            for name, unit, at, low, high in rows:
                values: dict[str, Any] = {"estimate": at, "lower": low, "upper": high}
                if n == 0:
                    values = {"status": "too thin", "level": None,
                              "notes": (f"No {kind} is on record.",)}  # fmt: skip
                made.append(finding("follow", way, f"{name}_{kind}_{days}d", unit, span=span, n=n,
                                    source=source, **values))  # fmt: skip
    return made


def answers(way: tuple[str, str]) -> list[Finding]:
    """The findings of `respond` for one direction: an answer in kind one way, none told the other."""
    at = 0.8 if way[0] == "ARD" else 0.2
    unit, made = "log-odds per log-odds", []
    for name in ("response", "response_words", "response_deeds", "response_within_phases",
                 "response_2_lags", "response_4_lags", "response_6_lags", "inertia"):  # fmt: skip
        made.append(finding("respond", way, name, unit, estimate=at, lower=at - 0.5, upper=at + 0.5,
                            n=700, n_effective=280.0))  # fmt: skip
    made.append(
        finding("respond", way, "response_p", "probability", estimate=5e-5, level=None, n=700)
    )
    lead = 0.4 if way[0] == "ARD" else -0.4
    made.append(finding("respond", way, "lead_balance", "-1 to 1", estimate=lead, lower=lead - 0.3,
                        upper=lead + 0.3, n=700))  # fmt: skip
    made[5] = finding("respond", way, "response_4_lags", unit, status="cannot tell", level=None, n=700,
                      notes=("Too few months for 4 lags.",))  # fmt: skip
    return made


def course(way: tuple[str, str]) -> list[Finding]:
    """The findings of `phases` and `latent` for one direction, with a break and an episode."""
    made = [
        finding("phases", way, name, "changes", estimate=at, level=None, n=900, notes=notes)
        for name, at, notes in (
            ("breaks", 1.0, ("Phases begin in 1985-03.",)),
            ("breaks_half_penalty", 2.0, ("Phases begin in 1983-01, 1985-03.",)),
            ("breaks_double_penalty", 0.0, ()),
        )
    ]
    march = ("1985-03-01", "1985-03-31")
    made.append(finding("phases", way, "break", "decimal year", span=march, estimate=1985.17, lower=1984.5,
                        upper=1985.5, n=900, notes=("First month of the new phase: 1985-03.",)))  # fmt: skip
    made.append(finding("phases", way, "episode_own", "log-odds", span=("1986-01-01", "1986-04-30"),
                        estimate=1.9, lower=1.1, upper=2.7, n=40,
                        notes=("Deeds are milder than words, more than is usual for the two; p = 0.004.",)))  # fmt: skip
    for span, at in ((("1981-01-01", "1985-02-28"), -1.0), (("1985-03-01", "1990-12-31"), 0.5)):
        for kind in ("word", "deed"):
            made.append(finding("phases", way, f"phase_tone_{kind}s", "log-odds", span=span, estimate=at,
                                lower=at - 0.3, upper=at + 0.3, n=400, filters=f"--kind {kind}"))  # fmt: skip
    spans = [("1981-01-01", "1990-12-31")]
    spans += [(f"{year}-01-01", f"{year}-12-31") for year in range(1981, 1991)]
    for place, span in enumerate(spans):
        for name, at in (
            ("relation_mean", -0.2),
            ("posture_mean", -0.9 if way[0] == "ARD" else -0.1),
        ):
            here = at + 0.02 * place
            made.append(finding("latent", way, name, "log-odds", span=span, estimate=here,
                                lower=here - 0.4, upper=here + 0.4, n=90))  # fmt: skip
    return made


def third(way: tuple[str, str]) -> list[Finding]:
    """The findings of `benefit` and `audience` for one direction."""
    unit = "share, -1 to 1"
    label = f"Deeds of {way[0]} towards third parties are not shown to suit {way[1]}."
    made = [
        finding("benefit", way, "benefit", unit, estimate=0.09, lower=0.01, upper=0.17, n=500,
                n_effective=5.3, notes=(label,)),
        finding("benefit", way, "benefit_p", "probability", estimate=0.03, level=None, n=500),
        finding("benefit", way, "benefit_rank", "rank", estimate=2.0, level=None, n=500),
    ]  # fmt: skip
    for code, adds in (("CRL", 0.07), ("DRM", -0.02), ("ERL", 0.04)):
        one = finding("benefit", (way[0], code), f"contribution_{code}", unit, estimate=adds, level=None, n=90,
                      filters="--kind deed", notes=("60 cooperative and 30 conflictual deeds, mean tie -0.20.",))  # fmt: skip
        made.append(replace(one, target=way[1]))
    why = "2 matched events; at least 10 are needed."
    made.append(finding("audience", way, "audience_difference", "log-odds", source="casebook",
                        status="cannot tell", level=None, n=4, notes=(why,)))  # fmt: skip
    made.append(finding("audience", way, "words_home", "acts", source="casebook", estimate=3.0, level=None,
                        n=3, filters="--kind word", span=("1975-01-01", "1999-12-31")))  # fmt: skip
    return made


def readings(acts: list[dict[str, Any]]) -> list[Finding]:
    """The findings of `weigh`, of the pair: undecided, with acts that speak against the leader."""
    way, span = ("ARD", "BRL"), ("1975-01-01", "1999-12-31")
    against = f"Lowers staged enmity by a factor of 2.10: {acts[0]['act_id']}; {acts[1]['act_id']}."
    fixed: dict[str, Any] = {"source": "casebook", "span": span, "level": None, "n": 60}
    made = [finding("weigh", way, "leader_share", "share of settings", estimate=0.4,
                    notes=("Undecided between staged enmity and open enmity.", against), **fixed)]  # fmt: skip
    for name, at in (("staged_enmity", 0.7), ("open_enmity", 0.2999), ("other_pattern", 0.0001)):
        made += [
            finding("weigh", way, f"prior_{name}", "probability", estimate=1 / 3, **fixed),
            finding("weigh", way, f"posterior_{name}", "probability", estimate=at, lower=0.0, upper=0.9, **fixed),
            finding("weigh", way, f"bayes_factor_{name}", "ratio", estimate=at / 0.3, lower=0.0, upper=9.0, **fixed),
        ]  # fmt: skip
    made.append(finding("weigh", way, "sensitivity_design_2", "ratio", estimate=1.4,
                        notes=("Open enmity leads here.",), **fixed))  # fmt: skip
    return made


def act(number: int, way: tuple[str, str], rng: random.Random, **fixed: Any) -> dict[str, Any]:
    """One hand-coded act with every column of the acts table."""
    year, month, day = rng.randint(1976, 1998), rng.randint(1, 12), rng.randint(1, 28)
    secrecy = "secret" if rng.random() < 0.35 else "public"
    date = f"{year}-{month:02d}-{day:02d}"
    made: dict[str, Any] = {
        "act_id": f"casebook:X{number:03d}", "source": "casebook", "source_event_id": f"X{number:03d}",
        "date": date, "end_date": date, "date_precision": "day", "actor": way[0], "target": way[1],
        "actor_native": way[0], "target_native": way[1], "code": rng.choice(("042", "0311", "112", "173")),
        "code_system": "cameo", "root": "04", "label": "A label", "kind": rng.choice(KINDS),
        "side": rng.choices(SIDES, (4, 5, 1))[0], "map_version": "1", "intensity": 1.0, "n": 1,
        "cluster": "c", "secrecy": secrecy,
        "authorship": "denied" if secrecy == "secret" else "avowed",
        "disclosed": f"{year + rng.randint(0, 25)}-{month:02d}-{day:02d}" if secrecy == "secret" else None,
        "disclosed_precision": "day" if secrecy == "secret" else None, "audience": "both",
        "reliability": rng.choice("ABC"), "credibility": rng.choice("123"),
        "verification": rng.choice(("source read", "source read", "from memory")),
        "verified_scope": "act", "principal": None, "reciprocal": False,
        "text": f"Envoys of {NAMES.get(way[0], way[0])} do thing number {number} in the capital.",
        "source_title": "A History", "source_publisher": "A Press", "source_year": "1999",
        "url": "https://example.org/history" if rng.random() < 0.7 else None, "related": None,
        "note": "A remark." if rng.random() < 0.3 else None,
    }  # fmt: skip
    return made | fixed


def months(
    rng: random.Random, ways: Iterable[tuple[str, str]], source: str = "wire"
) -> list[Month]:
    """Ten years of tallied months."""
    made = []
    for way in ways:
        for year in range(1981, 1991):
            for month in range(1, 13):
                for kind, scale in (("word", 9), ("contact", 3), ("deed", 4)):
                    counts = [rng.randint(0, scale), rng.randint(0, 2 * scale), rng.randint(0, 1)]
                    made.append(Month(source, f"{year}-{month:02d}", *way, kind, *counts))
    return made


def standings(rng: random.Random) -> tuple[Standing, ...]:
    """A reference set that holds both directions and 118 dyads more."""
    made = [Standing("ARD", "BRL", -1.9, -0.5, 1.4, 0.3, 900, 300),
            Standing("BRL", "ARD", -1.9, -0.9, 1.0, 0.1, 800, 200)]  # fmt: skip
    for number in range(118):
        words = rng.gauss(0, 1)
        deeds = 0.45 * words + rng.gauss(0, 0.9)
        made.append(Standing(f"Q{number:02d}", f"R{number:02d}", words, deeds, deeds - words,
                             deeds - 0.45 * words, 100, 40))  # fmt: skip
    return tuple(made)


def material(**changes: Any) -> Material:
    """A full dyad: tallies, a reference set, cases, pairs."""
    rng = random.Random(7)
    ways = (("ARD", "BRL"), ("BRL", "ARD"))
    acts = [act(number, ways[number % 2], rng) for number in range(60)]
    pairs = tuple(
        Pair(acts[n]["act_id"], "promise" if n % 3 else "threat",
             acts[n + 3]["act_id"] if n % 2 else None, 17 * n if n % 2 else None, "1999-12-31",
             "A reason in one sentence.")
        for n in range(12)
    )  # fmt: skip
    found = [*gap(ways[0], 1.4, 0.8), *gap(ways[1], 1.0, 0.7)]
    for way in ways:
        found += [
            *secrets(way, acts),
            *follow(way),
            *follow(way, "wire"),
            *answers(way),
            *course(way),
            *third(way),
        ]
    found += readings(acts)
    full = Material(
        a=A, b=B, start="1975-01-01", end="1999-12-31", map="realpolitik", map_version="1",
        version="0.1.0", findings=tuple(found), months=tuple(months(rng, ways)),
        standings={"wire": standings(rng)}, pairs=pairs, acts=tuple(acts), sources=(SAMPLE, CASES),
        constants=tuple(constants.ALL), methods_bibtex=("@article{m,\n  title = {M}\n}",),
        names=NAMES | {"CRL": "Corland"}, command="realpolitik dossier ARD BRL",
        cautions=(Caution(
            name="deniable deeds likely missed", start="1981-01-01", end="1990-12-31", actor="ARD",
            sentence=f"1 deed towards BRL which ARD disowned ({acts[0]['act_id']}).",
            rests_on=(acts[0]["act_id"],), target="BRL",
        ),),
    )  # fmt: skip
    return replace(full, **changes)


def without_sample() -> Material:
    """A dyad that no sample source covers: cases only."""
    full = material()
    way_note = "No source in the record samples this dyad; a machine-coded event series would."
    kept = [item for item in full.findings if item.measure != "gap" and item.sources != ("wire",)]
    for way in (("ARD", "BRL"), ("BRL", "ARD")):
        for name in ("tone_words", "tone_deeds", "gap_z", "surprise"):
            kept.append(finding("gap", way, name, "log-odds", status="not covered", level=None,
                                notes=(way_note,)))  # fmt: skip
    return replace(full, findings=tuple(kept), months=(), standings={}, sources=(CASES,))


def nearly_empty() -> Material:
    """Two acts, no pair, every finding without a number."""
    full, rng = material(), random.Random(3)
    found = [
        finding(measure, way, name, "log-odds", status=status, level=None, notes=(why,))
        for way in (("ARD", "BRL"), ("BRL", "ARD"))
        for measure, name, status, why in (
            (
                "gap",
                "gap_z",
                "too thin",
                "3 words and 1 deed are on record; at least 30 and 10 are needed.",
            ),
            ("secrets", "hidden_minus_open", "cannot tell", "No hidden act is on record."),
            ("follow", "followed_promise_365d", "too thin", "No promise is on record."),
        )
    ]
    acts = (act(1, ("ARD", "BRL"), rng, secrecy="public", disclosed=None),
            act(2, ("ARD", "BRL"), rng, secrecy="public", disclosed=None))  # fmt: skip
    return replace(full, findings=tuple(found), months=(), standings={}, pairs=(), acts=acts,
                   sources=(CASES,))  # fmt: skip


def swapped(given: Material) -> Material:
    """The same material asked the other way round."""
    return replace(given, a=given.b, b=given.a)
