"""Verbs of reopening (补课, DOMAIN.md row 45): most were dissatisfied, putting right begins anew.

What the unit closed last in the campaign is opened again; where nothing of it was closed, the
matter begins in a case of its own, in which the unit is heard like in any other.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from anfang.cases import queries as cases_reads
from anfang.cases import service as cases
from anfang.cases.errors import NobodyToFollowUp
from anfang.cases.models import Case, CaseClass, CaseSource
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.log import service as log
from anfang.surveys import queries, results
from anfang.surveys.form import read_form
from anfang.surveys.models import SurveyReopening, SurveyRound


def tell_dissatisfied(round_id: UUID) -> int:
    """Tell an event for each unit with which more are dissatisfied than the rulebook bears."""
    one = queries.round_of(round_id)
    form = read_form(one.form)
    told = 0
    for found in queries.results_of(one):
        share = found.deciding.dissatisfied
        if share is not None and results.is_reopened(form, found):
            jobs.emit(
                "survey.dissatisfied",
                round=str(round_id),
                unit=str(found.unit),
                count=share.count,
                of=share.of,
            )
            told += 1
    return told


def reopen(round_id: UUID, unit_id: UUID, count: int, of: int) -> Case | None:
    """Reopen a unit's rectification, or open the case in which it begins; None if a round has.

    Args:
        count, of: how many of those who judged the unit are dissatisfied.

    Raises:
        NobodyToFollowUp: a case of its own is needed, and the office has no active lead.
    """
    if db.session.get(SurveyReopening, (round_id, unit_id)) is not None:
        return None
    one = queries.round_of(round_id)
    earlier = _cases_of(one.campaign_id, unit_id)
    why = translate(
        "survey-case-summary",
        None,
        round=one.title,
        count=count,
        of=of,
        earlier="、".join(case.number for case in earlier) or "—",
    )
    case = _reopened(earlier, why) or _opened(one, unit_id, why)
    db.session.add(SurveyReopening(round_id=round_id, unit_id=unit_id, case_id=case.id))
    db.session.flush()
    log.audit("survey.reopened", "survey_round", round_id, case=case.number)
    return case


def _reopened(earlier: Sequence[Case], why: str) -> Case | None:
    """Reopen the case that was closed last, if any was."""
    closed = [case for case in earlier if case.closed_at is not None]
    if not closed:
        return None
    case = cases_reads.case_for_update(max(closed, key=lambda case: case.closed_at or now()).id)
    cases.reopen(case, why)
    return case


def _opened(one: SurveyRound, unit_id: UUID, why: str) -> Case:
    owner = cases_reads.least_busy_lead()
    if owner is None:
        raise NobodyToFollowUp
    return cases.open_case(
        [],
        unit_id,
        translate("survey-case-title", None, round=one.title),
        CaseClass.BY_DATE.value,
        campaign_id=one.campaign_id,
        source=CaseSource.CLUE.value,
        summary=why,
        raised_by=one.title,
        owner_id=owner,
    )


def _cases_of(campaign_id: UUID, unit_id: UUID) -> Sequence[Case]:
    """Return the unit's cases in the campaign, by number."""
    return db.session.scalars(
        select(Case).filter_by(campaign_id=campaign_id, unit_id=unit_id).order_by(Case.number)
    ).all()
