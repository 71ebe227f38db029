"""Tables of review."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.kit.minutes import Minute


class DecisionKind(StrEnum):
    """What a reviewer decided about a version of a record; `reopened` takes that back."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"
    REOPENED = "reopened"


class FindingState(StrEnum):
    """Whether a finding still stands."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class PictureDecisionKind(StrEnum):
    """How a picture became fit to be published: parts hidden, or expressly nothing to hide."""

    REDACTION = "redaction"
    CLEARANCE = "clearance"


class Minuted:
    """What was logged of a decision, as `kit.minutes` writes it.

    `document` is the minute (`sha256` over its JCS form): it names no reviewer. `details` and
    their `details_salt` open what it commits to.
    """

    document: Mapped[dict[str, Any]]
    details: Mapped[dict[str, Any]]
    details_salt: Mapped[str]
    sha256: Mapped[str]

    def enter(self, minute: Minute) -> None:
        """Keep what is logged of the decision."""
        self.document, self.details = minute.document, minute.details
        self.details_salt, self.sha256 = minute.salt, minute.sha256


class Decision(Minuted, Base):
    """A reviewer's decision; it never changes, a later version gets a decision of its own.

    `note` is the reviewer's own and stays in the office.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_record_id_at", "record_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"))
    record_sha256: Mapped[str] = mapped_column(ForeignKey("record_versions.record_sha256"))
    kind: Mapped[str]
    reason: Mapped[str | None]
    remarks: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str | None]
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class ReviewClaim(Base):
    """A reviewer is judging a record: this version of it, until this moment."""

    __tablename__ = "review_claims"

    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"), primary_key=True)
    record_sha256: Mapped[str] = mapped_column(ForeignKey("record_versions.record_sha256"))
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    until: Mapped[datetime]


class Finding(Base):
    """Something that a reviewer confirmed about a unit: the ground a case stands on.

    `text` is the reviewer's wording, `item_text` the checklist's; `answer` as the record has it;
    `points` what the item is worth; `pictures` hashes of the originals that belong to the item;
    `position` its place among the record's findings.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("decision_id", "item"),
        Index("ix_findings_campaign_id_unit_id", "campaign_id", "unit_id"),
        Index("ix_findings_at", "at"),
        # [Note: Indices of the figures] as those of records.
        Index("ix_findings_unit_id", "unit_id", "state", "day", "campaign_id", "veto"),
        Index("ix_findings_site_id", "site_id", "state", "day", "campaign_id", "unit_id", "veto"),
        Index("ix_findings_state_day", "state", "day", "campaign_id", "unit_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"), index=True)
    record_sha256: Mapped[str] = mapped_column(ForeignKey("record_versions.record_sha256"))
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"))
    campaign_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    site_id: Mapped[UUID | None]
    checklist_version_id: Mapped[UUID]
    item: Mapped[str]
    item_text: Mapped[str]
    text: Mapped[str]
    answer: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    remark: Mapped[str | None]
    points: Mapped[int]
    veto: Mapped[bool]
    day: Mapped[date | None]
    pictures: Mapped[list[Any]]
    position: Mapped[int]
    confirmed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(default=FindingState.CONFIRMED.value)


class PictureDecision(Minuted, Base):
    """A picture made fit to leave the office; the one without `superseded_at` counts.

    `rectangles` are `[{"x","y","w","h"}]` in pixels of the upright picture, none for a clearance.
    `proof_key` is where storage keeps the proof of PROTOCOL §7, None where none can be given.
    `deleted_at`: PNG and proof were deleted by the rules of retention; the decision stands.
    """

    __tablename__ = "picture_decisions"
    __table_args__ = (
        Index(
            "ix_picture_decisions_record_id_original_sha256",
            "record_id",
            "original_sha256",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"))
    original_sha256: Mapped[str] = mapped_column(ForeignKey("media.sha256"))
    kind: Mapped[str]
    rectangles: Mapped[list[Any]]
    reason: Mapped[str | None]
    png_sha256: Mapped[str]
    png_bytes: Mapped[int]
    proof_key: Mapped[str | None]
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    superseded_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    @property
    def cleared(self) -> bool:
        """Whether a reviewer decided that nothing needs to be hidden."""
        return self.kind == PictureDecisionKind.CLEARANCE
