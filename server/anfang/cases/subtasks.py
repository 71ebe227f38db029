"""Verbs of subtasks: break a case down to unit, project, post and person; done with proof."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from anfang.cases import guards, queries, trail
from anfang.cases.errors import (
    RectificationReported,
    SubtaskEnded,
    SubtaskIncomplete,
    SubtaskLevel,
    SubtaskNotLeaf,
)
from anfang.cases.followup_models import CaseTask, TaskLevel, TaskState
from anfang.cases.models import Case, CaseState
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.registry import queries as registry

_RANK: Final = {level.value: rank for rank, level in enumerate(TaskLevel)}
_LEAF_NEEDS: Final = ("due_on", "result", "watched_by", "accountability")


def break_down(
    case: Case, tree: Sequence[Mapping[str, Any]], parent: CaseTask | None = None
) -> list[CaseTask]:
    """Set down subtasks; every leaf says all that makes somebody answer for it.

    Args:
        case: locked (`queries.case_for_update`).
        tree: each `level`, `title`, `unit_id`, `holder` (project, post or person in words),
            `due_on` (a day), `result`, `watched_by`, `accountability`, `children`.
        parent: a subtask of the case beneath which they stand; it is no leaf any more.

    Raises:
        CaseClosed, CaseLocked: the case has ended.
        RectificationReported: the unit has reported already.
        SubtaskIncomplete: a leaf lacks something; `missing` names what.
        SubtaskLevel: a child is not nearer to the person than its parent.
        SubtaskEnded: the parent is done or dropped.
        WordUnknown: the rulebook lists levels, and not this one.
        DueBeforeOpening: a day that is not after the opening of the case.
        NotFound: there is no such unit.
    """
    guards.require_running(case)
    if case.state == CaseState.RECTIFIED.value:
        raise RectificationReported
    if parent is not None:
        _require_open(parent)
        parent.leaf = False
    made = list(_made(case, tree, parent, _next_position(case.id)))
    rules = queries.rules_for(case)
    for one in made:
        guards.require_level(rules, one.level)
    trail.told(case, "case.broken_down", tasks=len(made))
    return made


def finish(case: Case, task: CaseTask, proof: str) -> None:
    """Report a leaf as done, with proof in words.

    Args:
        case: the subtask's, locked (`queries.case_for_update`).

    Raises:
        SubtaskEnded, SubtaskNotLeaf: it cannot be done.
        CaseClosed, CaseLocked: its case has ended.
    """
    _end(case, task, TaskState.DONE, proof)
    trail.told(case, "case.subtask_done", task=str(task.id))


def drop(case: Case, task: CaseTask, reason: str) -> None:
    """Give a leaf up, with a reason, as the office.

    Raises:
        SubtaskEnded, SubtaskNotLeaf, CaseClosed, CaseLocked: as for `finish`.
    """
    _end(case, task, TaskState.DROPPED, reason)
    trail.told(case, "case.subtask_dropped", task=str(task.id))


def _made(
    case: Case, tree: Sequence[Mapping[str, Any]], parent: CaseTask | None, position: int
) -> Iterator[CaseTask]:
    for one in tree:
        task = _task(case, one, parent, position)
        children = one.get("children") or []
        if not children:
            _require_complete(task, one)
        db.session.add(task)
        db.session.flush()
        yield task
        position += 1
        for below in _made(case, children, task, position):
            position += 1
            yield below


def _task(case: Case, told: Mapping[str, Any], parent: CaseTask | None, position: int) -> CaseTask:
    if parent is not None and _RANK[told["level"]] <= _RANK[parent.level]:
        raise SubtaskLevel(title=told["title"])
    due_on = told.get("due_on")
    words = ("holder", "result", "watched_by", "accountability")
    return CaseTask(
        case=case,
        parent_id=None if parent is None else parent.id,
        position=position,
        level=told["level"],
        title=told["title"],
        unit=registry.unit(told.get("unit_id") or _unit_of(case, parent)),
        due_at=None if due_on is None else guards.end_of(due_on, case.opened_at),
        leaf=not told.get("children"),
        **{name: told.get(name) or "" for name in words},
    )


def _require_complete(task: CaseTask, told: Mapping[str, Any]) -> None:
    missing = [name for name in _LEAF_NEEDS if not str(told.get(name) or "").strip()]
    if task.level != TaskLevel.UNIT.value and not task.holder.strip():
        missing.insert(0, "holder")
    if missing:
        raise SubtaskIncomplete(title=task.title, missing="、".join(missing))


def _end(case: Case, task: CaseTask, state: TaskState, text: str) -> None:
    guards.require_running(case)
    _require_open(task)
    if not task.leaf:
        raise SubtaskNotLeaf
    task.state, task.proof = state.value, text
    task.ended_by, task.ended_at = person().id, now()


def _require_open(task: CaseTask) -> None:
    if task.state != TaskState.OPEN.value:
        raise SubtaskEnded


def _unit_of(case: Case, parent: CaseTask | None) -> UUID:
    return case.unit_id if parent is None else parent.unit_id


def _next_position(case_id: UUID) -> int:
    last = db.session.scalar(select(func.max(CaseTask.position)).where(CaseTask.case_id == case_id))
    return 0 if last is None else last + 1
