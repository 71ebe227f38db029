"""Reads of assignments about invited supervisors."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, select

from anfang.assignments.mandate_models import SupervisorMandate
from anfang.kit.db import db, found_by, locked


def mandates_listed(campaign: UUID | None = None) -> Select[SupervisorMandate]:
    """Return the statement of mandates, the latest first."""
    statement = select(SupervisorMandate).order_by(
        SupervisorMandate.given_at.desc(), SupervisorMandate.id
    )
    if campaign is None:
        return statement
    return statement.where(SupervisorMandate.campaign_id == campaign)


def mandate_for_update(mandate_id: UUID) -> SupervisorMandate:
    """Return a mandate, locked and read anew; raises NotFound."""
    return found_by(locked(select(SupervisorMandate).where(SupervisorMandate.id == mandate_id)))


def is_invited(inspector_id: UUID) -> bool:
    """Tell whether an inspector is, or was, an invited supervisor."""
    statement = select(exists().where(SupervisorMandate.inspector_id == inspector_id))
    return bool(db.session.scalar(statement))


def covers(inspector_id: UUID, campaign_id: UUID, from_day: date, to_day: date) -> bool:
    """Tell whether a mandate that was not ended covers all days of a visit."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    SupervisorMandate.inspector_id == inspector_id,
                    SupervisorMandate.campaign_id == campaign_id,
                    SupervisorMandate.ended_at.is_(None),
                    SupervisorMandate.from_day <= from_day,
                    SupervisorMandate.to_day >= to_day,
                )
            )
        )
    )
