"""Tables of checklists."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from anfang.checklists.errors import ChecklistVersionPublished
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class Checklist(Base):
    """A checklist through all its versions."""

    __tablename__ = "checklists"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)

    versions: Mapped[list["ChecklistVersion"]] = relationship(
        back_populates="checklist", order_by="ChecklistVersion.version", lazy="selectin"
    )


class ChecklistVersion(Base):
    """One version; `items` are exactly PROTOCOL §3's. A published version never changes."""

    __tablename__ = "checklist_versions"
    __table_args__ = (UniqueConstraint("checklist_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    checklist_id: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"), index=True)
    version: Mapped[int]
    title: Mapped[str]
    items: Mapped[list[Any]]
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    checklist: Mapped[Checklist] = relationship(back_populates="versions", lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


@event.listens_for(ChecklistVersion, "before_update")
@event.listens_for(ChecklistVersion, "before_delete")
def _keep_published(
    _mapper: Mapper[Any], _connection: Connection, version: ChecklistVersion
) -> None:
    """Refuse to write over a version that was published before this transaction's change."""
    before = inspect(version).attrs.published_at.history
    if any(moment is not None for moment in (*(before.unchanged or ()), *(before.deleted or ()))):
        raise ChecklistVersionPublished
