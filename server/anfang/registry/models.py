"""Tables of registry."""

from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from anfang.kit.db import Base
from anfang.kit.ids import new_id


class UnitCategory(StrEnum):
    """What kind of authority a unit is: appraisals and their consequences differ by it."""

    VERTICAL = "vertical"
    PARTY_MASS = "party_mass"
    GOVERNMENT_FUNCTIONAL = "government_functional"


class SiteKind(StrEnum):
    """What kind of place or vehicle an inspector goes to."""

    WINDOW = "window"
    OFFICE = "office"
    TAXI = "taxi"
    BUS = "bus"
    STREET = "street"
    MARKET = "market"
    STATION = "station"
    OTHER = "other"
    RESIDENCE = "residence"
    GUEST_ROOM = "guest_room"
    PRIVATE_ROOM = "private_room"
    DORMITORY = "dormitory"
    TOILET = "toilet"
    BATHROOM = "bathroom"
    CHANGING_ROOM = "changing_room"
    NURSING_ROOM = "nursing_room"
    FITTING_ROOM = "fitting_room"


class Capture(StrEnum):
    """Whether a phone may take pictures at a site (PROTOCOL §3)."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"


PRIVATE_KINDS: Final = frozenset(
    {
        SiteKind.RESIDENCE,
        SiteKind.GUEST_ROOM,
        SiteKind.PRIVATE_ROOM,
        SiteKind.DORMITORY,
        SiteKind.TOILET,
        SiteKind.BATHROOM,
        SiteKind.CHANGING_ROOM,
        SiteKind.NURSING_ROOM,
        SiteKind.FITTING_ROOM,
    }
)
"""Kinds where nobody photographs: 民法典 art. 1033; 国令799 art. 8."""


class Unit(Base):
    """A unit of the administration.

    `path` is the ids of the line down to the unit itself, each between slashes, so that a subtree
    is a prefix.
    """

    __tablename__ = "units"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id"), index=True)
    path: Mapped[str] = mapped_column(index=True)
    active: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol


class Site(Base):
    """A place, or a moving thing such as a taxi fleet, for which a unit answers.

    Position in 1e-7 degree WGS-84, `radius_m` in metres; all three are empty for what moves.
    """

    __tablename__ = "sites"
    __table_args__ = (
        CheckConstraint(
            "(lat_e7 IS NULL) = (lon_e7 IS NULL) AND (lat_e7 IS NULL) = (radius_m IS NULL)",
            name="position_complete",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str]
    kind: Mapped[str]
    lat_e7: Mapped[int | None]
    lon_e7: Mapped[int | None]
    radius_m: Mapped[int | None]
    capture: Mapped[str] = mapped_column(default=Capture.ALLOWED.value)
    active: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 -- SQLAlchemy's own protocol
