"""Verbs of opening a case: from findings, from what was raised, from a unit's own find."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.cases import guards, queries, recurring, trail
from anfang.cases.errors import (
    CampaignMissing,
    FindingInCase,
    FindingMissing,
    FindingOfOtherCampaign,
    FindingWithdrawn,
    NobodyToFollowUp,
    UnitMissing,
)
from anfang.cases.models import Case, CaseClass, CaseFinding, CaseSource, Horizon
from anfang.cases.numbering import draw_number
from anfang.jobs import service as jobs
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.principal import person
from anfang.registry import queries as registry
from anfang.registry.models import Unit
from anfang.review import queries as review
from anfang.review.models import Finding, FindingState

_UNLESS_TOLD: Final[Mapping[str, Any]] = {
    "public_explanation": "",
    "horizon": Horizon.SHORT.value,
    "key_item": False,
    "fast_track": False,
}
"""What the rules look at before the table's own defaults apply."""


def open_case(
    finding_ids: Sequence[UUID],
    unit_id: UUID | None,
    title: str,
    case_class: str,
    *,
    campaign_id: UUID | None = None,
    theme_id: UUID | None = None,
    source: str = CaseSource.VISIT.value,
    topic: str = "",
    channel: str = "",
    fields: Mapping[str, str] | None = None,
    working_days: int | None = None,
    defence_working_days: int | None = None,
    owner_id: UUID | None = None,
    **members: Any,
) -> Case:
    """Open a case; the unit's time begins to run.

    Args:
        finding_ids: confirmed findings; none where the source is not a visit.
        unit_id: who must put it right: the unit of the findings, or one above it (the bureau that
            is competent for a firm). None: the theme's lead unit.
        case_class: a `CaseClass`.
        campaign_id: needed without findings.
        theme_id: a theme of the campaign; None takes the only one in which the unit has a part.
        source: a `CaseSource`.
        topic, channel, fields: words and texts of the campaign's rulebook.
        working_days, defence_working_days: the terms, in Chinese working days; None takes those of
            the rulebook.
        owner_id: who follows it up until it is assigned; None is whoever opens it.
        members: `summary`, `public_explanation`, `responsible`, `raised_by`, `horizon`, `key_item`,
            `fast_track`, `effort`, `gravity`.

    Raises:
        NotFound: there is no such finding, unit or campaign.
        FindingMissing, CampaignMissing, UnitMissing: something that it needs is not named.
        FindingInCase, FindingWithdrawn, FindingOfOtherUnit, FindingOfOtherCampaign: the findings
            give no case together, or not of this unit.
        PublicExplanationMissing: a step-by-step case without one.
        ThemeOfOtherCampaign, WordUnknown, FieldUnknown: not of the campaign.
    """
    findings = _findings(finding_ids)
    if not findings and source == CaseSource.VISIT.value:
        raise FindingMissing
    campaign_id = _campaign_of(findings, campaign_id)
    guards.require_theme(theme_id, campaign_id)
    unit = _unit(unit_id, theme_id)
    guards.require_units_below(findings, unit)
    rules = queries.rules_of(campaign_id)
    guards.require_words(rules, topic, channel, fields or {})
    opened_at = now()
    case = Case(
        number=draw_number(opened_at),
        campaign_id=campaign_id,
        unit=unit,
        owner_id=owner_id or person().id,
        theme_id=theme_id or queries.theme_of_unit(campaign_id, unit),
        rulebook_version_id=queries.rulebook_version_id(campaign_id),
        source=source,
        title=title,
        case_class=case_class,
        topic=topic,
        channel=channel,
        fields=dict(fields or {}),
        opened_at=opened_at,
        defence_from=opened_at,
        moved_at=opened_at,
        **{**_UNLESS_TOLD, **members},
    )
    case.due_at = guards.term(opened_at, working_days or rules.working_days(case))
    case.defence_until = guards.term(opened_at, defence_working_days or rules.defence_working_days)
    guards.require_explanation(case)
    _add(case, findings)
    return case


def bring_in(**told: Any) -> Case:
    """Open a case that somebody brings in: of a source and a class that the rulebook lists.

    What another mechanism opens (supervision, surveys, complaints) has its source from there.

    Args:
        told: as for `open_case`.

    Raises:
        WordUnknown: the rulebook lists sources or classes, and not this one; also as `open_case`.
    """
    case = open_case(**told)
    rules = queries.rules_for(case)
    guards.require_source(rules, case.source)
    guards.require_class(rules, case.case_class)
    return case


def report_own(unit_id: UUID, campaign_id: UUID, title: str, **members: Any) -> Case:
    """Let a unit report its own find (单位自查, DOMAIN.md row 11); a lead follows it up.

    Raises:
        NobodyToFollowUp: the office has no active lead.
        NotFound, WordUnknown, FieldUnknown: as for `open_case`.
    """
    owner = queries.least_busy_lead()
    if owner is None:
        raise NobodyToFollowUp
    case_class = members.pop("case_class", CaseClass.BY_DATE.value)
    return bring_in(
        finding_ids=[],
        unit_id=unit_id,
        title=title,
        case_class=case_class,
        campaign_id=campaign_id,
        source=CaseSource.SELF_REPORTED.value,
        owner_id=owner,
        **members,
    )


def _add(case: Case, findings: Sequence[Finding]) -> None:
    db.session.add(case)
    db.session.flush()
    db.session.add_all(CaseFinding(case_id=case.id, finding_id=one.id) for one in findings)
    db.session.flush()
    trail.pass_to_unit(case)
    recurring.link(case)
    trail.told(case, "case.opened", number=case.number, findings=len(findings))
    jobs.emit("case.opened", unit=str(case.unit_id))


def _findings(finding_ids: Sequence[UUID]) -> list[Finding]:
    wanted = dict.fromkeys(finding_ids)
    known = review.findings_of(wanted)
    if len(known) < len(wanted):
        raise NotFound
    findings = [known[finding_id] for finding_id in wanted]
    if any(finding.state != FindingState.CONFIRMED.value for finding in findings):
        raise FindingWithdrawn
    if len({finding.campaign_id for finding in findings}) > 1:
        raise FindingOfOtherCampaign
    numbers = queries.numbers_of_findings(wanted)
    if numbers:
        raise FindingInCase(number="、".join(numbers))
    return findings


def _campaign_of(findings: Sequence[Finding], campaign_id: UUID | None) -> UUID:
    if findings:
        if campaign_id not in (None, findings[0].campaign_id):
            raise FindingOfOtherCampaign
        return findings[0].campaign_id
    if campaign_id is None:
        raise CampaignMissing
    return campaigns.campaign(campaign_id).id


def _unit(unit_id: UUID | None, theme_id: UUID | None) -> Unit:
    """Return who must put it right; without a name it falls to the theme's lead unit."""
    if unit_id is None and theme_id is not None:
        unit_id = queries.lead_unit_of_theme(theme_id)
    if unit_id is None:
        raise UnitMissing
    return registry.unit(unit_id)
