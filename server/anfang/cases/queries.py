"""Reads of cases."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, exists, func, select

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import (
    CampaignTheme,
    CampaignThemeUnit,
    RulebookVersion,
    ThemeRole,
)
from anfang.cases.models import Case, CaseFinding, CaseState, CaseStatement, StatementKind
from anfang.cases.rules import CaseRules, case_rules
from anfang.identity import queries as identity
from anfang.identity.models import User
from anfang.kit.clock import local_day, now
from anfang.kit.db import db, found_by, locked
from anfang.kit.deadlines import Deadline, colour_bounds, deadline_of
from anfang.kit.errors import NotFound
from anfang.kit.names import Names
from anfang.kit.principal import Role
from anfang.kit.working_time import working_days_between
from anfang.registry import queries as registry
from anfang.registry.models import Unit
from anfang.review import queries as review
from anfang.review.models import Finding, FindingState, PictureDecision

WAITING_FOR_UNIT = (CaseState.OPEN.value, CaseState.ANSWERED.value)
"""States in which the unit's time runs."""
RUNNING = (*WAITING_FOR_UNIT, CaseState.PAUSED.value, CaseState.RECTIFIED.value)
"""States in which a case has not ended."""
HEARD: Final = exists().where(
    CaseStatement.case_id == Case.id,
    CaseStatement.kind == StatementKind.DEFENCE.value,
    CaseStatement.at >= Case.defence_from,
)
"""The predicate on `Case`: its present unit has stated its defence."""
_THEMES: Final = Names(CampaignTheme.id, CampaignTheme.title)
_OWNERS = {Role.REVIEWER.value, Role.LEAD.value}


def case(case_id: UUID, *within: ColumnElement[bool]) -> Case:
    """Return a case; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(Case).where(Case.id == case_id, *within))


def case_for_update(case_id: UUID, *within: ColumnElement[bool]) -> Case:
    """Return a case, locked and read anew; raises NotFound like `case`."""
    return found_by(locked(select(Case).where(Case.id == case_id, *within)))


def cases_of(ids: Iterable[UUID]) -> Sequence[Case]:
    """Return cases by number; raises NotFound if one of them does not exist."""
    wanted = set(ids)
    found = db.session.scalars(select(Case).where(Case.id.in_(wanted)).order_by(Case.number)).all()
    if len(found) < len(wanted):
        raise NotFound
    return found


def ids_within(ids: Iterable[UUID], within: ColumnElement[bool]) -> frozenset[UUID]:
    """Return those of the ids whose cases are inside the predicate."""
    return frozenset(db.session.scalars(select(Case.id).where(Case.id.in_(list(ids)), within)))


def taken_over_by(case_id: UUID) -> list[UUID]:
    """Return the id of a case and of all that were merged into it, however often."""
    found, newest = [case_id], [case_id]
    while newest:
        newest = list(db.session.scalars(select(Case.id).where(Case.merged_into_id.in_(newest))))
        found += newest
    return found


def findings_without_case(
    *, campaign: UUID | None = None, unit: UUID | None = None
) -> Select[Finding]:
    """Return the statement of confirmed findings that no case takes care of yet, oldest first."""
    statement = (
        select(Finding)
        .where(
            Finding.state == FindingState.CONFIRMED.value,
            ~exists().where(CaseFinding.finding_id == Finding.id),
        )
        .order_by(Finding.at, Finding.id)
    )
    if campaign is not None:
        statement = statement.where(Finding.campaign_id == campaign)
    if unit is not None:
        statement = statement.where(Finding.unit_id.in_(registry.subtree_ids(unit)))
    return statement


def rules_of(campaign_id: UUID) -> CaseRules:
    """Return what a campaign's rulebook says about cases today."""
    return case_rules(campaigns.rulebook_section(campaign_id, "cases"))


def rules_for(case: Case) -> CaseRules:
    """Return what the rulebook said about a case when it was opened: rules bind as they were."""
    if case.rulebook_version_id is None:
        return case_rules(None)
    version = db.session.get_one(RulebookVersion, case.rulebook_version_id)
    return case_rules(version.content.get("cases"))


def rulebook_version_id(campaign_id: UUID) -> UUID | None:
    """Return the rulebook version by which cases of a campaign are opened today."""
    version = campaigns.rulebook_version(campaign_id)
    return None if version is None else version.id


def lead_unit_of_theme(theme_id: UUID) -> UUID | None:
    """Return the unit that leads a theme; None where none or several do."""
    found = db.session.scalars(
        select(CampaignThemeUnit.unit_id).filter_by(theme_id=theme_id, role=ThemeRole.LEAD.value)
    ).all()
    return found[0] if len(found) == 1 else None


def least_busy_lead() -> UUID | None:
    """Return the office's active lead who follows the fewest running cases up; None if none is."""
    leads = [one.id for one in owners() if Role.LEAD.value in one.roles]
    rows = db.session.execute(
        select(Case.owner_id, func.count())
        .where(Case.owner_id.in_(leads), Case.state.in_(RUNNING))
        .group_by(Case.owner_id)
    )
    busy = {row[0]: row[1] for row in rows}
    return min(leads, key=lambda one: (busy.get(one, 0), str(one)), default=None)


