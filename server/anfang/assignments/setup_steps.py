"""Reads of how far a campaign's set-up has come, the first visits included."""

from anfang.assignments import queries
from anfang.campaigns.models import Campaign
from anfang.campaigns.readiness import Step, count, steps


def setup_steps(campaign: Campaign) -> list[Step]:
    """Return the steps of the set-up; visits are handed out last, and no start demands them."""
    handed_out = count(queries.assignments_listed(campaign=campaign.id))
    return [*steps(campaign), Step("assignments", handed_out, demanded=False)]
