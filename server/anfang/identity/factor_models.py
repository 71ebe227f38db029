"""Tables of second factors: one-time codes, passkeys, recovery codes, resets by two people."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.identity.models import User
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class TotpFactor(Base):
    """The shared secret of an account's one-time codes [RFC 6238], in a box that a key file opens.

    It counts from `confirmed_at` on. `last_step` is the newest time step whose code was taken: no
    code of it or of an earlier one serves again.
    """

    __tablename__ = "totp_factors"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    box: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class Passkey(Base):
    """A WebAuthn credential: public key (COSE) and credential id as base64url.

    `sign_count` only grows; where it did not, two devices answer for one key, and the passkey is
    out of use from `suspended_at` on [WebAuthn L3 §6.1.1].
    """

    __tablename__ = "passkeys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    sign_count: Mapped[int]
    name: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that serves once in place of a lost factor; 80 random bits, stored only as a hash."""

    __tablename__ = "recovery_codes"

    code_sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    spent_at: Mapped[datetime | None]


class FactorReset(Base):
    """One person asks that an account's factors be removed, another does it."""

    __tablename__ = "factor_resets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined", foreign_keys=[user_id])
