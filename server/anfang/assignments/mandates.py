"""Verbs of assignments about invited supervisors: give a mandate, end it."""

from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from anfang.assignments import queries, service
from anfang.assignments.errors import (
    AssignmentDaysReversed,
    InspectorInactive,
    MandateEnded,
    MandateTwice,
)
from anfang.assignments.mandate_models import Capacity, SupervisorMandate
from anfang.assignments.models import AssignmentState
from anfang.campaigns import queries as campaigns
from anfang.campaigns.errors import CampaignClosed
from anfang.campaigns.models import CampaignState
from anfang.identity import queries as identity
from anfang.kit.clock import now
from anfang.kit.db import db
from anfang.kit.principal import person
from anfang.log import service as log


def give(
    inspector_id: UUID, campaign_id: UUID, capacity: Capacity, from_day: date, to_day: date
) -> SupervisorMandate:
    """Make an inspector an invited supervisor of a campaign.

    Raises:
        NotFound: there is no such inspector or campaign.
        AssignmentDaysReversed, CampaignClosed, InspectorInactive.
        MandateTwice: the inspector has, or had, one in this campaign.
    """
    if to_day < from_day:
        raise AssignmentDaysReversed
    campaign, inspector = campaigns.campaign(campaign_id), identity.inspector(inspector_id)
    if campaign.state == CampaignState.CLOSED.value:
        raise CampaignClosed
    if not inspector.active:
        raise InspectorInactive
    mandate = SupervisorMandate(
        inspector=inspector,
        campaign=campaign,
        capacity=capacity.value,
        from_day=from_day,
        to_day=to_day,
        given_by=person().id,
        given_at=now(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(mandate)
            db.session.flush()
    except IntegrityError as error:
        raise MandateTwice from error
    log.audit("mandate.given", "supervisor_mandate", mandate.id)
    return mandate


def end(mandate: SupervisorMandate, reason: str) -> None:
    """End a mandate; its visits that were not made are taken back.

    Args:
        mandate: locked (`mandate_queries.mandate_for_update`).

    Raises:
        MandateEnded: it is.
    """
    if mandate.ended_at is not None:
        raise MandateEnded
    mandate.ended_at, mandate.end_reason = now(), reason
    left = queries.assignments_listed(
        mandate.campaign_id, mandate.inspector_id, AssignmentState.OPEN.value
    )
    for assignment in db.session.scalars(left).all():
        service.cancel(assignment)
    db.session.flush()
    log.audit("mandate.ended", "supervisor_mandate", mandate.id)
