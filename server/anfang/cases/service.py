"""Verbs of cases: open one from findings, hear the unit, remind it, close it with a reply."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from anfang.cases import queries
from anfang.cases.errors import (
    CaseClosed,
    DefenceWindowShortened,
    DueBeforeOpening,
    FindingInCase,
    FindingOfOtherCampaign,
    FindingOfOtherUnit,
    FindingWithdrawn,
    NothingToSendBack,
    OwnerUnsuitable,
    PublicExplanationMissing,
    RemindedToday,
    ThemeOfOtherCampaign,
    UnitNotWaitedFor,
)
from anfang.cases.models import (
    Case,
    CaseClass,
    CaseFinding,
    CaseSerial,
    CaseSource,
    CaseState,
    CaseStatement,
    StatementKind,
)
from anfang.identity import queries as identity
from anfang.kit import working_time
from anfang.kit.clock import local_day, now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.ids import sha256_hex
from anfang.kit.principal import person
from anfang.log import service as log
from anfang.registry import queries as registry
from anfang.registry.models import Unit
from anfang.review import queries as review
from anfang.review.models import Finding, FindingState

RECTIFICATION_WORKING_DAYS: Final = 10
DEFENCE_WORKING_DAYS: Final = 5

_ANSWERS: Final = {
    StatementKind.DEFENCE: CaseState.ANSWERED,
    StatementKind.RECTIFICATION: CaseState.RECTIFIED,
}


def open_case(
    finding_ids: Sequence[UUID],
    unit_id: UUID,
    title: str,
    case_class: str,
    summary: str = "",
    public_explanation: str = "",
    responsible: str = "",
    source: str = CaseSource.VISIT.value,
    theme_id: UUID | None = None,
    working_days: int = RECTIFICATION_WORKING_DAYS,
    defence_working_days: int = DEFENCE_WORKING_DAYS,
) -> Case:
    """Open a case from confirmed findings; the unit's time begins to run.

    Args:
        unit_id: who must put it right: the unit of the findings, or one above it (the bureau that
            is competent for a firm).
        case_class: a `CaseClass`.
        responsible: a post or name, for the office only.
        source: a `CaseSource`.
        theme_id: a theme of the campaign; None takes the only one in which the unit has a part.
        working_days, defence_working_days: the terms, in Chinese working days.

    Raises:
        NotFound: there is no such finding or unit.
        FindingInCase, FindingWithdrawn, FindingOfOtherUnit, FindingOfOtherCampaign: the findings
            give no case together, or not of this unit.
        PublicExplanationMissing: a step-by-step case without one.
        ThemeOfOtherCampaign: the theme is not of the findings' campaign.

    Whoever opens a case follows it up until it is assigned to somebody else.
    """
    unit = registry.unit(unit_id)
    findings = _findings(finding_ids, unit)
    opened_at, campaign_id = now(), findings[0].campaign_id
    _require_theme(theme_id, campaign_id)
    case = Case(
        number=_draw_number(opened_at),
        campaign_id=campaign_id,
        unit=unit,
        owner_id=person().id,
        theme_id=theme_id or queries.theme_of_unit(campaign_id, unit),
        source=source,
        title=title,
        summary=summary,
        case_class=case_class,
        public_explanation=public_explanation,
        responsible=responsible,
        opened_at=opened_at,
        due_at=_term(opened_at, working_days),
        defence_until=_term(opened_at, defence_working_days),
    )
    _require_explanation(case)
    db.session.add(case)
    db.session.flush()
    db.session.add_all(CaseFinding(case_id=case.id, finding_id=one.id) for one in findings)
    db.session.flush()
    log.audit("case.opened", "case", case.id, number=case.number, findings=len(findings))
    return case


def change_case(
    case: Case,
    *,
    working_days: int | None = None,
    due_on: date | None = None,
    defence_working_days: int | None = None,
    **changes: Any,
) -> None:
    """Change what is given.

    Args:
        case: locked (`queries.case_for_update`).
        working_days, defence_working_days: new terms, counted from the day the case was opened.
        due_on: the new last day instead; the term ends when the office closes on it.
        changes: `title`, `summary`, `case_class`, `public_explanation`, `responsible`, `source`,
            `theme_id`, `owner_id`.

    Raises:
        CaseClosed: it is too late.
        DueBeforeOpening: the last day is not after the day of the opening.
        DefenceWindowShortened: the unit would have less time to state its defence.
        PublicExplanationMissing: a step-by-step case without one.
        OwnerUnsuitable, ThemeOfOtherCampaign: nothing was changed.
    """
    _require_not_closed(case)
    if "owner_id" in changes:
        _require_owner(changes["owner_id"])
    _require_theme(changes.get("theme_id"), case.campaign_id)
    if working_days is not None:
        case.due_at = _term(case.opened_at, working_days)
    if due_on is not None:
        case.due_at = _end_of(due_on, case.opened_at)
    if defence_working_days is not None:
        until = _term(case.opened_at, defence_working_days)
        if until < case.defence_until:
            raise DefenceWindowShortened
        case.defence_until = until
    for member, value in changes.items():
        setattr(case, member, value)
    _require_explanation(case)
    db.session.flush()
    log.audit(
        "case.changed",
        "case",
        case.id,
        working_days=working_days,
        defence_working_days=defence_working_days,
        due_on=None if due_on is None else due_on.isoformat(),
        members=" ".join(sorted(changes)),
    )


def assign(case: Case, owner_id: UUID) -> None:
    """Give a case to somebody of the office to follow up.

    Args:
        case: locked (`queries.case_for_update`).

    Raises:
        CaseClosed: there is nothing to follow up.
        OwnerUnsuitable: not an active reviewer or lead of the office.
    """
    _require_not_closed(case)
    _require_owner(owner_id)
    case.owner_id = owner_id
    db.session.flush()
    log.audit("case.assigned", "case", case.id, owner=str(owner_id))


def remind(case: Case, text: str) -> CaseStatement:
    """Remind the unit of a case (催办); it reads the text at its desk.

    Args:
        case: locked (`queries.case_for_update`).

    Raises:
        UnitNotWaitedFor: the unit's time does not run.
        RemindedToday: once a day is enough.
    """
    if case.state not in queries.WAITING_FOR_UNIT:
        raise UnitNotWaitedFor
    zone = current_app.config["ZONE"]
    if case.reminded_at is not None and local_day(case.reminded_at, zone) == local_day(now(), zone):
        raise RemindedToday
    statement = _keep(case, StatementKind.REMINDER, text)
    case.reminded_at = statement.at
    db.session.flush()
    log.audit("case.reminded", "case", case.id, statement=str(statement.id))
    return statement


def send_back(case: Case, text: str, working_days: int | None = None) -> CaseStatement:
    """Find a rectification insufficient (退回整改): the unit's time runs again.

    Args:
        case: locked (`queries.case_for_update`).
        text: what is missing.
        working_days: a new term, counted from today; None leaves the deadline where it is.

    Raises:
        NothingToSendBack: no rectification waits for the office.
    """
    if case.state != CaseState.RECTIFIED.value:
        raise NothingToSendBack
    statement = _keep(case, StatementKind.INSUFFICIENT, text)
    heard = case.id in queries.defended([case.id])
    case.state = (CaseState.ANSWERED if heard else CaseState.OPEN).value
    if working_days is not None:
        case.due_at = _term(statement.at, working_days)
    db.session.flush()
    log.audit(
        "case.sent_back", "case", case.id, statement=str(statement.id), working_days=working_days
    )
    return statement


def state(case: Case, kind: StatementKind, text: str) -> CaseStatement:
    """Take a unit's defence or rectification, as often as it has something to say.

    A late defence is heard like any other: it never aggravates, and refusing it would help nobody.

    Args:
        case: locked (`queries.case_for_update`).
        kind: DEFENCE or RECTIFICATION.

    Raises:
        CaseClosed: the office has replied already.
    """
    _require_not_closed(case)
    statement = _keep(case, kind, text)
    # A defence that comes after the rectification does not undo it.
    if case.state != CaseState.RECTIFIED.value:
        case.state = _ANSWERS[kind].value
    db.session.flush()
    log.audit(f"case.{kind.value}_stated", "case", case.id, statement=str(statement.id))
    return statement


def close(case: Case, reply: str) -> CaseStatement:
    """End a case with the office's reply to the unit.

    Args:
        case: locked (`queries.case_for_update`).
        reply: says something; a case without a reply cannot be closed.

    Raises:
        CaseClosed: it is closed.
    """
    _require_not_closed(case)
    statement = _keep(case, StatementKind.REPLY, reply)
    case.state = CaseState.CLOSED.value
    case.closed_at, case.reply_sha256 = statement.at, statement.sha256
    db.session.flush()
    log.audit("case.closed", "case", case.id, statement=str(statement.id))
    return statement


def _keep(case: Case, kind: StatementKind, text: str) -> CaseStatement:
    digest = sha256_hex(text.encode())
    statement = CaseStatement(
        case_id=case.id, kind=kind.value, text=text, by_user=person().id, at=now(), sha256=digest
    )
    db.session.add(statement)
    db.session.flush()
    log.queue("reply", case.number, digest)
    return statement


def _findings(finding_ids: Sequence[UUID], unit: Unit) -> list[Finding]:
    wanted = dict.fromkeys(finding_ids)
    known = review.findings_of(wanted)
    if len(known) < len(wanted):
        raise NotFound
    findings = [known[finding_id] for finding_id in wanted]
    if any(finding.state != FindingState.CONFIRMED.value for finding in findings):
        raise FindingWithdrawn
    if len({finding.campaign_id for finding in findings}) > 1:
        raise FindingOfOtherCampaign
    _require_units_below(findings, unit)
    numbers = queries.numbers_of_findings(wanted)
    if numbers:
        raise FindingInCase(number="、".join(numbers))
    return findings


def _require_units_below(findings: Sequence[Finding], unit: Unit) -> None:
    """A unit reads its case: no finding of a unit elsewhere in the tree may stand in it."""
    named = registry.units_of({one.unit_id for one in findings if one.unit_id is not None})
    if any(not one.path.startswith(unit.path) for one in named):
        raise FindingOfOtherUnit


def _require_explanation(case: Case) -> None:
    if case.case_class == CaseClass.STEP_BY_STEP.value and not case.public_explanation.strip():
        raise PublicExplanationMissing


def _require_owner(owner_id: UUID) -> None:
    try:
        suitable = queries.is_owner(identity.user(owner_id))
    except NotFound:
        suitable = False
    if not suitable:
        raise OwnerUnsuitable


def _require_theme(theme_id: UUID | None, campaign_id: UUID) -> None:
    if theme_id is not None and not queries.theme_belongs(theme_id, campaign_id):
        raise ThemeOfOtherCampaign


def _require_not_closed(case: Case) -> None:
    if case.state == CaseState.CLOSED.value:
        raise CaseClosed


def _term(opened_at: datetime, working_days: int) -> datetime:
    return working_time.deadline(opened_at, working_days, tz=current_app.config["ZONE"])


def _end_of(last: date, opened_at: datetime) -> datetime:
    """Return when a term ends whose last day is named: at closing time, of a working day."""
    zone = current_app.config["ZONE"]
    if last <= local_day(opened_at, zone):
        raise DueBeforeOpening
    return working_time.deadline(datetime.combine(last, time.min, tzinfo=zone), 0, tz=zone)


def _draw_number(at: datetime) -> str:
    """Draw the next number of the year; the locked row leaves no gap and gives none twice."""
    year = local_day(at, current_app.config["ZONE"]).year
    serial = db.session.get(CaseSerial, year, with_for_update=True)
    if serial is None:
        serial = _begin_year(year)
    serial.last += 1
    return f"{year}-{serial.last:04d}"


def _begin_year(year: int) -> CaseSerial:
    try:
        with db.session.begin_nested():
            db.session.add(CaseSerial(year=year, last=0))
    except IntegrityError:
        pass  # another case has just begun the year; the row is read and locked below
    return db.session.get_one(CaseSerial, year, with_for_update=True, populate_existing=True)
