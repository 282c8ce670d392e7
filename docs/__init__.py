"""The documentation and the program that prints its reference."""
