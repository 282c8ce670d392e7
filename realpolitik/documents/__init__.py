"""Files and pages in, texts out; knows no act, no actor, and no spaCy."""
