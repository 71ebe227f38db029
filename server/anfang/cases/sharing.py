"""Verbs of shared cases: which units support the lead unit, and what each answers for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from anfang.cases import followups, guards, trail
from anfang.cases.errors import ShareOfLeadUnit
from anfang.cases.followup_models import CaseShare, Degree
from anfang.cases.models import Case
from anfang.jobs import service as jobs
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
    known = {_part(one) for one in followups.shares_of(case.id)}
    db.session.execute(delete(CaseShare).filter_by(case_id=case.id))
    made = [CaseShare(case_id=case.id, **one) for one in shares]
    for one in made:
        registry.unit(one.unit_id)
        db.session.add(one)
    trail.told(case, "case.shared", units=len(made))
    for one in made:
        if _part(one) not in known:
            _tell_given(one)


def let_support(case: Case, unit_ids: Iterable[UUID], duty: str) -> None:
    """Let units support a case beside those that do; whoever has a part already keeps it.

    Args:
        duty: what each of them answers for, in second place.
    """
    known = {one.unit_id for one in followups.shares_of(case.id)} | {case.unit_id}
    for unit_id in unit_ids:
        if unit_id not in known:
            _give(case.id, unit_id, Degree.SECONDARY.value, duty)


def drop_share(case_id: UUID, unit_id: UUID) -> None:
    """Let a unit no longer support a case: it has become its lead unit."""
    db.session.execute(delete(CaseShare).filter_by(case_id=case_id, unit_id=unit_id))


def copy_shares(source_id: UUID, target_id: UUID) -> None:
    """Let the same units support another case with the same parts."""
    for one in followups.shares_of(source_id):
        _give(target_id, one.unit_id, one.degree, one.duty)
    db.session.flush()


def _give(case_id: UUID, unit_id: UUID, degree: str, duty: str) -> None:
    share = CaseShare(case_id=case_id, unit_id=unit_id, degree=degree, duty=duty)
    db.session.add(share)
    _tell_given(share)


def _tell_given(share: CaseShare) -> None:
    """Let the unit hear that it has a part in another's case, or another part than before."""
    jobs.emit("case.share_given", unit=str(share.unit_id))


def _part(share: CaseShare) -> tuple[UUID, str, str]:
    return share.unit_id, share.degree, share.duty
