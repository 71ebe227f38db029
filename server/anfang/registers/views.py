"""Reads of registers as their addresses tell them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement

from anfang.campaigns.models import Campaign
from anfang.identity import queries as identity
from anfang.kit.clock import now
from anfang.kit.i18n import translate
from anfang.kit.principal import Principal, at_the_desk
from anfang.registers import importing, queries, values
from anfang.registers.models import RegisterRow
from anfang.registers.policies import acts_as
from anfang.registers.rules import Register, Transition


def register_view(
    campaign: Campaign, register: Register, caller: Principal, within: ColumnElement[bool]
) -> dict[str, Any]:
    """Tell what a register is and how far it is; a unit's account is told of its own rows."""
    done = queries.completed(campaign.id, register, within)
    asked = register.completion
    by_state = queries.by_state(campaign.id, register.code, within)
    return {
        "campaign_id": campaign.id,
        "code": register.code,
        "title": register.title,
        "note": register.note,
        "public": bool(register.public_states()),
        "may_file": acts_as(caller, register.filed_by),
        "draw_weight": register.draw_weight is not None,
        "columns": [_column_view(one) for one in register.columns],
        "states": [
            {"code": one.code, "title": one.title, "count": by_state.get(one.code, 0)}
            for one in register.states
        ],
        "rows": done.rows,
        "done": done.done,
        "percent": done.percent,
        "at_least_percent": asked and asked.at_least_percent,
        "complete_by": queries.deadline_day(campaign, register),
        "reached": None if at_the_desk(caller) else done.reached,
        "overdue": queries.overdue(campaign.id, register.code, within),
        "quotas": [] if at_the_desk(caller) else _quota_views(campaign.id, register),
    }


def row_views(
    register: Register, rows: Sequence[RegisterRow], caller: Principal
) -> list[dict[str, Any]]:
    """Tell rows, with what the caller may do with each."""
    names = queries.names_of(register, rows)
    return [_row_view(register, row, names, caller) for row in rows]


def history_view(register: Register, row: RegisterRow, caller: Principal) -> dict[str, Any]:
    """Tell one row with all it has said; a unit's account is not told who in the office wrote."""
    (told,) = row_views(register, [row], caller)
    found = queries.versions(row.id)
    names = queries.names_of(register, found)
    people = {} if at_the_desk(caller) else identity.display_names([one.by_user for one in found])
    told["versions"] = [
        {
            "number": one.number,
            "state": register.state(one.state).title,
            "values": _told_values(register, one.values, names),
            "reason": one.reason,
            "by": people.get(one.by_user),
            "at": one.at,
        }
        for one in found
    ]
    return told


def plan_view(register: Register, plan: importing.Plan) -> dict[str, Any]:
    """Tell what a sheet would do, its faults in the reader's words."""
    return {
        "rows": plan.rows,
        "changes": plan.changes,
        "faults": [
            {
                "row": one.row,
                "column": one.column,
                "code": one.code,
                "text": _fault_text(one.code, one.value),
            }
            for one in sorted(plan.faults, key=lambda one: one.row)
        ],
        "digest": plan.digest,
        "done": plan.done,
        "register": register.code,
    }


def _fault_text(code: str, value: str) -> str:
    own = translate(f"register-fault-{code}", None, value=value)
    return translate(code) if own == f"register-fault-{code}" else own


def _row_view(
    register: Register, row: RegisterRow, names: dict[str, str], caller: Principal
) -> dict[str, Any]:
    state = register.state(row.state)
    return {
        "id": row.id,
        "campaign_id": row.campaign_id,
        "register": row.register,
        "unit": {"id": row.unit_id, "name": row.unit.name},
        "values": row.values,
        "names": {one: names[one] for one in row.values.values() if one in names},
        "state": {"code": state.code, "title": state.title, "outcome": state.outcome},
        "due_at": row.due_at,
        "overdue": row.due_at is not None and row.due_at < now() and not state.outcome,
        "may_change": acts_as(caller, register.editors(row.state)),
        "ways": [
            _way_view(register, one, row)
            for one in register.ways_from(row.state)
            if acts_as(caller, one.by)
        ],
        "revision": row.revision,
    }


def _way_view(register: Register, way: Transition, row: RegisterRow) -> dict[str, Any]:
    missing = values.unmet(way.needs, row.values)
    return {
        "to": way.to,
        "title": way.title,
        "reason": way.reason,
        "second_person": way.second_person,
        "missing": [one.title for one in register.columns if one.code in missing],
    }


def _column_view(column: Any) -> dict[str, Any]:
    open_choices = [one for one in column.choices if one not in column.refused]
    return {
        "code": column.code,
        "title": column.title,
        "type": column.type.value,
        "note": column.note,
        "required": column.required,
        "public": column.public,
        "choices": open_choices,
        "at_least": column.at_least,
        "at_most": column.at_most,
        "unit": column.unit,
    }


def _quota_views(campaign_id: UUID, register: Register) -> list[dict[str, Any]]:
    return [
        {
            "title": one.quota.title,
            "found": one.found,
            "exactly": one.quota.exactly,
            "at_least": one.quota.at_least,
            "at_most": one.quota.at_most,
            "met": one.met,
        }
        for one in queries.quotas(campaign_id, register)
    ]


def _told_values(
    register: Register, said: dict[str, Any], names: dict[str, str]
) -> list[dict[str, str]]:
    words = {code: values.words_of(value) for code, value in said.items()}
    return [
        {"title": one.title, "value": names.get(words[one.code], words[one.code])}
        for one in register.columns
        if one.code in said
    ]
