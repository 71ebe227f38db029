"""Tables of notifications."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.identity.models import User
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id
from anfang.notifications.kinds import Mode
from anfang.notifications.timing import Wishes


class NotificationChannel(Base):
    """Where an account is told.

    `sealed` is the address with its secret, opened only to send; `hint` its last four characters.
    `pending` counts, by kind of news, what was not told yet: it leaves at `due_at`, in one message,
    and is taken off only when it has arrived. `failures` counts tries since the last success.
    """

    __tablename__ = "notification_channels"
    __table_args__ = (
        CheckConstraint("kind IN ('mail', 'dingtalk', 'wecom', 'feishu', 'webhook')", name="kind"),
        CheckConstraint("length(hint) <= 4", name="hint"),
        Index("ix_notification_channels_due_at", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    sealed: Mapped[str]
    hint: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(default=now)
    pending: Mapped[dict[str, Any]] = mapped_column(default=dict)
    due_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    tested_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_failure_at: Mapped[datetime | None]
    last_failure: Mapped[str | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class NotificationWishes(Base):
    """When an account wants to be told, and in which language; without a row, the defaults."""

    __tablename__ = "notification_wishes"
    __table_args__ = (
        CheckConstraint("mode IN ('at_once', 'digest')", name="mode"),
        CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),
        CheckConstraint(
            "quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23", name="quiet_hours"
        ),
    )

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    mode: Mapped[str] = mapped_column(default=Wishes.mode.value)
    digest_hour: Mapped[int] = mapped_column(default=Wishes.digest_hour)
    quiet_from: Mapped[int] = mapped_column(default=Wishes.quiet_from)
    quiet_until: Mapped[int] = mapped_column(default=Wishes.quiet_until)
    quiet_days_off: Mapped[bool] = mapped_column(default=Wishes.quiet_days_off)
    locale: Mapped[str]

    @property
    def wishes(self) -> Wishes:
        """The same in the form that reckons."""
        return Wishes(
            Mode(self.mode),
            self.digest_hour,
            self.quiet_from,
            self.quiet_until,
            self.quiet_days_off,
        )


class ToldDeadline(Base):
    """That a case's deadline was told as near or overdue; a new deadline is told anew."""

    __tablename__ = "notification_deadlines"

    case_id: Mapped[UUID] = mapped_column(
        ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True
    )
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    news: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(default=now)
