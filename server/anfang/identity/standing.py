"""What a session may do, by the second factors of its account. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from anfang.kit.principal import Role, Standing

DEMANDING: Final = frozenset({Role.CUSTODIAN, Role.APPROVER})
"""Roles that nobody fills with a password alone."""

FRESH_FOR: Final = timedelta(minutes=15)
"""How long a proven factor serves for what publishes, approves or opens."""


def is_demanded(roles: Iterable[str], *, waived: bool) -> bool:
    """Tell whether an account of these roles needs a second factor."""
    return not waived and not DEMANDING.isdisjoint(roles)


def standing_of(*, proved_at: datetime | None, has_factor: bool, demanded: bool) -> Standing:
    """Return how far a session has come."""
    if has_factor:
        return Standing.FULL if proved_at is not None else Standing.PROVE
    return Standing.SET_UP if demanded else Standing.FULL


def is_fresh(*, proved_at: datetime | None, has_factor: bool, moment: datetime) -> bool:
    """Tell whether a factor was proven just now; who has none has nothing to prove."""
    if not has_factor:
        return True
    return proved_at is not None and moment - proved_at < FRESH_FOR
