"""Tables of cases.

[Note: No matter is lost] every case has a unit, a deadline and, to be closed, an answer: columns
that cannot be empty and checks hold it, whatever the code above does.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.campaigns.models import Campaign
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class CaseState(StrEnum):
    """Where a case stands: the unit's defence makes it answered, its rectification rectified.

    `paused`: time stands still by approval (中止计时). `merged`: another case has taken it over.
    `referred`: left for the competent body (移送), locked.
    """

    OPEN = "open"
    ANSWERED = "answered"
    PAUSED = "paused"
    RECTIFIED = "rectified"
    CLOSED = "closed"
    MERGED = "merged"
    REFERRED = "referred"


class CaseClass(StrEnum):
    """How soon a matter is put right: 马上整改, 限期整改, 说明情况逐步解决."""

    AT_ONCE = "at_once"
    BY_DATE = "by_date"
    STEP_BY_STEP = "step_by_step"


class Horizon(StrEnum):
    """How long a matter takes: 短期问题 end within a stage, 长期问题 outlast it."""

    SHORT = "short"
    LONG = "long"


class OutcomeKind(StrEnum):
    """What became of whoever was responsible: 指出, 通报, 处理 (DOMAIN.md row 88)."""

    POINTED_OUT = "pointed_out"
    CIRCULATED = "circulated"
    HANDLED = "handled"


class CaseSource(StrEnum):
    """Where a matter came from: 暗访, 投诉举报, 问题线索, 上级反馈, 单位自查, 媒体反映."""

    VISIT = "visit"
    COMPLAINT = "complaint"
    CLUE = "clue"
    SUPERIOR = "superior"
    SELF_REPORTED = "self_reported"
    MEDIA = "media"


OFFICE_SOURCES: Final = frozenset({CaseSource.VISIT.value, CaseSource.SELF_REPORTED.value})
"""Sources that raised nothing from outside: nobody but the unit waits for an answer."""


class StatementKind(StrEnum):
    """Who says what: a unit states its defence or its rectification; the rest is the office's.

    It reminds (催办), sends an insufficient rectification back (退回整改), replies to the unit, and
    answers whoever raised the matter (答复反映人), which the unit does not read.
    """

    DEFENCE = "defence"
    RECTIFICATION = "rectification"
    REMINDER = "reminder"
    INSUFFICIENT = "insufficient"
    REPLY = "reply"
    RAISER_REPLY = "raiser_reply"


MIDDLE: Final = 2
"""Neither easy nor hard, neither grave nor slight."""


class CaseSerial(Base):
    """The last serial of a year; its row is locked while a number is drawn."""

    __tablename__ = "case_serials"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Case(Base):
    """A matter that a unit must put right.

    `unit_id` must put it right (the lead unit, where `case_shares` name others), `due_at` is its
    deadline, `reply_sha256` the hash of the office's answer, there as soon as the case is closed;
    `raiser_reply_sha256` that of the answer to whoever raised it. `responsible` (a post or name),
    `raised_by` and `owner_id` (who of the office follows it up, 经办人) stay in the office.

    `topic` and `channel` are words of the campaign's rulebook, `fields` texts that it asks for by
    their codes. `effort` and `gravity` sort (先易后难, 先重后轻): 1 is easiest, gravest; 3 the
    other end. A defence counts from `defence_from` on: a unit that got the case later is heard
    anew. `moved_at`: when anything last happened.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'answered', 'paused', 'rectified', 'closed', 'merged', 'referred')",
            name="state",
        ),
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
            "source IN ('visit', 'complaint', 'clue', 'superior', 'self_reported', 'media')",
            name="source",
        ),
        CheckConstraint("horizon IN ('short', 'long')", name="horizon"),
        CheckConstraint("effort BETWEEN 1 AND 3 AND gravity BETWEEN 1 AND 3", name="sort_keys"),
        CheckConstraint(
            "outcome IS NULL OR outcome IN ('pointed_out', 'circulated', 'handled')", name="outcome"
        ),
        CheckConstraint(
            "state <> 'closed' OR source IN ('visit', 'self_reported')"
            " OR raiser_reply_sha256 IS NOT NULL",
            name="closed_needs_raiser_reply",
        ),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        CheckConstraint("(state = 'referred') = (referred_at IS NOT NULL)", name="referred"),
        # [Note: Ledger indices] what is filtered or grouped by, then state and deadline: a group's
        # count and how many of it are overdue are read from the index alone.
        Index("ix_cases_due_at", "due_at", "id"),
        Index("ix_cases_opened_at", "opened_at", "id"),
        Index("ix_cases_state_due_at", "state", "due_at", "id"),
        Index("ix_cases_unit_id_state", "unit_id", "state", "due_at"),
        Index("ix_cases_owner_id", "owner_id", "state", "due_at"),
        Index("ix_cases_theme_id", "theme_id", "state", "due_at"),
        Index("ix_cases_class", "class", "state", "due_at"),
        Index("ix_cases_class_due_at", "class", "due_at", "id"),
        Index("ix_cases_source", "source", "state", "due_at"),
        Index("ix_cases_horizon", "horizon", "state", "due_at"),
        Index("ix_cases_effort", "effort", "due_at", "id"),
        Index("ix_cases_gravity", "gravity", "due_at", "id"),
        Index("ix_cases_moved_at", "moved_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    theme_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaign_themes.id"))
    rulebook_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("rulebook_versions.id"))
    source: Mapped[str] = mapped_column(default=CaseSource.VISIT.value)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    case_class: Mapped[str] = mapped_column("class")
    public_explanation: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")
    raised_by: Mapped[str] = mapped_column(default="")
    topic: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    horizon: Mapped[str] = mapped_column(default=Horizon.SHORT.value)
    key_item: Mapped[bool] = mapped_column(default=False)
    fast_track: Mapped[bool] = mapped_column(default=False)
    effort: Mapped[int] = mapped_column(default=MIDDLE)
    gravity: Mapped[int] = mapped_column(default=MIDDLE)
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    recurring: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str | None]
    outcome_text: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=CaseState.OPEN.value)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime]
    defence_until: Mapped[datetime]
    defence_from: Mapped[datetime] = mapped_column(default=now)
    moved_at: Mapped[datetime] = mapped_column(default=now)
    reminded_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    reply_sha256: Mapped[str | None]
    raiser_reply_sha256: Mapped[str | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    split_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    referred_at: Mapped[datetime | None]
    referred_to: Mapped[str | None]
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
    """What a unit or the office said in a case; `sha256` of the text in UTF-8 goes to the log.

    `unit_id`: the unit that had the case then; a later one does not read it. `origin_id`: the
    statement of another case that this is a copy of, because the two were merged or split.
    """

    __tablename__ = "case_statements"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('defence', 'rectification', 'reminder', 'insufficient', 'reply',"
            " 'raiser_reply')",
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
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"))
    origin_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_statements.id"))


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
