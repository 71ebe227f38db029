"""What supervision does by the clock."""

from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.jobs import service as jobs
from anfang.jobs.registry import answers, by_clock
from anfang.supervision import service


@by_clock(hour="0", minute="20")
def ask_for_cards() -> None:
    """Have cards dealt every morning (08:20 in China), campaign by campaign."""
    for campaign in campaigns.running():
        if campaigns.rulebook_section(campaign.id, "supervision") is not None:
            jobs.emit("supervision.due", campaign=str(campaign.id))


@answers("supervision.due")
def deal_cards(campaign: str) -> None:
    """Deal a card for each matter that has turned a graver colour."""
    service.deal_cards(UUID(campaign))
