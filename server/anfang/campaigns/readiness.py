"""Reads of what a campaign still lacks before it can start, step by step."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from anfang.campaigns.models import Campaign
from anfang.campaigns.queries import rulebook_version
from anfang.identity import queries as identity
from anfang.identity.models import EnrolledDevice, Inspector
from anfang.kit.db import db
from anfang.registry import queries as registry


@dataclass(frozen=True)
class Step:
    """A step of the set-up: what it is, how much of it there is, whether a start demands it."""

    name: str
    count: int
    demanded: bool

    @property
    def met(self) -> bool:
        """Whether there is anything of it."""
        return self.count > 0


def steps(campaign: Campaign) -> list[Step]:
    """Return the steps in the order in which an office takes them.

    Legal basis and plan are demanded by the start itself (DOMAIN F2); without the others a
    campaign would run and nobody could visit anything.
    """
    active = registry.active_units()
    inspectors = identity.inspectors_listed().where(Inspector.active)
    phones = identity.devices_listed().where(
        EnrolledDevice.confirmed_at.is_not(None), EnrolledDevice.revoked_at.is_(None)
    )
    return [
        Step("basis", int(bool(campaign.legal_basis.strip())), demanded=True),
        Step("plan", int(campaign.plan_sha256 is not None), demanded=True),
        Step("rulebook", int(rulebook_version(campaign.id) is not None), demanded=False),
        Step("themes", len(campaign.themes), demanded=False),
        Step("units", count(active), demanded=False),
        Step("sites", count(registry.active_sites()), demanded=False),
        Step("checklists", len(campaign.checklists), demanded=False),
        Step("inspectors", count(inspectors), demanded=False),
        Step("phones", count(phones), demanded=False),
    ]


def count(statement: Select[Any]) -> int:
    """Return how many rows a statement would give."""
    return (
        db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
        or 0
    )
