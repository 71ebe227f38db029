"""Reads of what visits came to, in the form of figures: marks, and things that are counted.

A mark is an accepted visit's score (item `score`). Counted, by group: `finding` a confirmed finding
and `veto` one on a veto item (items: the checklist's), `case` a case by what is to be said of it
(items `opened`, `overdue`, `recurring`), `breach` an established breach (items: the rule set's code
and, where it demands one, the verdict).
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import select

from anfang.breaches.models import BreachState, RuleBreach
from anfang.breaches.queries import breaches_listed
from anfang.cases import ledger
from anfang.cases import queries as cases
from anfang.cases.models import Case
from anfang.inspections import queries as inspections
from anfang.inspections.models import Record, RecordState
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.figures import Figure
from anfang.review import queries as review
from anfang.review.models import Finding, FindingState
from anfang.scoring.formula import VISIT_MARK


def figures(campaign_id: UUID, since: date, until: date) -> list[Figure]:
    """Return what visits, cases and breaches of a campaign came to; both days are included."""
    return [
        *_marks(campaign_id, since, until),
        *_findings(campaign_id, since, until),
        *_cases(campaign_id, since, until),
        *_breaches(campaign_id, since, until),
    ]


def _marks(campaign_id: UUID, since: date, until: date) -> Iterator[Figure]:
    listed = inspections.records_listed(
        Record.points.is_not(None),
        Record.unit_id.is_not(None),
        campaign=campaign_id,
        state=RecordState.ACCEPTED.value,
        from_day=since,
        to_day=until,
    )
    for one in db.session.scalars(listed):
        assert one.unit_id is not None
        assert one.points is not None
        yield _figure(one.unit_id, "", VISIT_MARK, "record", one.id, float(one.points))


def _findings(campaign_id: UUID, since: date, until: date) -> Iterator[Figure]:
    listed = review.findings_listed(
        Finding.unit_id.is_not(None),
        campaign=campaign_id,
        state=FindingState.CONFIRMED.value,
        from_day=since,
        to_day=until,
    )
    for one in db.session.scalars(listed):
        assert one.unit_id is not None
        group = "veto" if one.veto else "finding"
        yield _figure(one.unit_id, group, one.item, "finding", one.id)


def _cases(campaign_id: UUID, since: date, until: date) -> Iterator[Figure]:
    predicates = ledger.matching(campaign=campaign_id, opened_from=since, opened_to=until)
    for one in db.session.scalars(select(Case).where(*predicates)):
        for item in _said_of(one):
            yield _figure(one.unit_id, "case", item, "case", one.id)


def _said_of(case: Case) -> Iterator[str]:
    yield "opened"
    if case.state in cases.WAITING_FOR_UNIT and now() > case.due_at:
        yield "overdue"
    if case.recurring:
        yield "recurring"


def _breaches(campaign_id: UUID, since: date, until: date) -> Iterator[Figure]:
    listed = breaches_listed(
        RuleBreach.state == BreachState.ESTABLISHED.value,
        RuleBreach.found_on >= since,
        RuleBreach.found_on <= until,
        campaign=campaign_id,
    )
    for one in db.session.scalars(listed):
        for item in dict.fromkeys((one.rule_set, one.verdict or one.rule_set)):
            yield _figure(one.unit_id, "breach", item, "breach", one.id)


def _figure(
    unit_id: UUID, group: str, item: str, kind: str, object_id: UUID, value: float = 1.0
) -> Figure:
    return Figure(
        unit_id=unit_id,
        source="visit",
        group=group,
        item=item,
        value=value,
        count=1,
        object_kind=kind,
        object_id=object_id,
    )
