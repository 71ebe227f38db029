"""Reads of what is known about a unit and its cases: the facts that steps ask for.

The names are the rulebook's words for conditions; `ladders.schema.json` lists them.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from anfang.cases import queries as cases
from anfang.cases.models import Case, CaseState, StatementKind
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.ladders import queries
from anfang.ladders.models import AttestedFact
from anfang.ladders.rules import Facts

_PREFIX = "attested."


def facts_of(campaign_id: UUID, unit_id: UUID, named: Sequence[Case]) -> Facts:
    """Return what is known about a unit in a campaign and about the named cases."""
    said = Counter(one.kind for case in named for one in cases.statements_of(case.id))
    findings = [finding for _, finding in cases.findings_of([case.id for case in named])]
    words = {case.topic for case in named if case.topic} | {one.item for one in findings}
    return {
        "cases.count": len(named),
        "cases.overdue": sum(_overdue(case) for case in named),
        "cases.closed": sum(case.state == CaseState.CLOSED.value for case in named),
        "cases.recurring": sum(case.recurring for case in named),
        "cases.sent_back": said[StatementKind.INSUFFICIENT.value],
        "cases.reminded": said[StatementKind.REMINDER.value],
        "cases.vetoes": sum(one.veto for one in findings),
        "cases.topics": frozenset(words),
        "unit.measures": queries.standing_count(campaign_id, unit_id),
        "unit.overdue": cases.overdue_of_unit(campaign_id, unit_id),
        **_attested(campaign_id, unit_id),
    }


def stored(facts: Facts) -> dict[str, Any]:
    """Return facts as they are kept with a measure."""
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in facts.items()
    }


def _overdue(case: Case) -> bool:
    return case.state in cases.WAITING_FOR_UNIT and now() > case.due_at


def _attested(campaign_id: UUID, unit_id: UUID) -> dict[str, int]:
    rows = db.session.execute(
        select(AttestedFact.code, func.count())
        .where(AttestedFact.campaign_id == campaign_id, AttestedFact.unit_id == unit_id)
        .group_by(AttestedFact.code)
    )
    return {f"{_PREFIX}{row[0]}": row[1] for row in rows}
