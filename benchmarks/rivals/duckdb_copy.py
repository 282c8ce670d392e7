"""The columns that realpolitik reads of GDELT 2.0 files, into Parquet, by one COPY of DuckDB."""

from __future__ import annotations

import sys

import duckdb

# Places of the columns that the reader uses: realpolitik/sources/gdelt/columns.py.
PLACES = (0, 1, 5, 6, 7, 8, 9, 10, 12, 15, 16, 17, 18, 19, 20, 22, 26, 28, 36, 44, 52, 59, 60)
WIDTH = 61

if __name__ == "__main__":
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(WIDTH))
    kept = ", ".join(f"c{place}" for place in PLACES)
    con = duckdb.connect()
    con.execute("SET memory_limit = '550MB'; SET preserve_insertion_order = false")
    con.execute(f"""
        COPY (SELECT {kept} FROM read_csv('{sys.argv[1]}/*', delim = '\t', quote = '', escape = '',
            header = false, auto_detect = false, columns = {{{names}}}))
        TO 'copy.parquet' (FORMAT parquet, COMPRESSION zstd)""")
