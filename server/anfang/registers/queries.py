"""Reads of registers: what the rulebook declares, the rows, their figures."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Select, cast, func, select
from sqlalchemy.types import String

from anfang.campaigns import queries as campaigns
from anfang.campaigns.models import Campaign
from anfang.kit.clock import now
from anfang.kit.db import db, found_by, locked
from anfang.registers import figures, timing
from anfang.registers.errors import NoDrawWeight, RegisterUnknown
from anfang.registers.models import RegisterRow, RegisterRowVersion
from anfang.registers.rules import ColumnType, Register, State, parse
from anfang.registry import queries as registry


def registers_of(campaign_id: UUID) -> dict[str, Register]:
    """Return the registers of a campaign's rulebook in force, by code."""
    return parse(campaigns.rulebook_section(campaign_id, "registers") or ())


def register(campaign_id: UUID, code: str) -> Register:
    """Return one register; raises RegisterUnknown."""
    found = registers_of(campaign_id).get(code)
    if found is None:
        raise RegisterUnknown
    return found


def row(row_id: UUID, *within: ColumnElement[bool]) -> RegisterRow:
    """Return a row; raises NotFound, also when it is outside the predicates `within`."""
    return found_by(select(RegisterRow).where(RegisterRow.id == row_id, *within))


def row_for_update(row_id: UUID, *within: ColumnElement[bool]) -> RegisterRow:
    """Return a row, locked and read anew; raises NotFound like `row`."""
    return found_by(locked(select(RegisterRow).where(RegisterRow.id == row_id, *within)))


def rows_listed(
    campaign_id: UUID,
    code: str,
    *within: ColumnElement[bool],
    unit: UUID | None = None,
    state: str | None = None,
    overdue: bool | None = None,
    q: str | None = None,
) -> Select[RegisterRow]:
    """Return the statement of a register's rows as they were filed.

    `unit` takes the units beneath it too; `q` is looked for in the values as they are kept.
    """
    statement = (
        select(RegisterRow)
        .where(RegisterRow.campaign_id == campaign_id, RegisterRow.register == code, *within)
        .order_by(RegisterRow.created_at, RegisterRow.id)
    )
    if unit is not None:
        statement = statement.where(RegisterRow.unit_id.in_(registry.subtree_ids(unit)))
    if state is not None:
        statement = statement.where(RegisterRow.state == state)
    if overdue is not None:
        late = (RegisterRow.due_at.is_not(None)) & (RegisterRow.due_at < now())
        statement = statement.where(late if overdue else ~late)
    if q:
        written = cast(RegisterRow.values, String)
        statement = statement.where(written.icontains(_as_kept(q), autoescape=True))
    return statement


def versions(row_id: UUID) -> Sequence[RegisterRowVersion]:
    """Return what a row has said, oldest first."""
    return db.session.scalars(
        select(RegisterRowVersion).filter_by(row_id=row_id).order_by(RegisterRowVersion.number)
    ).all()


def due_at(
    campaign: Campaign, state: State, values: dict[str, Any], entered_at: datetime
) -> datetime | None:
    """Return when a row must have left a state; a row that is done or void has no term."""
    if state.outcome:
        return None
    day_of = partial(campaigns.rulebook_day, campaign)
    return timing.due_at(state, values, entered_at, day_of, current_app.config["ZONE"])


def completed(
    campaign_id: UUID, found: Register, *within: ColumnElement[bool]
) -> figures.Completed:
    """Return how much of a register is done."""
    return figures.completed(found, by_state(campaign_id, found.code, *within))


def by_state(campaign_id: UUID, code: str, *within: ColumnElement[bool]) -> dict[str, int]:
    """Return how many rows of a register are in each state."""
    rows = db.session.execute(
        select(RegisterRow.state, func.count())
        .where(RegisterRow.campaign_id == campaign_id, RegisterRow.register == code, *within)
        .group_by(RegisterRow.state)
    )
    return {state: count for state, count in rows}  # noqa: C416 -- rows are no pairs to mypy


def overdue(campaign_id: UUID, code: str, *within: ColumnElement[bool]) -> int:
    """Return how many rows of a register are past their term."""
    statement = rows_listed(campaign_id, code, *within, overdue=True).order_by(None)
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def quotas(campaign_id: UUID, found: Register) -> list[figures.QuotaFigure]:
    """Return a register's quotas beside what is there; rows that are void do not count."""
    if not found.quotas:
        return []
    statement = select(RegisterRow.values, RegisterRow.unit_id).where(
        RegisterRow.campaign_id == campaign_id,
        RegisterRow.register == found.code,
        RegisterRow.state.not_in(found.states_with("void")),
    )
    rows = [{**values, "unit": str(unit)} for values, unit in db.session.execute(statement)]
    return figures.quotas(found, rows)


def deadline_day(campaign: Campaign, found: Register) -> date | None:
    """Return the last day by which a register must be complete."""
    by = found.completion and found.completion.by
    return campaigns.rulebook_day(campaign, by) if by else None


def weights(campaign_id: UUID, found: Register) -> dict[UUID, int]:
    """Return what a double-random draw takes as weights of sites, or of units: object → 1…1000.

    Of several rows for the same object the heaviest counts. Void rows do not.

    Raises:
        NoDrawWeight: the register declares none.
    """
    weight = found.draw_weight
    if weight is None:
        raise NoDrawWeight
    site = next((one.code for one in found.columns if one.type is ColumnType.SITE), None)
    rows = select(RegisterRow).where(
        RegisterRow.campaign_id == campaign_id,
        RegisterRow.register == found.code,
        RegisterRow.state.not_in(found.states_with("void")),
    )
    heaviest: dict[UUID, int] = {}
    for one in db.session.scalars(rows):
        named = one.values.get(site) if site else str(one.unit_id)
        heavy = one.values.get(weight)
        if named and heavy:
            object_id = UUID(named)
            heaviest[object_id] = max(heaviest.get(object_id, 1), min(1000, int(heavy)))
    return heaviest


def public_registers() -> list[tuple[Campaign, Register]]:
    """Return the registers of running campaigns that publish rows, in the rulebooks' order."""
    return [
        (campaign, found)
        for campaign in campaigns.running()
        for found in registers_of(campaign.id).values()
        if found.public_states()
    ]


def public_rows(campaign_id: UUID, found: Register) -> Select[RegisterRow]:
    """Return the statement of the rows that stand on the public page."""
    return rows_listed(campaign_id, found.code, RegisterRow.state.in_(found.public_states()))


def names_of(found: Register, rows: Iterable[RegisterRow | RegisterRowVersion]) -> dict[str, str]:
    """Return the names of the units and sites that rows' values mention, by id as it is kept."""
    asked: dict[ColumnType, set[UUID]] = {ColumnType.UNIT: set(), ColumnType.SITE: set()}
    references = [one for one in found.columns if one.type in asked]
    for one in rows:
        for column in references:
            if value := one.values.get(column.code):
                asked[column.type].add(UUID(value))
    units = registry.units_of(asked[ColumnType.UNIT]) if asked[ColumnType.UNIT] else ()
    sites = registry.sites_of(asked[ColumnType.SITE]) if asked[ColumnType.SITE] else ()
    names = {str(one.id): one.name for one in units}
    return names | {str(one.id): one.name for one in sites}


def _as_kept(text: str) -> str:
    """Return text as JSON columns keep it: SQLAlchemy's serializer escapes what is not ASCII."""
    return text.encode("ascii", "backslashreplace").decode("ascii")