def themes_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the titles of themes, for lists that mention them."""
    return _THEMES.of(ids)


def theme_of_unit(campaign_id: UUID, unit: Unit) -> UUID | None:
    """Return the only theme of a campaign in which a unit, or one above it, has a part."""
    found = db.session.scalars(
        select(CampaignTheme.id)
        .join(CampaignThemeUnit)
        .where(
            CampaignTheme.campaign_id == campaign_id,
            CampaignThemeUnit.unit_id.in_([UUID(one) for one in unit.path.strip("/").split("/")]),
        )
        .distinct()
    ).all()
    return found[0] if len(found) == 1 else None


def theme_belongs(theme_id: UUID, campaign_id: UUID) -> bool:
    """Tell whether a theme is one of a campaign's."""
    theme = db.session.get(CampaignTheme, theme_id)
    return theme is not None and theme.campaign_id == campaign_id


def owners() -> Sequence[User]:
    """Return who may follow a case up: the office's active reviewers and leads, by name."""
    return [user for user in db.session.scalars(identity.users_listed()) if is_owner(user)]


def is_owner(user: User) -> bool:
    """Tell whether an account may follow a case up."""
    return user.active and user.unit_id is None and bool(_OWNERS & set(user.roles))


def findings_of(case_ids: Iterable[UUID]) -> list[tuple[UUID, Finding]]:
    """Return the findings of cases with the case's id, by day, then as they were confirmed."""
    rows = db.session.execute(
        select(CaseFinding.case_id, Finding)
        .join(Finding, Finding.id == CaseFinding.finding_id)
        .where(CaseFinding.case_id.in_(list(case_ids)))
        .order_by(Finding.day, Finding.at, Finding.id)
    )
    return [(row.case_id, row.Finding) for row in rows]


def numbers_of_findings(finding_ids: Iterable[UUID]) -> list[str]:
    """Return the numbers of the cases that hold any of these findings."""
    return list(
        db.session.scalars(
            select(Case.number)
            .join(CaseFinding, CaseFinding.case_id == Case.id)
            .where(CaseFinding.finding_id.in_(list(finding_ids)))
            .distinct()
            .order_by(Case.number)
        )
    )


def statements_of(case_id: UUID) -> Sequence[CaseStatement]:
    """Return what unit and office said to each other in a case, oldest first.

    Answers to whoever raised it are left out: they stay in the office, out of packs and desks.
    """
    return [
        one for one in all_statements_of(case_id) if one.kind != StatementKind.RAISER_REPLY.value
    ]


def all_statements_of(case_id: UUID) -> Sequence[CaseStatement]:
    """Return everything said in a case, oldest first, for the office alone."""
    return db.session.scalars(
        select(CaseStatement)
        .filter_by(case_id=case_id)
        .order_by(CaseStatement.at, CaseStatement.id)
    ).all()


def desk_statements_of(case: Case) -> Sequence[CaseStatement]:
    """Return what a case's present unit may read: what concerns it, no answer to the raiser."""
    return [one for one in statements_of(case.id) if one.unit_id == case.unit_id]


def defended(case_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of the cases in which their present unit has stated its defence."""
    return frozenset(db.session.scalars(select(Case.id).where(Case.id.in_(list(case_ids)), HEARD)))


def defence_is_over(case: Case) -> bool:
    """Tell whether the defence was heard or its time has run out: only then may a notice name it.

    A case that was closed before either stays as it is: closing takes no right away.
    """
    return now() > case.defence_until or case.id in defended([case.id])


def defences_open(cases: Sequence[Case]) -> list[str]:
    """Return the numbers of the cases whose defence is neither heard nor out of time."""
    heard = defended(one.id for one in cases)
    at = now()
    return [one.number for one in cases if one.id not in heard and at <= one.defence_until]


def overdue_of_unit(campaign_id: UUID, unit_id: UUID) -> int:
    """Return how many cases of a unit in a campaign are past their deadline."""
    statement = (
        select(func.count())
        .select_from(Case)
        .where(
            Case.campaign_id == campaign_id,
            Case.unit_id == unit_id,
            Case.state.in_(WAITING_FOR_UNIT),
            Case.due_at < now(),
        )
    )
    return db.session.scalar(statement) or 0


def running_out() -> Select[Case]:
    """Return the statement of the cases whose unit's deadline is near or past, of all campaigns."""
    far = colour_bounds(now(), current_app.config["ZONE"]).far
    return select(Case).where(Case.state.in_(WAITING_FOR_UNIT), Case.due_at < far)


def stalled(case: Case) -> bool:
    """Tell whether nothing has happened in a running case for as long as its rulebook allows."""
    if case.state not in RUNNING:
        return False
    zone = current_app.config["ZONE"]
    days = working_days_between(local_day(case.moved_at, zone), local_day(now(), zone))
    return days >= rules_for(case).stall_working_days


def deadline(case: Case) -> Deadline | None:
    """Return how near a case's deadline is; None while the unit's time does not run."""
    if case.state not in WAITING_FOR_UNIT:
        return None
    return deadline_of(case.due_at, case.opened_at, now(), current_app.config["ZONE"])


def releasable_pictures(
    findings: Iterable[Finding],
) -> dict[tuple[UUID, str], PictureDecision]:
    """Return the pictures of findings that may leave the office, by (finding, original's hash)."""
    listed = list(findings)
    decided = review.picture_decisions_of({finding.record_id for finding in listed})
    return {
        (finding.id, sha256): decided[(finding.record_id, sha256)]
        for finding in listed
        for sha256 in finding.pictures
        if (finding.record_id, sha256) in decided
    }


def picture(case_id: UUID, original_sha256: str) -> PictureDecision:
    """Return a picture of a case that may leave the office; raises NotFound for any other."""
    findings = [finding for _, finding in findings_of([case_id])]
    for (_, sha256), decision in releasable_pictures(findings).items():
        if sha256 == original_sha256:
            return decision
    raise NotFound
