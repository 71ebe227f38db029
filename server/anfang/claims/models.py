"""Tables of claims."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class Verdict(StrEnum):
    """What a person found of a difference: explained, or the unit concealed what it knew."""

    EXPLAINED = "explained"
    CONCEALMENT = "concealment"


class ClaimRequest(Base):
    """A self-report that the office asks several units for: one checklist, one period.

    `items` are `{"id","text"}` of the checklist's version in its order; `call` the code in the
    rulebook, empty without one. After `due_at` what was signed stands. Visits from `from_day` to
    `to_day`, both included, are compared with it.
    """

    __tablename__ = "claim_requests"
    __table_args__ = (
        CheckConstraint("to_day >= from_day", name="period"),
        Index("ix_claim_requests_campaign_id", "campaign_id", "asked_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("rulebook_versions.id"))
    checklist_version_id: Mapped[UUID] = mapped_column(ForeignKey("checklist_versions.id"))
    checklist_id: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"))
    call: Mapped[str]
    title: Mapped[str]
    items: Mapped[list[Any]]
    from_day: Mapped[date]
    to_day: Mapped[date]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime]

    @property
    def item_ids(self) -> list[str]:
        """Ids of the items, in their order."""
        return [one["id"] for one in self.items]

    @property
    def locked(self) -> bool:
        """Whether the deadline has passed."""
        return now() > self.due_at


class ClaimSheet(Base):
    """A unit's answer to a request; `version` is the newest one's number, 0 before the first."""

    __tablename__ = "claim_sheets"
    __table_args__ = (UniqueConstraint("request_id", "unit_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("claim_requests.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    version: Mapped[int] = mapped_column(default=0)
    signed_version: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)

    request: Mapped[ClaimRequest] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class ClaimVersion(Base):
    """What a unit said once; `answers` in the form of `answers.py`.

    `signatory` is the post or name of the head who vouches for it; the account that signed and the
    moment stand beside it. Answers never change: another version is filed.
    """

    __tablename__ = "claim_versions"
    __table_args__ = (
        CheckConstraint(
            "(signed_at IS NULL) = (signatory IS NULL)"
            " AND (signed_at IS NULL) = (signed_by IS NULL)",
            name="signature",
        ),
    )

    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("claim_sheets.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    answers: Mapped[list[Any]]
    filed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    filed_at: Mapped[datetime] = mapped_column(default=now)
    signatory: Mapped[str | None]
    signed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    signed_at: Mapped[datetime | None]


class ClaimQuestion(Base):
    """A difference that a person took up with the unit, and how it ended.

    `figures` are the comparison as it stood when the unit was asked. The unit explains itself until
    `answer_until`; then a second person judges. `case_id`: what a verdict of concealment opened.
    """

    __tablename__ = "claim_questions"
    __table_args__ = (
        UniqueConstraint("sheet_id", "item"),
        CheckConstraint("judged_by IS NULL OR judged_by <> asked_by", name="four_eyes"),
        CheckConstraint(
            "(verdict IS NULL) = (judged_at IS NULL) AND (verdict IS NULL) = (judged_by IS NULL)"
            " AND (verdict IS NULL) = (reason IS NULL)",
            name="verdict_whole",
        ),
        CheckConstraint("verdict IS NULL OR verdict IN ('explained', 'concealment')", name="word"),
        CheckConstraint(
            "(case_id IS NOT NULL) = (verdict IS NOT NULL AND verdict = 'concealment')",
            name="concealment_has_case",
        ),
        Index("ix_claim_questions_asked_at", "asked_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("claim_sheets.id"))
    item: Mapped[str]
    item_text: Mapped[str]
    figures: Mapped[dict[str, Any]]
    note: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answer_until: Mapped[datetime]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    judged_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    judged_at: Mapped[datetime | None]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)

    sheet: Mapped[ClaimSheet] = relationship(lazy="joined")


@event.listens_for(ClaimSheet, "before_delete")
@event.listens_for(ClaimVersion, "before_delete")
@event.listens_for(ClaimQuestion, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a self-report, or a question about it, vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
