"""Setting up the demonstration's office: accounts, units, sites, checklists, the campaign."""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from anfang.assignments import service as assignments
from anfang.campaigns import queries as campaign_queries
from anfang.campaigns import service as campaigns
from anfang.checklists import library
from anfang.checklists import service as checklists
from anfang.checklists.models import ChecklistVersion
from anfang.demo.content import Content
from anfang.demo.content.rules import Ruled
from anfang.demo.content.setting import CampaignText, Plan
from anfang.demo.filling import put_in_force
from anfang.identity import service as identity
from anfang.identity.models import Inspector, User
from anfang.kit.db import transaction
from anfang.kit.principal import Role
from anfang.registry import service as registry
from anfang.registry.models import Site, Unit


@dataclass
class DemoOffice:
    """What was set up, by the names that `campaign.yaml` uses; `passwords` by user name."""

    units: dict[str, Unit]
    sites: dict[str, Site]
    checklists: dict[str, ChecklistVersion]
    inspectors: dict[str, Inspector]
    users: dict[str, User]
    passwords: dict[str, str]
    campaign_id: UUID = field(init=False)


def set_up(content: Content, today: date) -> DemoOffice:
    """Set the office up and start its campaign; `today` is the office's day of loading."""
    with transaction():
        units = _units(content)
        users, passwords = _accounts(content, units)
        sites = _sites(content, units)
        versions = {code: _published(code) for code in content.checklists}
        inspectors = {alias: identity.create_inspector(alias) for alias in content.inspectors}
    office = DemoOffice(units, sites, versions, inspectors, users, passwords)
    rules = content.ruled.rules
    office.campaign_id = start_campaign(content.campaign, content.plan, rules, office, today)
    with transaction():
        _assign(content, office, today)
    return office


def _units(content: Content) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for entry in content.units:
        parent = made[entry.parent].id if entry.parent else None
        made[entry.code] = registry.create_unit(entry.name, entry.code, entry.category, parent)
    return made


def _accounts(content: Content, units: dict[str, Unit]) -> tuple[dict[str, User], dict[str, str]]:
    passwords = {entry.username: secrets.token_urlsafe(9) for entry in content.accounts}
    users = {
        entry.username: identity.create_user(
            entry.username,
            passwords[entry.username],
            entry.display_name,
            [Role(role) for role in entry.roles],
            units[entry.unit].id if entry.unit else None,
            factor_waived=True,
        )
        for entry in content.accounts
    }
    return users, passwords


def _sites(content: Content, units: dict[str, Unit]) -> dict[str, Site]:
    return {
        entry.key: registry.create_site(
            units[entry.unit].id,
            entry.name,
            entry.kind,
            entry.lat_e7,
            entry.lon_e7,
            entry.radius_m,
        )
        for entry in content.sites
    }


def _published(code: str) -> ChecklistVersion:
    shipped = library.shipped(code)
    version = checklists.create_checklist(shipped.code, shipped.title, shipped.items).versions[0]
    checklists.publish(version)
    return version


def start_campaign(
    text: CampaignText,
    plan: Plan,
    rules: Ruled,
    office: DemoOffice,
    today: date,
) -> UUID:
    """Draft a campaign, put its rulebook in force, give out its parts, start it; returns its id.

    Args:
        today: the office's day of loading.
    """
    starts_on = today - timedelta(days=text.starts_days_ago)
    with transaction():
        campaign = campaigns.create_campaign(
            text.name,
            starts_on,
            starts_on + timedelta(days=text.lasts_days),
            text.legal_basis,
            checklist_version_ids=[version.id for version in office.checklists.values()],
            rides=text.rides,
            publication_delay_days=text.publication_delay_days,
        )
    campaigns.put_plan(campaign.id, plan.name, plan.data)
    with transaction():
        found = campaign_queries.campaign(campaign.id)
        put_in_force(found, rules, office.units)
        campaigns.start(found)
    return campaign.id


def _assign(content: Content, office: DemoOffice, today: date) -> None:
    for entry in content.assignments:
        site = office.sites[entry.site]
        assignments.assign(
            campaign_id=office.campaign_id,
            checklist_version_id=office.checklists[entry.checklist].id,
            inspector_id=office.inspectors[entry.inspector].id,
            unit_id=site.unit_id,
            site_id=site.id,
            from_day=today + timedelta(days=entry.from_in_days),
            to_day=today + timedelta(days=entry.to_in_days),
        )
