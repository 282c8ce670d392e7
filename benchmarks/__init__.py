"""Benchmarks of realpolitik: `python -m benchmarks`."""
