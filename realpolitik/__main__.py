"""`python -m realpolitik` is `realpolitik`."""

from realpolitik.cli import main

main()
