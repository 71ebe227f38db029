"""Reads of assignments."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from anfang.assignments.models import Assignment, AssignmentState
from anfang.campaigns.models import Campaign, CampaignState
from anfang.kit.db import db
from anfang.kit.errors import required


def assignment(assignment_id: UUID) -> Assignment:
    """Return an assignment; raises NotFound."""
    return required(db.session.get(Assignment, assignment_id))


def open_for(inspector_id: UUID, day: date) -> Sequence[Assignment]:
    """Return an inspector's open assignments of running campaigns that do not end before `day`.

    Later ones are among them: the phone may have no network when their day comes.
    """
    return db.session.scalars(
        select(Assignment)
        .join(Campaign, Campaign.id == Assignment.campaign_id)
        .where(
            Assignment.inspector_id == inspector_id,
            Assignment.state == AssignmentState.OPEN.value,
            Assignment.to_day >= day,
            Campaign.state == CampaignState.RUNNING.value,
        )
        .order_by(Assignment.from_day, Assignment.id)
    ).all()


def assignments_listed(
    campaign: UUID | None = None, inspector: UUID | None = None, state: str | None = None
) -> Select[Assignment]:
    """Return the statement of assignments, the latest first day first, narrowed if asked."""
    statement = select(Assignment).order_by(Assignment.from_day.desc(), Assignment.id)
    if campaign is not None:
        statement = statement.where(Assignment.campaign_id == campaign)
    if inspector is not None:
        statement = statement.where(Assignment.inspector_id == inspector)
    return statement if state is None else statement.where(Assignment.state == state)
