"""Where tables live: the bundled record, opened in memory and checked against its digests."""

from realpolitik.lake.record import Record, open_record

__all__ = ["Record", "open_record"]
