"""Tables of documents: versions of templates. A published one never changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from anfang.documents.errors import TemplatePublished
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class TemplateVersion(Base):
    """One version of a kind's template; a draft until it is published.

    `content` is `templates.py`'s form, `note` says what changed. Version 1 comes with the product
    and has no author.
    """

    __tablename__ = "document_templates"
    __table_args__ = (
        UniqueConstraint("kind", "version"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


@event.listens_for(TemplateVersion, "before_update")
@event.listens_for(TemplateVersion, "before_delete")
def _keep_published(
    _mapper: Mapper[Any], _connection: Connection, version: TemplateVersion
) -> None:
    """Refuse to write over a version that was published before this transaction's change."""
    before = inspect(version).attrs.published_at.history
    if any(moment is not None for moment in (*(before.unchanged or ()), *(before.deleted or ()))):
        raise TemplatePublished
