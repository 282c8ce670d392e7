"""Simulations with planted truth: does each method reach the bar set for it?

`python -m validation` runs all of them at full size; the test suite runs them
smaller.
"""
