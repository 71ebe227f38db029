"""Reads of breaches."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select

from anfang.breaches.models import BreachState, RuleBreach
from anfang.kit.db import db
from anfang.kit.errors import required


def breach(breach_id: UUID) -> RuleBreach:
    """Return a breach; raises NotFound."""
    return required(db.session.get(RuleBreach, breach_id))


def breaches_listed(
    *within: ColumnElement[bool], campaign: UUID | None = None, case: UUID | None = None
) -> Select[RuleBreach]:
    """Return the statement of breaches, the latest first, narrowed if asked."""
    statement = (
        select(RuleBreach).where(*within).order_by(RuleBreach.found_on.desc(), RuleBreach.id)
    )
    if campaign is not None:
        statement = statement.where(RuleBreach.campaign_id == campaign)
    return statement if case is None else statement.where(RuleBreach.case_id == case)


def verdicts(campaign_id: UUID) -> Sequence[RuleBreach]:
    """Return the established breaches that are a veto, the earliest decision first."""
    return db.session.scalars(
        select(RuleBreach)
        .where(
            RuleBreach.campaign_id == campaign_id,
            RuleBreach.state == BreachState.ESTABLISHED.value,
            RuleBreach.verdict.is_not(None),
        )
        .order_by(RuleBreach.decided_at, RuleBreach.id)
    ).all()


def vetoed_units(campaign_id: UUID) -> frozenset[UUID]:
    """Return the units that a veto makes unqualified, whatever else they score."""
    return frozenset(one.unit_id for one in verdicts(campaign_id) if one.verdict == "unqualified")


def breached_before(unit_id: UUID, rule_set: str, found_on: date, within_days: int) -> bool:
    """Whether an earlier breach of the same rule set by the unit is established."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    RuleBreach.unit_id == unit_id,
                    RuleBreach.rule_set == rule_set,
                    RuleBreach.state == BreachState.ESTABLISHED.value,
                    RuleBreach.found_on <= found_on,
                    RuleBreach.found_on >= found_on - timedelta(days=within_days),
                )
            )
        )
    )
