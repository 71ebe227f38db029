"""Tables of inspections."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class RecordState(StrEnum):
    """Where a record stands; `complete` waits for a reviewer."""

    RECEIVED = "received"
    COMPLETE = "complete"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Record(Base):
    """One inspection through all its versions; its members are the current version's.

    Current is the newest, or the one that was decided (`decided_sha256`) until it is reopened.

    What a phone names need not exist here (it is accepted and flagged), so campaign, unit, site,
    checklist and assignment are no foreign keys.

    `points` of 100, None where nothing was judged. `received_at` is the first version's.
    `quarantined`: the current version came from a revoked phone and was not released.
    """

    __tablename__ = "records"
    __table_args__ = (
        Index("ix_records_state_received_at", "state", "received_at"),
        Index("ix_records_received_at", "received_at", "id"),
        Index("ix_records_campaign_id_state", "campaign_id", "state"),
        # [Note: Indices of the figures] the overview adds up accepted records by unit, site and
        # day: with everything that it asks for in them, it reads no row.
        Index("ix_records_unit_id", "unit_id", "state", "outcome", "day", "campaign_id", "points"),
        Index("ix_records_site_id", "site_id", "state", "outcome", "day", "campaign_id", "unit_id"),
        Index(
            "ix_records_state_day",
            "state",
            "day",
            "outcome",
            "campaign_id",
            "unit_id",
            "points",
            "checklist_version_id",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"), index=True)
    campaign_id: Mapped[UUID]
    unit_id: Mapped[UUID | None]
    checklist_version_id: Mapped[UUID]
    site_id: Mapped[UUID | None]
    assignment_id: Mapped[UUID | None] = mapped_column(index=True)
    day: Mapped[date | None]
    outcome: Mapped[str | None]
    state: Mapped[str]
    newest_sha256: Mapped[str]
    decided_sha256: Mapped[str | None]
    points: Mapped[int | None]
    quarantined: Mapped[bool]
    received_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class RecordVersion(Base):
    """One signed version, exactly as it came. It never changes but for its receipt.

    `certificate_box` holds certificate and salt for the custodians alone; `certificate_commitment`
    is what the receipt says of them. `device_id` never leaves the office. `content` holds all
    disclosures, `private` among them; `score` is `checklists.scoring.Score` as JSON, None where the
    checklist is unknown or no visit was made.
    """

    __tablename__ = "record_versions"
    __table_args__ = (UniqueConstraint("record_id", "number"),)

    record_sha256: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"))
    number: Mapped[int]
    supersedes: Mapped[str | None]
    sdjwt: Mapped[str]
    clear: Mapped[dict[str, Any]]
    content: Mapped[dict[str, Any]]
    jkt: Mapped[str] = mapped_column(index=True)
    certificate_box: Mapped[str]
    certificate_commitment: Mapped[str]
    link_sha256: Mapped[str] = mapped_column(index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    quarantined: Mapped[bool]
    score: Mapped[dict[str, Any] | None]
    received_at: Mapped[datetime]
    log_by: Mapped[datetime] = mapped_column(index=True)
    receipt: Mapped[str]
    completed_at: Mapped[datetime | None]

    @property
    def media(self) -> list[str]:
        """Hashes of the originals that this version declares, ascending."""
        return list(self.clear["media"])


class RecordFlag(Base):
    """Something about a version that a reviewer should look at: a code and its figures."""

    __tablename__ = "record_flags"
    __table_args__ = (UniqueConstraint("record_sha256", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_sha256: Mapped[str] = mapped_column(ForeignKey("record_versions.record_sha256"))
    code: Mapped[str] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]]


class RecordReturn(Base):
    """A version given back to its inspector; `remarks` are `[{"item","text"}]`."""

    __tablename__ = "record_returns"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"), index=True)
    record_sha256: Mapped[str] = mapped_column(ForeignKey("record_versions.record_sha256"))
    remarks: Mapped[list[Any]]
    at: Mapped[datetime] = mapped_column(default=now)


class Witness(Base):
    """A second inspector confirms a version by a fresh key; its certificate is sealed too."""

    __tablename__ = "witnesses"
    __table_args__ = (UniqueConstraint("record_sha256", "inspector_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[UUID] = mapped_column(ForeignKey("records.id"), index=True)
    record_sha256: Mapped[str] = mapped_column(ForeignKey("record_versions.record_sha256"))
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"), index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    statement: Mapped[str]
    jkt: Mapped[str]
    certificate_box: Mapped[str]
    link_sha256: Mapped[str]
    quarantined: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=now)


class ChainLink(Base):
    """One link of a phone's chain of certificates; never released (PROTOCOL §4)."""

    __tablename__ = "chain_links"
    __table_args__ = (
        Index("ix_chain_links_device_id_seq", "device_id", "seq"),
        Index("ix_chain_links_device_id_prev", "device_id", "prev"),
    )

    link_sha256: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    seq: Mapped[int]
    prev: Mapped[str | None]
    certificate_sha256: Mapped[str]
    link: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(default=now)


class Disclosure(Base):
    """A release by the custodians: asked for by one, opened once by the other, then in the log.

    About a record (`record_id`) or an alias alone; `inspector_id` is who is behind either. What was
    shown of the person, or of the witnesses, stands nowhere. `document` is what was logged;
    `released` are the record's certificates (`disclosing.ReleasedCertificate` as JSON) where packs
    may show them from now on.
    """

    __tablename__ = "disclosures"
    __table_args__ = (Index("ix_disclosures_asked_at", "asked_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    record_id: Mapped[UUID | None] = mapped_column(ForeignKey("records.id"), index=True)
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"))
    with_certificates: Mapped[bool]
    with_witnesses: Mapped[bool]
    reason: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    open_reason: Mapped[str | None]
    opened_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime | None]
    document: Mapped[dict[str, Any] | None]
    sha256: Mapped[str | None]
    released: Mapped[list[Any] | None]
