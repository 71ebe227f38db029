"""Verbs of registers: file a row, change it, take it on to its next state."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign, CampaignState
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.errors import NotFound
from anfang.kit.principal import person, principal
from anfang.log import service as log
from anfang.registers import queries, values
from anfang.registers.errors import (
    CampaignOver,
    NeedsUnmet,
    NoSuchWay,
    ReasonMissing,
    RegisterUnknown,
    RowFaulty,
    RowNotYours,
    RowTwice,
    SecondPersonNeeded,
)
from anfang.registers.models import RegisterRow, RegisterRowVersion
from anfang.registers.policies import acts_as, sees
from anfang.registers.rules import ColumnType, Register, Transition
from anfang.registry import queries as registry
from anfang.registry import service as registry_service
from anfang.registry.models import Unit


def file_row(campaign_id: UUID, code: str, unit_id: UUID, given: Mapping[str, Any]) -> RegisterRow:
    """File a row for a unit; it begins in the register's first state.

    Raises:
        NotFound: there is no such campaign, or no such unit for the caller.
        RegisterUnknown: no such register, or none that the caller sees.
        CampaignOver: the campaign is closed.
        RowNotYours: the register's rows are filed by others.
        RowFaulty, RowTwice: the values do not fit, or another row has the same key.
    """
    campaign, register = _open_register(campaign_id, code)
    if not acts_as(principal(), register.filed_by):
        raise RowNotYours
    unit = registry.unit(unit_id, Unit.id.in_(registry_service.visible_unit_ids(principal())))
    version = campaigns.rulebook_version(campaign_id)
    if version is None:
        raise RegisterUnknown
    kept = _checked(register, given)
    row = RegisterRow(
        campaign_id=campaign_id,
        rulebook_version_id=version.id,
        register=code,
        unit=unit,
        unit_id=unit.id,
        values=kept,
        state=register.first.code,
        filed_by=person().id,
        changed_by=person().id,
    )
    _enter(campaign, register, row, register.first.code)
    db.session.add(row)
    _write(row)
    log.audit("register.filed", "register_row", row.id, register=code)
    return row


def change_row(row: RegisterRow, given: Mapping[str, Any]) -> None:
    """Change what a row says.

    Args:
        row: locked (`queries.row_for_update`).
        given: all its values anew; what is left out becomes empty.

    Raises:
        CampaignOver, RowNotYours, RowFaulty, RowTwice: as in `file_row`; nobody changes a row in a
            state that the rulebook leaves to no one.
    """
    campaign, register = _open_register(row.campaign_id, row.register)
    if not acts_as(principal(), register.editors(row.state)):
        raise RowNotYours
    kept = _checked(register, given)
    if kept == row.values:
        return
    row.values = kept
    row.changed_by = person().id
    row.due_at = queries.due_at(campaign, register.state(row.state), row.values, row.entered_at)
    _key(register, row)
    _write(row)
    log.audit("register.changed", "register_row", row.id, register=row.register)


def move_row(row: RegisterRow, to: str, reason: str = "") -> None:
    """Take a row on to another state.

    Args:
        row: locked (`queries.row_for_update`).

    Raises:
        CampaignOver: the campaign is closed.
        NoSuchWay: no transition leads there.
        RowNotYours: it is another role's to take.
        ReasonMissing, SecondPersonNeeded, NeedsUnmet: what the transition asks for is missing.
    """
    campaign, register = _open_register(row.campaign_id, row.register)
    _require_way(register, row, to, reason)
    row.moved_by = person().id
    origin = row.state
    _enter(campaign, register, row, to)
    _write(row, reason)
    log.audit("register.moved", "register_row", row.id, register=row.register, origin=origin, to=to)


def _require_way(register: Register, row: RegisterRow, to: str, reason: str) -> Transition:
    """Return the transition that the caller takes; of several the first that is the caller's."""
    ways = [one for one in register.ways_from(row.state) if one.to == to]
    if not ways:
        raise NoSuchWay
    way = next((one for one in ways if acts_as(principal(), one.by)), None)
    if way is None:
        raise RowNotYours
    if way.reason and not reason.strip():
        raise ReasonMissing
    if way.second_person and person().id in {row.filed_by, row.changed_by, row.moved_by}:
        raise SecondPersonNeeded
    if missing := values.unmet(way.needs, row.values):
        raise NeedsUnmet(pointers=missing)
    return way


def _open_register(campaign_id: UUID, code: str) -> tuple[Campaign, Register]:
    campaign = campaigns.campaign(campaign_id)
    register = queries.register(campaign_id, code)
    if not sees(principal(), register):
        raise RegisterUnknown
    if campaign.state == CampaignState.CLOSED.value:
        raise CampaignOver
    return campaign, register


def _checked(register: Register, given: Mapping[str, Any]) -> dict[str, Any]:
    kept, faults = values.checked(register, given)
    faults |= {
        column.code: "value-unknown"
        for column in register.columns
        if column.code in kept and not _exists(column.type, kept[column.code])
    }
    if faults:
        raise RowFaulty(pointers=faults)
    return kept


def _exists(column_type: ColumnType, value: Any) -> bool:
    """Tell whether the unit or site that a value names is there."""
    if column_type not in {ColumnType.UNIT, ColumnType.SITE}:
        return True
    try:
        (registry.unit if column_type is ColumnType.UNIT else registry.site)(UUID(value))
    except NotFound:
        return False
    return True


def _enter(campaign: Campaign, register: Register, row: RegisterRow, state: str) -> None:
    """Put a row into a state: its term begins, nothing was told of it yet."""
    row.state, row.entered_at = state, now()
    row.due_at = queries.due_at(campaign, register.state(state), row.values, row.entered_at)
    row.reminded_at = row.overdue_told_at = None
    _key(register, row)


def _key(register: Register, row: RegisterRow) -> None:
    void = register.state(row.state).outcome == "void"
    row.unique_key = None if void else values.key_of(register, row.unit_id, row.values)


def _write(row: RegisterRow, reason: str = "") -> None:
    """Write a row and its new version, or refuse the one that repeats another's key."""
    try:
        db.session.flush()
    except IntegrityError as error:
        raise RowTwice from error
    version = RegisterRowVersion(
        row_id=row.id,
        number=row.revision,
        values=dict(row.values),
        state=row.state,
        reason=reason.strip(),
        by_user=person().id,
    )
    db.session.add(version)
    db.session.flush()
