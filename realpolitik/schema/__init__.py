"""What a row is: each table declared in YAML, loaded, and fitted against."""
