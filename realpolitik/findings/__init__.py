"""Numbers with what proves them, and what to hold against them."""

from realpolitik.findings.caution import Caution
from realpolitik.findings.finding import Finding

__all__ = ["Caution", "Finding"]
