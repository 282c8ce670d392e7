"""Claims against acts: evidence in, verdicts out."""
