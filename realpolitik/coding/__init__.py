"""Text in, acts out; the only room that imports spaCy."""
