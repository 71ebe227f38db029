"""Verbs of campaigns: set one up, put its plan on file, start and close it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from anfang.campaigns import queries
from anfang.campaigns.errors import (
    CampaignBasisMissing,
    CampaignClosed,
    CampaignDaysReversed,
    CampaignNotRunning,
    CampaignStarted,
    ChecklistNotPublished,
    PlanEmpty,
    PlanTooLarge,
    ThemeTwice,
)
from anfang.campaigns.fares import fare_fen
from anfang.campaigns.models import (
    PUBLICATION_DELAY_DAYS,
    PUBLICATION_GROUP,
    Campaign,
    CampaignChecklist,
    CampaignState,
    CampaignTheme,
    CampaignThemeUnit,
)
from anfang.checklists import queries as checklists
from anfang.kit.db import db, transaction
from anfang.kit.errors import NotFound
from anfang.kit.ids import sha256_hex
from anfang.log import service as log
from anfang.registry import queries as registry
from anfang.storage import service as storage

LARGEST_PLAN: Final = 20 << 20
"""Bytes of the file of a plan."""

_FROZEN_AT_START: Final = frozenset({"legal_basis", "starts_on"})
_ONLY_RAISED: Final = frozenset({"publication_delay_days", "publication_group"})


def create_campaign(
    name: str,
    starts_on: date,
    ends_on: date,
    legal_basis: str = "",
    themes: Sequence[Mapping[str, Any]] = (),
    checklist_version_ids: Sequence[UUID] = (),
    rides: dict[str, Any] | None = None,
    publication_delay_days: int = PUBLICATION_DELAY_DAYS,
    publication_group: int = PUBLICATION_GROUP,
) -> Campaign:
    """Draft a campaign.

    Args:
        rides: `{"tariffs": […]}` (see `fares`) where phones may measure rides.
        publication_delay_days, publication_group: when a visit may be published (`models`).
        themes: `{"code","title","units":[{"unit_id","role"}]}` in their order.
        checklist_version_ids: published versions.

    Raises:
        CampaignDaysReversed, ThemeTwice, ChecklistNotPublished, NotFound (a unit or version).
    """
    campaign = Campaign(
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        legal_basis=legal_basis,
        rides=rides,
        publication_delay_days=publication_delay_days,
        publication_group=publication_group,
    )
    _require_days(campaign)
    _set_themes(campaign, themes)
    _set_checklists(campaign, checklist_version_ids)
    db.session.add(campaign)
    _save(campaign)
    log.audit("campaign.created", "campaign", campaign.id)
    return campaign


def change_campaign(
    campaign: Campaign,
    *,
    themes: Sequence[Mapping[str, Any]] | None = None,
    checklist_version_ids: Sequence[UUID] | None = None,
    **changes: Any,
) -> None:
    """Change what is given, by the rules of `create_campaign`.

    Once it runs, legal basis and first day stay, the rule of publication may only become stricter,
    and checklists may only be added: phones that are offline go on using them.

    Raises:
        CampaignStarted, CampaignClosed: too late for this change.
        CampaignDaysReversed, ThemeTwice, ChecklistNotPublished, NotFound: as in `create_campaign`.
    """
    require_open(campaign)
    if campaign.state != CampaignState.DRAFT.value:
        _require_only_additions(campaign, changes, checklist_version_ids)
    for member, value in changes.items():
        setattr(campaign, member, value)
    _require_days(campaign)
    if themes is not None:
        _set_themes(campaign, themes)
    if checklist_version_ids is not None:
        _set_checklists(campaign, checklist_version_ids)
    # Themes and checklists stand in other tables; the revision counts them too.
    flag_modified(campaign, "name")
    _save(campaign)
    log.audit("campaign.changed", "campaign", campaign.id)


def fares_fen(
    campaign: Campaign, kind: str | None, distances_m: Iterable[int], minutes: Iterable[int]
) -> list[int]:
    """Return the fares by every tariff of this kind of ride; empty where there is none.

    Args:
        kind: `taxi` or `bus`, as the record's subject has it.
        distances_m: lengths that the ride may have had.
        minutes: minutes of the local day at which it may have begun.
    """
    tariffs = [one for one in (campaign.rides or {}).get("tariffs", ()) if one["kind"] == kind]
    lengths, moments = list(distances_m), list(minutes)
    return [
        fare_fen(tariff, distance, minute)
        for tariff in tariffs
        for distance in lengths
        for minute in moments
    ]


def put_plan(campaign_id: UUID, file_name: str, data: bytes) -> Campaign:
    """Keep the file of a draft's plan durably, in place of an earlier one.

    Opens its own transactions: the disk must not be waited for under the write lock.

    Raises:
        NotFound, CampaignStarted, CampaignClosed: there is no such draft.
        PlanEmpty, PlanTooLarge: the file cannot be a plan.
        StorageFull: no room; nothing was stored.
    """
    with transaction(write=False):
        _require_draft(queries.campaign(campaign_id))
    if not data:
        raise PlanEmpty
    if len(data) > LARGEST_PLAN:
        raise PlanTooLarge(megabytes=LARGEST_PLAN >> 20)
    digest = sha256_hex(data)
    storage.put_bytes(storage.derived_key("plans", digest), data)
    with transaction():
        campaign = queries.campaign(campaign_id)
        _require_draft(campaign)
        campaign.plan_name, campaign.plan_sha256 = file_name, digest
        db.session.flush()
        log.audit("campaign.plan_filed", "campaign", campaign.id, sha256=digest)
        return campaign


def plan(campaign: Campaign) -> bytes:
    """Return the bytes of the plan's file.

    Raises:
        NotFound: no plan is on file.
    """
    if campaign.plan_sha256 is None:
        raise NotFound
    return storage.get_bytes(storage.derived_key("plans", campaign.plan_sha256))


def start(campaign: Campaign) -> None:
    """Open a drafted campaign to phones.

    Raises:
        CampaignBasisMissing: legal basis or plan is not on file.
        CampaignStarted, CampaignClosed: it is no draft.
    """
    _require_draft(campaign)
    if not campaign.legal_basis.strip() or campaign.plan_sha256 is None:
        raise CampaignBasisMissing
    campaign.state = CampaignState.RUNNING.value
    db.session.flush()
    log.audit("campaign.started", "campaign", campaign.id)


def close(campaign: Campaign) -> None:
    """End a running campaign; records that are still on phones are taken and flagged.

    Raises:
        CampaignNotRunning: it is a draft or closed.
    """
    if campaign.state != CampaignState.RUNNING.value:
        raise CampaignNotRunning
    campaign.state = CampaignState.CLOSED.value
    db.session.flush()
    log.audit("campaign.closed", "campaign", campaign.id)


def _save(campaign: Campaign) -> None:
    """Write, then read lists back in their stored order: an ETag must not depend on the writer."""
    db.session.flush()
    for theme in campaign.themes:
        db.session.expire(theme, ["units"])
    db.session.expire(campaign, ["themes", "checklists"])


def require_open(campaign: Campaign) -> None:
    """Refuse a change of a campaign that is over; raises CampaignClosed."""
    if campaign.state == CampaignState.CLOSED.value:
        raise CampaignClosed


def _require_draft(campaign: Campaign) -> None:
    require_open(campaign)
    if campaign.state != CampaignState.DRAFT.value:
        raise CampaignStarted


def _require_only_additions(
    campaign: Campaign, changes: Mapping[str, Any], version_ids: Sequence[UUID] | None
) -> None:
    if any(getattr(campaign, name) != changes[name] for name in _FROZEN_AT_START & changes.keys()):
        raise CampaignStarted
    # What protects the inspectors of visits that were made may only grow.
    if any(getattr(campaign, name) > changes[name] for name in _ONLY_RAISED & changes.keys()):
        raise CampaignStarted
    used = {entry.checklist_version_id for entry in campaign.checklists}
    if version_ids is not None and used - set(version_ids):
        raise CampaignStarted


def _require_days(campaign: Campaign) -> None:
    if campaign.ends_on < campaign.starts_on:
        raise CampaignDaysReversed


def _set_themes(campaign: Campaign, themes: Sequence[Mapping[str, Any]]) -> None:
    """Make the campaign's themes these; a theme that keeps its code keeps its id."""
    _require_distinct(theme["code"] for theme in themes)
    known = {theme.code: theme for theme in campaign.themes}
    campaign.themes = [
        _theme(known.get(theme["code"]), place, theme) for place, theme in enumerate(themes)
    ]


