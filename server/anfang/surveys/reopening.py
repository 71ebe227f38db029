"""Verbs of reopening (补课, DOMAIN.md row 45): most were dissatisfied, putting right begins anew.

A closed case stays as it was answered; the matter goes on in a case of its own, which the unit is
heard in like in any other.
"""

from uuid import UUID

from sqlalchemy import select

from anfang.cases import queries as cases_reads
from anfang.cases import service as cases
from anfang.cases.errors import NobodyToFollowUp
from anfang.cases.models import Case, CaseClass, CaseSource
from anfang.jobs import service as jobs
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.log import service as log
from anfang.surveys import queries, results
from anfang.surveys.form import read_form
from anfang.surveys.models import SurveyReopening


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
    """Open the case in which a unit's rectification goes on; None if a round has opened it.

    Args:
        count, of: how many of those who judged the unit are dissatisfied.

    Raises:
        NobodyToFollowUp: the office has no active lead.
    """
    if db.session.get(SurveyReopening, (round_id, unit_id)) is not None:
        return None
    owner = cases_reads.least_busy_lead()
    if owner is None:
        raise NobodyToFollowUp
    one = queries.round_of(round_id)
    title = translate("survey-case-title", None, round=one.title)
    earlier = _earlier(one.campaign_id, unit_id)
    opened = cases.open_case(
        [],
        unit_id,
        title,
        CaseClass.BY_DATE.value,
        campaign_id=one.campaign_id,
        source=CaseSource.CLUE.value,
        summary=translate(
            "survey-case-summary",
            None,
            round=one.title,
            count=count,
            of=of,
            earlier="、".join(earlier) or "—",
        ),
        raised_by=one.title,
        owner_id=owner,
    )
    db.session.add(SurveyReopening(round_id=round_id, unit_id=unit_id, case_id=opened.id))
    db.session.flush()
    log.audit("survey.reopened", "survey_round", round_id, case=opened.number)
    return opened


def _earlier(campaign_id: UUID, unit_id: UUID) -> list[str]:
    """Return the numbers of the unit's cases in the campaign: what is taken up again."""
    return list(
        db.session.scalars(
            select(Case.number)
            .where(Case.campaign_id == campaign_id, Case.unit_id == unit_id)
            .order_by(Case.number)
        )
    )
