"""Reads of the ledger as its readers get it: groups with names, outcomes with reasons, views."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement

from anfang.campaigns import queries as campaigns
from anfang.cases import ledger, queries
from anfang.cases.bulk import Outcome
from anfang.cases.importing import Plan
from anfang.cases.models import LedgerView
from anfang.cases.sheet import heading
from anfang.identity import queries as identity
from anfang.kit.i18n import translate
from anfang.kit.sheets import Fault
from anfang.registry import queries as registry

_NAMES: Final[Mapping[str, Callable[[Iterable[UUID]], Mapping[UUID, str]]]] = {
    "unit": registry.unit_names,
    "campaign": campaigns.campaign_names,
    "theme": queries.themes_of,
    "owner": lambda ids: identity.display_names(list(ids)),
}


def groups_view(predicates: Sequence[ColumnElement[bool]], by: str) -> dict[str, Any]:
    """Return the matching cases' groups, with names for what is known by an id."""
    found = ledger.groups(predicates, by)
    names: Mapping[UUID, str] = {}
    if by in _NAMES:
        names = _NAMES[by]({UUID(one.key) for one in found if one.key is not None})
    return {
        "by": by,
        "total": sum(one.count for one in found),
        "groups": [
            {
                "key": one.key,
                "name": names.get(UUID(one.key)) if names and one.key is not None else None,
                "count": one.count,
                "overdue": one.overdue,
            }
            for one in found
        ],
    }


def outcomes_view(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what became of each row, refusals in the reader's language."""
    return {"rows": [_outcome(one) for one in outcomes]}


def plan_view(plan: Plan) -> dict[str, Any]:
    """Return what a sheet changes, with headings and refusals in the reader's language."""
    return {
        "rows": plan.rows,
        "changes": [{**asdict(one), "column": heading(one.column)} for one in plan.changes],
        "faults": [_fault(plan, one) for one in plan.faults],
        "digest": plan.digest,
        "done": plan.done,
    }


def views_view(views: Sequence[LedgerView], reader: UUID) -> dict[str, Any]:
    """Return saved views, those of others with their owner's name."""
    people = identity.display_names(list({one.owner_id for one in views}))
    return {
        "items": [
            {
                "id": one.id,
                "name": one.name,
                "shared": one.shared,
                "settings": one.settings,
                "own": one.owner_id == reader,
                "by": people.get(one.owner_id),
            }
            for one in views
        ]
    }


def _fault(plan: Plan, fault: Fault) -> dict[str, Any]:
    refusal = plan.refusals.get(fault.row)
    if refusal is None or refusal.code != fault.code:
        text = translate(f"case-fault-{fault.code}", None, value=fault.value)
    else:
        text = translate(refusal.code, None, **refusal.details)
    column = None if fault.column is None else heading(fault.column)
    return {"row": fault.row, "column": column, "code": fault.code, "text": text}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    refusal = outcome.refusal
    return {
        "case_id": outcome.case_id,
        "number": outcome.number,
        "done": refusal is None,
        "code": refusal and refusal.code,
        "reason": refusal and translate(refusal.code, None, **refusal.details),
    }