def _theme(known: CampaignTheme | None, position: int, members: Mapping[str, Any]) -> CampaignTheme:
    theme = known or CampaignTheme(code=members["code"])
    theme.title, theme.position = members["title"], position
    roles = members.get("units", ())
    _require_distinct(entry["unit_id"] for entry in roles)
    parts = {part.unit_id: part for part in theme.units}
    units = {unit.id: unit for unit in registry.units_of(entry["unit_id"] for entry in roles)}
    if len(units) < len(roles):
        raise NotFound
    theme.units = [
        parts.get(entry["unit_id"])
        or CampaignThemeUnit(unit_id=entry["unit_id"], unit=units[entry["unit_id"]])
        for entry in roles
    ]
    for part, entry in zip(theme.units, roles, strict=True):
        part.role = entry["role"]
    return theme


def _set_checklists(campaign: Campaign, version_ids: Sequence[UUID]) -> None:
    wanted = dict.fromkeys(version_ids)
    known = {entry.checklist_version_id: entry for entry in campaign.checklists}
    versions = {version.id: version for version in checklists.checklist_versions(wanted)}
    if len(versions) < len(wanted):
        raise NotFound
    if any(version.published_at is None for version in versions.values()):
        raise ChecklistNotPublished
    campaign.checklists = [
        known.get(version_id)
        or CampaignChecklist(
            checklist_version_id=version_id, checklist_version=versions[version_id]
        )
        for version_id in wanted
    ]


def _require_distinct(values: Iterable[object]) -> None:
    listed = list(values)
    if len(set(listed)) < len(listed):
        raise ThemeTwice
