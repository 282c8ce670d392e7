"""A bar, and what was reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """What a method must reach: every one of `reached` between `low` and `high`."""

    module: str
    name: str
    low: float
    high: float
    reached: tuple[float, ...]

    @property
    def passed(self) -> bool:
        """Is every value between the two ends, both included?"""
        return all(self.low <= value <= self.high for value in self.reached)

    def line(self) -> str:
        """Bar against reached, as one line."""
        low, high = min(self.reached), max(self.reached)
        span = f"{low:.3f}" if low == high else f"{low:.3f} to {high:.3f}"
        over = f" over {len(self.reached)}" if len(self.reached) > 1 else ""
        verdict = "ok" if self.passed else "MISSED"
        return f"{self.name:<58} {self._bar():<18} {span}{over:<9} {verdict}"

    def _bar(self) -> str:
        if self.low == float("-inf"):
            return f"<= {self.high:g}"
        if self.high == float("inf"):
            return f">= {self.low:g}"
        return f"{self.low:g} to {self.high:g}"


def bar(
    module: str,
    name: str,
    reached: Iterable[float],
    low: float = float("-inf"),
    high: float = float("inf"),
) -> Bar:
    """A bar with what was reached in each setting."""
    return Bar(module, name, low, high, tuple(float(value) for value in reached))
