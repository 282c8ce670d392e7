"""Publishers that give their rows page by page, to users with a token of their own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from realpolitik.errors import NetworkError, UsageError
from realpolitik.net.download import NotGot, download
from realpolitik.net.line import Line
from realpolitik.net.plan import Listing, Period, Remote, clock

Rows = list[dict[str, Any]]
UCDP, ACLED = "ucdp", "acled"
GED = "25.1"
# The largest pages either publisher gives.
UCDP_PAGE, ACLED_PAGE = 1_000, 5_000


class Odd(Exception):
    """An answer that is not one of the API's pages."""


@dataclass(frozen=True, slots=True)
class Api:
    """How a publisher's API is asked and what its pages hold.

    `variable` holds the user's token and `header` what is sent with it.
    `span` are the years from the first to the last, None where it goes on.
    `query` is the path of the first page of a period, `read` gives the rows of
    a page and the path of the next, "" after the last.
    """

    name: str
    host: str
    variable: str
    header: Callable[[str], tuple[str, str]]
    ask_at: str
    span: tuple[int, int | None]
    monthly: bool
    query: Callable[[datetime, datetime], str]
    read: Callable[[str, dict[str, Any]], tuple[Rows, str]]
    columns: tuple[str, ...]
    by_hand: str


def apis() -> dict[str, Api]:
    """Every such publisher, by the name of its source."""
    return {api.name: api for api in (_ucdp(), _acled())}


def listing(source: str, period: Period, folder: Path, line: Line) -> Listing:
    """The files a period is cut into, once the publisher has taken the token.

    Raises UsageError without a token, NetworkError where it is refused or
    nothing can be had.
    """
    api = apis()[source]
    secret = (api.header(_token(api)),)
    now = clock()
    _try(api, secret, folder, line, now)
    files = [
        _file(api, first, last, now, secret)
        for first, last in _cuts(api, now)
        if period.holds(first, last)
    ]
    unit = "month" if api.monthly else "year"
    told = f"{source}: one file a {unit}, made of the pages of its API; sizes are not told before."
    return Listing(source, tuple(files), remarks=(told,))


def _file(
    api: Api, first: datetime, last: datetime, now: datetime, secret: tuple[tuple[str, str], ...]
) -> Remote:
    name = f"{api.name}-{first:%Y-%m}.csv" if api.monthly else f"{api.name}-{first:%Y}.csv"
    # What goes on changing is new every day; a numbered version stays as it is.
    tag = f"{now:%Y-%m-%d}" if api.span[1] is None else GED
    return Remote(
        api.name, name, (api.host,), api.query(first, last - timedelta(days=1)), exact=False,
        tag=tag, first=first, last=last, secret=secret, pages=api.name,
    )  # fmt: skip


def page(text: str, api: Api, path: str) -> tuple[Rows, str]:
    """The rows of an answer and the path of the next page; raises Odd where it is none."""
    try:
        found = json.loads(text)
        rows, following = api.read(path, found)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Odd(f"found no page of events in its answer ({type(error).__name__})") from error
    if not all(isinstance(row, dict) for row in rows):
        raise Odd("found a page of something else than events")
    return rows, following


def _token(api: Api) -> str:
    token = os.environ.get(api.variable, "").strip()
    if not token:
        raise UsageError(
            f"{api.name}: needs a token of your own, and {api.variable} is not set: {api.ask_at}, "
            f"then set {api.variable}. {api.by_hand}"
        )
    return token


def _try(
    api: Api, secret: tuple[tuple[str, str], ...], folder: Path, line: Line, now: datetime
) -> None:
    """Ask for the first page of the first period, to see that the token is taken."""
    first, last = next(_cuts(api, now))
    path = api.query(first, last - timedelta(days=1))
    name = f"{api.name}-first-page.json"
    (folder / name).unlink(missing_ok=True)  # an answer of an API has no mark to know it by
    try:
        got = download(Remote(api.name, name, (api.host,), path, secret=secret), folder, line)
        page(got.path.read_text(encoding="utf-8"), api, path)
    except NotGot as error:
        if error.closed:
            raise NetworkError(
                f"{api.name}: the publisher does not take the token in {api.variable} ({error}). "
                f"It may have run out: {api.ask_at}, then set {api.variable}."
            ) from error
        raise NetworkError(
            f"{api.name}: {error}. Check the connection; try again later."
        ) from error
    except (Odd, UnicodeDecodeError) as error:
        raise NetworkError(
            f"{api.name}: {error}. Check the token in {api.variable}; try again later."
        ) from error


def _cuts(api: Api, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The years or months of a source, each with the day after its last."""
    for year in range(api.span[0], (api.span[1] or now.year) + 1):
        if not api.monthly:
            yield datetime(year, 1, 1), datetime(year + 1, 1, 1)
            continue
        for month in range(1, 13):
            first = datetime(year, month, 1)
            if first <= now:
                yield first, datetime(year + month // 12, month % 12 + 1, 1)


def _ucdp() -> Api:
    def query(first: datetime, last: datetime) -> str:
        return (
            f"api/gedevents/{GED}?pagesize={UCDP_PAGE}&StartDate={first:%Y-%m-%d}"
            f"&EndDate={last:%Y-%m-%d}"
        )

    def read(_: str, found: dict[str, Any]) -> tuple[Rows, str]:
        # Only path and query are followed: the token goes to no other host.
        following = urlsplit(found.get("NextPageUrl") or "")
        path = following.path.lstrip("/")
        return found["Result"], f"{path}?{following.query}" if path else ""

    return Api(
        UCDP, "https://ucdpapi.pcr.uu.se", "UCDP_ACCESS_TOKEN",
        lambda token: ("x-ucdp-access-token", token), "ask for one at https://ucdp.uu.se/apidocs",
        (1989, 2000 + int(GED.partition(".")[0]) - 1), False, query, read,
        (
            "id", "relid", "year", "active_year", "code_status", "type_of_violence",
            "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id",
            "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id",
            "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
            "source_date", "source_headline", "source_original", "where_prec", "where_coordinates",
            "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt",
            "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
            "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown",
            "best", "high", "low", "gwnoa", "gwnob",
        ),
        "Or download the CSV at https://ucdp.uu.se/downloads, which needs none, then: "
        "realpolitik ingest ucdp PATH",
    )  # fmt: skip


def _acled() -> Api:
    def query(first: datetime, last: datetime) -> str:
        return (
            f"api/acled/read?_format=json&event_date={first:%Y-%m-%d}%7C{last:%Y-%m-%d}"
            f"&event_date_where=BETWEEN&limit={ACLED_PAGE}&page=1"
        )

    def read(path: str, found: dict[str, Any]) -> tuple[Rows, str]:
        if found.get("success") is False:
            raise Odd(f"its answer is an error ({str(found.get('error'))[:120]})")
        start, _, number = path.rpartition("=")
        rows: Rows = found["data"]
        return rows, f"{start}={int(number) + 1}" if len(rows) >= ACLED_PAGE else ""

    return Api(
        ACLED, "https://acleddata.com", "ACLED_ACCESS_TOKEN",
        lambda token: ("Authorization", f"Bearer {token}"),
        "get one with your account from https://acleddata.com/oauth/token (it lasts a day)",
        (1997, None), True, query, read,
        (
            "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
            "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2",
            "inter2", "interaction", "civilian_targeting", "iso", "region", "country", "admin1",
            "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
            "source_scale", "notes", "fatalities", "tags", "timestamp",
        ),
        "Or export a CSV with your account at https://acleddata.com, then: "
        "realpolitik ingest acled PATH",
    )  # fmt: skip
