"""Numbers with what proves them."""

from realpolitik.findings.finding import Finding

__all__ = ["Finding"]
