"""Tables of what follows a case up: shares, steps, requests, subtasks, re-visits, recurrences.

[Note: One holder at a time] a case that has not ended stands with exactly one holder: one row of
`case_steps` without an end, which names a unit or a person. Who held it how long is read there.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.cases.models import Case
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class Degree(StrEnum):
    """A supporting unit's part in the responsibility: 主责, 次责, 分不清."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNRESOLVED = "unresolved"


class StepKind(StrEnum):
    """With whom a case stands: the unit, the office, or a leader who stopped its time."""

    UNIT = "unit"
    OFFICE = "office"
    PAUSED = "paused"


class RequestKind(StrEnum):
    """What is asked for and decided by somebody else.

    延期, 中止计时, 请求协调, 上报分管领导, 退回（非本单位职责）, 向社会说明情况.
    """

    EXTENSION = "extension"
    PAUSE = "pause"
    COORDINATION = "coordination"
    ESCALATION = "escalation"
    BOUNCE = "bounce"
    EXPLANATION = "explanation"


class RequestState(StrEnum):
    """A request waits, then is granted or refused, each with a note."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class TaskLevel(StrEnum):
    """To what a subtask is broken down: 部门, 项目, 岗位, 个人 (DOMAIN.md row 39)."""

    UNIT = "unit"
    PROJECT = "project"
    POST = "post"
    PERSON = "person"


class TaskState(StrEnum):
    """A leaf is open until it is done with proof or dropped with a reason."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class CaseShare(Base):
    """A unit that supports the lead unit of a case; `duty` is its part in writing."""

    __tablename__ = "case_shares"
    __table_args__ = (
        CheckConstraint("degree IN ('primary', 'secondary', 'unresolved')", name="degree"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    degree: Mapped[str]
    duty: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship(lazy="joined")


class CaseStep(Base):
    """A stretch of time in which a case stood with one holder; without an end, it still does."""

    __tablename__ = "case_steps"
    __table_args__ = (
        CheckConstraint("kind IN ('unit', 'office', 'paused')", name="kind"),
        CheckConstraint("(unit_id IS NULL) <> (user_id IS NULL)", name="one_holder"),
        Index("ix_case_steps_case_id", "case_id", "began_at"),
        Index(
            "uq_case_steps_present",
            "case_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    began_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class CaseRequest(Base):
    """What somebody asks for in a case and somebody else decides; one of a kind waits at a time.

    `working_days` is the extension asked for; `unit_ids` those to coordinate, or to whom the case
    should go. `due_at`: until when it is to be decided. Of an explanation, `reason` is the text
    that the public reads as soon as it is granted.
    """

    __tablename__ = "case_requests"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('extension', 'pause', 'coordination', 'escalation', 'bounce', 'explanation')",
            name="kind",
        ),
        CheckConstraint("state IN ('open', 'granted', 'refused')", name="state"),
        CheckConstraint("length(trim(reason)) > 0", name="reason"),
        CheckConstraint(
            "(state = 'open') = (decided_by IS NULL)"
            " AND (state = 'open') = (decided_at IS NULL)"
            " AND (state = 'open' OR length(trim(note)) > 0)",
            name="decided_with_note",
        ),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="second_person"),
        CheckConstraint("(kind = 'extension') = (working_days IS NOT NULL)", name="working_days"),
        Index("ix_case_requests_case_id", "case_id", "asked_at"),
        Index("ix_case_requests_state", "state", "due_at", "id"),
        Index(
            "uq_case_requests_waiting",
            "case_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    reason: Mapped[str]
    working_days: Mapped[int | None]
    unit_ids: Mapped[list[Any]] = mapped_column(default=list)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=RequestState.OPEN.value)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship(lazy="joined")


class CaseTask(Base):
    """A part of what a case asks for, in a tree; a leaf says who, by when, to what result.

    `holder` names the project, post or person in words, for the office and the units concerned.
    `accountability`: how its holder answers for it (怎样问责).
    """

    __tablename__ = "case_tasks"
    __table_args__ = (
        CheckConstraint("level IN ('unit', 'project', 'post', 'person')", name="level"),
        CheckConstraint("state IN ('open', 'done', 'dropped')", name="state"),
        CheckConstraint("state <> 'done' OR length(trim(proof)) > 0", name="done_with_proof"),
        CheckConstraint(
            "(state = 'open') = (ended_at IS NULL) AND (state = 'open') = (ended_by IS NULL)",
            name="ended",
        ),
        Index("ix_case_tasks_case_id", "case_id", "state"),
        Index("ix_case_tasks_unit_id", "unit_id", "state", "due_at"),
        Index("ix_case_tasks_state", "state", "due_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_tasks.id"), index=True)
    position: Mapped[int]
    level: Mapped[str]
    title: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    holder: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")
    watched_by: Mapped[str] = mapped_column(default="")
    accountability: Mapped[str] = mapped_column(default="")
    leaf: Mapped[bool]
    state: Mapped[str] = mapped_column(default=TaskState.OPEN.value)
    proof: Mapped[str] = mapped_column(default="")
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")


class CaseRevisit(Base):
    """A look at the place before a case may close; `matches`: it is as the unit reported."""

    __tablename__ = "case_revisits"
    __table_args__ = (
        CheckConstraint(
            "(matches IS NULL) = (looked_at IS NULL) AND (matches IS NULL) = (looked_by IS NULL)",
            name="looked",
        ),
        CheckConstraint("matches IS NULL OR length(trim(text)) > 0", name="says_something"),
        Index("ix_case_revisits_case_id", "case_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime]
    matches: Mapped[bool | None]
    text: Mapped[str] = mapped_column(default="")
    looked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    looked_at: Mapped[datetime | None]


class CaseRecurrence(Base):
    """That a case repeats an earlier one: the same unit, the same item, within some days."""

    __tablename__ = "case_recurrences"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    earlier_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    item: Mapped[str] = mapped_column(primary_key=True)


@event.listens_for(CaseStep, "before_delete")
@event.listens_for(CaseRequest, "before_delete")
@event.listens_for(CaseTask, "before_delete")
@event.listens_for(CaseRevisit, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a part of a matter vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
