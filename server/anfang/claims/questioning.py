"""Verbs of claims about a difference: ask the unit, hear it, judge.

[Note: A person judges] no figure has a consequence by itself: a person takes a difference up, the
unit is heard, a second person gives the verdict, and only concealment opens a case, in which the
unit is heard anew.
"""

from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from anfang.cases import queries as cases_listed
from anfang.cases import service as cases
from anfang.cases.models import Case, CaseClass, CaseSource
from anfang.claims import comparisons, queries
from anfang.claims.comparing import TO_BE_ASKED, Comparison
from anfang.claims.errors import (
    ClaimAskedBefore,
    ClaimHearingOpen,
    ClaimItemsUnknown,
    ClaimJudged,
    ClaimNothingToAsk,
    ClaimNotLocked,
    ClaimOwnQuestion,
    ClaimQuestionAnswered,
)
from anfang.claims.models import ClaimQuestion, ClaimSheet, Verdict
from anfang.inspections.publication import require_publishable
from anfang.jobs import service as jobs
from anfang.kit import working_time
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.i18n import translate
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.review.models import Finding


def put(sheet: ClaimSheet, item: str, note: str) -> ClaimQuestion:
    """Ask a unit to explain why visits saw other than it claims; its figures are kept as they are.

    Raises:
        ClaimItemsUnknown: it was not asked about such an item.
        ClaimNotLocked: the unit may still change its self-report.
        ClaimNothingToAsk: no difference beyond chance and tolerance.
        ClaimAskedBefore: this was taken up already.
        PublicationTooEarly: one of the visits could still be picked out.
    """
    if item not in sheet.request.item_ids:
        raise ClaimItemsUnknown
    if not sheet.request.locked:
        raise ClaimNotLocked
    comparison, seen = comparisons.cell_of(sheet, item)
    if comparison.flag not in TO_BE_ASKED:
        raise ClaimNothingToAsk
    require_publishable(seen.records)
    question = _question(sheet, item, comparison, note)
    try:
        with db.session.begin_nested():
            db.session.add(question)
            db.session.flush()
    except IntegrityError as error:
        raise ClaimAskedBefore from error
    log.audit("claim.questioned", "claim_question", question.id, item=item, flag=comparison.flag)
    jobs.emit("claims.questioned", unit=str(sheet.unit_id))
    return question


def answer(question: ClaimQuestion, text: str) -> None:
    """Let the unit explain itself; once, and until there is a verdict also after its time.

    Args:
        question: locked.

    Raises:
        ClaimQuestionAnswered: it did, or a verdict was reached.
    """
    if question.answered_at is not None or question.verdict is not None:
        raise ClaimQuestionAnswered
    question.answer, question.answered_by, question.answered_at = text, person().id, now()
    db.session.flush()
    log.audit("claim.explained", "claim_question", question.id)
    jobs.emit("claims.explained", by=str(question.asked_by))


def judge(question: ClaimQuestion, verdict: Verdict, reason: str) -> None:
    """Give the verdict as a second person, after the unit was heard or its time is over.

    Concealment opens a case on the findings of the visits that no case has yet.

    Args:
        question: locked.

    Raises:
        ClaimJudged: there is one.
        ClaimOwnQuestion: the caller asked.
        ClaimHearingOpen: the unit may still be heard.
    """
    if question.verdict is not None:
        raise ClaimJudged
    if question.asked_by == person().id:
        raise ClaimOwnQuestion
    if question.answered_at is None and now() <= question.answer_until:
        raise ClaimHearingOpen
    if verdict is Verdict.CONCEALMENT:
        question.case_id = _open_case(question, reason).id
    question.verdict, question.reason = verdict.value, reason
    question.judged_by, question.judged_at = person().id, now()
    db.session.flush()
    log.audit("claim.judged", "claim_question", question.id, verdict=verdict.value)


def _question(sheet: ClaimSheet, item: str, comparison: Comparison, note: str) -> ClaimQuestion:
    days = queries.rules_of(sheet.request.campaign_id).hearing_working_days
    texts = {one["id"]: one["text"] for one in sheet.request.items}
    return ClaimQuestion(
        sheet=sheet,
        item=item,
        item_text=texts[item],
        figures=_figures(comparison),
        note=note,
        asked_by=person().id,
        asked_at=now(),
        answer_until=working_time.deadline(now(), days, current_app.config["ZONE"]),
    )


def _figures(comparison: Comparison) -> dict[str, Any]:
    claim, seen, apart = comparison.claim, comparison.seen, comparison.difference
    assert claim is not None
    assert seen is not None
    assert apart is not None
    return {
        "claim": vars(claim),
        "seen": vars(seen),
        "difference": vars(apart),
        "flag": comparison.flag.value,
    }


def _open_case(question: ClaimQuestion, reason: str) -> Case:
    sheet, seen = question.sheet, question.figures["seen"]
    findings = _free_findings(question)
    said = {
        "item": question.item_text,
        "claimed": round(question.figures["claim"]["percent"], 1),
        "good": seen["count"],
        "of": seen["of"],
    }
    return cases.open_case(
        findings,
        sheet.unit_id,
        translate("claim-case-title", None, item=question.item_text),
        CaseClass.BY_DATE.value,
        campaign_id=sheet.request.campaign_id,
        source=(CaseSource.VISIT if findings else CaseSource.CLUE).value,
        summary=translate("claim-case-summary", None, reason=reason, **said),
        topic=queries.rules_of(sheet.request.campaign_id).concealment_topic,
        raised_by="" if findings else translate("claim-case-raised-by", None),
    )


def _free_findings(question: ClaimQuestion) -> list[UUID]:
    """Return the confirmed findings of the item among the visits compared that no case has."""
    _, seen = comparisons.cell_of(question.sheet, question.item)
    listed = cases_listed.findings_without_case(
        campaign=question.sheet.request.campaign_id, unit=question.sheet.unit_id
    ).where(Finding.item == question.item, Finding.record_id.in_(set(seen.records)))
    return [one.id for one in db.session.scalars(listed)]
