"""Reads of what a verb needs before it may act: refusals that several verbs share."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from anfang.cases import queries
from anfang.cases.errors import (
    CaseClosed,
    CaseLocked,
    DueBeforeOpening,
    FieldUnknown,
    FindingOfOtherUnit,
    OwnerUnsuitable,
    PublicExplanationMissing,
    SubtasksOpen,
    ThemeOfOtherCampaign,
    WordUnknown,
)
from anfang.cases.followup_models import CaseTask, TaskState
from anfang.cases.models import Case, CaseClass, CaseState
from anfang.cases.rules import CaseRules
from anfang.identity import queries as identity
from anfang.kit import working_time
from anfang.kit.clock import local_day
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.i18n import translate
from anfang.registry import queries as registry
from anfang.registry.models import Unit
from anfang.review.models import Finding

_LOCKED = (CaseState.MERGED.value, CaseState.REFERRED.value)


def require_running(case: Case) -> None:
    """Refuse a verb on a case that has ended.

    Raises:
        CaseClosed: the office has replied.
        CaseLocked: another case has taken it over, or the competent body has it.
    """
    if case.state == CaseState.CLOSED.value:
        raise CaseClosed
    if case.state in _LOCKED:
        raise CaseLocked


def require_explanation(case: Case) -> None:
    """Refuse a step-by-step case without its explanation to the public."""
    if case.case_class == CaseClass.STEP_BY_STEP.value and not case.public_explanation.strip():
        raise PublicExplanationMissing


def require_owner(owner_id: UUID) -> None:
    """Refuse who may not follow a case up."""
    try:
        suitable = queries.is_owner(identity.user(owner_id))
    except NotFound:
        suitable = False
    if not suitable:
        raise OwnerUnsuitable


def require_theme(theme_id: UUID | None, campaign_id: UUID) -> None:
    """Refuse a theme of another campaign."""
    if theme_id is not None and not queries.theme_belongs(theme_id, campaign_id):
        raise ThemeOfOtherCampaign


def require_words(rules: CaseRules, topic: str, channel: str, fields: Mapping[str, str]) -> None:
    """Refuse words that the campaign's rulebook does not know.

    A topic is free where the rulebook lists none.
    """
    if topic and _is_left_out(topic, rules.topics):
        raise WordUnknown(word=topic)
    if channel and channel not in rules.channels:
        raise WordUnknown(word=channel)
    unknown = fields.keys() - {one.code for one in rules.fields}
    if unknown:
        raise FieldUnknown(fields="、".join(sorted(unknown)))


def require_source(rules: CaseRules, source: str) -> None:
    """Refuse a source that the campaign's rulebook leaves out."""
    if _is_left_out(source, rules.sources):
        raise WordUnknown(word=translate(f"case-source-{source}"))


def require_class(rules: CaseRules, case_class: str) -> None:
    """Refuse a class that the campaign's rulebook leaves out."""
    if _is_left_out(case_class, rules.classes):
        raise WordUnknown(word=translate(f"case-class-{case_class}"))


def require_level(rules: CaseRules, level: str) -> None:
    """Refuse a level of subtasks that the campaign's rulebook leaves out."""
    if _is_left_out(level, rules.levels):
        raise WordUnknown(word=translate(f"case-level-{level}"))


def _is_left_out(word: str, listed: Collection[str]) -> bool:
    """Tell whether a list leaves a word out; one without entries leaves out nothing."""
    return bool(listed) and word not in listed


def require_units_below(findings: Sequence[Finding], unit: Unit) -> None:
    """Refuse findings of a unit elsewhere in the tree: the case's unit reads them."""
    named = registry.units_of({one.unit_id for one in findings if one.unit_id is not None})
    if any(not one.path.startswith(unit.path) for one in named):
        raise FindingOfOtherUnit


def require_tasks_ended(case: Case) -> None:
    """Refuse to rectify or close a case whose subtasks are not all done or dropped."""
    statement = select(func.count()).where(
        CaseTask.case_id == case.id, CaseTask.leaf, CaseTask.state == TaskState.OPEN.value
    )
    waiting = db.session.scalar(statement) or 0
    if waiting:
        raise SubtasksOpen(count=waiting)


def term(began_at: datetime, working_days: int) -> datetime:
    """Return when a term of working days that began at a moment runs out."""
    return working_time.deadline(began_at, working_days, tz=current_app.config["ZONE"])


def end_of(last: date, opened_at: datetime) -> datetime:
    """Return when a term ends whose last day is named: at closing time, of a working day.

    Raises:
        DueBeforeOpening: the day is not after the day of the opening.
    """
    zone = current_app.config["ZONE"]
    if last <= local_day(opened_at, zone):
        raise DueBeforeOpening
    return working_time.deadline(datetime.combine(last, time.min, tzinfo=zone), 0, tz=zone)
