"""What a notebook does with GDELT 2.0 files: read, keep the rows of two states, write Parquet.

A file at a time, so that any number of them fits; codes and ids stay text. It
knows no agents, no groups and no repeats.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

PLACES = (0, 1, 5, 6, 7, 8, 9, 10, 12, 15, 16, 17, 18, 19, 20, 22, 26, 28, 36, 44, 52, 59, 60)

if __name__ == "__main__":
    for path in sorted(Path(sys.argv[1]).iterdir()):
        rows = pd.read_csv(path, sep="\t", header=None, dtype=str, quoting=3, keep_default_na=False)
        rows = rows[(rows[7] != "") & (rows[17] != "") & (rows[7] != rows[17])]
        rows[1] = pd.to_datetime(rows[1], format="%Y%m%d")
        rows = rows.drop_duplicates([1, 5, 15, 26, 60]).sort_values([7, 17, 1])
        rows = rows[list(PLACES)].rename(columns=str)
        rows.to_parquet(f"{path.stem}.parquet", compression="zstd")
