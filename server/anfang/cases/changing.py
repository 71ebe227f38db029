"""Verbs of changing a case: its words and terms, who follows it up."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from anfang.cases import guards, queries, trail
from anfang.cases.errors import DefenceWindowShortened, ExtensionNeedsApproval
from anfang.cases.models import Case, CaseState


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
        due_on: the new last day instead; the term ends when the office closes on it. A later
            deadline than before is asked for (`asking.ask`), not set.
        changes: members of `Case` by name.

    Raises:
        CaseClosed, CaseLocked: it is too late.
        DueBeforeOpening: the last day is not after the day of the opening.
        ExtensionNeedsApproval: the deadline would lie later.
        DefenceWindowShortened: the unit would have less time to state its defence.
        PublicExplanationMissing: a step-by-step case without one.
        OwnerUnsuitable, ThemeOfOtherCampaign, WordUnknown, FieldUnknown: nothing was changed.
    """
    guards.require_running(case)
    _require_suitable(case, changes)
    if working_days is not None:
        _move_deadline(case, guards.term(case.opened_at, working_days))
    if due_on is not None:
        _move_deadline(case, guards.end_of(due_on, case.opened_at))
    if defence_working_days is not None:
        until = guards.term(case.opened_at, defence_working_days)
        if until < case.defence_until:
            raise DefenceWindowShortened
        case.defence_until = until
    for member, value in changes.items():
        setattr(case, member, value)
    guards.require_explanation(case)
    _follow_owner(case, changes)
    trail.told(
        case,
        "case.changed",
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
        CaseClosed, CaseLocked: there is nothing to follow up.
        OwnerUnsuitable: not an active reviewer or lead of the office.
    """
    guards.require_running(case)
    guards.require_owner(owner_id)
    case.owner_id = owner_id
    _follow_owner(case, {"owner_id": owner_id})
    trail.told(case, "case.assigned", owner=str(owner_id))


def _require_suitable(case: Case, changes: Mapping[str, Any]) -> None:
    if "owner_id" in changes:
        guards.require_owner(changes["owner_id"])
    guards.require_theme(changes.get("theme_id"), case.campaign_id)
    if not changes.keys() & {"source", "case_class", "topic", "channel", "fields"}:
        return
    rules = queries.rules_for(case)
    if changes.get("source", case.source) != case.source:
        guards.require_source(rules, changes["source"])
    if changes.get("case_class", case.case_class) != case.case_class:
        guards.require_class(rules, changes["case_class"])
    words = {"topic", "channel", "fields"} & changes.keys()
    if words:
        told = {"topic": "", "channel": "", "fields": {}} | {one: changes[one] for one in words}
        guards.require_words(rules, **told)


def _move_deadline(case: Case, due_at: datetime) -> None:
    if due_at > case.due_at:
        raise ExtensionNeedsApproval
    case.due_at = due_at


def _follow_owner(case: Case, changes: Mapping[str, Any]) -> None:
    """Where the office holds the case, its new owner does from now on."""
    if "owner_id" in changes and case.state == CaseState.RECTIFIED.value:
        trail.pass_to_office(case)
