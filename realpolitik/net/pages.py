"""One file out of the pages of an API, in the columns of the publisher's own CSV."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from realpolitik.net.apis import Api, Odd, Rows, apis, page
from realpolitik.net.download import Got, NotGot, download, fetched, kept, waiting
from realpolitik.net.line import Line
from realpolitik.net.plan import Remote

# A publisher whose pages never end is not to be followed for ever.
MOST_PAGES = 10_000


def gather(remote: Remote, folder: Path, line: Line) -> Got:
    """Fetch the pages of a file one after another and put their rows together.

    Pages of a run that broke are used, if they are of the same version. Raises
    NotGot when a page cannot be had or is none, Stopped when the run is ended.
    """
    if got := waiting(remote, folder):
        line.tell(got.bytes)
        return got
    pages = folder / f"{remote.name}.{remote.tag}.pages"
    for old in folder.glob(f"{remote.name}.*.pages"):
        if old != pages:
            shutil.rmtree(old)
    api = apis()[remote.pages]
    part = folder / f"{remote.name}.part"
    pages.mkdir(parents=True, exist_ok=True)
    with part.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(api.columns)
        for rows in _rows(remote, pages, line, api):
            writer.writerows([_cell(row.get(name)) for name in api.columns] for row in rows)
    path = folder / remote.name
    part.replace(path)
    shutil.rmtree(pages)
    return kept(path, remote.urls[0], remote.tag)


def _rows(remote: Remote, pages: Path, line: Line, api: Api) -> Iterator[Rows]:
    path, seen = remote.path, set[str]()
    for number in range(1, MOST_PAGES + 1):
        one = replace(remote, name=f"{number:05}.json", path=path, tag="", exact=False)
        got = fetched(pages / one.name) or download(one, pages, line)
        try:
            rows, following = page(got.path.read_text(encoding="utf-8"), api, path)
        except (Odd, UnicodeDecodeError) as error:
            got.path.unlink()
            raise NotGot(f"page {number}: {error}") from error
        seen.add(path)
        yield rows
        if not following:
            return
        if following in seen:
            raise NotGot(f"page {number} names itself or an earlier one as the next")
        path = following
    raise NotGot(f"more than {MOST_PAGES:,} pages")


def _cell(value: object) -> str:
    return "" if value is None else str(value)
