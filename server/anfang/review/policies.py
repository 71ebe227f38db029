"""Who sees what in review: whoever may read a record sees its findings."""

from sqlalchemy import ColumnElement

from anfang.inspections import service as inspections
from anfang.kit.principal import Principal
from anfang.review.models import Finding


def visible_records(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Record`: every campaign's for the office's readers, none else."""
    return inspections.visible_records(caller)


def visible_findings(caller: Principal) -> ColumnElement[bool]:
    """Return the predicate on `Finding`: those of visible records."""
    return Finding.record_id.in_(inspections.visible_record_ids(caller))
