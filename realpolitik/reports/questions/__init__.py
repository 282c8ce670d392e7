"""The further questions of a page: each file a function from `Record` to a `Section`."""

from realpolitik.reports.questions import answers, audience, course, parties, readings
from realpolitik.reports.record import Record
from realpolitik.reports.section import Section

IN_ORDER = (answers, course, parties, audience, readings)


def sections(record: Record) -> tuple[Section, ...]:
    """Every further question, in the order of the page."""
    return tuple(one.section(record) for one in IN_ORDER)
