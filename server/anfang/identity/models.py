"""Tables of identity."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.kit import jose
from anfang.kit.clock import now
from anfang.kit.db import Base
from anfang.kit.ids import new_id


class User(Base):
    """An account of the office or of a unit.

    `unit_id` confines a liaison to a unit subtree; the registry above owns the units.
    `factor_waived`: an account of the demonstration, whose password is printed for everybody; its
    roles demand no second factor.
    """

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str]
    roles: Mapped[list[Any]]
    unit_id: Mapped[UUID | None] = mapped_column(index=True)
    active: Mapped[bool] = mapped_column(default=True)
    factor_waived: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class UserSession(Base):
    """A browser session; the cookie's secret is stored only as its hash.

    `id` names it in the person's own list. `proved_at`: when a second factor was last proven in
    it. `challenge`: what a passkey is to sign next (base64url), once.
    """

    __tablename__ = "user_sessions"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    csrf_token: Mapped[str]
    agent: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    proved_at: Mapped[datetime | None]
    challenge: Mapped[str | None]
    challenge_until: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


class SignInFailure(Base):
    """One failed sign-in, counted by account name, address and both together (all hashed)."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_subject_at", "subject_sha256", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject_sha256: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class SignInPlace(Base):
    """An account and an address from which it has signed in (hashed together), and when last."""

    __tablename__ = "sign_in_places"

    subject_sha256: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Inspector(Base):
    """An inspector, known to this product by an alias alone."""

    __tablename__ = "inspectors"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    alias: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class EnrolmentToken(Base):
    """A single-use permission to enrol one phone for one alias."""

    __tablename__ = "enrolment_tokens"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"), index=True)
    preconfirmed: Mapped[bool]
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]


class EnrolledDevice(Base):
    """A phone that holds a device key.

    What it says of itself (`app_version`, `unsent`: items it holds that the office has not got) and
    the day on which it was last there; no hour: who works when is nobody's business.
    """

    __tablename__ = "devices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"), index=True)
    jwk: Mapped[dict[str, Any]]
    thumbprint: Mapped[str] = mapped_column(unique=True)
    enrolled_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_seen_on: Mapped[date | None]
    app_version: Mapped[str | None]
    unsent: Mapped[int | None]

    inspector: Mapped[Inspector] = relationship(lazy="joined")

    @property
    def number(self) -> str:
        """The 20 digits that phone and office compare (PROTOCOL §2)."""
        return jose.comparison_number(self.jwk)


class DeviceNonce(Base):
    """A login challenge; it serves once."""

    __tablename__ = "device_nonces"

    nonce_sha256: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class DeviceToken(Base):
    """A bearer token of a phone, stored only as its hash."""

    __tablename__ = "device_tokens"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    device_id: Mapped[UUID] = mapped_column(
        ForeignKey("devices.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime] = mapped_column(index=True)


class OfficeKey(Base):
    """A public office key; every later key is introduced by an earlier one's signature."""

    __tablename__ = "office_keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    jwk: Mapped[dict[str, Any]]
    introduction: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]


class CustodyKey(Base):
    """A key to which is sealed what only the two custodians may open together.

    `public` is hex. Until the custodians' ceremony (`established_at`) the private half lies in a
    key file; afterwards nowhere: it is in two wrapped halves (`CustodyShare`). `sealed_private` is
    the private half of a retired key, sealed to the key that came after it.
    """

    __tablename__ = "custody_keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    public: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(default=now)
    established_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    sealed_private: Mapped[str | None]


class CustodyShare(Base):
    """Half a custody key under one custodian's passphrase (`sealing.WrappedHalf` as JSON)."""

    __tablename__ = "custody_shares"

    kid: Mapped[str] = mapped_column(ForeignKey("custody_keys.kid"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    wrapped: Mapped[dict[str, Any]]
    made_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(lazy="joined")


class SealedPerson(Base):
    """Who an inspector is: name and contact in a box that only the custodians open together."""

    __tablename__ = "sealed_persons"

    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspectors.id"), primary_key=True)
    box: Mapped[str]
    sealed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    sealed_at: Mapped[datetime] = mapped_column(default=now)
