"""Reads of what follows a case up as its readers get it: the office whole, the desk its own part.

The desk's members are written out: of a request only its own, of a re-visit only that it is asked
for, of the other units of a case nothing but who they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from anfang.cases import followups, queries
from anfang.cases.followup_models import CaseRequest, CaseShare, CaseTask
from anfang.cases.models import Case
from anfang.cases.responsibility import Share, settle
from anfang.identity import queries as identity
from anfang.kit.principal import person
from anfang.registry import queries as registry


def office_view(case: Case) -> dict[str, Any]:
    """Return all that follows a case up, for the office."""
    rules = queries.rules_for(case)
    return {
        "stalled": queries.stalled(case),
        "responsibility": responsibility_view(case),
        "subtasks": [task_view(one) for one in followups.tasks_of(case.id)],
        "requests": requests_view(followups.requests_of(case.id)),
        "revisits": _revisits(case),
        "steps": [
            {
                "kind": one.stretch.kind,
                "holder": one.stretch.holder,
                "began_at": one.stretch.began_at,
                "ended_at": one.stretch.ended_at,
                "working_minutes": one.working_minutes,
                "stuck": one.stuck,
            }
            for one in followups.held_steps(case)
        ],
        "earlier": [
            {"id": one.id, "number": one.number, "title": one.title, "items": items}
            for one, items in followups.earlier_cases(case.id)
        ],
        "related": [
            {"id": one.id, "number": one.number, "title": one.title}
            for one in followups.related(case)
        ],
        "needs": {
            "revisit": rules.needs_revisit(case),
            "outcome": rules.needs_outcome(case),
            "closing": rules.missing(case.fields, "closing"),
            "exposure": rules.missing(case.fields, "exposure"),
        },
        "words": {
            "topics": [{"code": code, "title": name} for code, name in rules.topics.items()],
            "channels": [{"code": code, "title": name} for code, name in rules.channels.items()],
            "sources": sorted(rules.sources),
            "classes": [{"code": code, "title": name} for code, name in rules.classes.items()],
            "levels": sorted(rules.levels),
            "fields": [
                {"code": one.code, "title": one.title, "needed_for": one.needed_for}
                for one in rules.fields
            ],
        },
    }


def desk_view(case: Case) -> dict[str, Any]:
    """Return what of it the case's unit may read."""
    own = person().id
    return {
        "responsibility": responsibility_view(case),
        "subtasks": [task_view(one) for one in followups.tasks_of(case.id)],
        "requests": requests_view(
            [one for one in followups.requests_of(case.id) if one.asked_by == own]
        ),
        "revisit_asked": any(one.matches is None for one in followups.revisits_of(case.id)),
    }


def responsibility_view(case: Case) -> dict[str, Any]:
    """Return who answers for a case among its units."""
    shares = followups.shares_of(case.id)
    settled = settle([Share(one.unit_id, one.degree, one.duty) for one in shares])
    return {
        "resolved": settled.resolved,
        "lead": {"unit": _unit(case.unit_id, case.unit.name), "carries": settled.lead},
        "support": [
            {
                "unit": _unit(one.unit_id, one.unit.name),
                "degree": one.degree,
                "duty": one.duty,
                "carries": settled.support[one.unit_id],
            }
            for one in shares
        ],
    }


def task_view(task: CaseTask) -> dict[str, Any]:
    """Return a subtask as whoever sees it reads it; of its case, the number alone."""
    members = (
        "id", "parent_id", "level", "title", "holder", "due_at", "result", "watched_by",
        "accountability", "leaf", "state", "proof", "ended_at",
    )  # fmt: skip
    return {
        **{name: getattr(task, name) for name in members},
        "unit": _unit(task.unit_id, task.unit.name),
        "case": {"id": task.case_id, "number": task.case.number},
    }


def listed_shares(shares: Sequence[CaseShare]) -> list[dict[str, Any]]:
    """Return parts in cases as whoever has them reads them; of the case, number and lead unit."""
    known = {one.id: one for one in queries.cases_of({share.case_id for share in shares})}
    return [
        {
            "case": {"id": case.id, "number": case.number},
            "lead": _unit(case.unit_id, case.unit.name),
            "unit": _unit(share.unit_id, share.unit.name),
            "degree": share.degree,
            "duty": share.duty,
            "due_at": case.due_at,
        }
        for share in shares
        for case in (known[share.case_id],)
    ]


def listed_tasks(tasks: Sequence[CaseTask], within: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Return subtasks of any case; `within` are the cases that the reader may open."""
    opened = queries.ids_within([one.case_id for one in tasks], within)
    return [{**task_view(one), "case_open": one.case_id in opened} for one in tasks]


def explanations_view(requests: Sequence[CaseRequest]) -> list[dict[str, Any]]:
    """Return explanations as the public reads them: the unit, the text, whether it is done."""
    return [
        {
            "unit": one.case.unit.name,
            "text": one.reason,
            "at": one.decided_at,
            "closed_at": one.case.closed_at,
        }
        for one in requests
    ]


def requests_view(requests: Sequence[CaseRequest]) -> list[dict[str, Any]]:
    """Return requests with the names of who asked and decided, and of the units they name."""
    people = identity.display_names(
        [one for one in {p for r in requests for p in (r.asked_by, r.decided_by)} if one]
    )
    names = registry.unit_names({UUID(one) for r in requests for one in r.unit_ids})
    return [_request(one, people, names) for one in requests]


def _request(
    request: CaseRequest, people: Mapping[UUID, str], names: Mapping[UUID, str]
) -> dict[str, Any]:
    members = ("id", "kind", "reason", "working_days", "asked_at", "due_at", "state", "note")
    case = request.case
    return {
        **{name: getattr(request, name) for name in members},
        "case": {"id": case.id, "number": case.number, "title": case.title},
        "unit": _unit(case.unit_id, case.unit.name),
        "units": [_unit(one, names.get(one)) for one in (UUID(u) for u in request.unit_ids)],
        "asked_by": people.get(request.asked_by),
        "decided_by": people.get(request.decided_by) if request.decided_by else None,
        "decided_at": request.decided_at,
    }


def _revisits(case: Case) -> list[dict[str, Any]]:
    revisits = followups.revisits_of(case.id)
    people = identity.display_names([one.looked_by for one in revisits if one.looked_by])
    return [
        {
            "id": one.id,
            "asked_at": one.asked_at,
            "due_at": one.due_at,
            "matches": one.matches,
            "text": one.text,
            "looked_at": one.looked_at,
            "looked_by": people.get(one.looked_by) if one.looked_by else None,
        }
        for one in revisits
    ]


def _unit(unit_id: UUID, name: str | None) -> dict[str, Any]:
    return {"id": unit_id, "name": name}
