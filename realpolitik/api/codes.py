"""Codes of acts: what they mean, where each map puts them and why, what carries them out."""

from __future__ import annotations

from typing import Any

from realpolitik.api.result import Rows
from realpolitik.errors import UnknownName
from realpolitik.vocab import kinds
from realpolitik.vocab.fulfilment import announced_by, fulfils
from realpolitik.vocab.scales import intensity


def codes(code: str | None = None, *, system: str | None = None, map: str | None = None) -> Rows:
    """A code under every map, or all codes of a system under one map.

    Codes are text: "010" is not "10". Shape: one row a code and map.
    `intensity_gdelt` and `intensity_icews` are Goldstein points, None where
    none is published; `carried_out_by` and `carries_out` come from the
    fulfilment table.

    Raises:
        UnknownName: the code, system or map is not known.
    """
    maps = _maps(map, all_of_them=code is not None)
    found = [
        known
        for name in _systems(system)
        for known in kinds.codes(name)
        if code is None or known.code.upper() == code.strip().upper()
    ]
    if not found:
        known_codes = [known.code for name in _systems(system) for known in kinds.codes(name)]
        raise UnknownName("code", str(code), known_codes, "`realpolitik codes` lists all codes.")
    return Rows("codes", [_row(known, name) for known in found for name in maps])


def _systems(system: str | None) -> tuple[str, ...]:
    if system is None:
        return kinds.SYSTEMS
    if system not in kinds.SYSTEMS:
        raise UnknownName(
            "code system", system, kinds.SYSTEMS, f"Known: {', '.join(kinds.SYSTEMS)}."
        )
    return (system,)


def _maps(map: str | None, *, all_of_them: bool) -> tuple[str, ...]:
    if map is None:
        return kinds.MAPS if all_of_them else kinds.MAPS[:1]
    if map not in kinds.MAPS:
        raise UnknownName("map", map, kinds.MAPS, f"--map takes one of {', '.join(kinds.MAPS)}.")
    return (map,)


def _row(code: kinds.Code, map: str) -> dict[str, Any]:
    placed = kinds.place(code.system, code.code, map)
    is_cameo = code.system == "cameo"
    return {
        "system": code.system,
        "code": code.code,
        "label": code.label,
        "root": code.root,
        "map": map,
        "map_version": kinds.map_version(map),
        "kind": placed.kind,
        "side": placed.side,
        "reason": placed.reason,
        "intensity_gdelt": intensity(code.code, "gdelt") if is_cameo else None,
        "intensity_icews": intensity(code.code, "icews") if is_cameo else None,
        "carried_out_by": _deeds(code),
        "carries_out": _announcements(code),
    }


def _deeds(code: kinds.Code) -> list[str]:
    return [
        f"{row.deed} by the {row.by} ({row.type}, {row.basis})"
        for row in fulfils(code.code, code.system)
    ]


def _announcements(code: kinds.Code) -> list[str]:
    found = announced_by(code.code, code.system)
    return list(dict.fromkeys(f"{row.announcement} ({row.type}, {row.basis})" for row in found))
