"""Tables of registers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.registry.models import Unit


class RegisterRow(Base):
    """A row of a register: `register` is the code that the campaign's rulebook declares.

    `unique_key` is empty where the register names no key or the row no longer counts. `due_at` is
    when it must have left its state, `entered_at` when it came there.
    """

    __tablename__ = "register_rows"
    __table_args__ = (
        UniqueConstraint("campaign_id", "register", "unique_key"),
        Index("ix_register_rows_listed", "campaign_id", "register", "state", "due_at"),
        Index("ix_register_rows_due_at", "due_at", "overdue_told_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rulebook_version_id: Mapped[UUID] = mapped_column(ForeignKey("rulebook_versions.id"))
    register: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    values: Mapped[dict[str, Any]]
    unique_key: Mapped[str | None]
    state: Mapped[str]
    entered_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    overdue_told_at: Mapped[datetime | None]
    filed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    moved_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class RegisterRowVersion(Base):
    """What a row said once, who made it so and why; `number` counts from 1."""

    __tablename__ = "register_row_versions"

    row_id: Mapped[UUID] = mapped_column(ForeignKey("register_rows.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    values: Mapped[dict[str, Any]]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    by_user: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=now)


@event.listens_for(RegisterRow, "before_delete")
@event.listens_for(RegisterRowVersion, "before_delete")
@event.listens_for(RegisterRowVersion, "before_update")
def _keep(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    """Refuse what would make a row, or what it once said, vanish."""
    raise RuntimeError(f"{row.__tablename__}: rows stay as they were written")
