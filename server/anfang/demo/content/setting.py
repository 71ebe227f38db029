"""Whom and what the demonstration's office consists of: units, sites, accounts, assignments."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class CampaignText:
    """The campaign; its days are counted from the day of loading."""

    name: str
    legal_basis: str
    starts_days_ago: int
    lasts_days: int
    office: str
    publication_delay_days: int
    rides: dict[str, Any] | None = None


@dataclass(frozen=True)
class Plan:
    """The plan document, to be filed as UTF-8 text under `name`."""

    name: str
    text: str

    @property
    def data(self) -> bytes:
        """The file's bytes."""
        return self.text.encode()


@dataclass(frozen=True)
class UnitEntry:
    """A unit; `parent` is another one's code, and stands before it in the file."""

    code: str
    name: str
    category: str
    parent: str | None = None


@dataclass(frozen=True)
class SiteEntry:
    """A site of a unit; no position for what moves."""

    key: str
    unit: str
    name: str
    kind: str
    lat_e7: int | None = None
    lon_e7: int | None = None
    radius_m: int | None = None


@dataclass(frozen=True)
class Account:
    """An account to sign in with; the loader makes its password."""

    username: str
    display_name: str
    roles: tuple[str, ...]
    unit: str | None = None


@dataclass(frozen=True)
class AssignmentEntry:
    """An open visit, between days counted from the day of loading."""

    inspector: str
    site: str
    checklist: str
    from_in_days: int
    to_in_days: int
