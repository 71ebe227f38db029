"""Tables of sealed appraisals beside the box: set-up, witnesses, slips. No ballot lies here.

[Note: Two stores] Which slips were handed out and used stands in these tables; ballots stand in the
box (`box_tables.py`), a database of its own, under random ids. Neither names the other: a ballot's
tag and a slip's row are two one-way functions of the slip's code, which neither store holds.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.identity.models import User
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class Stage(StrEnum):
    """How far a box is."""

    SET_UP = "set_up"
    CASTING = "casting"
    SEALED = "sealed"
    OPENED = "opened"
    VOID = "void"


class SlipState(StrEnum):
    """What became of a slip. `CASTING`: its ballot is on the way into the box, or came there."""

    ISSUED = "issued"
    CASTING = "casting"
    USED = "used"
    SPOILT = "spoilt"


class BallotBox(Base):
    """The box of one appraisal meeting.

    `paper` is frozen when the box is set up (`paper.Paper`). `charter`, `seal` and `result` are the
    records that the log answers for: of the witnesses' shares, the sealing, the opening; `digests`
    is the hash of every sealed ballot by its id.
    """

    __tablename__ = "ballot_boxes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    rulebook_version_id: Mapped[UUID] = mapped_column(ForeignKey("rulebook_versions.id"))
    appraisal: Mapped[str]
    title: Mapped[str]
    day: Mapped[date]
    paper: Mapped[dict[str, Any]]
    threshold: Mapped[int]
    stage: Mapped[str] = mapped_column(default=Stage.SET_UP.value)
    public_key: Mapped[str | None]
    charter: Mapped[dict[str, Any] | None]
    seal: Mapped[dict[str, Any] | None]
    digests: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    result: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    void_reason: Mapped[str] = mapped_column(default="")
    set_up_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    sealed_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class BallotWitness(Base):
    """A witness by office; `wrapped` is the share of the key, empty once it was destroyed."""

    __tablename__ = "ballot_witnesses"
    __table_args__ = (UniqueConstraint("box_id", "user_id"),)

    box_id: Mapped[UUID] = mapped_column(ForeignKey("ballot_boxes.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    office: Mapped[str]
    wrapped: Mapped[dict[str, Any] | None]

    user: Mapped[User] = relationship(lazy="joined")


class BallotSlip(Base):
    """A slip that was handed out, known by its code's hash. It holds no moment: a use has no time.

    `mac` is the office's, under a key that lies in neither store: a row put in or moved shows.
    """

    __tablename__ = "ballot_slips"
    __table_args__ = (
        UniqueConstraint("box_id", "number"),
        Index("ix_ballot_slips_counted", "box_id", "group", "state"),
    )

    code_sha256: Mapped[str] = mapped_column(primary_key=True)
    box_id: Mapped[UUID] = mapped_column(ForeignKey("ballot_boxes.id"))
    group: Mapped[str]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=SlipState.ISSUED.value)
    spoilt_because: Mapped[str] = mapped_column(default="")
    mac: Mapped[str]
