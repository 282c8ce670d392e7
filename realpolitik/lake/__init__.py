"""Where tables live: what ships, checked against its digests, and the lake of loaded files."""

from realpolitik.lake.record import Record, open_record

__all__ = ["Record", "open_record"]
