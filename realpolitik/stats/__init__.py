"""Numerics on plain arrays: no tables, no files, nothing drawn without a seed."""
