"""Files at fixed addresses, such as a source's card gives: the server is asked what it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from realpolitik.errors import NetworkError
from realpolitik.net.download import NotGot, probe
from realpolitik.net.line import Line
from realpolitik.net.plan import Listing, Remote


def listing(source: str, files: Iterable[Remote], line: Line) -> Listing:
    """The files with length and mark as their servers give them.

    A file that its server does not have is listed all the same, so that fetching
    it says so; raises NetworkError when no server answers for any of them.
    """
    found: list[Remote] = []
    troubles: list[str] = []
    for file in files:
        try:
            # A length that only the server gives may be that of something else.
            found.append(replace(probe(file, line), exact=file.bytes is not None))
        except NotGot as error:
            found.append(file)
            troubles.append(f"{file.urls[0]}: {error}")
    if troubles and len(troubles) == len(found):
        raise NetworkError(
            f"{source}: {troubles[0]}. Check the connection; the card's url, "
            f"`realpolitik sources {source}`, tells where to fetch it by hand."
        )
    return Listing(source, tuple(found))
