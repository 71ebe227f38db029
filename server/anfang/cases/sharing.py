"""Verbs of shared cases: which units support the lead unit, and what each answers for."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from anfang.cases import followups, guards, trail
from anfang.cases.errors import ShareOfLeadUnit
from anfang.cases.followup_models import CaseShare
from anfang.cases.models import Case
from anfang.kit.db import db
from anfang.registry import queries as registry


def share(case: Case, shares: Sequence[Mapping[str, Any]]) -> None:
    """Say which units support the lead unit, and what each answers for; replaces what stood.

    Args:
        case: locked (`queries.case_for_update`).
        shares: `unit_id`, `degree` (a `Degree`) and `duty`, its part in writing.

    Raises:
        CaseClosed, CaseLocked: it is too late.
        NotFound: there is no such unit.
        ShareOfLeadUnit: the lead unit stands among them.
    """
    guards.require_running(case)
    if any(one["unit_id"] == case.unit_id for one in shares):
        raise ShareOfLeadUnit
    db.session.execute(delete(CaseShare).filter_by(case_id=case.id))
    for one in shares:
        registry.unit(one["unit_id"])
        db.session.add(CaseShare(case_id=case.id, **one))
    trail.told(case, "case.shared", units=len(shares))


def drop_share(case_id: UUID, unit_id: UUID) -> None:
    """Let a unit no longer support a case: it has become its lead unit."""
    db.session.execute(delete(CaseShare).filter_by(case_id=case_id, unit_id=unit_id))


def copy_shares(source_id: UUID, target_id: UUID) -> None:
    """Let the same units support another case with the same parts."""
    for one in followups.shares_of(source_id):
        db.session.add(
            CaseShare(case_id=target_id, unit_id=one.unit_id, degree=one.degree, duty=one.duty)
        )
    db.session.flush()
