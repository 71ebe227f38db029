"""Tables of cases.

[Note: No matter is lost] every case has a unit, a deadline and, to be closed, an answer: columns
that cannot be empty and checks hold it, whatever the code above does.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.campaigns.models import Campaign
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class CaseState(StrEnum):
    """Where a case stands: the unit's defence makes it answered, its rectification rectified."""

    OPEN = "open"
    ANSWERED = "answered"
    RECTIFIED = "rectified"
    CLOSED = "closed"


class CaseClass(StrEnum):
    """How soon a matter is put right: 马上整改, 限期整改, 说明情况逐步解决."""

    AT_ONCE = "at_once"
    BY_DATE = "by_date"
    STEP_BY_STEP = "step_by_step"


class CaseSource(StrEnum):
    """Where a matter came from: 暗访, 投诉举报, 问题线索, 上级反馈, 单位自查."""

    VISIT = "visit"
    COMPLAINT = "complaint"
    CLUE = "clue"
    SUPERIOR = "superior"
    SELF_REPORTED = "self_reported"


class StatementKind(StrEnum):
    """Who says what: a unit states its defence or its rectification; the rest is the office's.

    It reminds (催办), sends an insufficient rectification back (退回整改), replies.
    """

    DEFENCE = "defence"
    RECTIFICATION = "rectification"
    REMINDER = "reminder"
    INSUFFICIENT = "insufficient"
    REPLY = "reply"


class CaseSerial(Base):
    """The last serial of a year; its row is locked while a number is drawn."""

    __tablename__ = "case_serials"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Case(Base):
    """A matter that a unit must put right.

    `unit_id` must put it right, `due_at` is its deadline, `reply_sha256` the hash of the office's
    answer, there as soon as the case is closed. `responsible` (a post or name) and `owner_id` (who
    of the office follows it up, 经办人) stay in the office.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'answered', 'rectified', 'closed')", name="state"),
        CheckConstraint("class IN ('at_once', 'by_date', 'step_by_step')", name="class"),
        CheckConstraint(
            "(state = 'closed') = (reply_sha256 IS NOT NULL)", name="closed_needs_reply"
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_at"),
        CheckConstraint(
            "class <> 'step_by_step' OR length(trim(public_explanation)) > 0",
            name="step_by_step_needs_explanation",
        ),
        CheckConstraint("due_at > opened_at AND defence_until > opened_at", name="deadlines_ahead"),
        CheckConstraint(
            "source IN ('visit', 'complaint', 'clue', 'superior', 'self_reported')", name="source"
        ),
        # [Note: Ledger indices] what is filtered or grouped by, then state and deadline: a group's
        # count and how many of it are overdue are read from the index alone.
        Index("ix_cases_due_at", "due_at", "id"),
        Index("ix_cases_opened_at", "opened_at", "id"),
        Index("ix_cases_state_due_at", "state", "due_at", "id"),
        Index("ix_cases_unit_id_state", "unit_id", "state", "due_at"),
        Index("ix_cases_owner_id", "owner_id", "state", "due_at"),
        Index("ix_cases_theme_id", "theme_id", "state", "due_at"),
        Index("ix_cases_class", "class", "state", "due_at"),
        Index("ix_cases_source", "source", "state", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign_themes.id"))
    source: Mapped[str] = mapped_column(default=CaseSource.VISIT.value)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    case_class: Mapped[str] = mapped_column("class")
    public_explanation: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=CaseState.OPEN.value)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime]
    defence_until: Mapped[datetime]
    reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reply_sha256: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="joined")
    campaign: Mapped[Campaign] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class CaseFinding(Base):
    """A finding that a case is about; a finding belongs to one case."""

    __tablename__ = "case_findings"
    __table_args__ = (UniqueConstraint("finding_id"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id"), primary_key=True)


class CaseStatement(Base):
    """What a unit or the office said in a case; `sha256` of the text in UTF-8 goes to the log."""

    __tablename__ = "case_statements"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('defence', 'rectification', 'reminder', 'insufficient', 'reply')",
            name="kind",
        ),
        CheckConstraint("length(trim(text)) > 0", name="says_something"),
        Index("ix_case_statements_case_id_at", "case_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[str]
    text: Mapped[str]
    by_user: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    sha256: Mapped[str]


class LedgerView(Base):
    """A saved way to look at the ledger: its owner's own, or shared with the whole office.

    `settings` is `schemas.LedgerSettingsSchema` as JSON.
    """

    __tablename__ = "ledger_views"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    shared: Mapped[bool] = mapped_column(default=False)
    settings: Mapped[dict[str, Any]]


@event.listens_for(Case, "before_delete")
@event.listens_for(CaseFinding, "before_delete")
@event.listens_for(CaseStatement, "before_delete")
@event.listens_for(CaseStatement, "before_update")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a matter, or what was said in it, vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
