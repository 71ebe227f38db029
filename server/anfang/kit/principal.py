"""Who is calling: the answer of the identity room, in a form that every room may read."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from flask import g

from anfang.kit.errors import NotSignedIn


class Role(StrEnum):
    """Roles of DESIGN.md §1; a person may hold several."""

    REVIEWER = "reviewer"
    LEAD = "lead"
    APPROVER = "approver"
    LIAISON = "liaison"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Standing(StrEnum):
    """How far a person's session has come.

    `prove`: the account has a second factor that this session has not proven. `set_up`: its roles
    demand one, and it has none yet.
    """

    FULL = "full"
    PROVE = "prove"
    SET_UP = "set_up"


@dataclass(frozen=True)
class Anyone:
    """A caller without credentials: a citizen, or a phone before its login."""


@dataclass(frozen=True)
class Person:
    """An office or unit account.

    Attributes:
        unit: root of the unit subtree that confines this person (liaisons); None: the whole office.
        standing: short of FULL the session may only prove or set up a second factor.
        fresh: a second factor was proven just now, or there is none to prove.
    """

    id: UUID
    username: str
    display_name: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    unit: UUID | None = None
    standing: Standing = Standing.FULL
    fresh: bool = True


@dataclass(frozen=True)
class Device:
    """An enrolled phone.

    Attributes:
        deliver_only: the device is revoked; what it sends is quarantined (PROTOCOL §2).
    """

    id: UUID
    inspector: UUID
    deliver_only: bool = False


Principal = Anyone | Person | Device


def principal() -> Principal:
    """Return the caller of the present request; outside requests nobody."""
    return getattr(g, "principal", Anyone())


def person() -> Person:
    """Return the calling person; raises NotSignedIn for anyone else."""
    caller = principal()
    if isinstance(caller, Person):
        return caller
    raise NotSignedIn


def caller_id() -> UUID | None:
    """Return the id of the calling person; None for anybody else, and for the command line."""
    caller = principal()
    return caller.id if isinstance(caller, Person) else None


def device() -> Device:
    """Return the calling phone; raises NotSignedIn for anyone else."""
    caller = principal()
    if isinstance(caller, Device):
        return caller
    raise NotSignedIn


def at_the_desk(caller: Principal) -> bool:
    """Tell whether a caller gets a unit desk's narrow answers instead of the office's.

    Whoever is confined to a unit does, whatever other roles the account holds.
    """
    if not isinstance(caller, Person):
        return True
    return caller.unit is not None or not caller.roles - {Role.LIAISON}
