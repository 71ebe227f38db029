"""Tables of complaints.

[Note: Informant protection] who complains lies in a box that only the two custodians open together;
of the receipt code a slow hash is kept. No other column may hold either.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.complaints.words import (
    Channel,
    ClusterState,
    Entry,
    Extension,
    Kind,
    Satisfaction,
    State,
    Verdict,
)
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


def _among(column: str, words: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(f'{one.value!r}' for one in words)})"


class ReceiptSalt(Base):
    """The one salt of the hashes of receipt codes: a code must be found by its hash alone."""

    __tablename__ = "receipt_salts"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    salt: Mapped[str]


class Complaint(Base):
    """What one person brought.

    `text` is what was said, with what the complainant gave of name, phone and address blotted out;
    `text_for_unit` what the office lets the unit read. `hints` are `Hint`s of the text. `named`:
    the complainant gave a name; it lies in `informant_box`. `about`, `happened`: whom and when, in
    the complainant's words. `due_at` is the present step's deadline (`due_step`), `finish_due_at`
    that of the whole. `merged_into_id` is the complaint that has taken this one over. Box and words
    are erased when their time to be kept has run out; that there was a complaint stays.
    """

    __tablename__ = "complaints"
    __table_args__ = (
        CheckConstraint(_among("kind", Kind), name="kind"),
        CheckConstraint(_among("channel", Channel), name="channel"),
        CheckConstraint(_among("state", State), name="state"),
        CheckConstraint(f"verdict IS NULL OR {_among('verdict', Verdict)}", name="verdict"),
        CheckConstraint(
            f"satisfaction IS NULL OR {_among('satisfaction', Satisfaction)}", name="satisfaction"
        ),
        CheckConstraint(_among("extension", Extension), name="extension"),
        CheckConstraint(
            "(words_erased_at IS NULL) = (length(trim(text)) > 0)", name="says_something"
        ),
        CheckConstraint(
            "(named AND informant_erased_at IS NULL) = (informant_box IS NOT NULL)",
            name="named_is_sealed",
        ),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        CheckConstraint(
            "state NOT IN ('transferred', 'answered')"
            " OR (unit_id IS NOT NULL AND length(trim(text_for_unit)) > 0)",
            name="unit_reads_its_text",
        ),
        CheckConstraint("(verdict IS NULL) = (verdict_at IS NULL)", name="verdict_at"),
        CheckConstraint(
            "verdict IS NULL OR length(trim(verdict_reason)) > 0", name="verdict_needs_reason"
        ),
        CheckConstraint("state <> 'replied' OR replied_at IS NOT NULL", name="replied_at"),
        CheckConstraint(
            "(state IN ('declined', 'replied', 'merged')) = (due_at IS NULL)",
            name="due_until_ended",
        ),
        Index("ix_complaints_received_at", "received_at", "id"),
        Index("ix_complaints_due_at", "due_at", "id"),
        Index("ix_complaints_unit_id_state", "unit_id", "state", "due_at"),
        Index("ix_complaints_campaign_id", "campaign_id", "state", "due_at"),
        Index("ix_complaints_counted", "campaign_id", "verdict", "verdict_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("rulebook_versions.id"))
    code_hash: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    channel: Mapped[str]
    topic: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    happened: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    text_for_unit: Mapped[str] = mapped_column(default="")
    hints: Mapped[list[Any]] = mapped_column(default=list)
    named: Mapped[bool] = mapped_column(default=False)
    informant_box: Mapped[str | None]
    taken_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    site_id: Mapped[UUID | None] = mapped_column(ForeignKey("sites.id"))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    state: Mapped[str] = mapped_column(default=State.RECEIVED.value)
    received_at: Mapped[datetime] = mapped_column(default=now)
    due_step: Mapped[str]
    due_at: Mapped[datetime | None]
    due_from: Mapped[datetime] = mapped_column(default=now)
    finish_due_at: Mapped[datetime]
    extension: Mapped[str] = mapped_column(default=Extension.NONE.value)
    near_told_at: Mapped[datetime | None]
    overdue_told_at: Mapped[datetime | None]
    chased_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    verdict_reason: Mapped[str] = mapped_column(default="")
    verdict_at: Mapped[datetime | None]
    replied_at: Mapped[datetime | None]
    satisfaction: Mapped[str | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    informant_erased_at: Mapped[datetime | None]
    words_erased_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class ComplaintEntry(Base):
    """What happened to a complaint; `unit_id` is the unit that had it then.

    `number` counts from 1 for each complaint. `by_user` is nobody where the complainant wrote it.
    """

    __tablename__ = "complaint_entries"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(f'{one.value!r}' for one in Entry)})", name="kind"),
        UniqueConstraint("complaint_id", "number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaints.id"))
    number: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    by_user: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class InformantRelease(Base):
    """A reading of who complains: one custodian asks, the other opens, both say why."""

    __tablename__ = "informant_releases"
    __table_args__ = (
        CheckConstraint("opened_by IS NULL OR opened_by <> asked_by", name="second_person"),
        CheckConstraint("(opened_by IS NULL) = (opened_at IS NULL)", name="opened_at"),
        Index("ix_informant_releases_asked_at", "asked_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaints.id"), index=True)
    reason: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    open_reason: Mapped[str | None]
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime | None]


class ComplaintCluster(Base):
    """Many complaints of one kind in a short time (DOMAIN.md row 82).

    `rule` is the rulebook's code; `key` is whatever they have in common: a unit's or site's id, or
    a topic.
    """

    __tablename__ = "complaint_clusters"
    __table_args__ = (
        CheckConstraint(
            f"state IN ({', '.join(f'{one.value!r}' for one in ClusterState)})", name="state"
        ),
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="second_person"),
        CheckConstraint(
            "(state IN ('approved', 'dismissed')) = (decided_by IS NOT NULL)", name="decided"
        ),
        CheckConstraint("(state = 'approved') = (case_id IS NOT NULL)", name="approved_has_case"),
        Index("ix_complaint_clusters_found_at", "campaign_id", "found_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("rulebook_versions.id"))
    rule: Mapped[str]
    title: Mapped[str]
    key: Mapped[str]
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"))
    topic: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ClusterState.FOUND.value)
    found_at: Mapped[datetime] = mapped_column(default=now)
    action: Mapped[str] = mapped_column(default="")
    proposal: Mapped[str] = mapped_column(default="")
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decision: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    revision: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class ClusterMember(Base):
    """A complaint of a cluster; no rule counts a complaint twice."""

    __tablename__ = "complaint_cluster_members"
    __table_args__ = (UniqueConstraint("rule", "complaint_id"),)

    cluster_id: Mapped[UUID] = mapped_column(ForeignKey("complaint_clusters.id"), primary_key=True)
    complaint_id: Mapped[UUID] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    rule: Mapped[str]


@event.listens_for(Complaint, "before_delete")
@event.listens_for(ComplaintEntry, "before_delete")
@event.listens_for(ComplaintEntry, "before_update")
@event.listens_for(InformantRelease, "before_delete")
@event.listens_for(ComplaintCluster, "before_delete")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a complaint, or what was done with it, vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
