"""All simulations at full size: bar against reached, module by module.

    python -m validation            all, within the hour on two cores
    python -m validation 2 7        those modules alone (the numbers of docs/methods.md)

Exit code 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from itertools import groupby

from validation.plan import ALL, MODULES, simulated


def main() -> int:
    """Print each bar as soon as it is reached or missed; 1 if any is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(MODULES))
    modules = parser.parse_args().modules or MODULES
    if unknown := [one for one in modules if one not in MODULES]:
        parser.error(f"no module {unknown[0]!r}: found none of {', '.join(MODULES)}")
    began, missed = time.monotonic(), 0
    asked = [one for one in ALL if one.module in modules]
    for module, bars in groupby(simulated(asked), key=lambda one: one.module):
        print(f"module {module}", flush=True)
        for one in bars:
            print(f"  {one.line()}", flush=True)
            missed += not one.passed
    told = "all bars reached" if not missed else f"{missed} bars missed"
    print(f"{told}, in {(time.monotonic() - began) / 60:.0f} minutes")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
