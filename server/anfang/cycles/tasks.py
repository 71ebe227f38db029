"""What cycles does by the clock, and which news it keeps as alerts."""

from uuid import UUID

from anfang.campaigns import queries as campaigns
from anfang.campaigns.rulebook_registry import section_check
from anfang.cycles import contradictions, planning, service
from anfang.jobs import service as jobs
from anfang.jobs.registry import answers, by_clock

section_check("cycles")(contradictions.faults)


@by_clock(hour="0", minute="30")
def ask_for_periods() -> None:
    """Have periods looked at every morning (08:30 in China), campaign by campaign."""
    for campaign in campaigns.running():
        if campaigns.rulebook_section(campaign.id, "cycles") is not None:
            jobs.emit("cycles.due", campaign=str(campaign.id))


@answers("cycles.due")
def look_at_periods(campaign: str) -> None:
    """Write down new periods; tell which are near their end, which were missed."""
    found = campaigns.campaign(UUID(campaign))
    planning.plan_periods(found)
    service.tell_due(found)


@answers("cycle.missed")
def note_missed(period: str, campaign: str, unit: str | None, title: str) -> None:
    """Keep that a period was missed."""
    service.note_alert("cycle-missed", campaign, unit, title, period)


@answers("cycle.due_soon")
def note_due_soon(period: str, campaign: str, unit: str | None, title: str) -> None:
    """Keep that a period is near its end."""
    service.note_alert("cycle-due-soon", campaign, unit, title, period)


@answers("register.overdue")
def note_row_overdue(row: str, campaign: str, unit: str | None, title: str, due: str) -> None:
    """Keep that a register's row is past its term."""
    service.note_alert("register-overdue", campaign, unit, title, f"{row} {due}")


@answers("register.due_soon")
def note_row_due_soon(row: str, campaign: str, unit: str | None, title: str, due: str) -> None:
    """Keep that a register's row is near its term."""
    service.note_alert("register-due-soon", campaign, unit, title, f"{row} {due}")


@answers("supervision.card_dealt")
def note_card(card: str, campaign: str, unit: str, title: str, colour: str) -> None:
    """Keep that a unit was dealt a card."""
    service.note_alert(f"card-{colour}", campaign, unit, title, card)
