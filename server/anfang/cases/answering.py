"""Addresses of cases answer with a case whole: the office's form, or the unit desk's."""

from typing import Any, Final
from uuid import UUID

from flask import Response, jsonify

from anfang.cases import queries, views
from anfang.cases.models import Case
from anfang.cases.policies import visible_cases
from anfang.cases.whole_schemas import CaseSchema, DeskCaseSchema
from anfang.kit.http import Room
from anfang.kit.principal import at_the_desk, principal

# These change with time alone: an ETag must not.
UNCHANGING: Final = CaseSchema(exclude=("deadline", "steps", "stalled"))


def locked(case_id: UUID) -> Case:
    """Return a case that the caller sees, locked; raises NotFound."""
    return queries.case_for_update(case_id, visible_cases(principal()))


def answer(room: Room, case: Case) -> dict[str, Any] | Response:
    """Return a case as the caller may read it, with its ETag."""
    if at_the_desk(principal()):
        desk = DeskCaseSchema().dump(views.desk_view(case))
        room.set_etag(desk)
        return jsonify(desk)
    view = views.case_view(case)
    room.set_etag(view, UNCHANGING)
    return view


def told(case: Case) -> dict[str, Any] | Response:
    """Return a case as the caller may read it, where no ETag is asked for."""
    if at_the_desk(principal()):
        return jsonify(DeskCaseSchema().dump(views.desk_view(case)))
    return views.case_view(case)
