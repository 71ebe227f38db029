"""Verbs of recurrence: an item that comes back at a unit is flagged and linked (防反弹)."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from anfang.cases import queries
from anfang.cases.followup_models import CaseRecurrence
from anfang.cases.models import Case, CaseFinding
from anfang.kit.db import db
from anfang.review.models import Finding


def link(case: Case) -> None:
    """Link a case to earlier ones of its unit about the same item, and flag it if there are any.

    Earlier means opened within the rulebook's days of recurrence before it. A case's items are
    those of its findings, and its topic.
    """
    since = case.opened_at - timedelta(days=queries.rules_for(case).recurrence_days)
    earlier = db.session.scalars(
        select(Case.id).where(
            Case.unit_id == case.unit_id,
            Case.opened_at >= since,
            Case.opened_at <= case.opened_at,
            Case.id != case.id,
        )
    ).all()
    items = _items([case.id, *earlier])
    own = items.get(case.id, set())
    links = [
        CaseRecurrence(case_id=case.id, earlier_id=one, item=item)
        for one in earlier
        for item in sorted(own & items.get(one, set()))
    ]
    case.recurring = bool(links)
    db.session.add_all(links)
    db.session.flush()


def relink(case: Case) -> None:
    """Link a case that another unit has now; what it repeated at the former unit is dropped."""
    db.session.execute(delete(CaseRecurrence).filter_by(case_id=case.id))
    link(case)


def _items(case_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    ids = list(case_ids)
    found: dict[UUID, set[str]] = {}
    of_findings = (
        select(CaseFinding.case_id, Finding.item)
        .join(Finding, Finding.id == CaseFinding.finding_id)
        .where(CaseFinding.case_id.in_(ids))
    )
    topics = select(Case.id, Case.topic).where(Case.id.in_(ids), Case.topic != "")
    for statement in (of_findings, topics):
        for case_id, item in db.session.execute(statement):
            found.setdefault(case_id, set()).add(item)
    return found
