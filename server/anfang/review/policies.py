"""Who sees what in review: whoever may read a record sees its findings."""

from sqlalchemy import ColumnElement, false, true

from anfang.inspections import service as inspections
from anfang.kit.principal import Principal


def visible_records(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Record`: every campaign's for the office's readers, none else."""
    return inspections.visible_records(caller)


def visible_findings(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Finding`: those of visible records; a list keeps its index by it."""
    return true() if inspections.reads_records(caller) else false()
